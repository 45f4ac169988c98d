import type { KnownSystem } from '../known-systems';

/** What the catalog calls its method for a system: the id in camel case. `ray` has the name of what its operator runs. */
export function methodOf({ id }: Pick<KnownSystem, 'id'>): string {
  return id === 'ray' ? 'rayCluster' : id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
