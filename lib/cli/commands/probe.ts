import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineNamed } from '../../engines/engines';
import type { GraphData } from '../../graph/graph-data';
import { tierKey } from '../../graph/graph-data';
import { graphIn } from '../../graph/graph-file';
import { namespaceNameProblem } from '../../model/labels';
import { ZeroTrustError } from '../../model/problem';
import { inService } from '../../probes/addition';
import type { Creatable } from '../../probes/created';
import { withProbes } from '../../probes/graph-with-probes';
import { IMAGE, jobsOf, type RunOptions, SETTLING } from '../../probes/job';
import { kubectlOf } from '../../probes/kubectl';
import { TEST_LABEL } from '../../probes/labels';
import { fewestHeld, loadJobs } from '../../probes/load';
import { dialled, INTERNET, METADATA } from '../../probes/places';
import { type LivePod, tiersOfCluster } from '../../probes/places-of-cluster';
import { API_SERVER, type ProbePlan } from '../../probes/plan';
import { planText } from '../../probes/plan-text';
import { planned } from '../../probes/planned';
import { probeReport, reportJson, reportText } from '../../probes/probe-report';
import { type ToCreate, tryInCluster } from '../../probes/try-in-cluster';
import { verdicts } from '../../probes/verdict';
import { proveManifests } from '../../proof';
import type { Command, Given } from '../command';
import { ExitCode } from '../exit-codes';
import type { Io } from '../io';
import { liveCluster } from '../live-given';
import { readManifestsGiven } from '../manifests';
import { printed } from '../output';
import { inFolder } from '../paths';
import { usageError } from '../usage-error';

const OUTSIDE = ['internet', 'metadata-service', 'api-server'] as const;

export const probe: Command = {
  name: 'probe',
  summary: 'tries in a live cluster a sample of what a graph says: who gets in, and who is kept out',
  usage: 'probe [folder]',
  examples: [
    'cdk8s-zero-trust probe dist/platform --live',
    'cdk8s-zero-trust probe dist/platform --live --context staging --tier ai-inference/vllm --without metadata-service',
    'cdk8s-zero-trust probe dist/platform --live --load 100 --format json --output probe.json',
  ],
  options: [
    {
      flags: '--live',
      description: 'tries in the cluster: creates Jobs and policies there, and removes them at the end',
    },
    { flags: '--context <name>', description: 'the context of the kubeconfig (default: the one that kubectl takes)' },
    { flags: '--kubectl <program>', description: 'what the cluster is asked by (default: kubectl)' },
    { flags: '--name <name>', description: 'what the names of everything begin with (default: zt-probe)' },
    { flags: '--tier <namespace/name>', description: 'tests this tier; repeatable (default: all)', isRepeatable: true },
    {
      flags: '--without <destination>',
      description: `does not try it: ${OUTSIDE.join(', ')}; repeatable`,
      isRepeatable: true,
      choices: OUTSIDE,
    },
    { flags: '--internet <address:port>', description: `what stands for the internet (default: ${INTERNET})` },
    { flags: '--image <image>', description: `an agnhost (default: ${IMAGE.registry}/${IMAGE.name})` },
    { flags: '--settle <seconds>', description: `before the first try of a pod (default: ${SETTLING.settle})` },
    { flags: '--load <number>', description: 'holds so many connections open to each tier while denials are tried' },
  ],
  formats: ['text', 'json'],
  notes: [
    'It is the one command that writes to a cluster. It says first what it will create, and removes all of it in every case, an interrupt included. The policies that let its strangers out are proved beforehand, with those of the folder.',
    'A denial counts only where somebody else got through to the same place, before and after. What was not tested is no success: it ends with 0 where all is as declared, 1 where something is not, 2 where something was not tested, 3 where it could not be tried.',
  ],
  async run(given, io) {
    const folder = folderGiven(given);
    const options = runGiven(given);
    const connections = numberGiven('load', 1, MOST_CONNECTIONS, given);
    const graph = graphIn(inFolder(folder, io));
    const plan = await planGiven(graph, given, io);
    const jobs = jobsOf(plan, options);
    const policies = await provedPolicies(graph, plan, folder, given, io);
    const seconds = jobs.reduce((sum, { manifest }) => Math.max(sum, Number(manifest.spec.activeDeadlineSeconds)), 0);
    const load = connections === undefined ? [] : loadJobs(plan, connections, 2 * seconds + BETWEEN, options);
    const what: ToCreate = { namespace: elsewhereOf(plan), policies, jobs, load };
    io.err(announcement(what, plan));
    const { runs, held } = await tried(what, given, io);
    const report = probeReport(
      plan,
      verdicts(plan, runs),
      connections === undefined
        ? undefined
        : held.map(({ name, log }) => ({ name, wanted: connections, fewest: fewestHeld(log) })),
    );
    printed(given, io, { text: () => reportText(report), json: () => reportJson(report) });
    return { held: ExitCode.YES, broken: ExitCode.NO, untested: ExitCode.PERHAPS }[report.word];
  },
};

