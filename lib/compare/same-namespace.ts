import { keyConstraint } from '../model/key-constraint';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { Plane } from '../model/layer';
import { namespaceNamed } from '../model/pod-set';
import type { Labels, Selector } from '../model/selector';
import * as selectors from '../model/selector';
import { fromConstraints } from '../model/selector-algebra';
import { connectionAnywhere, SUBJECT_NAMESPACE } from '../proof/space/any-namespace';
import type { Box } from '../proof/space/box';
import { everyConnection } from '../proof/space/boxes';
import type { Cell, Connection } from '../proof/space/cell';
import type { Ground } from '../proof/space/search';
import type { End } from './ends';

// Subject and peer of a connection may be in one namespace, which has its labels once. The space of the search knows the
// two apart, so what cannot be is taken out of it, and what is found is written with one set of labels.

/** Values of the namespace labels by which subjects and peers are both selected: no other can contradict itself. */
export function sharedLabels(planes: readonly Plane[]): ReadonlyMap<string, readonly string[]> {
  const ofSubjects = new Map<string, Set<string>>();
  const ofPeers = new Map<string, Set<string>>();
  const add = (to: Map<string, Set<string>>, { constraints }: Selector) => {
    for (const { key, values } of constraints) {
      const known = to.get(key) ?? new Set();
      to.set(key, known);
      for (const value of values) known.add(value);
    }
  };
  for (const { rules, isolations } of planes.flatMap(({ layers }) => layers)) {
    for (const { subject } of isolations) add(ofSubjects, subject.namespaces);
    for (const { subject, peers } of rules) {
      add(ofSubjects, subject.namespaces);
      for (const peer of peers) if (peer.kind === 'pods') add(ofPeers, peer.pods.namespaces);
    }
  }
  return new Map(
    [...ofSubjects].flatMap(([key, values]) => {
      const others = ofPeers.get(key);
      return key === NAMESPACE_NAME_LABEL || others === undefined ? [] : [[key, [...new Set([...values, ...others])]]];
    }),
  );
}

/** Connections within the namespace of an end in which subject and peer would see different labels of it. */
export function contradictions(
  { namespace, isNamed }: End,
  labels: ReadonlyMap<string, readonly string[]>,
  ground: Ground,
): Box[] {
  if (!isNamed || ground.facts.namespaces.has(namespace)) return [];
  return [...labels].flatMap(([key, values]) =>
    [...values, undefined].flatMap((value) => [
      ...between(namespace, is(SUBJECT_NAMESPACE + key, value), isNot(key, value), ground),
      ...between(namespace, isNot(SUBJECT_NAMESPACE + key, value), is(key, value), ground),
    ]),
  );
}

function between(namespace: string, subject: Selector, peer: Selector, ground: Ground): Box[] {
  return everyConnection(subject, ground)
    .filter((box) => box.peer === 'pod')
    .map((box) => ({ ...box, namespace: selectors.both(namespaceNamed(namespace), peer) }));
}

function is(key: string, value: string | undefined): Selector {
  return fromConstraints([
    keyConstraint(key, value === undefined ? [] : [value], { excluded: false, mayBeAbsent: value === undefined }),
  ]);
}

function isNot(key: string, value: string | undefined): Selector {
  return fromConstraints([
    keyConstraint(key, value === undefined ? [] : [value], { excluded: true, mayBeAbsent: value !== undefined }),
  ]);
}

/** The connection of a cell, with its namespaces as they could be. */
export function connectionAt(
  cell: Cell,
  { direction }: End,
  { facts }: Ground,
  names: ReadonlySet<string>,
): Connection {
  const connection = connectionAnywhere(cell, direction);
  const { subject, peer } = connection;
  const name = subject.namespace[NAMESPACE_NAME_LABEL];
  const known = facts.namespaces.get(name);
  if (known !== undefined) return { ...connection, subject: { ...subject, namespace: known } };
  if (peer.kind !== 'pod' || peer.namespace[NAMESPACE_NAME_LABEL] !== name) return connection;
  if (!names.has(name) && !areSame(subject.namespace, peer.namespace))
    return { ...connection, peer: { ...peer, namespace: { ...peer.namespace, ...named(`${name}-peer`, names) } } };
  const both = { ...subject.namespace, ...peer.namespace };
  return { ...connection, subject: { ...subject, namespace: both }, peer: { ...peer, namespace: both } };
}

function named(name: string, names: ReadonlySet<string>): Labels {
  return { [NAMESPACE_NAME_LABEL]: names.has(name) ? `${name}-2` : name };
}

function areSame(a: Labels, b: Labels): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key]);
}
