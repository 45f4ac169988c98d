import type { Exit, Reach, Reached, Step } from '../analysis';
import * as ports from '../model/port-set';
import { trafficWords } from './change-words';
import { counted } from './counted';
import { workloadsWords } from './end-words';
import { type PathsTo, pathWords, reachVerdict, stepEndWords } from './reach-words';

/** How far it goes from some workloads: the verdict, what is reached by its distance, and the ways out. */
export function reachText(reach: Reach): string {
  const distances = [...new Set(reach.reached.map(({ path }) => path.length))];
  const sections = [
    ...distances.map((hops) => [
      counted(hops, 'hop'),
      ...reach.reached.filter(({ path }) => path.length === hops).map(reachedLine),
    ]),
    ...(reach.exits.length > 0 ? [['ways out', ...exitLines(reach.exits)]] : []),
  ];
  return [`From ${workloadsWords(reach.from)}: ${reachVerdict(reach)}`, ...sections.map((lines) => lines.join('\n  '))]
    .map((text) => `${text}\n`)
    .join('\n');
}

/** Every path to what was asked for, whole. */
export function pathsToText({ from, to, paths }: PathsTo): string {
  const head = `From ${workloadsWords(from)} to ${to}: ${paths.length === 0 ? 'no path' : counted(paths.length, 'path')}`;
  return `${[head, ...paths.map((one) => `  ${one.isSure ? '' : 'perhaps '}${pathWords(one.path)}${more(one)}`)].join('\n')}\n`;
}

function reachedLine({ workloads, isSure, path }: Reached): string {
  const last = path[path.length - 1];
  const by = path.length > 1 ? ` by ${last.from}` : '';
  return `${doubt(isSure, last)}${workloadsWords(workloads)} ${trafficWords(last.verdict)}${by}`;
}

/** One line for ways out that are alike, in the order of the nearest. */
function exitLines(exits: readonly Exit[]): string[] {
  const alike = new Map<string, string[]>();
  for (const { workloads, isSure, path, end } of exits) {
    const last = path[path.length - 1];
    const line = `${doubt(isSure, last)}${stepEndWords(end)} ${trafficWords(last.verdict)}`;
    const known = alike.get(line);
    if (known === undefined) alike.set(line, [...workloads]);
    else known.push(...workloads);
  }
  return [...alike].map(([line, workloads]) => `${line} from ${workloadsWords(workloads)}`);
}

/** Where the last connection is perhaps, its ports say so. */
function doubt(isSure: boolean, { verdict }: Step): string {
  return isSure || ports.isEmpty(verdict.must) ? '' : 'perhaps ';
}

/** Of alike workloads one stands for the others. */
function more({ workloads }: Reached | Exit): string {
  return workloads.length > 1 ? `, and ${counted(workloads.length - 1, 'more workload')} alike` : '';
}
