import { ZeroTrustError } from '../model/problem';
import { fewestHeld, type Held, heldIn, type LoadJob } from '../probes/load';
import { PHASES, type Phase } from '../probes/plan';
import type { RenderedJob, RenderedObject, RenderedTest } from '../probes/rendered-test';
import type { ProbeRun } from '../probes/verdict';
import type { Kubectl, KubectlEnded } from './kubectl-run';

export interface ProbeRunning {
  readonly kubectl: Kubectl;
  readonly say: (text: string) => void;
  /** Whether somebody wants it to end: then nothing more is tried, and everything is removed. */
  readonly isStopped: () => boolean;
  readonly pause: (ms: number) => Promise<void>;
}

/** What a run showed. */
export interface Ran {
  readonly runs: readonly ProbeRun[];
  /** Of the Jobs that held connections open. */
  readonly held: readonly Held[];
}

const POLL_MS = 2000;

/** Polls until connections are given up that do not come about: images are pulled first. */
const LOAD_POLLS = 60;

/**
 * Runs a test in a cluster: what lets strangers out, then the Jobs of each phase, one phase after the other. Jobs that hold
 * connections open are there from before the denials to the end. Whatever was made is removed at the end, also where
 * something fails or somebody interrupts; what was there before is left.
 *
 * @throws where something of the test is in the cluster already, and where it cannot be made or removed.
 */
export async function runTest(test: RenderedTest, load: Load | undefined, running: ProbeRunning): Promise<Ran> {
  await refuseRunning(test, load, running);
  const made: RenderedObject[] = [];
  const runs: ProbeRun[] = [];
  let held: readonly Held[] = [];
  let since: Since = new Map();
  try {
    await createAll(inOrder(test.around), made, running);
    for (const phase of PHASES) {
      if (running.isStopped()) break;
      if (phase === 'between' && load !== undefined) since = await loaded(load, made, running);
      const jobs = test.jobs.filter((job) => job.phase === phase);
      await createAll(jobs, made, running);
      runs.push(...(await finished(jobs, phase, running)));
    }
    held = load === undefined ? [] : await heldBy(load, since, running);
  } catch (error) {
    const left = await remove(made.reverse(), running);
    if (left === undefined || !(error instanceof ZeroTrustError)) throw left ?? error;
    throw new ZeroTrustError([...error.problems, ...left.problems]);
  }
  const left = await remove(made.reverse(), running);
  if (left !== undefined) throw left;
  return { runs, held };
}

/** Connections that are held open while denials are tried. */
export interface Load {
  /** A Job. */
  readonly connections: number;
  readonly jobs: readonly LoadJob[];
}

async function createAll(
  objects: readonly RenderedObject[],
  made: RenderedObject[],
  running: ProbeRunning,
): Promise<void> {
  for (const object of objects) {
    if (running.isStopped()) return;
    await create(object, made, running);
  }
}

/** How many seconds a Job had reported of before the last one, when denials began to be tried. */
type Since = ReadonlyMap<LoadJob, number>;

/** Starts the load, and waits until all of it is there, or it is clear that it will not be. */
async function loaded({ connections, jobs }: Load, made: RenderedObject[], running: ProbeRunning): Promise<Since> {
  await createAll(jobs, made, running);
  const since = new Map<LoadJob, number>();
  const waiting = new Set(jobs);
  for (let poll = 0; poll < LOAD_POLLS && waiting.size > 0 && !running.isStopped(); poll++) {
    for (const job of waiting) {
      const counts = heldIn((await logs(job, running)).out);
      since.set(job, Math.max(0, counts.length - 1));
      if ((counts.at(-1) ?? 0) >= connections || (await isOver(job, running))) waiting.delete(job);
    }
    if (waiting.size > 0) await running.pause(POLL_MS);
  }
  return since;
}

/** A Job that is over by now held nothing while denials were tried, whatever it said before. */
async function heldBy({ connections, jobs }: Load, since: Since, running: ProbeRunning): Promise<readonly Held[]> {
  const held: Held[] = [];
  for (const job of jobs) {
    const { ok, out } = await logs(job, running);
    const isThere = ok && !running.isStopped() && !(await isOver(job, running));
    const fewest = isThere ? fewestHeld(out, since.get(job) ?? 0) : 0;
    held.push({ leg: job.leg, asked: connections, fewest: Math.min(connections, fewest) });
  }
  return held;
}

/** A Namespace before what is in it. */
function inOrder(objects: readonly RenderedObject[]): readonly RenderedObject[] {
  return [...objects].sort((a, b) => Number(b.kind === 'Namespace') - Number(a.kind === 'Namespace'));
}

