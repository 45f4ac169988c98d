import { identifier } from '../../init/code/words';
import { keyOf, type Plan } from '../plan';

/** What namespaces and tiers are called in the code, each by a name of its own. */
export interface Names {
  readonly namespace: (name: string) => string;
  readonly tier: (key: string) => string;
  /** Whether there is a tier of the key. */
  readonly hasTier: (key: string) => boolean;
}

export function namesFor({ namespaces, tiers }: Plan): Names {
  const taken = new Set(['chart', 'cluster', 'tiers', 't']);
  const called = new Map<string, string>();
  for (const key of [...namespaces.map(({ name }) => name), ...tiers.map(keyOf)])
    called.set(key, free(identifier(key), taken));
  const of = (key: string) => called.get(key) as string;
  const keys = new Set(tiers.map(keyOf));
  return { namespace: of, tier: of, hasTier: (key) => keys.has(key) };
}

function free(name: string, taken: Set<string>): string {
  let own = name;
  for (let n = 2; taken.has(own); n++) own = `${name}${n}`;
  taken.add(own);
  return own;
}
