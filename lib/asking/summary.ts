import type { Connectivity } from '../analysis';
import type { EngineName } from '../model/engine-name';
import type { Plane, PolicyRef } from '../model/layer';
import type { World } from '../model/world';

/** Figures of a whole world. */
export interface Summary {
  readonly engine: EngineName;
  readonly namespaces: number;
  readonly workloads: number;
  /** Policies that isolate or decide, by their namespace and kind; cluster-wide ones have no namespace. */
  readonly policies: readonly PolicyCount[];
  /** Ordered pairs of different workloads between which something surely passes. */
  readonly must: number;
  /** Those between which something may pass. */
  readonly may: number;
}

export interface PolicyCount {
  readonly namespace?: string;
  readonly kind: string;
  readonly count: number;
}

export function summaryOf(engine: EngineName, world: World, plane: Plane, reach: Connectivity): Summary {
  const { must, may } = reach.counts();
  return {
    engine,
    namespaces: world.namespaces.length,
    workloads: world.workloads.length,
    policies: policyCounts(plane),
    must,
    may,
  };
}

function policyCounts({ layers }: Plane): PolicyCount[] {
  const counted = new Set<PolicyRef>();
  const names = new Set<string>();
  const counts = new Map<string, { readonly namespace?: string; readonly kind: string; count: number }>();
  const count = (policy: PolicyRef) => {
    if (counted.has(policy)) return;
    counted.add(policy);
    const { kind, namespace = '', name } = policy;
    const key = `${namespace}|${kind}`;
    const own = `${key}|${name}`;
    if (names.has(own)) return;
    names.add(own);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { ...(namespace !== '' && { namespace }), kind, count: 1 });
    else known.count++;
  };
  for (const { rules, isolations } of layers) {
    for (const { policy } of isolations) count(policy);
    for (const { policy } of rules) count(policy);
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
