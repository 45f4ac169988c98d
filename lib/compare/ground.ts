import type { GraphData } from '../graph/graph-data';
import type { Entity, Plane } from '../model/layer';
import { DEFAULT_BUDGET } from '../model/selector';
import { unsupported } from '../proof/questions/what-is-not-supported';
import { impossibleSubjects } from '../proof/space/any-namespace';
import type { Box } from '../proof/space/box';
import type { Ground } from '../proof/space/search';
import { spokenIn, TOO_MANY_PATHS, vocabularyOf } from '../proof/space/vocabulary';
import { factsOf, type KnownCluster } from '../proof/terms/facts';
import { lazily } from '../proof/terms/made-once';
import { namespaceKeysOf } from '../proof/terms/namespace-keys';
import type { Bounds } from './difference';
import { type End, endsOf, namespaceNames } from './ends';
import { contradictions, sharedLabels } from './same-namespace';

export interface CompareOptions extends KnownCluster {
  /** Steps that one search may take. @default 200000, about a second at worst */
  readonly budget?: number;
  /** What the two are called in notes. @default A and B */
  readonly names?: { readonly a: string; readonly b: string };
}

/** What every question about some planes needs. */
export interface CommonGround {
  /** Of the searches: how blocks match is no part of it, but of each side. */
  readonly ground: Ground;
  readonly ends: readonly End[];
  /** Names of namespaces by which anything is told apart. */
  readonly names: ReadonlySet<string>;
  /** Connections at an end that cannot be, since a namespace has its labels once. */
  readonly impossibleAt: (end: End) => readonly Box[];
}

/** @throws ZeroTrustError if what is known of the cluster contradicts itself. */
export function commonGround(planes: readonly Plane[], options: CompareOptions): CommonGround {
  // As one plane, since both are asked in the same words.
  const together: Plane = { ...planes[0], layers: planes.flatMap(({ layers }) => layers) };
  const facts = factsOf('pods', options, entitiesAtHand(planes));
  const ground: Ground = {
    facts,
    namespaceKeys: namespaceKeysOf(NOTHING_DECLARED, together, {}),
    words: vocabularyOf(spokenIn(NOTHING_DECLARED, together, {})),
    budget: options.budget ?? DEFAULT_BUDGET,
  };
  const names = new Set([...namespaceNames(planes), ...facts.namespaces.keys()]);
  const labels = sharedLabels(planes);
  const impossible = impossibleSubjects(ground);
  return {
    ground,
    names,
    ends: endsOf(names),
    impossibleAt: (end) => [...impossible, ...contradictions(end, labels, ground)],
  };
}

/** Why nothing can be asked of some planes, each once; empty where everything can. */
export function beyondAsking(planes: readonly Plane[], { ground }: CommonGround): readonly string[] {
  const reasons = [
    ...planes.flatMap((plane) => unsupported(plane, [])),
    ...planes.flatMap(({ problems = [] }) => problems.map(({ what }) => what)),
    ...(ground.words.paths === undefined ? [TOO_MANY_PATHS.what] : []),
  ];
  return [...new Set(reasons)];
}

const NOTHING_DECLARED: Pick<GraphData, 'flows' | 'guardrails'> = { flows: [] };

/** Told apart from addresses: nodes and the API server where an engine goes by identities, and those of which a rule speaks. */
function entitiesAtHand(planes: readonly Plane[]): Entity[] {
  const isIdentified = planes.some(({ ipBlockMode }) => ipBlockMode === 'external-only');
  const found = new Set<Entity>(isIdentified ? ['api-server', 'nodes'] : []);
  for (const { rules } of planes.flatMap(({ layers }) => layers)) {
    for (const peer of rules.flatMap(({ peers }) => peers)) if (peer.kind === 'entity') found.add(peer.entity);
  }
  return [...found];
}

/** What bounds searches at an end; what cannot be there is worked out where something is searched. */
export function boundsAt(end: End, { ground, impossibleAt }: CommonGround): Bounds {
  return { within: end.within, ground, impossible: lazily(() => impossibleAt(end)) };
}
