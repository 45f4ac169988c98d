import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { remembered } from '../model/remembered';
import type { Workload } from '../model/world';
import { keyOf, type PlannedTier } from './plan';

/**
 * A set of ports as the pods of a tier, by its key, number them. A name that they do not have says nothing there, and so does
 * one that they give different numbers.
 */
export type PortsAt = (tier: string, set: PortSet) => PortSet;

export function portsAt(tiers: readonly PlannedTier[], workloads: readonly Workload[]): PortsAt {
  const byId = new Map(workloads.map((workload) => [workload.id, workload]));
  const tierOf = new Map(tiers.map((tier) => [keyOf(tier), tier]));
  const numbered = remembered((set: PortSet) => {
    const byTier = new Map<string, PortSet>();
    return (tier: string): PortSet => {
      const known = byTier.get(tier);
      if (known !== undefined) return known;
      const own = (tierOf.get(tier)?.workloads ?? []).flatMap((id) => byId.get(id) ?? []);
      const found = alike(own.map((workload) => ports.resolve(set, workload.ports))) ?? ports.resolve(set, []);
      byTier.set(tier, found);
      return found;
    };
  });
  return (tier, set) => (ports.hasNames(set) ? numbered(set)(tier) : set);
}

function alike([first, ...others]: readonly PortSet[]): PortSet | undefined {
  return first !== undefined && others.every((other) => ports.equal(first, other)) ? first : undefined;
}