const MOST_CONNECTIONS = 500;
/** Seconds beside those that two phases may take. */
const BETWEEN = 120;

async function tried(what: ToCreate, given: Given, io: Io) {
  let isInterrupted = false;
  const stop = io.onInterrupt?.(() => {
    isInterrupted = true;
    io.err('Interrupted: everything is removed before it ends.\n');
  });
  const [context, kubectl] = [given.value('context'), given.value('kubectl')];
  const target = { ...(context !== undefined && { context }), ...(kubectl !== undefined && { kubectl }) };
  try {
    return await tryInCluster(what, {
      kubectl: io.kubectl?.(target) ?? kubectlOf({ ...target, cwd: io.cwd, env: io.env }),
      sleep: io.sleep ?? ((milliseconds) => sleep(milliseconds)),
      say: given.has('quiet') ? () => undefined : io.err,
      run: randomUUID().slice(0, 8),
      isInterrupted: () => isInterrupted,
    });
  } finally {
    stop?.();
  }
}

async function planGiven(graph: GraphData, given: Given, io: Io): Promise<ProbePlan> {
  const name = nameGiven(given);
  const tiers = tiersGiven(graph, given);
  const cluster = await liveCluster(given, io);
  const items = async (path: string) => {
    const { status, body } = await cluster.get(path);
    if (status !== 200) throw notRead(path, status, body);
    return (JSON.parse(body) as { items?: unknown[] }).items ?? [];
  };
  const pods = new Map<string, LivePod[]>();
  for (const { name: namespace } of graph.namespaces) {
    pods.set(namespace, (await items(`/api/v1/namespaces/${namespace}/pods`)) as LivePod[]);
  }
  const without = given.values('without');
  const plan = planned(
    graph,
    { name, elsewhere: `${name}-elsewhere`, ...(tiers && { tiers }) },
    {
      ofTier: tiersOfCluster((namespace) => pods.get(namespace) ?? []),
      ...(!without.includes('internet') && { internet: internetGiven(given) }),
      ...(!without.includes('metadata-service') && { metadata: METADATA }),
      ...(!without.includes('api-server') && { apiServer: API_SERVER }),
      hasNames: true,
    },
  );
  if (plan.legs.length === 0) throw nothingToTry(plan);
  for (const { name: namespace } of graph.namespaces) {
    refuseServices(plan, namespace, await items(`/api/v1/namespaces/${namespace}/services`));
  }
  return plan;
}

/** A pod that is never ready is an endpoint all the same of a Service that publishes those. */
function refuseServices(plan: ProbePlan, namespace: string, services: readonly unknown[]): void {
  for (const service of services) {
    const { metadata, spec } = service as { metadata: { name: string }; spec?: Record<string, unknown> };
    if (spec?.publishNotReadyAddresses !== true) continue;
    const asked = Object.entries((spec.selector ?? {}) as Record<string, string>);
    const taken = plan.probers.find(
      (prober) =>
        prober.namespace === namespace &&
        asked.length > 0 &&
        asked.every(([key, value]) => prober.labels[key] === value),
    );
    if (taken !== undefined) throw new ZeroTrustError(inService(metadata.name, taken.id));
  }
}

/** The policies that let strangers out, once they are proved to let out no more, beside those of the folder. */
async function provedPolicies(
  graph: GraphData,
  plan: ProbePlan,
  folder: string,
  given: Given,
  io: Io,
): Promise<Creatable[]> {
  const together = withProbes(graph, plan);
  const known = new Set(graph.tiers.map(tierKey));
  const engine = engineNamed(graph.cluster.engine);
  const policies = engine
    .render(together, graph.cluster)
    .filter(({ of }) => of.kind === 'tier' && !known.has(tierKey(of)))
    .map(({ of: _, metadata, ...manifest }) => ({
      ...manifest,
      metadata: { ...metadata, labels: { [TEST_LABEL]: plan.name } },
    }));
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: policies });
  // What is read is the folder: `--live` says here where it is tried.
  const ofFolder: Given = { ...given, has: (option) => option !== 'live' && given.has(option) };
  const { reading } = await readManifestsGiven(ofFolder, io, {
    paths: [folder],
    texts: [{ name: 'policies of the test', text }],
    cluster: graph.cluster,
  });
  const { proof, unreadable } = proveManifests(together, reading);
  if (!proof.proved || unreadable.length > 0) throw notProved(folder);
  return policies;
}

