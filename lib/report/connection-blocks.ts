import type { ConnectionsOf, OutsidePassing, Passing } from '../asking/connections';
import * as ips from '../model/ip-set';
import type { World } from '../model/world';
import { outsideWords, type PortWords, portWords } from './passing-words';
import { type GroupNames, groupNames, MOST_NAMES } from './workload-groups';

/** Workloads of which the same is to be said, with what passes from them, and to them from outside. */
export interface ConnectionBlock {
  readonly of: readonly string[];
  readonly lines: readonly ConnectionLine[];
}

export interface ConnectionLine {
  /** `to` others, or `from` outside. */
  readonly way: 'to' | 'from';
  readonly other: string;
  readonly ports: string;
}

/** Connections as blocks. */
export interface ConnectionBlocks {
  readonly blocks: readonly ConnectionBlock[];
  /** Some groups are told by their number, since they are too many to be named. */
  readonly isShortened: boolean;
}

/**
 * Connections as a person can read them: workloads that reach the same are one block, all workloads of a namespace are one
 * name, and so are all workloads. Of others that are very many only the number is told.
 */
export function connectionBlocks(found: Iterable<ConnectionsOf>, world: World): ConnectionBlocks {
  const names = groupNames(world);
  const words = portWords();
  const positions = new Map(world.workloads.map((workload, position) => [workload, position]));
  const blocks = new Map<string, { readonly of: number[]; readonly lines: readonly ConnectionLine[] }>();
  for (const { workload, to, outside } of found) {
    const position = positions.get(workload) ?? 0;
    const lines = [...toLines(to, position, names, words), ...outsideLines(outside, words)];
    const key = lines.map(({ way, other, ports }) => `${way}\u0000${other}\u0000${ports}`).join('\u0001');
    const block = blocks.get(key);
    if (block === undefined) blocks.set(key, { of: [position], lines });
    else block.of.push(position);
  }
  const named = [...blocks.values()].map(({ of, lines }) => ({ of: names.of(of), lines }));
  return { blocks: named, isShortened: names.isShortened };
}

/** What a reader has to know of a list in which groups are told by their number. */
export const SHORTENED = `Groups of more than ${MOST_NAMES} names are told by their number; --focus, --to and --format json have each.`;

function toLines(
  passing: ConnectionsOf['to'],
  from: number,
  names: GroupNames,
  words: PortWords,
): readonly ConnectionLine[] {
  return passing
    .map((each) => ({ others: each.others, ports: words.all(each) }))
    .flatMap(({ others, ports }) =>
      names.reachedFrom(from, others).map((other) => ({ way: 'to' as const, other, ports })),
    )
    .sort((a, b) => (a.other < b.other ? -1 : a.other > b.other ? 1 : 0));
}

function outsideLines(outside: readonly OutsidePassing[], words: PortWords): readonly ConnectionLine[] {
  return outside
    .filter((each) => !isSaid(each, outside))
    .map((each) => ({
      way: each.direction === 'egress' ? ('to' as const) : ('from' as const),
      other: outsideWords(each),
      ports: words.all(each),
    }));
}

/** An entity of which any address says the same. */
export function isSaid(passing: OutsidePassing, all: readonly OutsidePassing[]): boolean {
  return (
    'entity' in passing &&
    all.some(
      (other) =>
        'addresses' in other &&
        other.direction === passing.direction &&
        isAlike(other, passing) &&
        ips.contains(other.addresses, ips.all),
    )
  );
}

function isAlike(a: Passing, b: Passing): boolean {
  return a.must === b.must && a.may === b.may;
}
