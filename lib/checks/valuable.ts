import { NAMESPACE_NAME_LABEL } from '../model/pod-set';
import { remembered } from '../model/remembered';
import type { Workload } from '../model/world';
import type { Seen } from './seen';
import { type SeenSystem, systemOfWorkload } from './seen-systems';
import { labelsOfNamespace } from './seen-workloads';

/** What a workload keeps that is worth taking, and how that is known. */
export interface Valuable {
  readonly what: 'data' | 'model weights';
  /** `its image is that of Weaviate`. */
  readonly because: string;
}

/**
 * Pods that keep data or model weights: those of a system that is known, and those in a namespace whose label `purpose` says
 * so, as the namespaces of this library have it. Others may keep either, and nobody can tell from manifests.
 */
export const valuables = remembered((seen: Seen): ReadonlyMap<Workload, Valuable> => {
  const found = new Map<Workload, Valuable>();
  for (const workload of seen.reading.world.workloads) {
    const valuable = valuableOf(seen, workload);
    if (valuable !== undefined) found.set(workload, valuable);
  }
  return found;
});

const KEPT: Readonly<Record<string, Valuable['what'] | undefined>> = { data: 'data', inference: 'model weights' };

function valuableOf(seen: Seen, workload: Workload): Valuable | undefined {
  const known = systemOfWorkload(seen, workload);
  const what = known === undefined ? undefined : keptBy(known);
  if (known !== undefined && what !== undefined) return { what, because: `it is ${known.system.title}` };
  const { purpose, [NAMESPACE_NAME_LABEL]: name } = labelsOfNamespace(seen, workload.namespace);
  const meant = purpose !== undefined && Object.hasOwn(KEPT, purpose) ? KEPT[purpose] : undefined;
  return meant && { what: meant, because: `the namespace ${name} has the label purpose: ${purpose}` };
}

/** What all of the parts keep that the pods may be: those that may be an operator as well say nothing. */
function keptBy({ parts, system }: SeenSystem): Valuable['what'] | undefined {
  const kept = parts.map(({ role = system.role }) => KEPT[role]);
  return kept.includes(undefined) ? undefined : kept[0];
}
