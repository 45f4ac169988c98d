import { partsOfUsers } from '../catalog/known';
import { objectOf } from '../checks/pods-seen';
import type { Seen } from '../checks/seen';
import { policyObjects } from '../checks/seen-rules';
import { type SeenSystem, systemOfWorkload } from '../checks/seen-systems';
import { isObject } from '../kinds/field';
import { into } from '../model/into';
import { namespaceNameProblem } from '../model/labels';
import * as ports from '../model/port-set';
import type { Labels, Requirement } from '../model/selector';
import type { Workload } from '../model/world';
import { keyOf, type LeftOut, type PlannedTier } from './plan';
import { stableLabels } from './stable-labels';
import { apart } from './told-apart';

/** What becomes of the workloads: tiers, and what none can be made of. */
export interface TodaysTiers {
  readonly tiers: readonly PlannedTier[];
  readonly left: readonly LeftOut[];
}

/**
 * One tier for each workload of the namespaces, by the labels that its owner selects its pods by and that last. Workloads
 * that no label tells apart are one tier; pods on the host network or without labels are none.
 */
export function todaysTiers(seen: Seen, namespaces: readonly string[]): TodaysTiers {
  const left: LeftOut[] = [];
  const workloadsIn = new Map<string, Workload[]>();
  for (const workload of seen.reading.world.workloads) into(workloadsIn, workload.namespace, workload);
  const policiesIn = namesOfPolicies(seen);
  const tiers = namespaces.flatMap((namespace) => {
    const workloads = workloadsIn.get(namespace) ?? [];
    const selectable = workloads.filter((workload) => {
      const why = whyNone(workload);
      if (why !== undefined) left.push({ kind: 'no-tier', of: workload.id, what: why });
      return why === undefined;
    });
    const groups = apart(selectable.map((workload) => ({ workload, chosen: chosenLabels(seen, workload) })));
    return named(
      groups.map((group) => tierOf(seen, namespace, group)),
      policiesIn.get(namespace) ?? [],
    );
  });
  return { tiers, left };
}

function whyNone({ hostNetwork, labels, unknownLabels }: Workload): string | undefined {
  if (hostNetwork) return 'its pods are on the host network, where no policy binds them';
  if (Object.keys(stableLabels(labels)).length > 0) return undefined;
  return unknownLabels === undefined
    ? 'its pods have no labels that last, so that no policy can be for them alone'
    : 'the labels of its pods are not in the manifests: its controller gives them';
}

/** Those that its owner finds its pods by, where they last; otherwise all that last. */
function chosenLabels(seen: Seen, workload: Workload): Labels {
  const spec = objectOf(seen, workload)?.json.spec;
  const selector = isObject(spec) && isObject(spec.selector) ? spec.selector.matchLabels : undefined;
  const own = stableLabels(workload.labels);
  if (!isObject(selector)) return own;
  const chosen = Object.fromEntries(Object.entries(own).filter(([key]) => Object.hasOwn(selector, key)));
  return Object.keys(chosen).length > 0 ? chosen : own;
}

function tierOf(
  seen: Seen,
  namespace: string,
  { workloads, pods }: { readonly workloads: readonly Workload[]; readonly pods: readonly Requirement[] },
): PlannedTier {
  const [first] = workloads;
  const known = systemOfWorkload(seen, first);
  return {
    namespace,
    name: nameOf(first),
    pods,
    workloads: workloads.map(({ id }) => id),
    ports: ports.unionOf([
      ports.none,
      ...workloads.flatMap((workload) => workload.ports.map(({ protocol, number }) => ports.number(protocol, number))),
    ]),
    dns: true,
    ...(known !== undefined && { system: known.system.title, ...entryOf(known) }),
    waived: [],
  };
}

/** The entry of the catalog that may stand for the tier, or why none does. */
function entryOf({ system, parts }: SeenSystem): Pick<PlannedTier, 'candidate' | 'whyNoEntry'> {
  const users = partsOfUsers(system);
  if (users.length > 1) return { whyNoEntry: 'the catalog makes several tiers of it' };
  if (parts.length === 1 && parts[0] === users[0]) return { candidate: system.id };
  return { whyNoEntry: `it is another part of it (${parts.map(({ name }) => name).join(', ')})` };
}

/** Names of workloads are names of tiers, but for dots, and where two kinds share one. */
function nameOf({ id }: Workload): string {
  const name = id.split('/').slice(2).join('-').replace(/#\d+$/, '').replaceAll('.', '-');
  return namespaceNameProblem(name) === undefined && name !== 'default-deny' ? name : `tier-${hashOf(id)}`;
}

/** Short, and the same each time. */
function hashOf(text: string): string {
  let hash = 5381;
  for (const char of text) hash = (Math.imul(hash, 33) ^ (char.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(36);
}

/** Names of policies that are there, by namespace: one of ours with such a name would be written over it before its time. */
function namesOfPolicies(seen: Seen): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { ref } of policyObjects(seen)) if (ref.namespace !== undefined) into(found, ref.namespace, ref.name);
  return found;
}

function named(tiers: readonly PlannedTier[], policies: readonly string[]): readonly PlannedTier[] {
  const taken = new Set(policies);
  return tiers.map((tier) => {
    const kind = tier.workloads[0].split('/')[1].toLowerCase();
    const names = [tier.name, `${tier.name}-${kind}`, `${tier.name}-${kind}-tier`];
    const free = names.find((name) => name.length <= 63 && !taken.has(name)) ?? `tier-${hashOf(tier.workloads.join())}`;
    taken.add(free);
    return { ...tier, name: free };
  });
}

/** The tier of each workload. */
export function tierByWorkload(tiers: readonly PlannedTier[]): ReadonlyMap<string, string> {
  return new Map(tiers.flatMap((tier) => tier.workloads.map((id) => [id, keyOf(tier)] as const)));
}
