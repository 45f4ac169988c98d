import { type KeyConstraint, keyConstraint } from '../../model/key-constraint';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import { remembered } from '../../model/remembered';
import type { Labels, Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { type Facts, impossibleNamespaces } from '../terms/facts';
import { type Box, isWithin, overlaps } from './box';
import { type Cell, cellOf } from './cell';
import { partition } from './partition';
import { readDetails, type Vocabulary } from './vocabulary';

/** What a search found: a connection that none of the boxes has, or that there is none, or that it gave up. */
export type Finding =
  | { readonly kind: 'found'; readonly cell: Cell }
  | { readonly kind: 'covered' }
  | { readonly kind: 'undecided' };

/** What every search of one proof needs. */
export interface Ground {
  readonly facts: Facts;
  /** Keys of namespace labels that some selector asks about. */
  readonly namespaceKeys: ReadonlySet<string>;
  readonly words: Vocabulary;
  /** Steps of one search. */
  readonly budget: number;
}

/**
 * A connection that is in `box` and in none of `minus`.
 *
 * Everything that tells connections apart is written as a label of one long label set: the labels of subject, peer and
 * namespace under a prefix each, the names of the port, and addresses and ports by the cell of a partition that no set
 * at hand cuts. So the question is the one that selectors answer: labels of one selector and of none of many others.
 * Namespaces that cannot exist are subtracted like the rest.
 */
export function uncovered(box: Box, minus: readonly Box[], ground: Ground): Finding {
  const hazards = minus.filter((other) => overlaps(box, other));
  if (hazards.some((other) => isWithin(box, other))) return { kind: 'covered' };
  const addresses = partition(
    box.addresses,
    hazards.map((hazard) => hazard.addresses),
  );
  const numbers = partition(
    box.ports,
    hazards.map((hazard) => hazard.ports),
  );
  const written = (of: Box) => write(of, addresses.cellsIn(of.addresses), numbers.cellsIn(of.ports));
  const impossible = box.peer === 'pod' ? namesIn(box, ground).flatMap((name) => impossibleLabels(name, ground)) : [];
  const witness = selectors.witness(
    box.peer === 'pod' ? withNamespaceName(written(box)) : written(box),
    [...hazards.map(written), ...impossible],
    ground.budget,
  );
  if (witness.kind !== 'found') return witness;
  const cell = cellOf(box.peer, (prefix) => read(witness.labels, prefix), {
    address: addresses.spanOf(witness.labels[ADDRESS]),
    port: numbers.spanOf(witness.labels[PORTS]),
  });
  const asksMore = [box, ...hazards].some(({ details }) => details.constraints.length > 0);
  const more = asksMore ? readDetails(read(witness.labels, 'details'), ground.words) : {};
  return { kind: 'found', cell: { ...withKnownLabels(cell, ground.facts), ...more } };
}

const ADDRESS = 'address';
const PORTS = 'ports';
const PREFIXES = {
  details: 'details ',
  names: 'names ',
  namespace: 'namespace ',
  pod: 'pod ',
  subject: 'subject ',
} as const;
type Prefix = keyof typeof PREFIXES;

/** Blocks in the order of their keys, each sorted in itself: so the whole is a selector in canonical order. */
function write(box: Box, addressCells: readonly string[], portCells: readonly string[]): Selector {
  return {
    constraints: [
      keyConstraint(ADDRESS, addressCells, { excluded: false, mayBeAbsent: false }),
      ...PREFIXED.details(box.details),
      ...PREFIXED.names(box.names),
      ...PREFIXED.namespace(box.namespace),
      ...PREFIXED.pod(box.pod),
      keyConstraint(PORTS, portCells, { excluded: false, mayBeAbsent: false }),
      ...PREFIXED.subject(box.subject),
    ],
  };
}

/** Kept for each selector, since the same ones are written for many searches. */
const PREFIXED: Readonly<Record<Prefix, (selector: Selector) => readonly KeyConstraint[]>> = {
  details: remembered(withPrefix('details')),
  names: remembered(withPrefix('names')),
  namespace: remembered(withPrefix('namespace')),
  pod: remembered(withPrefix('pod')),
  subject: remembered(withPrefix('subject')),
};

function withPrefix(prefix: Prefix): (selector: Selector) => readonly KeyConstraint[] {
  return ({ constraints }) =>
    constraints.map((constraint) => ({ ...constraint, key: PREFIXES[prefix] + constraint.key }));
}

function read(labels: Labels, prefix: Prefix): Labels {
  const start = PREFIXES[prefix];
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]) => (key.startsWith(start) ? [[key.slice(start.length), value]] : [])),
  );
}

/** Behind a prefix the name label is a key like others, so that it is never absent has to be said. */
function withNamespaceName(selector: Selector): Selector {
  const key = PREFIXES.namespace + NAMESPACE_NAME_LABEL;
  if (selector.constraints.some((constraint) => constraint.key === key)) return selector;
  const exists = keyConstraint(key, [], { excluded: true, mayBeAbsent: false });
  // Out of the canonical order, which the search for labels does not go by.
  return { constraints: [...selector.constraints, exists] };
}

/** The known namespaces that the peer of the box may be in. */
function namesIn(box: Box, { facts }: Ground): string[] {
  const byName = box.namespace.constraints.find(({ key }) => key === NAMESPACE_NAME_LABEL);
  if (byName === undefined) return [...facts.namespaces.keys()];
  if (!byName.excluded) return byName.values.filter((name) => facts.namespaces.has(name));
  return [...facts.namespaces.keys()].filter((name) => !byName.values.includes(name));
}

const impossibleByName = remembered((_: Ground) => new Map<string, readonly Selector[]>());

function impossibleLabels(name: string, ground: Ground): readonly Selector[] {
  const byName = impossibleByName(ground);
  const known = byName.get(name);
  if (known !== undefined) return known;
  const impossible = impossibleNamespaces(ground.facts, name, ground.namespaceKeys).map((selector) => ({
    constraints: PREFIXED.namespace(selector),
  }));
  byName.set(name, impossible);
  return impossible;
}

/** The witness has only the labels that were asked about; a known namespace has all of its own. */
function withKnownLabels(cell: Cell, facts: Facts): Cell {
  if (cell.peer.kind !== 'pod') return cell;
  const known = facts.namespaces.get(cell.peer.namespace[NAMESPACE_NAME_LABEL]);
  return known === undefined ? cell : { ...cell, peer: { ...cell.peer, namespace: known } };
}
