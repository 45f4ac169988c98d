import { isObject } from '../../kinds/field';
import { parsedJson } from '../discovery';
import { failed, notJson } from '../live-problem';
import type { LiveCluster } from '../transport';
import type { RenderedKind } from './preconditions-held';

/**
 * The kinds that an API server has of each version that is rendered; versions that it does not serve are absent.
 *
 * @throws where it gives no answer.
 */
export async function kindsServed(
  rendered: readonly RenderedKind[],
  cluster: LiveCluster,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const served = new Map<string, readonly string[]>();
  for (const apiVersion of new Set(rendered.map((each) => each.apiVersion))) {
    const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const { status, body } = await cluster.get(path);
    if (status === 404) continue;
    const where = `live cluster ${cluster.name}`;
    if (status !== 200) throw failed(path, status, body, where);
    const list = parsedJson(body);
    if (!isObject(list)) throw notJson(path, where);
    const resources = Array.isArray(list.resources) ? list.resources.filter(isObject) : [];
    served.set(apiVersion, [...new Set(resources.map(({ kind }) => String(kind)))]);
  }
  return served;
}
