import { keyConstraint } from '../model/key-constraint';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { Direction, Layer, Plane } from '../model/layer';
import type { PodSet } from '../model/pod-set';
import type { Selector } from '../model/selector';
import { fromConstraints } from '../model/selector-algebra';
import { overAnyNamespace, SUBJECT_NAMESPACE } from '../proof/space/any-namespace';
import { type Effective, effective, type LayersOf, layersByNamespace } from '../proof/space/effective-relation';
import type { Ground } from '../proof/space/search';
import { type BlockMode, type Bound, isCertain } from '../proof/terms/facts';
import { lazily } from '../proof/terms/made-once';

/** The pods of one namespace, or of all that no policy names, and one direction of their connections. */
export interface End {
  readonly direction: Direction;
  readonly namespace: string;
  /** Absent where the name stands for every namespace that no policy names. */
  readonly isNamed: boolean;
  /** Its pods, as the subject of a box. */
  readonly within: Selector;
}

/** Every pod that could exist is at one of these; `names` are those of the namespaces that are told apart by them. */
export function endsOf(names: ReadonlySet<string>): readonly End[] {
  const key = SUBJECT_NAMESPACE + NAMESPACE_NAME_LABEL;
  const named = [...names].sort().map((namespace) => ({
    namespace,
    isNamed: true,
    within: fromConstraints([keyConstraint(key, [namespace], { excluded: false, mayBeAbsent: false })]),
  }));
  const other = {
    namespace: unusedName(names),
    isNamed: false,
    within: fromConstraints([keyConstraint(key, [...names], { excluded: true, mayBeAbsent: false })]),
  };
  const directions: readonly Direction[] = ['ingress', 'egress'];
  return [...named, other].flatMap((each) => directions.map((direction) => ({ ...each, direction })));
}

/** Names of namespaces that a selector speaks of. */
export function namespaceNames(planes: readonly Plane[]): ReadonlySet<string> {
  const names = new Set<string>();
  const add = ({ namespaces }: PodSet) => {
    for (const { key, values } of namespaces.constraints)
      if (key === NAMESPACE_NAME_LABEL) for (const value of values) names.add(value);
  };
  for (const { rules, isolations } of planes.flatMap(({ layers }) => layers)) {
    for (const { subject } of isolations) add(subject);
    for (const { subject, peers } of rules) {
      add(subject);
      for (const peer of peers) if (peer.kind === 'pods') add(peer.pods);
    }
  }
  return names;
}

/** A name that nobody uses. */
function unusedName(names: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? 'other' : `other-${n}`;
    if (!names.has(name)) return name;
  }
}

/** One of the two sets of policies, as it decides in one case. */
export interface Side {
  readonly plane: Pick<Plane, 'layers'> & { readonly ipBlockMode: BlockMode };
  readonly ground: Ground;
  readonly layersOf: LayersOf;
}

/** `ground` is that of the searches; how blocks match is the side's own. */
export function sideOf(plane: Plane, ipBlockMode: BlockMode, ground: Ground): Side {
  const own = { ...ground, facts: { ...ground.facts, ipBlockMode } };
  return { plane: { layers: plane.layers, ipBlockMode }, ground: own, layersOf: layersByNamespace(plane, own) };
}

/** What one side does at one end. */
export interface SideAtEnd {
  readonly mode: BlockMode;
  readonly layers: readonly Layer[];
  readonly may: () => Effective;
  readonly must: () => Effective;
  /** The two bounds are the same. */
  readonly isKnown: boolean;
}

export function atEnd({ ground, layersOf }: Side, { namespace, direction }: End): SideAtEnd {
  const layers = layersOf(namespace, direction).map((layer) => overAnyNamespace(layer, direction));
  return inEffect(layers, direction, ground);
}

/** The same for layers of which only rules of the direction are left. */
export function inEffect(layers: readonly Layer[], direction: Direction, ground: Ground): SideAtEnd {
  const relation = (bound: Bound) => lazily(() => effective(layers, direction, ground, bound));
  const may = relation('may');
  const isKnown = layers.every(
    ({ rules, isolations }) =>
      rules.every((rule) => isCertain(rule, ground.facts)) && isolations.every(({ isUncertain }) => !isUncertain),
  );
  return { mode: ground.facts.ipBlockMode, layers, may, must: isKnown ? may : relation('must'), isKnown };
}