async function refuseRunning(
  { name, jobs }: RenderedTest,
  load: Load | undefined,
  { kubectl }: ProbeRunning,
): Promise<void> {
  for (const job of [...jobs, ...(load?.jobs ?? [])]) {
    const namespace = job.namespace ?? 'default';
    const { ok, err } = await kubectl(['get', 'job', job.name, '-n', namespace, '-o', 'name']);
    if (!ok && err.includes('(NotFound)')) continue;
    if (!ok) {
      throw new ZeroTrustError({
        rule: 'probe-cluster',
        what: `kubectl could not tell whether the test ${name} is in the cluster already: ${err}`,
        value: err,
        allowed: 'a kubectl that reaches the cluster, and a user who may get Jobs in the namespaces of the test',
        fix: `Try it alone, with the same --context and --kubectl: kubectl get jobs -n ${namespace}`,
      });
    }
    throw new ZeroTrustError({
      rule: 'probe-running',
      what: `the test ${name} is in the cluster already: Job ${job.namespace}/${job.name}`,
      value: job.name,
      allowed: 'one run of a test at a time',
      fix: `Wait until it is over, or delete what is left of it: kubectl delete job -A -l cdk8s-zero-trust/isolation-test=${name}`,
    });
  }
}

/**
 * What is there already stays whose it is, and of a test only its Namespace may be. A call that failed otherwise may have made
 * it all the same, as where the connection was lost: then it counts as made, and is removed.
 */
async function create(object: RenderedObject, made: RenderedObject[], { kubectl, say }: ProbeRunning): Promise<void> {
  const { ok, err } = await kubectl(['create', '-f', '-'], JSON.stringify(object.json));
  if (ok || !isRefused(err)) made.push(object);
  if (ok) {
    say(`created ${textOf(object)}\n`);
    return;
  }
  if (object.kind === 'Namespace' && err.includes('AlreadyExists')) return;
  throw new ZeroTrustError({
    rule: 'probe-create',
    where: textOf(object),
    what: `it could not be created: ${err}`,
    value: textOf(object),
    allowed: 'a cluster in which this user may create and delete Jobs, Namespaces and policies, and read logs of pods',
    fix: err.includes('being terminated')
      ? 'What an earlier run made is still being deleted: run it again when that is gone.'
      : 'Ask for these rights, or let Argo CD run the test as a hook.',
  });
}

/** Whether the API server said no, and was not merely too slow to say yes (apimachinery, `StatusReason`). */
function isRefused(err: string): boolean {
  const [, reason] = /Error from server \((\w+)\)/.exec(err) ?? [];
  return reason !== undefined && !['Timeout', 'ServerTimeout', 'InternalError', 'ServiceUnavailable'].includes(reason);
}

async function finished(jobs: readonly RenderedJob[], phase: Phase, running: ProbeRunning): Promise<ProbeRun[]> {
  const waiting = new Set(jobs);
  while (waiting.size > 0 && !running.isStopped()) {
    for (const job of waiting) if (await isOver(job, running)) waiting.delete(job);
    if (waiting.size > 0) await running.pause(POLL_MS);
  }
  const runs: ProbeRun[] = [];
  for (const job of jobs) {
    const of = { prober: job.prober, phase };
    if (waiting.has(job)) {
      runs.push({ ...of, fault: 'it was interrupted' });
      continue;
    }
    const { ok, out, err } = await logs(job, running);
    runs.push(ok ? { ...of, log: out } : { ...of, fault: `its log could not be read: ${err}` });
  }
  return runs;
}

function logs({ name, namespace = 'default' }: RenderedObject, { kubectl }: ProbeRunning): Promise<KubectlEnded> {
  return kubectl(['logs', `job/${name}`, '-n', namespace]);
}

/** Kubernetes ends a Job that takes too long by its deadline, so that this ends too. */
async function isOver({ name, namespace = 'default' }: RenderedObject, { kubectl }: ProbeRunning): Promise<boolean> {
  const path = '{range .status.conditions[?(@.status=="True")]}{.type} {end}';
  const { ok, out } = await kubectl(['get', 'job', name, '-n', namespace, '-o', `jsonpath=${path}`]);
  // A Job that somebody deletes is over as well.
  return !ok || /\b(Complete|Failed)\b/.test(out);
}

/** What is wrong where not everything could be removed. */
async function remove(
  objects: readonly RenderedObject[],
  { kubectl, say }: ProbeRunning,
): Promise<ZeroTrustError | undefined> {
  const left: string[] = [];
  for (const object of objects) {
    const { ok, err } = await kubectl(
      ['delete', '-f', '-', '--ignore-not-found', '--wait=false'],
      JSON.stringify(object.json),
    );
    if (ok) say(`deleted ${textOf(object)}\n`);
    else left.push(`${textOf(object)}: ${err}`);
  }
  if (left.length === 0) return undefined;
  return new ZeroTrustError({
    rule: 'probe-left',
    what: `not everything that the test made could be deleted: ${left.join('; ')}`,
    value: left.join('; '),
    allowed: 'nothing of it stays',
    fix: 'Delete it by hand: policies of a test let its strangers out as long as they are there.',
  });
}

export function textOf({ kind, namespace, name }: RenderedObject): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
