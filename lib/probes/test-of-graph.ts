import type { PolicyManifest } from '../engines/manifest';
import { type GraphData, tierKey } from '../graph/graph-data';
import { refOf } from '../kinds/manifest';
import { ZeroTrustError } from '../model/problem';
import type { Unplaced } from './given-values';
import { inService } from './in-service';
import { jobsOf, type RunOptions } from './job';
import { TEST_LABEL } from './labels';
import type { Places } from './places';
import type { LivePod } from './places-of-cluster';
import { tiersOfCluster } from './places-of-cluster';
import type { ProbePlan } from './plan';
import { planned } from './planned';
import { provedPassages } from './proved-passages';
import type { RenderedObject, RenderedTest } from './rendered-test';

/** A test that is laid out from a graph, for pods that a cluster has. */
export interface GraphTest {
  readonly name: string;
  /** By `namespace/name`. @default all of the graph */
  readonly tiers?: ReadonlySet<string>;
  readonly outside: Pick<Places, 'internet' | 'metadata' | 'apiServer' | 'asksNameServers'>;
  readonly run: RunOptions;
}

/** What a cluster has, as far as a test depends on it. */
export interface ClusterSeen {
  readonly podsIn: (namespace: string) => readonly LivePod[];
  readonly servicesIn: (namespace: string) => readonly LiveService[];
}

export interface LiveService {
  readonly name: string;
  readonly selector: Readonly<Record<string, unknown>>;
  readonly publishesNotReady: boolean;
}

/** The namespace without policies, of a test of that name. */
function elsewhereOf(name: string): string {
  return `${name}-elsewhere`;
}

/** What is tried of a graph in a cluster; the pods that the namespaces of the tiers have say where. */
export function planOfGraph(
  graph: GraphData,
  { name, tiers, outside }: GraphTest,
  podsIn: ClusterSeen['podsIn'],
): ProbePlan {
  const plan = planned(
    graph,
    { name, elsewhere: elsewhereOf(name), ...(tiers && { tiers }) },
    { ofTier: tiersOfCluster(podsIn), ...outside, hasNames: true },
  );
  if (plan.legs.length > 0) return plan;
  throw new ZeroTrustError({
    rule: 'probe-tiers',
    what: 'there is nothing to try, so that nothing would be shown',
    value: plan.untested.map(({ what, why }) => `${what}: ${why}`).join('; '),
    allowed: 'a graph with tiers whose pods the cluster has',
    fix: plan.untested.map(({ what, why }) => `  ${what}: ${why}`).join('\n') || 'Declare tiers.',
  });
}

/**
 * The test as it is run: what a cluster is given, and what that tries.
 *
 * @throws where the test would be in the way of what is there, and where its policies are not proved.
 */
export function testOfGraph(graph: GraphData, plan: ProbePlan, run: RunOptions, seen: ClusterSeen): RenderedTest {
  const problems = [...namespaceTaken(plan, graph), ...namesTaken(plan, seen), ...takenByServices(plan, seen)];
  if (problems.length > 0) throw new ZeroTrustError(problems);
  return {
    name: plan.name,
    around: [namespaceOf(plan), ...provedPassages(graph, plan).map((policy) => policyOf(policy, plan))],
    jobs: jobsOf(plan, run).map(({ prober, phase, manifest }) => ({ ...objectOf(manifest), prober, phase })),
    legs: plan.legs,
    probers: plan.probers,
    untested: plan.untested,
  };
}

function namespaceOf({ elsewhere, name }: ProbePlan): RenderedObject {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted', [TEST_LABEL]: name };
  return objectOf({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: elsewhere, labels } });
}

function policyOf({ of: _, metadata, ...manifest }: PolicyManifest, { name }: ProbePlan): RenderedObject {
  return objectOf({ ...manifest, metadata: { ...metadata, labels: { [TEST_LABEL]: name } } });
}

function objectOf(json: object): RenderedObject {
  const { kind, namespace, name } = refOf(json, undefined, () => false) ?? { kind: '', name: '' };
  return { kind, name, ...(namespace !== undefined && { namespace }), json: { ...json } };
}

function namespaceTaken({ elsewhere }: ProbePlan, { namespaces }: GraphData): Unplaced[] {
  if (!namespaces.some(({ name }) => name === elsewhere)) return [];
  return [
    {
      rule: 'probe-namespace',
      what: `${elsewhere} is a namespace of the graph, whose policies would keep in those who try from elsewhere`,
      value: elsewhere,
      allowed: 'a namespace that nothing else is in',
      fix: 'Name the test otherwise: --name isolation',
    },
  ];
}

/** Pods of a workload and of a Job with a common beginning of their names may share one set of policies. */
function namesTaken({ name, probers }: ProbePlan, { podsIn }: ClusterSeen): Unplaced[] {
  const namespaces = [...new Set(probers.map(({ namespace }) => namespace))];
  const taken = namespaces.flatMap((namespace) =>
    podsIn(namespace)
      .filter((pod) => pod.name.startsWith(`${name}-`) && pod.labels[TEST_LABEL] === undefined)
      .map((pod) => `${namespace}/${pod.name}`),
  );
  if (taken.length === 0) return [];
  return [
    {
      rule: 'probe-name',
      what: `the name of the pod ${taken[0]} begins as those of the test do, and the VPC CNI keeps policies by the beginning of a pod's name`,
      value: name,
      allowed: 'a name that no workload begins with',
      fix: 'Name the test otherwise: --name isolation',
    },
  ];
}

/** A pod that is never ready is an endpoint all the same of a Service that publishes those. */
function takenByServices({ probers }: ProbePlan, { servicesIn }: ClusterSeen): Unplaced[] {
  return probers.flatMap(({ id, namespace, labels }) =>
    servicesIn(namespace)
      .filter(({ publishesNotReady, selector }) => {
        const asked = Object.entries(selector);
        return publishesNotReady && asked.length > 0 && asked.every(([key, value]) => labels[key] === value);
      })
      .map(({ name }) => inService(name, id)),
  );
}

/** The namespaces of the tiers that are tested. */
export function namespacesTested({ tiers }: GraphData, tested: GraphTest['tiers']): readonly string[] {
  const ours = tiers.filter((tier) => tested === undefined || tested.has(tierKey(tier)));
  return [...new Set(ours.map(({ namespace }) => namespace))];
}
