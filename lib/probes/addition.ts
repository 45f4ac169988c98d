import type { ApiObject } from 'cdk8s';
import { argoAnnotations } from '../argo/waves';
import type { Declarations } from '../deployment/declarations';
import { mayMakePods } from '../deployment/emission/door';
import type { AddedObject, Addition, DeclaredSoFar } from '../deployment/records';
import { renderedKind } from '../deployment/workloads/rendered-kind';
import { rendering } from '../deployment/workloads/rendering';
import { ACKNOWLEDGE_ANNOTATION } from '../findings/acknowledge-lines';
import { type GraphData, tierKey } from '../graph/graph-data';
import { type Problem, ZeroTrustError } from '../model/problem';
import { acceptedLines, UNTESTED_ANNOTATION } from './accepted';
import type { GivenTest } from './given-test';
import type { Unplaced } from './given-values';
import { probesInGraph } from './graph-with-probes';
import { hookAnnotations } from './hooks';
import { inService } from './in-service';
import { jobsOf } from './job';
import { TEST_LABEL } from './labels';
import { tiersOfApp } from './places-of-app';
import type { ProbePlan } from './plan';
import { planText } from './plan-text';
import { planned } from './planned';

/** What a test adds to an app: strangers with their policies, the namespace without any, and the Jobs. */
export function additionOf(
  test: GivenTest,
  { root, graph, objects }: DeclaredSoFar,
  declarations: Declarations,
): Addition & { readonly plan: ProbePlan } {
  const ofTier = tiersOfApp({ root, objects, declarations, graph }, test.addresses);
  const plan = planned(graph, test, { ofTier, ...test.outside, hasNames: true });
  const labels = { [TEST_LABEL]: test.name };
  return {
    ...probesInGraph(plan, graph),
    plan,
    problems: [
      ...noTiers(graph),
      ...unknownTiers(test, graph),
      ...namespaceTaken(test, graph),
      ...namesTaken(test, objects),
      ...takenByServices(plan, objects),
      ...leftUntested(test, plan),
    ],
    objects: [
      namespaceObject(test, plan),
      ...jobsOf(plan, test.run).map(({ phase, manifest: { apiVersion, kind, metadata, spec } }) => ({
        apiVersion,
        kind,
        ...metadata,
        annotations: hookAnnotations(test.runner, phase),
        spec,
      })),
    ],
    labels,
    annotations: {
      ...hookAnnotations(test.runner, 'policy'),
      [ACKNOWLEDGE_ANNOTATION]: 'policy-hook: it is there only while the isolation test runs',
    },
  };
}

/** What a test comes to in an app. */
export interface TestInApp {
  /** Whatever is wrong in the app. */
  readonly problems: readonly Problem[];
  readonly addition: Addition | undefined;
}

/** What is tried, a line each. */
export function textOf({ problems, addition }: TestInApp): string {
  if (problems.length > 0) throw new ZeroTrustError(problems);
  return addition === undefined ? '' : planText((addition as ReturnType<typeof additionOf>).plan);
}

/** What looks for namespaces without policies is told that this one has to be. */
const WITHOUT_POLICIES = 'default-deny-missing: pods that no policy keeps in stand for strangers here';

/** No policy may be in it, so it is none of the zero-trust namespaces; its pods are hardened all the same. */
function namespaceObject(
  { elsewhere, name, runner, untested: because }: GivenTest,
  { untested }: ProbePlan,
): AddedObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    name: elsewhere,
    labels: { 'pod-security.kubernetes.io/enforce': 'restricted', [TEST_LABEL]: name },
    annotations: {
      [ACKNOWLEDGE_ANNOTATION]: WITHOUT_POLICIES,
      ...(because !== undefined &&
        untested.length > 0 && { [UNTESTED_ANNOTATION]: acceptedLines({ because, untested }) }),
      ...(runner === 'argo-cd' && argoAnnotations('namespace')),
    },
  };
}

function noTiers({ tiers }: GraphData): Unplaced[] {
  if (tiers.length > 0) return [];
  return [
    {
      rule: 'probe-tiers',
      what: 'the app has no tier, so that the test would show nothing and succeed',
      value: '',
      allowed: 'an app with tiers',
      fix: 'Declare tiers, or leave the test out.',
    },
  ];
}

function unknownTiers({ addresses }: GivenTest, { tiers }: GraphData): Unplaced[] {
  const known = tiers.map(tierKey);
  return Object.keys(addresses)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      rule: 'probe-address',
      what: `addresses has a place for ${key}, and there is no such tier`,
      value: key,
      allowed: known.join(', '),
      fix: 'Name a tier of the app by namespace/name.',
    }));
}

function namespaceTaken({ elsewhere }: GivenTest, { namespaces }: GraphData): Unplaced[] {
  if (!namespaces.some(({ name }) => name === elsewhere)) return [];
  return [
    {
      rule: 'probe-namespace',
      what: `${elsewhere} is a zero-trust namespace, whose policies would keep in those who try from elsewhere`,
      value: elsewhere,
      allowed: 'a namespace that nothing else is in',
      fix: "Name one that nothing else is in: { elsewhere: 'isolation-elsewhere' }",
    },
  ];
}

/** Pods of a workload and of a Job with a common beginning of their names may share one set of policies. */
function namesTaken({ name }: GivenTest, objects: readonly ApiObject[]): Unplaced[] {
  const taken = objects.find(
    (object) => mayMakePods(renderedKind(object)) && (object.name === name || object.name.startsWith(`${name}-`)),
  );
  if (taken === undefined) return [];
  return [
    {
      rule: 'probe-name',
      what: `the name of ${taken.kind} ${taken.name} begins as those of the test do, and the VPC CNI keeps policies by the beginning of a pod's name`,
      value: name,
      allowed: 'a name that no workload begins with',
      fix: "Name the test otherwise: { name: 'isolation' }",
    },
  ];
}

/** A pod that is never ready is an endpoint all the same of a Service that publishes those. */
function takenByServices({ probers }: ProbePlan, objects: readonly ApiObject[]): Unplaced[] {
  const publishing = objects
    .filter(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1')
    .map((object) => ({ object, spec: rendering(object).spec ?? {} }))
    .filter(({ spec }) => spec.publishNotReadyAddresses === true);
  return publishing.flatMap(({ object, spec: { selector = {} } }) => {
    const asked = Object.entries(selector);
    const prober = probers.find(
      ({ namespace, labels }) =>
        namespace === object.metadata.namespace &&
        asked.length > 0 &&
        asked.every(([key, value]) => labels[key] === value),
    );
    return prober === undefined ? [] : [inService(object.name, prober.id)];
  });
}

function leftUntested({ untested }: GivenTest, plan: ProbePlan): Unplaced[] {
  if (untested !== undefined || plan.untested.length === 0) return [];
  const lines = plan.untested.map(({ what, why }) => `  ${what}: ${why}`);
  return [
    {
      rule: 'probe-not-tested',
      what: `the test would leave ${plan.untested.length === 1 ? 'a question' : `${plan.untested.length} questions`} open, and succeed`,
      value: plan.untested.map(({ what }) => what).join('; '),
      allowed: 'a test of everything, or a reason for what is left out',
      fix: [...lines, "Say why that may be: { untested: 'agents are reached by nobody' }"].join('\n'),
    },
  ];
}
