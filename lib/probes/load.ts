import { type JobManifest, job, jobName, type RunOptions } from './job';
import { dialled } from './places';
import type { ProbePlan } from './plan';
import { LOAD_SCRIPT } from './script';

/** Jobs that hold so many connections open, each from a client of a tier to that tier, while denials are tried. */
export function loadJobs(plan: ProbePlan, connections: number, seconds: number, options: RunOptions): JobManifest[] {
  const declared = plan.legs.filter(({ expected, because }) => expected === 'allow' && because !== undefined);
  return declared.flatMap((leg, index) => {
    const prober = plan.probers.find(({ id }) => id === leg.prober);
    const { host, port } = dialled(leg.destination.address) ?? {};
    if (prober === undefined || host === undefined) return [];
    return [
      job(plan, prober, jobName(plan, `${index}-${prober.id}`, 'load'), options, {
        deadline: seconds,
        script: LOAD_SCRIPT,
        args: [],
        env: {
          PROBE_CONNECTIONS: String(connections),
          PROBE_HOST: host,
          PROBE_PORT: String(port),
          PROBE_SECONDS: String(seconds),
        },
      }),
    ];
  });
}

/** The fewest connections that a Job said it held, while it ran; none where it said nothing. */
export function fewestHeld(log: string): number {
  const counts = [...log.matchAll(/^holding (\d+) of \d+$/gm)].map(([, count]) => Number(count));
  return counts.length === 0 ? 0 : Math.min(...counts);
}
