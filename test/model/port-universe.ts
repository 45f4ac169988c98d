import * as fc from 'fast-check';
import type { DeclaredPort, PortSet, Protocol } from '../../lib/model/port-set';
import * as ports from '../../lib/model/port-set';

/** Every port is in one of these, so that one port of each stands for all: sets of them can be counted out. */
const SEGMENTS = [
  [1, 1],
  [2, 79],
  [80, 80],
  [81, 81],
  [82, 65534],
  [65535, 65535],
] as const;
const NAMES = ['http', 'web'] as const;
const WITH_PORTS = ['TCP', 'UDP'] as const;

/** What a set is made of: `TCP/2`, the segment of TCP that begins at 2; `TCP/http`, a name; `other`. */
export type Part = string;

const EVERY_PART: readonly Part[] = [
  ...WITH_PORTS.flatMap((protocol) => [...SEGMENTS.map(([first]) => first), ...NAMES].map((of) => `${protocol}/${of}`)),
  'SCTP/*',
  'other',
];

/** Often with all of a protocol, which a choice of parts alone would seldom give. */
export const someParts: fc.Arbitrary<readonly Part[]> = fc
  .tuple(fc.shuffledSubarray([...EVERY_PART]), fc.subarray([...WITH_PORTS], { maxLength: 1 }))
  .map(([parts, wholes]) => [...parts, ...wholes.flatMap(wholeOf)]);

function wholeOf(protocol: Protocol): Part[] {
  return SEGMENTS.map(([first]) => `${protocol}/${first}`);
}

/** The set of these parts, added one after another in the order given. */
export function setOf(parts: readonly Part[]): PortSet {
  return ports.union(...parts.map(setOfPart));
}

function setOfPart(part: Part): PortSet {
  if (part === 'other') return { ...ports.none, other: true };
  const [protocol, of] = part.split('/') as [Protocol, string];
  if (of === '*') return ports.allOf(protocol);
  const segment = SEGMENTS.find(([first]) => `${first}` === of);
  return segment === undefined ? ports.named(protocol, of) : ports.range(protocol, segment[0], segment[1]);
}

/** What the names of a pod stand for: `TCP/http` is the port number, or nothing. */
export type Naming = Readonly<Record<string, number | undefined>>;

const NUMBERS = [undefined, ...SEGMENTS.map(([first]) => first)];
/** UDP calls `http` what TCP calls `web`: protocols are apart, and so all cases of each are met. */
export const EVERY_NAMING: readonly Naming[] = NUMBERS.flatMap((http) =>
  NUMBERS.map((web) => ({ 'TCP/http': http, 'TCP/web': web, 'UDP/http': web, 'UDP/web': http })),
);

/** The parts without names: each name is the segment of its number, or nothing. */
export function meaning(parts: readonly Part[], naming: Naming): Part[] {
  const meant = parts.flatMap((part) => {
    if (!isName(part)) return [part];
    return naming[part] === undefined ? [] : [`${part.split('/')[0]}/${naming[part]}`];
  });
  return EVERY_PART.filter((part) => meant.includes(part));
}

/** The parts that a set has, by asking it for one port of each. */
export function partsIn(set: PortSet, naming: Naming): Part[] {
  const named = EVERY_PART.filter((part) => isName(part) && set[protocolOf(part)].names.includes(part.split('/')[1]));
  const numbered = EVERY_PART.filter((part) => !isName(part) && hasPart(set, part));
  return meaning([...numbered, ...named], naming);
}

function hasPart(set: PortSet, part: Part): boolean {
  if (part === 'other') return set.other;
  const of = part.split('/')[1];
  return ports.hasNumber(set, protocolOf(part), of === '*' ? 1 : Number(of));
}

export function declared(naming: Naming): DeclaredPort[] {
  return Object.entries(naming).flatMap(([part, number]) =>
    number === undefined ? [] : [{ name: part.split('/')[1], protocol: protocolOf(part), number }],
  );
}

function protocolOf(part: Part): Protocol {
  return part.split('/')[0] as Protocol;
}

function isName(part: Part): boolean {
  return NAMES.some((name) => part.endsWith(`/${name}`));
}
