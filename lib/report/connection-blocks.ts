import type { ConnectionsOf, OutsidePassing, Passing } from '../asking/connections';
import * as ips from '../model/ip-set';
import type { PortSet } from '../model/port-set';
import type { Workload, World } from '../model/world';
import { outsideWords, type PortWords, portWords } from './passing-words';

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

/**
 * Connections as a person can read them: workloads that reach the same are one block, all workloads of a namespace are one
 * name, and so are all workloads.
 */
export function connectionBlocks(found: Iterable<ConnectionsOf>, world: World): readonly ConnectionBlock[] {
  const names = groupNames(world);
  const words = portWords();
  const blocks = new Map<string, { readonly of: Workload[]; readonly lines: readonly ConnectionLine[] }>();
  for (const { workload, to, outside } of found) {
    const lines = [...toLines(to, workload, names, words), ...outsideLines(outside, words)];
    const key = lines.map(({ way, other, ports }) => `${way}\u0000${other}\u0000${ports}`).join('\u0001');
    const block = blocks.get(key);
    if (block === undefined) blocks.set(key, { of: [workload], lines });
    else block.of.push(workload);
  }
  return [...blocks.values()].map(({ of, lines }) => ({ of: names(of), lines }));
}

function toLines(
  passing: ConnectionsOf['to'],
  from: Workload,
  names: GroupNames,
  words: PortWords,
): readonly ConnectionLine[] {
  const byPassing = new Map<PortSet, Map<PortSet, Workload[]>>();
  for (const { to, must, may } of passing) {
    const ofMay = byPassing.get(may) ?? new Map<PortSet, Workload[]>();
    byPassing.set(may, ofMay);
    const alike = ofMay.get(must);
    if (alike === undefined) ofMay.set(must, [to]);
    else alike.push(to);
  }
  return [...byPassing]
    .flatMap(([may, ofMay]) => [...ofMay].map(([must, others]) => ({ others, ports: words.all({ must, may }) })))
    .flatMap(({ others, ports }) => names(others, from).map((other) => ({ way: 'to' as const, other, ports })))
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

/** Names of a group of workloads; `but` is not among them and could not be. */
type GroupNames = (workloads: readonly Workload[], but?: Workload) => string[];

function groupNames({ workloads }: World): GroupNames {
  const sizes = new Map<string, number>();
  for (const { namespace } of workloads) sizes.set(namespace, (sizes.get(namespace) ?? 0) + 1);
  return (group, but) => {
    const rest = but === undefined ? 0 : 1;
    if (group.length > 1 && group.length === workloads.length - rest) {
      return [but === undefined ? `every workload (${group.length})` : 'every other workload'];
    }
    const byNamespace = new Map<string, Workload[]>();
    for (const workload of group) {
      const own = byNamespace.get(workload.namespace);
      if (own === undefined) byNamespace.set(workload.namespace, [workload]);
      else own.push(workload);
    }
    return [...byNamespace].flatMap(([namespace, own]) => {
      const total = sizes.get(namespace) ?? 0;
      const all = total - (but?.namespace === namespace ? 1 : 0);
      if (total > 1 && own.length === all) return [`${namespace}/*`];
      return own.map(({ id }) => id);
    });
  };
}
