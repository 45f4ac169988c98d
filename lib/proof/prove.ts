import { type GraphData, tierKey } from '../graph/graph-data';
import type { Direction, Entity, Plane } from '../model/layer';
import { DEFAULT_BUDGET } from '../model/selector';
import { aboutUnread, assumptionsOf } from './assumptions';
import { type End, endOf } from './questions/declared-and-effective';
import { findMissing } from './questions/declared-is-admitted';
import { findOpen } from './questions/every-pod-isolated';
import { findBreaches } from './questions/guardrails';
import { managedHalves, type RequestsAt } from './questions/halves-of-flows';
import { Inquiry, type NotProved } from './questions/inquiry';
import { findUndeclared } from './questions/nothing-undeclared';
import { findBrokenPromises } from './questions/promises-of-roles';
import { undecidableSubjects, unsupported } from './questions/what-is-not-supported';
import { layersByNamespace } from './space/effective-relation';
import { spokenIn, TOO_MANY_PATHS, vocabularyOf } from './space/vocabulary';
import type { ForeignDeclaration, RolePromise } from './terms/asked';
import { forEveryEnd } from './terms/every-end';
import { factsOf, type KnownCluster } from './terms/facts';
import { namespaceKeysOf } from './terms/namespace-keys';
import type { Witness } from './witness';

export interface ProofOptions extends KnownCluster {
  /** Steps that one search may take. @default 200000, about a second at worst */
  readonly budget?: number;
  /** What others' policies may admit, by their declaration. @default none */
  readonly foreign?: readonly ForeignDeclaration[];
  /** What the roles of tiers promise. @default nothing */
  readonly promises?: readonly RolePromise[];
  /** Where the engine tells requests apart. @default 'both' */
  readonly requestsAt?: RequestsAt;
}

/** Whether manifests allow exactly what was declared, for every pod that could exist, and if not, what shows it. */
export interface Proof {
  /** True only if nothing speaks against it, no witness and nothing left undecided, and the policies are enforced. */
  readonly proved: boolean;
  /** `would-allow`: nothing speaks against it, and policies of the `audited` namespaces are only tried out. */
  readonly outcome: 'proved' | 'would-allow' | 'not-proved';
  /** Namespaces whose policies are tried out and not enforced. */
  readonly audited: readonly string[];
  readonly counts: ProofCounts;
  /** One for each peer of a rule, end of a flow, direction of a namespace, promise, and part of a guardrail that is at fault. */
  readonly witnesses: readonly Witness[];
  readonly notProved: readonly NotProved[];
  /** What the proof does not speak of, by name. */
  readonly assumptions: readonly string[];
}

export interface ProofCounts {
  /** Zero-trust namespaces. */
  readonly namespaces: number;
  /** Rules that bind pods of one of them. */
  readonly rules: number;
  /** Declared flows. */
  readonly flows: number;
  /** Questions: one for each peer of a rule, managed end of a flow, direction of a namespace, promise, part of a guardrail. */
  readonly cells: number;
}

/**
 * Proves that a plane admits, for the pods of every zero-trust namespace of the graph, exactly what the graph declares.
 *
 * The two ends of a connection are judged apart, each by the policies that bind it, which is stricter than the connection
 * as a whole: a half that is wider than declared is at fault even while the other half still holds.
 *
 * @throws ZeroTrustError if the options contradict themselves
 */
