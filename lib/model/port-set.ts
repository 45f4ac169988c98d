import { differenceOf, type Edges, intersectionOf, unionOf as unionOfEdges } from './intervals';
import {
  FIRST_PORT,
  LAST_PORT,
  PROTOCOLS,
  portNameProblem,
  portNumberProblem,
  portRangeProblem,
  protocolProblem,
} from './port-problem';
import { type Problem, ZeroTrustError } from './problem';
import { remembered } from './remembered';

export type Protocol = (typeof PROTOCOLS)[number];

export { PROTOCOLS };

/** Ports of one protocol. A name is an atom: whatever number the destination pod gives it, no number until then. */
export interface PortsOfProtocol {
  /** First and last, both in it; sorted, disjoint, with a gap between neighbours. */
  readonly ranges: readonly (readonly [number, number])[];
  /** Sorted, each once; none where `ranges` has every port, which a name cannot add to. */
  readonly names: readonly string[];
}

/** Ports by protocol; canonical, so that sets of equal meaning are equal in every field. */
export interface PortSet {
  readonly TCP: PortsOfProtocol;
  readonly UDP: PortsOfProtocol;
  readonly SCTP: PortsOfProtocol;
  /** Every protocol that is none of the three. NetworkPolicy has it together with all the others, or not at all. */
  readonly other: boolean;
}

/** A port that a pod declares: what a name in a set is resolved against. */
export interface DeclaredPort {
  readonly name?: string;
  readonly protocol: Protocol;
  readonly number: number;
}

const NO_PORTS: PortsOfProtocol = { ranges: [], names: [] };
const ALL_PORTS: PortsOfProtocol = { ranges: [[FIRST_PORT, LAST_PORT]], names: [] };

export const none: PortSet = { TCP: NO_PORTS, UDP: NO_PORTS, SCTP: NO_PORTS, other: false };

/** Every port of every protocol: more than TCP, UDP and SCTP together. */
export const everything: PortSet = { TCP: ALL_PORTS, UDP: ALL_PORTS, SCTP: ALL_PORTS, other: true };

/** @throws ZeroTrustError unless `value` is from 1 to 65535. */
export function number(protocol: Protocol, value: number): PortSet {
  refuse(protocolProblem(protocol) ?? portNumberProblem(value));
  const key = `${protocol}/${value}`;
  const set = numbers.get(key) ?? { ...none, [protocol]: { ranges: [[value, value]], names: [] } };
  numbers.set(key, set);
  return set;
}

/** Each is made once, since half of a platform serves on the same few ports: what is remembered of a set is then shared. */
const numbers = new Map<string, PortSet>();

/** From `first` to `last`, both in it. @throws ZeroTrustError unless 1 <= first <= last <= 65535. */
export function range(protocol: Protocol, first: number, last: number): PortSet {
  refuse(protocolProblem(protocol) ?? portRangeProblem(first, last));
  return { ...none, [protocol]: { ranges: [[first, last]], names: [] } };
}

/** The port that the destination pod gives this name. @throws ZeroTrustError for a name that Kubernetes refuses. */
export function named(protocol: Protocol, name: string): PortSet {
  refuse(protocolProblem(protocol) ?? portNameProblem(name));
  return { ...none, [protocol]: { ranges: [], names: [name] } };
}

/** Every port of one protocol. @throws ZeroTrustError for a protocol that is none of the three. */
export function allOf(protocol: Protocol): PortSet {
  refuse(protocolProblem(protocol));
  return { ...none, [protocol]: ALL_PORTS };
}

export function union(...sets: readonly PortSet[]): PortSet {
  return unionOf(sets);
}

/** The union of a list, which may be longer than a call can have arguments. */
export function unionOf(sets: readonly PortSet[]): PortSet {
  // Equal sets are mostly one object.
  if (sets.length > 0 && sets.every((set) => set === sets[0])) return sets[0];
  return {
    ...forEachProtocol((protocol) => {
      const parts = sets.map((set) => set[protocol]).filter((part) => !isNoPorts(part));
      if (parts.length < 2) return parts[0] ?? NO_PORTS;
      return portsOfProtocol(
        unionOfEdges(parts.map(edges)),
        parts.flatMap(({ names }) => names),
      );
    }),
    other: sets.some(({ other }) => other),
  };
}

