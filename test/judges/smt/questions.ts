import { isDeclared, isDemanded, isOneOf, isPeer, isSent } from './declared';
import { and, type Formula, not, or } from './formula';
import { type Deny, type Half, halvesAt, type Pods, podsOf } from './graph';
import { admitted } from './layers';
import { DIRECTIONS, type Direction } from './manifests';
import { type Situation, situation } from './situation';
import { type Question, Unknowns } from './unknowns';
import type { World } from './world';

/** What would be wrong with the manifests, in the words of a proof. */
export type Statement = 'undeclared' | 'missing' | 'open' | 'promise' | 'guardrail';

/** One statement about the pods of a zero-trust namespace, or one about those of a guardrail. */
export interface Asked {
  readonly statement: Statement;
  readonly direction: Direction;
  /** Absent for a guardrail, which is about every namespace that could exist. */
  readonly namespace?: string;
  /** Of what the statement is: the halves of flows, what is promised never to be reached, what is ruled out. */
  readonly halves: readonly Half[];
  readonly forbids?: readonly string[];
  readonly deny?: Deny;
  readonly isolates?: Pods;
  readonly question: Question;
}

/** Every statement of a proof of this world, each as the question for a connection that breaks it. */
export function questionsOf(world: World): Asked[] {
  return [
    ...world.graph.namespaces.flatMap(({ name }) =>
      DIRECTIONS.flatMap((direction) => ofNamespace(world, name, direction)),
    ),
    ...ofGuardrails(world),
  ];
}

function ofNamespace(world: World, namespace: string, direction: Direction): Asked[] {
  const halves = halvesAt(world.graph, namespace, direction);
  const ask = (statement: Statement, formula: (at: Situation) => Formula): Asked => {
    return { statement, direction, namespace, halves, question: asked(world, direction, formula, namespace) };
  };
  return [
    ask('undeclared', (at) => and(admitted(world, at, 'rule'), not(isDeclared(world, halves, at)))),
    ask('open', (at) => admitted(world, at, 'rule or default', { allows: true })),
    ...(halves.length === 0
      ? []
      : [ask('missing', (at) => and(isDemanded(world, halves, at), not(admitted(world, at, 'rule or default'))))]),
    ...(direction === 'egress' ? promisesAt(world, namespace, halves) : []),
  ];
}

/** What an agent promises holds whatever selects it, but for the flows of its own that acknowledge it. */
function promisesAt(world: World, namespace: string, all: readonly Half[]): Asked[] {
  const { graph, facts } = world;
  return graph.tiers
    .filter((tier) => tier.role === 'agent' && tier.namespace === namespace)
    .flatMap((tier) =>
      facts.promises
        .filter(({ rule }) => !tier.acknowledged?.some((each) => each.rule === rule))
        .map(({ rule, blocks }): Asked => {
          const halves = all.filter(({ flow: { from, acknowledged } }) => {
            return from.kind === 'tier' && from.name === tier.name && acknowledged?.some((each) => each.rule === rule);
          });
          const formula = (at: Situation) =>
            and(
              isOneOf(podsOf(graph, { kind: 'tier', namespace, name: tier.name }), at.subject),
              not(at.peerIsPod),
              or(...blocks.map(at.peerIsAt)),
              admitted(world, at, 'rule'),
              not(isDeclared(world, halves, at)),
            );
          const question = asked(world, 'egress', formula, namespace);
          return { statement: 'promise', direction: 'egress', namespace, halves, forbids: blocks, question };
        }),
    );
}

/** What a guardrail denies, a rule denies, whatever NetworkPolicies say; what it isolates has nothing for want of a policy. */
function ofGuardrails(world: World): Asked[] {
  return (world.graph.guardrails ?? []).flatMap(({ denies = [], isolates = [] }) => [
    ...denies.map((deny): Asked => {
      const formula = (at: Situation) =>
        and(isRuledOut(deny, world, at), admitted(world, at, 'rule or default', { isolation: true }));
      return {
        statement: 'guardrail',
        direction: deny.direction,
        halves: [],
        deny,
        question: asked(world, deny.direction, formula),
      };
    }),
    ...isolates.flatMap((pods) =>
      DIRECTIONS.map((direction): Asked => {
        const formula = (at: Situation) =>
          and(isOneOf(pods, at.subject), admitted(world, at, 'rule or default', { allows: true }));
        return {
          statement: 'guardrail',
          direction,
          halves: [],
          isolates: pods,
          question: asked(world, direction, formula),
        };
      }),
    ),
  ]);
}

/** Where it is known which addresses pods have, nothing else has them. */
function isRuledOut({ pods, peer, traffic }: Deny, { graph, facts }: World, at: Situation): Formula {
  const outside =
    peer.kind === 'addresses' && facts.podBlocksAreKnown ? facts.podBlocks.map((each) => not(at.peerIsAt(each))) : [];
  return and(isOneOf(pods, at.subject), isPeer(peer, graph, at), isSent(traffic, at), ...outside);
}

function asked(world: World, direction: Direction, formula: (at: Situation) => Formula, namespace?: string): Question {
  const unknowns = new Unknowns();
  return unknowns.ask(formula(situation(unknowns, world, direction, namespace)));
}
