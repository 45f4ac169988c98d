import { reason } from '../findings/reason';
import { type GraphData, tierKey } from '../graph/graph-data';
import { graphIn } from '../graph/graph-file';
import { isObject } from '../kinds/field';
import { listed } from '../live/list';
import { forbidden } from '../live/live-problem';
import { listPath } from '../live/snapshot';
import type { LiveCluster } from '../live/transport';
import { NAMESPACE_NAME_ALLOWED, namespaceNameProblem } from '../model/labels';
import { ZeroTrustError } from '../model/problem';
import { imageOf, type Unplaced, wrongAddress, wrongImage, wrongName, wrongSeconds } from '../probes/given-values';
import { IMAGE, type RunOptions, SETTLING } from '../probes/job';
import { INTERNET, METADATA } from '../probes/places';
import { type LivePod, livePod } from '../probes/places-of-cluster';
import { API_SERVER } from '../probes/plan';
import type { RenderedTest } from '../probes/rendered-test';
import { type GraphTest, type LiveService, namespacesTested, planOfGraph, testOfGraph } from '../probes/test-of-graph';
import type { Given, OptionSpec } from './command';
import type { Io } from './io';
import { liveCluster } from './live-given';
import { inFolder } from './paths';
import { unknownName, usageError } from './usage-error';

const OUTSIDE = ['internet', 'metadata-service', 'api-server', 'name-servers'] as const;

const NAME = 'zt-probe';

/** What says how a test is laid out; a test that was rendered was told that before. */
export const LIVE_TEST_OPTIONS: readonly OptionSpec[] = [
  { flags: '--graph <file>', description: 'with --live: what is declared (default: the graph.json of the folder)' },
  {
    flags: '--tier <namespace/name>',
    description: 'with --live: tests this tier; repeatable (default: all)',
    isRepeatable: true,
  },
  { flags: '--name <name>', description: `with --live: what the names of everything begin with (default: ${NAME})` },
  {
    flags: '--without <destination>',
    description: `with --live: does not try it: ${OUTSIDE.join(', ')}; repeatable`,
    isRepeatable: true,
    choices: OUTSIDE,
  },
  {
    flags: '--internet <address:port>',
    description: `with --live: what stands for the internet (default: ${INTERNET})`,
  },
  { flags: '--image <image>', description: `with --live: an agnhost (default: ${IMAGE.registry}/${IMAGE.name})` },
  { flags: '--registry <host>', description: `with --live: what has the usual image (default: ${IMAGE.registry})` },
  {
    flags: '--pull-secret <name>',
    description: 'with --live: a secret by which it is pulled; repeatable',
    isRepeatable: true,
  },
  {
    flags: '--settle <seconds>',
    description: `with --live: before the first try of a pod (default: ${SETTLING.settle})`,
  },
  {
    flags: '--untested <reason>',
    description: 'with --live: why what cannot be tested may stay so (default: it ends with 2)',
  },
];

/** An option that only a test of a graph takes. @throws where it is given beside a test that was rendered. */
export function refuseLiveOptions(given: Given): void {
  const option = LIVE_TEST_OPTIONS.map(({ flags }) => /^--([a-z-]+)/.exec(flags)?.[1] ?? '').find((each) =>
    given.has(each),
  );
  if (option === undefined) return;
  throw usageError({
    what: `--${option} lays out a test of a graph, and what was rendered is tried as it was rendered`,
    value: `--${option}`,
    allowed: `--${option} beside --live`,
    fix: `cdk8s-zero-trust probe ${given.paths[0] ?? 'dist'} --live --${option} ${given.value(option) ?? ''}`.trim(),
  });
}

/**
 * A test of what a graph says, for the pods that a cluster has. The cluster is only read.
 *
 * @throws for options that are none, for what this user may not read, and where the test would be in the way.
 */
export async function liveTest(given: Given, io: Io): Promise<RenderedTest> {
  refuseSaidByGraph(given);
  const graph = graphIn(inFolder(graphGiven(given), io));
  const test = testGiven(graph, given);
  const said = given.value('untested');
  const because = said === undefined ? undefined : reason(said, '--untested');
  const cluster = await liveCluster(given, io);
  const pods = new Map<string, readonly LivePod[]>();
  await readAll(namespacesTested(graph, test.tiers), 'pods', livePod, pods, cluster);
  const plan = planOfGraph(graph, test, (namespace) => pods.get(namespace) ?? []);
  const ofProbers = [...new Set(plan.probers.map(({ namespace }) => namespace))];
  const services = new Map<string, readonly LiveService[]>();
  await readAll(ofProbers, 'pods', livePod, pods, cluster);
  await readAll(ofProbers, 'services', liveService, services, cluster);
  const made = testOfGraph(graph, plan, test.run, {
    podsIn: (namespace) => pods.get(namespace) ?? [],
    servicesIn: (namespace) => services.get(namespace) ?? [],
  });
  const { untested } = made;
  if (because === undefined || untested.length === 0) return made;
  return { ...made, untested: [], accepted: { because, untested } };
}

