import type { WaysIn } from '../analysis';
import * as ports from '../model/port-set';
import { printable } from '../model/printable';
import { plainMarkdown } from './markdown-escape';
import { portWords } from './passing-words';

/** One way from outside to one workload. */
interface WayRow {
  readonly object: string;
  readonly hosts: readonly string[];
  readonly to: string;
  /** Ports that policies surely let in; empty where they surely let none. */
  readonly surely: string;
  readonly perhaps: string;
  /** Both in words: `TCP/8443`, `perhaps TCP/80`, `nothing, by policies`. */
  readonly all: string;
}

function rowsOf({ ways }: WaysIn): readonly WayRow[] {
  const words = portWords();
  return ways.flatMap(({ object, hosts, to }) =>
    to.map(({ workload, verdict }) => ({
      object,
      hosts,
      to: workload,
      surely: words.surely(verdict),
      perhaps: words.perhaps(verdict),
      all: ports.isEmpty(verdict.may) ? 'nothing, by policies' : words.all(verdict),
    })),
  );
}

/** For a person; nothing where there is none. */
export function* waysInText(found: WaysIn): Generator<string> {
  const lines = [
    ...rowsOf(found).map(({ object, hosts, to, all }) => `${object}${among(hosts)} -> ${to}  ${all}`),
    ...found.problems.map(({ where = '', what }) => `${where.slice(where.lastIndexOf(': ') + 2)}: ${what}`),
  ];
  if (lines.length > 0) yield `\nways in\n${lines.map((line) => `  ${printable(line)}\n`).join('')}`;
}

/** As a table of its own; nothing where there is none. */
export function* waysInMarkdown(found: WaysIn): Generator<string> {
  const rows = rowsOf(found);
  if (rows.length === 0) return;
  yield '\n| way in | hosts | to | ports |\n|---|---|---|---|\n';
  for (const { object, hosts, to, all } of rows)
    yield `| ${[object, hosts.join(', '), to, all].map(plainMarkdown).join(' | ')} |\n`;
}

/** For programs. */
export function waysInJson(found: WaysIn) {
  return rowsOf(found).map(({ object, hosts, to, surely, perhaps }) => ({
    object,
    hosts,
    to,
    ...(surely !== '' && { surely }),
    ...(perhaps !== '' && { perhaps }),
  }));
}

/** Names are few, and a wildcard is one. */
const MOST_HOSTS = 3;

function among(hosts: readonly string[]): string {
  if (hosts.length === 0) return '';
  const more = hosts.length - MOST_HOSTS;
  return ` (${[...hosts.slice(0, MOST_HOSTS), ...(more > 0 ? [`${more} more`] : [])].join(', ')})`;
}
