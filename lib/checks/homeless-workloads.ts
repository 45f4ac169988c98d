import { hasNamespace } from '../analysis/bearing';
import { matchOfLabels } from '../analysis/connectivity/match';
import { remembered } from '../model/remembered';
import type { Selector } from '../model/selector';
import type { Workload } from '../model/world';
import { objectOf } from './pods-seen';
import type { Seen } from './seen';

/**
 * Whether a workload that says no namespace, beside objects that say theirs, has such labels. Charts leave it out and are
 * installed into the namespace that others of their objects name, so that it may be there.
 */
export function mayBeHomeless(seen: Seen, pods: Selector): boolean {
  return homeless(seen).some((workload) => matchOfLabels(pods, workload) !== 'no');
}

const homeless = remembered((seen: Seen): readonly Workload[] =>
  seen.reading.world.workloads.filter((workload) => {
    const object = objectOf(seen, workload);
    return object !== undefined && !hasNamespace(object.json);
  }),
);