async function readAll<T>(
  namespaces: readonly string[],
  resource: 'pods' | 'services',
  make: (object: Readonly<Record<string, unknown>>) => T,
  into: Map<string, readonly T[]>,
  cluster: LiveCluster,
): Promise<void> {
  for (const namespace of namespaces) {
    if (into.has(namespace)) continue;
    const found = await listed(listPath({ apiVersion: 'v1', resource }, namespace), cluster, make);
    if (!('items' in found)) {
      throw new ZeroTrustError(
        forbidden({ group: '', resource, verb: 'list', namespace }, `live cluster ${cluster.name}`),
      );
    }
    into.set(namespace, found.items);
  }
}

function liveService({ metadata, spec }: Readonly<Record<string, unknown>>): LiveService {
  const name = isObject(metadata) ? metadata.name : undefined;
  const { selector, publishNotReadyAddresses } = isObject(spec) ? spec : {};
  return {
    name: String(name),
    selector: isObject(selector) ? selector : {},
    publishesNotReady: publishNotReadyAddresses === true,
  };
}

function graphGiven(given: Given): string {
  const all = [...given.values('graph'), ...given.paths];
  if (all.length <= 1) return all[0] ?? '.';
  throw usageError({
    what: 'A test is of one graph',
    value: all.join(', '),
    allowed: 'one folder with a graph.json, or --graph with a file',
    fix: `cdk8s-zero-trust probe --live --graph ${all[0]}`,
  });
}

function refuseSaidByGraph(given: Given): void {
  const option = ['engine', 'cluster', 'test'].find((each) => given.has(each));
  if (option === undefined) return;
  throw usageError({
    what:
      option === 'test'
        ? '--test names a test that was rendered, and --live lays one out by the graph'
        : `The graph says which cluster it is for, so --${option} has no place here`,
    value: `--${option}`,
    fix: `Leave --${option} out.`,
  });
}

function testGiven(graph: GraphData, given: Given): GraphTest {
  const name = given.value('name') ?? NAME;
  const [image, registry, internet] = ['image', 'registry', 'internet'].map((option) => given.value(option));
  const wanted = { ...(image !== undefined && { image }), ...(registry !== undefined && { registry }) };
  refuse(wrongName(name), `--name ${NAME}`);
  refuse(wrongImage(wanted), `--image ${IMAGE.registry}/${IMAGE.name}`);
  if (internet !== undefined) refuse(wrongAddress('--internet', internet), `--internet ${INTERNET}`);
  const tiers = tiersGiven(graph, given);
  const without = given.values('without');
  return {
    name,
    ...(tiers && { tiers }),
    outside: {
      ...(!without.includes('internet') && { internet: internet ?? INTERNET }),
      ...(!without.includes('metadata-service') && { metadata: METADATA }),
      ...(!without.includes('api-server') && { apiServer: API_SERVER }),
      asksNameServers: !without.includes('name-servers'),
    },
    run: runGiven(wanted, given),
  };
}

function runGiven(wanted: Parameters<typeof imageOf>[0], given: Given): RunOptions {
  const settle = given.value('settle');
  const seconds = settle === undefined ? SETTLING.settle : numberIn(settle);
  refuse(wrongSeconds('--settle', seconds ?? settle), `--settle ${SETTLING.settle}`);
  const pullSecrets = given.values('pull-secret');
  return {
    ...SETTLING,
    image: imageOf(wanted),
    settle: seconds ?? SETTLING.settle,
    ...(pullSecrets.length > 0 && { pullSecrets }),
  };
}

/** A whole number as people write it; undefined for anything else. */
export function numberIn(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function tiersGiven({ tiers }: GraphData, given: Given): ReadonlySet<string> | undefined {
  const known = tiers.filter(({ role }) => role !== 'probe').map(tierKey);
  const asked = given.values('tier');
  const unknown = asked.find((tier) => !known.includes(tier));
  if (unknown !== undefined) throw unknownName('tier', unknown, known);
  const namespace = namespaceGiven(tiers, given);
  if (namespace === undefined) return asked.length === 0 ? undefined : new Set(asked);
  return new Set((asked.length === 0 ? known : asked).filter((tier) => tier.startsWith(`${namespace}/`)));
}

function namespaceGiven(tiers: GraphData['tiers'], given: Given): string | undefined {
  const namespace = given.value('only-namespace');
  if (namespace === undefined) return undefined;
  const what = namespaceNameProblem(namespace);
  if (what !== undefined) {
    throw usageError({ what, value: namespace, allowed: NAMESPACE_NAME_ALLOWED, fix: '--only-namespace models' });
  }
  const known = [...new Set(tiers.map((tier) => tier.namespace))];
  if (!known.includes(namespace)) throw unknownName('namespace with tiers', namespace, known);
  return namespace;
}

/** What is wrong with a value reads as it does in an app, and what to write is an option. */
function refuse(problems: readonly Unplaced[], fix: string): void {
  const [problem] = problems;
  if (problem === undefined) return;
  const { what, value, allowed } = problem;
  throw usageError({ what, ...(value !== undefined && { value }), ...(allowed !== undefined && { allowed }), fix });
}
