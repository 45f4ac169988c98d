import { ZeroTrustError } from '../model/problem';
import { type Creatable, Created, jobState, logOf } from './created';
import type { JobManifest, ProbeJob } from './job';
import type { Kubectl } from './kubectl';
import { PHASES, type Phase } from './plan';
import type { ProbeRun } from './verdict';

/** What a run of probes is given of the outside. */
export interface Outside {
  readonly kubectl: Kubectl;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly say: (text: string) => void;
  /** A word that no other run has. */
  readonly run: string;
  /** Whether the user wants it to end. */
  readonly isInterrupted: () => boolean;
}

/** Everything that a run creates, in its order. */
export interface ToCreate {
  readonly namespace: Creatable;
  readonly policies: readonly Creatable[];
  readonly jobs: readonly ProbeJob[];
  /** Jobs that hold connections open from before the deny legs until the end. */
  readonly load: readonly JobManifest[];
}

/** What it saw. */
export interface Tried {
  readonly runs: readonly ProbeRun[];
  /** What each Job of the load printed. */
  readonly held: readonly { readonly name: string; readonly log: string }[];
}

/**
 * Creates what the test needs, phase by phase, reads what it prints, and removes everything, whatever happens in between.
 *
 * @throws where the cluster does not take it, where it is interrupted, and where something could not be removed.
 */
export async function tryInCluster(what: ToCreate, outside: Outside): Promise<Tried> {
  const created = new Created(outside.kubectl, outside.run);
  let left: string[] = [];
  const tried = await attempt(async () => {
    try {
      return await tryAll(what, created, outside);
    } finally {
      outside.say('Removing everything that was created.\n');
      left = await created.remove();
    }
  });
  if (left.length > 0) throw leftBehind(left, tried.error);
  if (tried.value === undefined) throw tried.error;
  return tried.value;
}

async function attempt<T>(work: () => Promise<T>): Promise<{ readonly value?: T; readonly error?: unknown }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error };
  }
}

async function tryAll(
  { namespace, policies, jobs, load }: ToCreate,
  created: Created,
  outside: Outside,
): Promise<Tried> {
  await create([namespace], created, outside);
  await create(policies, created, outside);
  const runs: ProbeRun[] = [];
  for (const phase of PHASES) {
    if (phase === 'between' && load.length > 0) {
      await create(load, created, outside);
      await outside.sleep(LOAD_BUILDS_UP);
    }
    const ofPhase = jobs.filter((job) => job.phase === phase);
    outside.say(`Trying what is ${WORDS[phase]}: ${ofPhase.length} Jobs.\n`);
    await create(
      ofPhase.map(({ manifest }) => manifest),
      created,
      outside,
    );
    for (const job of ofPhase) runs.push(await runOf(job, outside));
  }
  const held: { name: string; log: string }[] = [];
  for (const job of load) held.push({ name: job.metadata.name, log: (await logOf(outside.kubectl, job)) ?? '' });
  return { runs, held };
}

const WORDS: Readonly<Record<Phase, string>> = {
  before: 'allowed',
  between: 'denied',
  after: 'allowed, once more',
};

const POLL = 2_000;
const LOAD_BUILDS_UP = 20_000;

async function create(objects: readonly Creatable[], created: Created, outside: Outside): Promise<void> {
  stopWhereInterrupted(outside);
  await created.create(objects);
  stopWhereInterrupted(outside);
}

/** Waits for a Job, which ends by itself: by its own deadline at the latest, which its controller keeps. */
async function runOf({ prober, phase, manifest }: ProbeJob, outside: Outside): Promise<ProbeRun> {
  const { name, namespace } = manifest.metadata;
  const polls = ((Number(manifest.spec.activeDeadlineSeconds) + GRACE) * 1000) / POLL;
  for (let poll = 0; poll < polls; poll++) {
    stopWhereInterrupted(outside);
    const { ok, out } = await outside.kubectl(['get', 'job', name, '-n', namespace, '-o', 'json']);
    const state = ok ? jobState(parsed(out)) : 'running';
    if (state !== 'running') {
      const log = await logOf(outside.kubectl, manifest);
      // A Job also fails by what it tried, and then its log says more.
      if (log?.includes('\ndone') === true) return { prober, phase, log };
      const why = state === 'done' ? 'its log could not be read' : `its Job failed (${state.failed})`;
      return { prober, phase, fault: why, ...(log !== undefined && { log }) };
    }
    await outside.sleep(POLL);
  }
  return { prober, phase, fault: `its Job ${namespace}/${name} did not end` };
}

const GRACE = 60;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function stopWhereInterrupted({ isInterrupted }: Outside): void {
  if (!isInterrupted()) return;
  throw new ZeroTrustError({
    rule: 'probe-interrupted',
    what: 'the test was interrupted, so that nothing was shown',
    allowed: 'a test that runs to its end',
    fix: 'Run it again.',
  });
}

function leftBehind(left: readonly string[], error: unknown): ZeroTrustError {
  return new ZeroTrustError([
    ...(error instanceof ZeroTrustError ? error.problems : []),
    {
      rule: 'probe-left-behind',
      what: 'not everything that was created could be removed, and policies of the test may still let its probes out',
      value: left.join('; '),
      allowed: 'a cluster in which nothing of the test is left',
      fix: ['Remove it by hand:', ...left.map((command) => `  ${command}`)].join('\n'),
    },
  ]);
}