/**
 * What is in both: `certain` whatever the pods call their ports, `possible` under some naming. A name may be any number,
 * and two names may be the same one; where that decides, `possible` has the narrower of the two.
 */
export function intersection(a: PortSet, b: PortSet): { readonly certain: PortSet; readonly possible: PortSet } {
  const other = a.other && b.other;
  const certain = { ...forEachProtocol((protocol) => certainlyInBoth(a[protocol], b[protocol])), other };
  const open = forEachProtocol((protocol) => openInBoth(a[protocol], b[protocol]));
  return { certain, possible: union(certain, { ...open, other }) };
}

/** Its numbers alone. */
export function withoutNames(set: PortSet): PortSet {
  return { ...forEachProtocol((protocol) => ({ ...set[protocol], names: [] })), other: set.other };
}

/** What is in `a` and not certainly in `b`. */
export function difference(a: PortSet, b: PortSet): PortSet {
  return {
    ...forEachProtocol((protocol) =>
      portsOfProtocol(
        differenceOf(edges(a[protocol]), edges(b[protocol])),
        a[protocol].names.filter((name) => !hasName(b, protocol, name)),
      ),
    ),
    other: a.other && !b.other,
  };
}

/** `a` has all of `b`, whatever the pods call their ports. */
export function covers(a: PortSet, b: PortSet): boolean {
  return a === b || ((a.other || !b.other) && PROTOCOLS.every((protocol) => coversOf(a[protocol], b[protocol])));
}

// Asked about every pair of rules and flows that share an end, so that no set is made to be thrown away.
function coversOf(a: PortsOfProtocol, b: PortsOfProtocol): boolean {
  return containsAll(a.ranges, b.ranges) && (isAllPorts(a) || b.names.every((name) => a.names.includes(name)));
}

/** Neighbours have a gap between them, so that what is inside is inside one. */
function containsAll(a: PortsOfProtocol['ranges'], b: PortsOfProtocol['ranges']): boolean {
  let i = 0;
  return b.every(([first, last]) => {
    while (i < a.length && a[i][1] < last) i++;
    return i < a.length && a[i][0] <= first;
  });
}

export function equal(a: PortSet, b: PortSet): boolean {
  return portsText(a) === portsText(b);
}

export function isEmpty(set: PortSet): boolean {
  return !set.other && PROTOCOLS.every((protocol) => isNoPorts(set[protocol]));
}

export function isEverything(set: PortSet): boolean {
  return set.other && PROTOCOLS.every((protocol) => isAllPorts(set[protocol]));
}

/**
 * Whether the `ports` of a NetworkPolicy rule can say it: everything is an absent list, and what is left of everything
 * when something is taken away has no words. No ports cannot be said either: an empty list means everything.
 */
export function isRenderable(set: PortSet): boolean {
  return isEverything(set) || (!set.other && !isEmpty(set));
}

export function hasNumber(set: PortSet, protocol: Protocol, value: number): boolean {
  return set[protocol].ranges.some(([first, last]) => first <= value && value <= last);
}

/** Whether the port of that name is certainly in the set. */
export function hasName(set: PortSet, protocol: Protocol, name: string): boolean {
  return isAllPorts(set[protocol]) || set[protocol].names.includes(name);
}

export function hasNames(set: PortSet): boolean {
  return PROTOCOLS.some((protocol) => set[protocol].names.length > 0);
}

/** The set for a pod with these ports: names become its numbers, and names that it does not have vanish. */
export function resolve(set: PortSet, declared: readonly DeclaredPort[]): PortSet {
  if (!hasNames(set)) return set;
  const numbers = forEachProtocol((protocol) => ({ ranges: set[protocol].ranges, names: [] }));
  const meant = declared.filter(({ name, protocol }) => name !== undefined && set[protocol].names.includes(name));
  return union({ ...numbers, other: set.other }, ...meant.map((port) => number(port.protocol, port.number)));
}

