import type { GraphData, GraphTier } from '../graph/graph-data';
import type { Flow } from '../model/flow';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { Direction, Plane } from '../model/layer';
import { podSetsIntersect, soleNamespace } from '../model/pod-set';
import { ZeroTrustError } from '../model/problem';
import * as selectors from '../model/selector';
import { boxesOfHalf, type Half, managedHalves } from './questions/halves-of-flows';
import { type Connection, connectionAt } from './space/cell';
import { type Ground, uncovered } from './space/search';
import { spokenIn, TOO_MANY_PATHS, vocabularyOf } from './space/vocabulary';
import { factsOf } from './terms/facts';
import { namespaceKeysOf } from './terms/namespace-keys';

/** A half of a flow that the owner of its pods does not declare. */
export interface Lack {
  /** The graph that lacks it: `other` where a flow of `declared` has no counterpart, `declared` the other way round. */
  readonly graph: 'declared' | 'other';
  /** The flow as the one graph declares it. */
  readonly flow: Flow;
  /** A connection of it that the graph of the other end does not declare, seen from that end. */
  readonly connection: Connection;
}

/**
 * What two graphs of one cluster lack of each other's flows: where a flow of one has pods of the other at its unmanaged
 * end, the other must declare the same connections from its side. Both ways, in the order of the flows.
 *
 * @param budget steps that one search may take
 * @throws ZeroTrustError if a search is given up, since what is not decided may be lacking
 */
export function halves(declared: GraphData, other: GraphData, budget = selectors.DEFAULT_BUDGET): Lack[] {
  return [...lacks(declared, other, 'other', budget), ...lacks(other, declared, 'declared', budget)];
}

const NOTHING: Plane = { name: '', layers: [], ipBlockMode: 'external-only' };

function lacks(asking: GraphData, asked: GraphData, graph: Lack['graph'], budget: number): Lack[] {
  const flows = [...asking.flows, ...asked.flows];
  const ground: Ground = {
    facts: factsOf(NOTHING.ipBlockMode, {}),
    namespaceKeys: namespaceKeysOf({ flows }, NOTHING, {}),
    words: vocabularyOf(spokenIn({ flows }, NOTHING, {})),
    budget,
  };
  if (ground.words.paths === undefined) throw new ZeroTrustError({ rule: 'proof-budget', ...TOO_MANY_PATHS });
  const answers = managedHalves(asked.flows);
  return asking.flows.flatMap((flow) =>
    (['egress', 'ingress'] as const).flatMap((direction) =>
      asked.namespaces.flatMap(({ name }) =>
        expectedHalves(flow, direction, name, asked.tiers).flatMap((half) => {
          const connection = undeclaredOf(half, answers[direction].get(name) ?? [], name, ground);
          return connection ? [{ graph, flow, connection }] : [];
        }),
      ),
    ),
  );
}

/**
 * What a namespace of the other graph owes to the flow. An unmanaged end that names the namespace is owed whole; one that
 * selects namespaces is owed by the tiers that it meets, since most namespaces that it could be have nothing to do with it.
 */
function expectedHalves(flow: Flow, direction: Direction, namespace: string, tiers: readonly GraphTier[]): Half[] {
  const end = direction === 'egress' ? flow.from : flow.to;
  if (end.kind !== 'pods') return [];
  const sole = soleNamespace(end.pods.namespaces);
  if (sole !== undefined) return sole === namespace ? [{ flow, direction, subject: end.pods.pods }] : [];
  return tiers
    .filter((tier) => tier.namespace === namespace && podSetsIntersect(tier.pods, end.pods))
    .map((tier) => ({ flow, direction, subject: selectors.both(tier.pods.pods, end.pods.pods) }));
}

function undeclaredOf(half: Half, answers: readonly Half[], namespace: string, ground: Ground): Connection | undefined {
  const declared = answers.flatMap((answer) => boxesOfHalf(answer, ground, 'must'));
  for (const box of boxesOfHalf(half, ground, 'must')) {
    const finding = uncovered(box, declared, ground);
    if (finding.kind === 'found')
      return connectionAt(finding.cell, half.direction, { [NAMESPACE_NAME_LABEL]: namespace });
    if (finding.kind === 'undecided') {
      throw new ZeroTrustError({
        rule: 'proof-budget',
        where: namespace,
        what: `Whether the other half of a flow is declared was not decided within ${ground.budget} steps`,
        fix: 'Use fewer labels or expressions in the selectors of the flows between the two graphs.',
      });
    }
  }
  return undefined;
}
