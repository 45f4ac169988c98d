import { isObject } from '../kinds/field';
import { LOAD_SCRIPT } from './load-script';
import { dialled } from './places';
import { type Leg, PHASES } from './plan';
import type { RenderedJob, RenderedObject, RenderedTest } from './rendered-test';
import { shortName } from './short-name';

/** A Job that holds connections open while denials are tried, and the leg that they are of. */
export interface LoadJob extends RenderedObject {
  readonly leg: Leg;
}

/** What was held of the connections that were asked for. */
export interface Held {
  readonly leg: Leg;
  readonly asked: number;
  /** The fewest that there were at any second, from before the first denial was tried to the end. */
  readonly fewest: number;
}

/** So many connections a leg: each takes a port of its pod, and a place in the table of its node. */
export const MOST_CONNECTIONS = 500;

/**
 * Jobs that hold connections open, each from a client of a tier to that tier: the pods of its allow leg once more, with
 * another program. They end by their deadline where nobody deletes them.
 */
export function loadJobs(test: RenderedTest, connections: number): readonly LoadJob[] {
  const declared = test.legs.filter(
    ({ expected, because, destination }) =>
      expected === 'allow' && because !== undefined && destination.protocol === 'TCP',
  );
  const seconds = PHASES.reduce((sum, phase) => sum + longestOf(test, phase), STARTING);
  return declared.flatMap((leg) => {
    const job = test.jobs.find(({ prober, phase }) => prober === leg.prober && phase === 'before');
    const to = dialled(leg.destination.address);
    if (job === undefined || to === undefined) return [];
    const name = shortName([test.name, 'load', leg.id], LONGEST_NAME);
    const env = { CONNECTIONS: connections, HOST: to.host, PORT: to.port };
    return [{ ...job, name, leg, json: withProgram(job.json, name, seconds, env) }];
  });
}

/** A pod has the name of its Job whole, and five letters more. */
const LONGEST_NAME = 52;

/** Seconds in which images are pulled and connections made. */
const STARTING = 300;

function longestOf({ jobs }: RenderedTest, phase: RenderedJob['phase']): number {
  const deadlines = jobs
    .filter((job) => job.phase === phase)
    .map(({ json }) => Number(at(json, 'spec').activeDeadlineSeconds));
  return Math.max(0, ...deadlines.filter(Number.isFinite));
}

function withProgram(
  json: RenderedObject['json'],
  name: string,
  activeDeadlineSeconds: number,
  env: Readonly<Record<string, string | number>>,
): RenderedObject['json'] {
  const spec = at(json, 'spec');
  const template = at(spec, 'template');
  const pod = at(template, 'spec');
  const [container] = Array.isArray(pod.containers) ? pod.containers : [];
  const loading = {
    ...(isObject(container) ? container : {}),
    command: ['/bin/bash', '-c', LOAD_SCRIPT, 'probe'],
    args: [],
    env: Object.entries(env).map(([key, value]) => ({ name: `PROBE_${key}`, value: String(value) })),
  };
  return {
    ...json,
    metadata: { ...at(json, 'metadata'), name },
    spec: { ...spec, activeDeadlineSeconds, template: { ...template, spec: { ...pod, containers: [loading] } } },
  };
}

function at(value: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const found = value[key];
  return isObject(found) ? found : {};
}

/** How many connections a Job said that it held, second by second. */
export function heldIn(log: string): readonly number[] {
  return [...log.matchAll(/^holding (\d+) of \d+\s*$/gm)].map(([, count]) => Number(count));
}

/** The fewest connections that a Job said it held, from that second of its log on; none where it said nothing. */
export function fewestHeld(log: string, since: number): number {
  const counts = heldIn(log).slice(since);
  return counts.length === 0 ? 0 : Math.min(...counts);
}
