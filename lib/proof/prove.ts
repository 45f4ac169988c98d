import type { GraphData } from '../graph/graph-data';
import type { Direction, Plane } from '../model/layer';
import { assumptionsOf } from './assumptions';
import { type End, endOf } from './end';
import { factsOf, type KnownCluster } from './facts';
import { managedHalves } from './half';
import { Inquiry, type NotProved } from './inquiry';
import { layersByNamespace } from './layers';
import { findMissing } from './missing';
import { namespaceKeysOf } from './namespace-keys';
import { findOpen } from './open';
import { findBrokenPromises } from './promises';
import { findUndeclared } from './undeclared';
import { undecidableSubjects, unsupported } from './unsupported';
import type { ForeignDeclaration, RolePromise, Witness } from './witness';

export interface ProofOptions extends KnownCluster {
  /** Steps that one search may take. @default 200000, about a second at worst */
  readonly budget?: number;
  /** What others' policies may admit, by their declaration. @default none */
  readonly foreign?: readonly ForeignDeclaration[];
  /** What the roles of tiers promise. @default nothing */
  readonly promises?: readonly RolePromise[];
}

/** Whether manifests allow exactly what was declared, for every pod that could exist, and if not, what shows it. */
export interface Proof {
  /** True only if nothing speaks against it: no witness, and nothing left undecided. */
  readonly proved: boolean;
  readonly counts: ProofCounts;
  /** One for each peer of a rule, end of a flow, direction of a namespace, and promise that is at fault. */
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
  /** Questions: one for each peer of a rule, managed end of a flow, direction of a namespace, and promise. */
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
  const facts = factsOf(plane.ipBlockMode, options);
  const ground = { facts, namespaceKeys: namespaceKeysOf(declared, plane, options), budget: options.budget ?? 200_000 };
  const inquiry = new Inquiry(plane, ground);
  const names = declared.namespaces.map(({ name }) => name);

  inquiry.notProved.push(
    ...because('vacuous', emptiness(declared, plane)),
    ...because('unsupported', [
      ...unsupported(plane, [...declared.flows, ...foreign]),
      ...undecidableSubjects(plane, names, ground),
    ]),
  );
  const isReadable = inquiry.notProved.every(({ reason }) => reason !== 'unsupported');
  const ends = isReadable ? endsOf(names, declared, foreign, inquiry) : [];
  for (const end of ends) {
    findOpen(end, inquiry);
    findMissing(end, inquiry);
    findUndeclared(end, inquiry);
  }
  if (isReadable) findBrokenPromises(promises, declared, ends, inquiry);

  const { witnesses, notProved, cells } = inquiry;
  return {
    proved: witnesses.length === 0 && notProved.length === 0,
    counts: { namespaces: names.length, rules: rulesOf(ends), flows: declared.flows.length, cells },
    witnesses,
    notProved,
    assumptions: assumptionsOf(declared, facts),
  };
}

function endsOf(
  names: readonly string[],
  declared: GraphData,
  foreign: readonly ForeignDeclaration[],
  inquiry: Inquiry,
): End[] {
  const layersOf = layersByNamespace(inquiry.plane, inquiry.ground);
  const managed = managedHalves(declared.flows);
  const directions: readonly Direction[] = ['ingress', 'egress'];
  return names.flatMap((name) =>
    directions.map((direction) => endOf(name, direction, inquiry, layersOf, managed, foreign)),
  );
}

/** Where there is nothing to prove, everything could be proved: so that is a failure of its own. */
function emptiness({ namespaces, tiers, flows }: GraphData, plane: Plane): string[] {
  const known = new Set(namespaces.map(({ name }) => name));
  const stray = new Set(
    [...tiers, ...flows.flatMap(({ from, to }) => [from, to]).filter((end) => end.kind === 'tier')]
      .map(({ namespace }) => namespace)
      .filter((namespace) => !known.has(namespace)),
  );
  return [
    ...(namespaces.length === 0 ? ['the graph has no zero-trust namespace'] : []),
    ...(tiers.length > 0 && flows.length === 0 ? [`the graph has ${tiers.length} tiers and no flow`] : []),
    ...(plane.layers.length === 0 ? [`the plane ${plane.name} has no layer: no policy was read`] : []),
    ...[...stray].map((namespace) => `tiers are in namespace ${namespace}, which the graph does not hold`),
  ];
}

function because(reason: NotProved['reason'], whats: readonly string[]): NotProved[] {
  return whats.map((what) => ({ reason, what }));
}

function rulesOf(ends: readonly End[]): number {
  return ends.reduce((sum, { rules }) => sum + rules, 0);
}
