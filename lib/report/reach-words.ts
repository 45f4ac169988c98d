import type { Exit, Reach, ReachEnd, Reached, Step } from '../analysis';
import { leadsTo } from '../analysis';
import { internet } from '../cluster/special-addresses';
import { trafficWords } from './change-words';
import { counted } from './counted';
import { endWords } from './end-words';

/** Paths to one destination that was asked for. */
export interface PathsTo {
  readonly from: readonly string[];
  /** As it is called: `internet`, or the id of a workload. */
  readonly to: string;
  /** Nearest first. */
  readonly paths: readonly (Reached | Exit)[];
}

export function stepEndWords(end: ReachEnd): string {
  return endWords(end.kind === 'workload' ? { kind: 'workloads', workloads: [end.id] } : end);
}

/** `x/Pod/a -> x/Pod/b (TCP/80) -> internet (perhaps TCP/443)`. */
export function pathWords(path: readonly Step[]): string {
  const [first] = path;
  const start = first === undefined ? [] : [stepEndWords({ kind: 'workload', id: first.from })];
  return [...start, ...path.map(({ to, verdict }) => `${stepEndWords(to)} (${trafficWords(verdict)})`)].join(' -> ');
}

/** `3 workloads are reached, 1 of them perhaps; 2 reach the internet`. */
export function reachVerdict({ reached, exits }: Reach): string {
  const count = (all: readonly { readonly workloads: readonly string[] }[]) =>
    new Set(all.flatMap(({ workloads }) => workloads)).size;
  const all = count(reached);
  const unsure = count(reached.filter(({ isSure }) => !isSure));
  const out = exits.filter((exit) => leadsTo(exit, internet));
  const leaving = count(out);
  const sure = count(out.filter(({ isSure }) => isSure));
  const perhaps = (some: number, whole: number) =>
    some === 0 ? '' : some === whole ? ', perhaps' : `, ${some} of them perhaps`;
  return [
    `${counted(all, 'workload')} ${all === 1 ? 'is' : 'are'} reached${perhaps(unsure, all)}`,
    leaving === 0
      ? 'nothing reaches the internet'
      : `${leaving} ${leaving === 1 ? 'reaches' : 'reach'} the internet${perhaps(leaving - sure, leaving)}`,
  ].join('; ');
}