export function proveGraph(declared: GraphData, plane: Plane, options: ProofOptions = {}): Proof {
  const { foreign = [], promises = [] } = options;
  const facts = factsOf(plane.ipBlockMode, options, entitiesAtHand(declared, plane, options));
  const ground = {
    facts,
    namespaceKeys: namespaceKeysOf(declared, plane, options),
    words: vocabularyOf(spokenIn(declared, plane, options)),
    budget: options.budget ?? DEFAULT_BUDGET,
  };
  const inquiry = new Inquiry(plane, ground);
  const names = declared.namespaces.map(({ name }) => name);

  inquiry.notProved.push(
    ...because('vacuous', emptiness(declared, plane)),
    ...because('unsupported', [
      ...unsupported(plane, [...declared.flows, ...foreign]),
      ...undecidableSubjects(plane, names, ground),
    ]),
    ...because('budget', ground.words.paths === undefined ? [TOO_MANY_PATHS.what] : []),
  );
  inquiry.notProved.push(
    ...(plane.problems ?? []).map((problem) => ({ reason: 'undefined' as const, what: problem.what, problem })),
  );
  const isReadable = inquiry.notProved.every(({ reason }) => reason === 'vacuous' || reason === 'undefined');
  const promising: End[] = [];
  let rules = 0;
  if (isReadable) {
    const mayBeAsked = new Set(promises.map(({ tier }) => tier.namespace));
    // One after the other, and only what promises are asked of is kept: all at once they are as large as all policies.
    forEachEnd(names, declared, foreign, options.requestsAt, inquiry, (end) => {
      rules += end.rules;
      findOpen(end, inquiry);
      findMissing(end, inquiry);
      findUndeclared(end, inquiry);
      if (mayBeAsked.has(end.namespace)) promising.push(end);
    });
    findBrokenPromises(promises, declared, promising, inquiry);
    findBreaches(declared, inquiry);
  }

  const { witnesses, notProved, cells } = inquiry;
  // What is at fault already may hide what else is, so that nothing is said of the policies that are not read.
  const notes = isReadable && witnesses.length === 0 ? aboutUnread(plane, (doubt) => inquiry.dependsOn(doubt)) : [];
  const audited = declared.namespaces.filter(({ rollout }) => rollout === 'audit').map(({ name }) => name);
  const holds = witnesses.length === 0 && notProved.length === 0;
  return {
    proved: holds && audited.length === 0,
    outcome: !holds ? 'not-proved' : audited.length === 0 ? 'proved' : 'would-allow',
    audited,
    counts: { namespaces: names.length, rules, flows: declared.flows.length, cells },
    witnesses,
    notProved,
    assumptions: [...assumptionsOf(declared, facts), ...notes],
  };
}

function forEachEnd(
  names: readonly string[],
  declared: GraphData,
  foreign: readonly ForeignDeclaration[],
  requestsAt: RequestsAt | undefined,
  inquiry: Inquiry,
  look: (end: End) => void,
): void {
  const layersOf = layersByNamespace(inquiry.plane, inquiry.ground);
  const managed = managedHalves(declared.flows, requestsAt, probesOf(declared));
  const directions: readonly Direction[] = ['ingress', 'egress'];
  for (const name of names) {
    for (const direction of directions) look(endOf(name, direction, inquiry, layersOf, managed, foreign));
  }
}

function probesOf({ tiers }: GraphData): ReadonlySet<string> {
  return new Set(tiers.filter(({ role }) => role === 'probe').map(tierKey));
}

/**
 * Entities that are told apart from addresses: nodes and the API server where the engine goes by identities, and those of
 * which somebody speaks.
 */
function entitiesAtHand(declared: GraphData, plane: Plane, options: ProofOptions): Entity[] {
  const found = new Set<Entity>(plane.ipBlockMode === 'external-only' ? ['api-server', 'nodes'] : []);
  forEveryEnd(declared, plane, options, (end) => {
    if (end.kind === 'entity') found.add(end.entity);
  });
  return [...found];
}

/** Where there is nothing to prove, everything could be proved: so that is a failure of its own. */
function emptiness({ namespaces, tiers, flows, guardrails = [] }: GraphData, plane: Plane): string[] {
  const known = new Set(namespaces.map(({ name }) => name));
  const stray = new Set<string>();
  const place = (namespace: string) => {
    if (!known.has(namespace)) stray.add(namespace);
  };
  for (const { namespace } of tiers) place(namespace);
  for (const { from, to } of flows) {
    if (from.kind === 'tier') place(from.namespace);
    if (to.kind === 'tier') place(to.namespace);
  }
  return [
    ...(namespaces.length + guardrails.length === 0 ? ['the graph has no zero-trust namespace'] : []),
    ...(tiers.length > 0 && flows.length === 0 ? [`the graph has ${tiers.length} tiers and no flow`] : []),
    ...(plane.layers.length === 0 ? [`the plane ${plane.name} has no layer: no policy was read`] : []),
    ...[...stray].map((namespace) => `tiers are in namespace ${namespace}, which the graph does not hold`),
  ];
}

function because(reason: NotProved['reason'], whats: readonly string[]): NotProved[] {
  return whats.map((what) => ({ reason, what }));
}
