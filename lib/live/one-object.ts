import { isObject } from '../kinds/field';
import { parsedJson } from './discovery';
import type { LiveCluster } from './transport';

/** A single object; `value` is undefined for what is none. */
export interface OneObject {
  readonly status: number;
  readonly value?: Readonly<Record<string, unknown>>;
  readonly body: string;
}

export async function getObject(path: string, cluster: LiveCluster): Promise<OneObject> {
  const { status, body } = await cluster.get(path);
  const value = status === 200 ? parsedJson(body) : undefined;
  return { status, body, ...(isObject(value) && { value }) };
}
