import type { Exit, Reach, ReachEnd, Reached, Step } from '../analysis';
import * as ports from '../model/port-set';
import { endJson } from './differences-json';
import { type PathsTo, reachVerdict } from './reach-words';

/** What the JSON says that it is. */
export const REACH_SCHEMA = 'cdk8s-zero-trust/reach/v1';

/** How far it goes, for programs: every workload and every way out with a shortest path. */
export function reachJson(reach: Reach): string {
  return json({
    schema: REACH_SCHEMA,
    verdict: reachVerdict(reach),
    from: reach.from,
    reached: reach.reached.map(reachedJson),
    exits: reach.exits.map((exit) => ({ to: stepEndJson(exit.end), ...reachedJson(exit) })),
  });
}

export function pathsToJson({ from, to, paths }: PathsTo): string {
  return json({ schema: REACH_SCHEMA, from, to, paths: paths.map(reachedJson) });
}

function reachedJson({ workloads, isSure, path }: Reached | Exit) {
  return { workloads, must: isSure, hops: path.length, path: path.map(stepJson) };
}

function stepJson({ from, to, verdict }: Step) {
  return { from, to: stepEndJson(to), must: ports.portsText(verdict.must), may: ports.portsText(verdict.may) };
}

function stepEndJson(end: ReachEnd) {
  return end.kind === 'workload' ? { workloads: [end.id] } : endJson(end);
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
