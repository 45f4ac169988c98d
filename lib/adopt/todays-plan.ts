import type { Seen } from '../checks/seen';
import { systemOfWorkload } from '../checks/seen-systems';
import { MANAGED_BY_LABEL, PART_OF_LABEL } from '../deployment/emission/managed-labels';
import { POD_SECURITY_LABEL, PURPOSE_LABEL } from '../deployment/workloads/namespace-labels';
import type { ClusterFacts, DnsFacts } from '../model/cluster-facts';
import { into } from '../model/into';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { Labels } from '../model/selector';
import { type Binding, binding } from './binding';
import { endsAsked } from './ends-asked';
import { flowsBetweenTiers } from './flows-between-tiers';
import { flowsWithOthers } from './flows-with-others';
import { halfOpen } from './half-open';
import { mergedFlows } from './merged-flows';
import { resolvesNames } from './name-resolution';
import { namedTiers } from './named-tiers';
import { keyOf, type LeftOut, type Plan, type PlannedNamespace, type PlannedTier } from './plan';
import type { SeenFlow } from './seen-flows';
import { todaysTiers } from './todays-tiers';
import { withEvidence } from './with-evidence';

export interface TodaysPlan {
  readonly plan: Plan;
  readonly left: readonly LeftOut[];
}

/** Namespaces of the platform, whose pods others run: policies of ours are not laid over them. */
const OF_PLATFORM =
  /^(kube-.*|openshift(-.*)?|calico-.*|tigera-.*|cilium(-.*)?|gke-.*|gmp-.*|aks-.*|amazon-.*|local-path-storage)$/;

/** The namespaces that are adopted where nobody says which: those with workloads, but for those of the platform. */
export function adoptable({ reading: { world } }: Seen): readonly string[] {
  const inhabited = new Set(world.workloads.map(({ namespace }) => namespace));
  return world.namespaces.map(({ name }) => name).filter((name) => inhabited.has(name) && !OF_PLATFORM.test(name));
}

/** What is allowed in these namespaces today, as a declaration; with what logs show of its use, where there are any. */
export function todaysPlan(
  seen: Seen,
  namespaces: readonly string[],
  { dns }: Pick<ClusterFacts, 'dns'>,
  evidence?: readonly SeenFlow[],
): TodaysPlan {
  const { tiers: bare, left } = todaysTiers(seen, namespaces);
  const bound = binding(seen, bare);
  const tiers = bare.map((tier) => ({ ...tier, dns: asksForNames(tier, bound, dns) }));
  const named = namedTiers(seen, tiers);
  const others = flowsWithOthers(seen, tiers, bound, { adopted: namespaces, dns });
  const between = flowsBetweenTiers(seen, tiers, bound, named);
  const flows = mergedFlows([...between.flows, ...others.flows], tiers);
  const evidenced = evidence === undefined ? { flows, left: [] } : withEvidence(flows, evidence, tiers, bound);
  return {
    plan: { namespaces: plannedNamespaces(seen, namespaces, tiers), tiers, flows: evidenced.flows },
    left: [
      ...evidenced.left,
      ...left,
      ...between.left,
      ...halfOpen(tiers, [...between.flows, ...between.told], endsAsked(seen, tiers, bound, named)),
      ...others.left,
      ...tiers.flatMap((tier) => openEnds(tier, bound)),
    ],
  };
}

/** What is not isolated on its way out asks whom it likes. */
function asksForNames(tier: PlannedTier, bound: Binding, dns: DnsFacts): boolean {
  return bound.isolates(tier, 'egress').length === 0 || resolvesNames(bound.allows(tier, 'egress'), dns);
}

/** What is open because no policy says anything: nobody knows what of it is needed. */
function openEnds(tier: PlannedTier, bound: Binding): readonly LeftOut[] {
  const of = keyOf(tier);
  return [
    ...(bound.isolates(tier, 'egress').length > 0
      ? []
      : [
          {
            kind: 'open' as const,
            of,
            what: 'no policy isolates it on its way out: it reaches everything that lets it in',
            line: LINES.egress,
          },
        ]),
    ...(bound.isolates(tier, 'ingress').length > 0
      ? []
      : [
          {
            kind: 'open' as const,
            of,
            what: 'no policy isolates it on its way in: everybody reaches it',
            line: LINES.ingress,
          },
        ]),
  ];
}

const LINES = {
  egress: "allowTo(Internet.any(), { ports: [Port.allTcp()], because: '…' })",
  ingress: "allowFrom(…, { because: '…' })",
};

function plannedNamespaces(
  seen: Seen,
  names: readonly string[],
  tiers: readonly PlannedTier[],
): readonly PlannedNamespace[] {
  const labels = new Map(seen.reading.world.namespaces.map((each) => [each.name, each.labels]));
  const roles = rolesByNamespace(seen, tiers);
  return names.map((name) => planned(name, labels.get(name) ?? {}, roles.get(name) ?? []));
}

function planned(name: string, labels: Labels, roles: readonly string[]): PlannedNamespace {
  const own = Object.fromEntries(Object.entries(labels).filter(([key]) => !SAID_OTHERWISE.includes(key)));
  return {
    name,
    labels: own,
    purpose: labels[PURPOSE_LABEL] ?? mostOf(roles) ?? 'apps',
    waived: [{ rule: 'adopted-namespace', because: 'the namespace is adopted as it is' }],
  };
}

/** Labels that a declaration says by other properties. */
const SAID_OTHERWISE = [NAMESPACE_NAME_LABEL, PURPOSE_LABEL, POD_SECURITY_LABEL, MANAGED_BY_LABEL, PART_OF_LABEL];

/** What the known systems among the workloads of tiers are for, by namespace. */
function rolesByNamespace(seen: Seen, tiers: readonly PlannedTier[]): ReadonlyMap<string, readonly string[]> {
  const ids = new Set(tiers.flatMap(({ workloads }) => workloads));
  const found = new Map<string, string[]>();
  for (const workload of seen.reading.world.workloads) {
    const role = ids.has(workload.id) ? systemOfWorkload(seen, workload)?.system.role : undefined;
    if (role !== undefined) into(found, workload.namespace, role);
  }
  return found;
}

function mostOf(roles: readonly string[]): string | undefined {
  return [...new Set(roles)].sort((a, b) => count(roles, b) - count(roles, a))[0];
}

function count(all: readonly string[], one: string): number {
  return all.filter((each) => each === one).length;
}
