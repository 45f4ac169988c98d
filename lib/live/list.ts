import { isObject } from '../kinds/field';
import { parsedJson } from './discovery';
import { failed, interrupted, notJson, restless } from './live-problem';
import type { LiveCluster } from './transport';

/** So many objects a page: what kubectl itself asks for. */
export const PAGE = 500;

/** A list that goes on expiring is given up after so many times. */
const MOST_TRIES = 4;

/** `forbidden` where this user may not list; else what was made of each object. */
export type Listed<T> = { readonly items: readonly T[] } | { readonly isForbidden: true };

/**
 * Every object of a list, page by page, so that no more than a page is held as it came. A list that expires (410) is read
 * again from its beginning: pages of two times do not go together.
 *
 * @param make what is kept of an object; undefined for one that is of no use.
 * @throws where the API server gives no answer, at whatever page.
 */
export async function listed<T>(
  path: string,
  cluster: LiveCluster,
  make: (object: Readonly<Record<string, unknown>>) => T | undefined,
): Promise<Listed<T>> {
  const where = `live cluster ${cluster.name}`;
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const found = await oneReading(path, cluster, make, where);
    if (found !== 'expired') return found;
  }
  throw restless(path, MOST_TRIES, where);
}

async function oneReading<T>(
  path: string,
  cluster: LiveCluster,
  make: (object: Readonly<Record<string, unknown>>) => T | undefined,
  where: string,
): Promise<Listed<T> | 'expired'> {
  const items: T[] = [];
  let token: string | undefined;
  for (let pages = 0; ; pages++) {
    const { status, body } = await cluster.get(pathOf(path, token));
    if (status === 410) return 'expired';
    if (status === 403 && pages === 0) return { isForbidden: true };
    if (status !== 200) throw pages === 0 ? failed(path, status, body, where) : interrupted(path, pages, body, where);
    const page = parsedJson(body);
    if (!isObject(page) || !Array.isArray(page.items)) throw notJson(path, where);
    for (const item of page.items) {
      const kept = isObject(item) ? make(withKind(item, page)) : undefined;
      if (kept !== undefined) items.push(kept);
    }
    const next = isObject(page.metadata) ? page.metadata.continue : undefined;
    if (typeof next !== 'string' || next === '') return { items };
    token = next;
  }
}

function pathOf(path: string, token: string | undefined): string {
  return `${path}?limit=${PAGE}${token === undefined ? '' : `&continue=${encodeURIComponent(token)}`}`;
}

/** Items of a list leave kind and version to the list. */
function withKind(
  item: Readonly<Record<string, unknown>>,
  { apiVersion, kind }: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (typeof item.kind === 'string' && typeof item.apiVersion === 'string') return item;
  return { apiVersion, kind: String(kind).replace(/List$/, ''), ...item };
}