/** The names that the set has of this protocol. */
export function namesOf(set: PortSet, protocol: Protocol): readonly string[] {
  return set[protocol].names;
}

/** The set for a pod whose names of ports are not known: a name may be any number of its protocol. */
export function withAnyNumber(set: PortSet): PortSet {
  if (!hasNames(set)) return set;
  const named = PROTOCOLS.filter((protocol) => set[protocol].names.length > 0);
  return union(resolve(set, []), ...named.map(allOf));
}

/** Canonical text, such as `TCP/80,443,8000-8100,http UDP/53`; `TCP/*`, `*` for everything, `-` for none. */
export const portsText = remembered((set: PortSet): string => {
  if (isEverything(set)) return '*';
  if (isEmpty(set)) return '-';
  const protocols = PROTOCOLS.filter((protocol) => !isNoPorts(set[protocol]));
  const parts = protocols.map((protocol) => `${protocol}/${textOfProtocol(set[protocol])}`);
  return [...parts, ...(set.other ? ['other'] : [])].join(' ');
});

function textOfProtocol(ports: PortsOfProtocol): string {
  if (isAllPorts(ports)) return '*';
  const ranges = ports.ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  return [...ranges, ...ports.names].join(',');
}

function certainlyInBoth(a: PortsOfProtocol, b: PortsOfProtocol): PortsOfProtocol {
  return portsOfProtocol(intersectionOf(edges(a), edges(b)), [
    ...a.names.filter((name) => isAllPorts(b) || b.names.includes(name)),
    ...(isAllPorts(a) ? b.names : []),
  ]);
}

/** What names of one side may share with the other side, beyond the same names. */
function openInBoth(a: PortsOfProtocol, b: PortsOfProtocol): PortsOfProtocol {
  const onlyInA = a.names.filter((name) => !b.names.includes(name));
  const onlyInB = b.names.filter((name) => !a.names.includes(name));
  const parts = [
    ...onlyInA.map((name) => narrower(name, b.ranges)),
    ...onlyInB.map((name) => narrower(name, a.ranges)),
    ...onlyInA.flatMap((name) => onlyInB.map((alias) => nameOnly([name, alias].sort()[0]))),
  ];
  return portsOfProtocol(
    unionOfEdges(parts.map(edges)),
    parts.flatMap(({ names }) => names),
  );
}

/** A name stands for one number, so that only a lone number is narrower. */
function narrower(name: string, ranges: PortsOfProtocol['ranges']): PortsOfProtocol {
  if (ranges.length === 0) return NO_PORTS;
  const isOneNumber = ranges.length === 1 && ranges[0][0] === ranges[0][1];
  return isOneNumber ? { ranges, names: [] } : nameOnly(name);
}

function nameOnly(name: string): PortsOfProtocol {
  return { ranges: [], names: [name] };
}

function portsOfProtocol(numbers: Edges<number>, names: readonly string[]): PortsOfProtocol {
  if (numbers.length === 0 && names.length === 0) return NO_PORTS;
  const ranges: (readonly [number, number])[] = [];
  for (let i = 0; i < numbers.length; i += 2) ranges.push([numbers[i], numbers[i + 1] - 1]);
  const isAll = isAllPorts({ ranges, names: [] });
  return isAll ? ALL_PORTS : { ranges, names: [...new Set(names)].sort() };
}

function edges({ ranges }: PortsOfProtocol): Edges<number> {
  const found: number[] = [];
  for (const [first, last] of ranges) found.push(first, last + 1);
  return found;
}

function isNoPorts({ ranges, names }: PortsOfProtocol): boolean {
  return ranges.length === 0 && names.length === 0;
}

function isAllPorts({ ranges }: PortsOfProtocol): boolean {
  return ranges.length === 1 && ranges[0][0] === FIRST_PORT && ranges[0][1] === LAST_PORT;
}

function forEachProtocol(part: (protocol: Protocol) => PortsOfProtocol): Omit<PortSet, 'other'> {
  return { TCP: part('TCP'), UDP: part('UDP'), SCTP: part('SCTP') };
}

function refuse(problem: Problem | undefined): void {
  if (problem !== undefined) throw new ZeroTrustError(problem);
}
