import { ZeroTrustError } from '../model/problem';
import { PHASES, type Phase } from '../probes/plan';
import type { RenderedJob, RenderedObject, RenderedTest } from '../probes/rendered-test';
import type { ProbeRun } from '../probes/verdict';
import type { Kubectl } from './kubectl-run';

export interface ProbeRunning {
  readonly kubectl: Kubectl;
  readonly say: (text: string) => void;
  /** Whether somebody wants it to end: then nothing more is tried, and everything is removed. */
  readonly isStopped: () => boolean;
  readonly pause: (ms: number) => Promise<void>;
}

const POLL_MS = 2000;

/**
 * Runs a test in a cluster: what lets strangers out, then the Jobs of each phase, one phase after the other. Whatever was
 * made is removed at the end, also where something fails or somebody interrupts; what was there before is left.
 *
 * @throws where something of the test is in the cluster already, and where it cannot be made or removed.
 */
export async function runTest(test: RenderedTest, running: ProbeRunning): Promise<readonly ProbeRun[]> {
  await refuseRunning(test, running);
  const made: RenderedObject[] = [];
  const runs: ProbeRun[] = [];
  try {
    for (const object of inOrder(test.around)) {
      if (running.isStopped()) return runs;
      await create(object, made, running);
    }
    for (const phase of PHASES) {
      const jobs = test.jobs.filter((job) => job.phase === phase);
      for (const job of jobs) {
        if (running.isStopped()) return runs;
        await create(job, made, running);
      }
      runs.push(...(await finished(jobs, phase, running)));
    }
    return runs;
  } finally {
    await remove(made.reverse(), running);
  }
}

/** A Namespace before what is in it. */
function inOrder(objects: readonly RenderedObject[]): readonly RenderedObject[] {
  return [...objects].sort((a, b) => Number(b.kind === 'Namespace') - Number(a.kind === 'Namespace'));
}

async function refuseRunning({ name, jobs }: RenderedTest, { kubectl }: ProbeRunning): Promise<void> {
  for (const job of jobs) {
    const { ok } = await kubectl(['get', 'job', job.name, '-n', job.namespace ?? 'default', '-o', 'name']);
    if (!ok) continue;
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
    fix: 'Ask for these rights, or let Argo CD run the test as a hook.',
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
    const { ok, out, err } = await running.kubectl(['logs', `job/${job.name}`, '-n', job.namespace ?? 'default']);
    runs.push(ok ? { ...of, log: out } : { ...of, fault: `its log could not be read: ${err}` });
  }
  return runs;
}

/** Kubernetes ends a Job that takes too long by its deadline, so that this ends too. */
async function isOver({ name, namespace = 'default' }: RenderedJob, { kubectl }: ProbeRunning): Promise<boolean> {
  const path = '{range .status.conditions[?(@.status=="True")]}{.type} {end}';
  const { ok, out } = await kubectl(['get', 'job', name, '-n', namespace, '-o', `jsonpath=${path}`]);
  // A Job that somebody deletes is over as well.
  return !ok || /\b(Complete|Failed)\b/.test(out);
}

async function remove(objects: readonly RenderedObject[], { kubectl, say }: ProbeRunning): Promise<void> {
  const left: string[] = [];
  for (const object of objects) {
    const { ok, err } = await kubectl(
      ['delete', '-f', '-', '--ignore-not-found', '--wait=false'],
      JSON.stringify(object.json),
    );
    if (ok) say(`deleted ${textOf(object)}\n`);
    else left.push(`${textOf(object)}: ${err}`);
  }
  if (left.length === 0) return;
  throw new ZeroTrustError({
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