function elsewhereOf({ elsewhere, name }: ProbePlan): Creatable {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted', [TEST_LABEL]: name };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: elsewhere, labels } };
}

function announcement({ namespace, policies, jobs, load }: ToCreate, plan: ProbePlan): string {
  const objects = [namespace, ...policies, ...jobs.map(({ manifest }) => manifest), ...load];
  const lines = objects.map(({ kind, metadata }) => {
    const { namespace: place, name } = metadata as { namespace?: string; name: string };
    return `  ${kind} ${place === undefined ? '' : `${place}/`}${name}`;
  });
  return ['This will be created, and removed at the end:', ...lines, 'This will be tried:', planText(plan)].join('\n');
}

function folderGiven(given: Given): string {
  if (!given.has('live')) {
    throw usageError({
      what: 'Probes are tried in a cluster, where they create Jobs and policies for a while, and nobody said so',
      allowed: '--live',
      fix: `cdk8s-zero-trust probe ${given.args[0] ?? 'dist'} --live`,
    });
  }
  return given.args[0] ?? '.';
}

function nameGiven(given: Given): string {
  const name = given.value('name') ?? 'zt-probe';
  if (namespaceNameProblem(name) === undefined && name.length <= 20) return name;
  throw usageError({
    what: `'${name}' is no name`,
    value: name,
    allowed: "1 to 20 of a-z 0-9 '-'",
    fix: '--name zt-probe',
  });
}

function tiersGiven({ tiers }: GraphData, given: Given): ReadonlySet<string> | undefined {
  const asked = given.values('tier');
  const known = tiers.map(tierKey);
  const unknown = asked.find((tier) => !known.includes(tier));
  if (unknown !== undefined) {
    throw usageError({
      what: `The graph has no tier '${unknown}'`,
      value: unknown,
      allowed: known.join(', '),
      fix: `--tier ${known[0] ?? 'namespace/name'}`,
    });
  }
  return asked.length === 0 ? undefined : new Set(asked);
}

function internetGiven(given: Given): string {
  const address = given.value('internet') ?? INTERNET;
  if (dialled(address) !== undefined) return address;
  throw usageError({
    what: `'${address}' cannot be dialled`,
    value: address,
    allowed: 'an address, a colon and a port; IPv6 in brackets',
    fix: `--internet ${INTERNET}`,
  });
}

function runGiven(given: Given): RunOptions {
  const image = given.value('image') ?? `${IMAGE.registry}/${IMAGE.name}`;
  if (!/^\S+$/.test(image)) {
    throw usageError({ what: `'${image}' is no image`, value: image, fix: `--image ${IMAGE.registry}/${IMAGE.name}` });
  }
  return { ...SETTLING, image, settle: numberGiven('settle', 0, 600, given) ?? SETTLING.settle };
}

function numberGiven(option: string, least: number, most: number, given: Given): number | undefined {
  const text = given.value(option);
  if (text === undefined) return undefined;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : -1;
  if (number >= least && number <= most) return number;
  throw usageError({
    what: `'${text}' is no number for --${option}`,
    value: text,
    allowed: `a whole number, ${least} to ${most}`,
    fix: `--${option} ${Math.max(least, 10)}`,
  });
}

function nothingToTry({ untested }: ProbePlan) {
  return new ZeroTrustError({
    rule: 'probe-tiers',
    what: 'there is nothing to try, so that nothing would be shown',
    value: untested.map(({ what, why }) => `${what}: ${why}`).join('; '),
    allowed: 'a graph with tiers whose pods the cluster has',
    fix: untested.map(({ what, why }) => `  ${what}: ${why}`).join('\n') || 'Declare tiers.',
  });
}

function notRead(path: string, status: number, body: string) {
  const said = body.trim().split('\n')[0].slice(0, 300);
  return new ZeroTrustError({
    rule: status === 403 ? 'live-forbidden' : 'live-failed',
    what: `the cluster did not say what is at ${path}: ${said}`,
    value: path,
    allowed: 'the rights of docs/probes.md',
    fix: 'Grant them, or log in again.',
  });
}

function notProved(folder: string) {
  return new ZeroTrustError({
    rule: 'probe-not-proved',
    where: folder,
    what: 'with the policies of the test, the manifests would not allow exactly what is declared, so that nothing was created',
    value: folder,
    allowed: 'a folder that is proved',
    fix: `cdk8s-zero-trust prove ${folder}`,
  });
}
