import { keyConstraint } from '../../model/key-constraint';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { Direction, Isolation, Layer, Rule } from '../../model/layer';
import type { PodSet } from '../../model/pod-set';
import { remembered } from '../../model/remembered';
import type { Labels, Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { fromConstraints } from '../../model/selector-algebra';
import { impossibleNamespaces } from '../terms/facts';
import type { Box } from './box';
import { everyConnection } from './boxes';
import type { Cell, Connection } from './cell';
import type { Ground } from './search';

// Where the namespace of the subject is given, a box speaks of the pod alone. Where it is any, the subject of a box has the
// labels of both, each kind under its prefix.

/** Before the keys of the labels of the subject's namespace. */
export const SUBJECT_NAMESPACE = 'namespace ';
const POD = 'pod ';

/** Pods of any namespace as the subject of a box. */
export const subjectOf = remembered(({ namespaces, pods }: PodSet): Selector => {
  if (selectors.isNothing(namespaces) || selectors.isNothing(pods)) return selectors.nothing;
  return fromConstraints([
    // Behind a prefix the name label is a key like others, so that it is never absent has to be said.
    keyConstraint(SUBJECT_NAMESPACE + NAMESPACE_NAME_LABEL, [], { excluded: true, mayBeAbsent: false }),
    ...namespaces.constraints.map((each) => ({ ...each, key: SUBJECT_NAMESPACE + each.key })),
    ...pods.constraints.map((each) => ({ ...each, key: POD + each.key })),
  ]);
});

/** A layer with what it says of one direction, its subjects written for any namespace. */
export function overAnyNamespace(layer: Layer, direction: Direction): Layer {
  const moved = <T extends Rule | Isolation>(all: readonly T[], move: (each: T) => T): T[] =>
    all.filter((each) => each.direction === direction).map(move);
  return { ...layer, rules: moved(layer.rules, movedRule), isolations: moved(layer.isolations, movedIsolation) };
}

const movedRule = remembered((rule: Rule): Rule => ({ ...rule, subject: movedSubject(rule) }));
const movedIsolation = remembered((one: Isolation): Isolation => ({ ...one, subject: movedSubject(one) }));

function movedSubject({ subject }: Pick<Rule, 'subject'>): PodSet {
  return { namespaces: selectors.anything, pods: subjectOf(subject) };
}

/** Pods in namespaces that cannot exist, since one of that name is known with other labels. */
export function impossibleSubjects(ground: Ground): Box[] {
  const { facts, namespaceKeys } = ground;
  return [...facts.namespaces.keys()]
    .flatMap((name) => impossibleNamespaces(facts, name, namespaceKeys))
    .flatMap((namespaces) => everyConnection(subjectOf({ namespaces, pods: selectors.anything }), ground));
}

/** The connection of a cell whose subject was written for any namespace. */
export function connectionAnywhere(cell: Cell, direction: Direction): Connection {
  return {
    ...cell,
    direction,
    subject: { kind: 'pod', namespace: under(SUBJECT_NAMESPACE, cell.subject), labels: under(POD, cell.subject) },
  };
}

function under(prefix: string, labels: Labels): Labels {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
}
