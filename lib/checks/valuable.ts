import { NAMESPACE_NAME_LABEL } from '../model/pod-set';
import { remembered } from '../model/remembered';
import type { Workload } from '../model/world';
import type { Seen } from './seen';
import { systemOfWorkload } from './seen-systems';
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

const KEPT: Readonly<Record<string, Valuable['what']>> = { data: 'data', inference: 'model weights' };

function valuableOf(seen: Seen, workload: Workload): Valuable | undefined {
  const known = systemOfWorkload(seen, workload)?.system;
  if (known !== undefined && Object.hasOwn(KEPT, known.role)) {
    return { what: KEPT[known.role], because: `it is ${known.title}` };
  }
  const { purpose, [NAMESPACE_NAME_LABEL]: name } = labelsOfNamespace(seen, workload.namespace);
  if (purpose === undefined || !Object.hasOwn(KEPT, purpose)) return undefined;
  return { what: KEPT[purpose], because: `the namespace ${name} has the label purpose: ${purpose}` };
}
