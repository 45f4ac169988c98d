import type { IpInterval, IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Entity } from '../../model/layer';
import { type Decisions, type StepId, UNDECIDED } from './decisions';
import type { WithAddresses, WithEntities } from './matches';
import type { Stage } from './stages';
import { NOTHING, type VerdictId } from './verdicts';

/** What stages decide about every address outside. Many subjects have the same blocks, so that each answer is kept. */
export class DecidedAddresses {
  readonly #known = new Map<string, readonly WithAddresses[]>();
  readonly #numbers = new Map<IpSet, number>();

  constructor(private readonly decisions: Decisions) {}

  /** What passes in the end: each address is in at most one of the sets. */
  admissions(stages: readonly Stage[]): readonly WithAddresses[] {
    const steps = stages.map(({ rules }) =>
      rules.flatMap(({ action, matches }) =>
        matches.addresses.map(({ addresses, verdict }) => ({ addresses, step: this.decisions.step(action, verdict) })),
      ),
    );
    const key = steps
      .map((ofLayer, layer) => `${stages[layer].denies}:${ofLayer.map((step) => this.#text(step)).join()}`)
      .join(';');
    const known = this.#known.get(key) ?? decidedAddresses(stages, steps, this.decisions);
    this.#known.set(key, known);
    return known;
  }

  #text({ addresses, step }: AddressStep): string {
    const number = this.#numbers.get(addresses) ?? this.#numbers.size;
    this.#numbers.set(addresses, number);
    return `${number}/${step}`;
  }
}

function decidedAddresses(
  stages: readonly Stage[],
  steps: readonly (readonly AddressStep[])[],
  decisions: Decisions,
): readonly WithAddresses[] {
  const byVerdict = new Map<VerdictId, Record<keyof IpSet, IpInterval[]>>();
  for (const family of ['v4', 'v6'] as const) {
    for (const { first, last, holding } of ranges(steps, family)) {
      const verdict = decidedBy(stages, holding, decisions);
      if (verdict === NOTHING) continue;
      const found = byVerdict.get(verdict) ?? { v4: [], v6: [] };
      byVerdict.set(verdict, found);
      ips.appendInterval(found[family], { first, last });
    }
  }
  return Array.from(byVerdict, ([verdict, addresses]) => ({ addresses, verdict }));
}

/** What stages decide about one subject and each entity. */
export function decidedEntities(stages: readonly Stage[], decisions: Decisions): WithEntities {
  const decided = (entity: Entity) => {
    const steps = stages.map(({ rules }) =>
      rules.map(({ action, matches }) => decisions.step(action, matches.entities[entity])),
    );
    return decidedBy(stages, steps, decisions);
  };
  return { 'api-server': decided('api-server'), nodes: decided('nodes'), ingress: decided('ingress') };
}

function decidedBy(stages: readonly Stage[], steps: readonly (readonly StepId[])[], decisions: Decisions): VerdictId {
  const state = stages.reduce((before, { denies }, layer) => {
    const taken = steps[layer].reduce((it, step) => decisions.after(it, step), before);
    return decisions.afterLayer(taken, denies);
  }, UNDECIDED);
  return decisions.verdict(state);
}

interface AddressStep {
  readonly addresses: IpSet;
  readonly step: StepId;
}

/** Neighbouring addresses about which the same steps decide. */
interface Range extends IpInterval {
  /** For each layer, in order. */
  readonly holding: readonly (readonly StepId[])[];
}

interface Edge {
  readonly at: bigint;
  readonly layer: number;
  readonly position: number;
}

/** Walks the edges of all blocks in order; every address of the family is in one of the ranges. */
function* ranges(steps: readonly (readonly AddressStep[])[], family: keyof IpSet): Generator<Range> {
  const [{ first: start, last: end }] = ips.all[family];
  const edges = steps.flatMap((ofLayer, layer) =>
    ofLayer.flatMap(({ addresses }, position): Edge[] =>
      addresses[family].flatMap(({ first, last }) => [
        { at: first, layer, position },
        { at: last + 1n, layer, position },
      ]),
    ),
  );
  edges.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const holding = steps.map(() => new Set<number>());
  let first = start;
  for (const { at, layer, position } of edges) {
    if (at > first) {
      yield { first, last: at - 1n, holding: stepsOf(steps, holding) };
      first = at;
    }
    if (!holding[layer].delete(position)) holding[layer].add(position);
  }
  if (first <= end) yield { first, last: end, holding: stepsOf(steps, holding) };
}

function stepsOf(steps: readonly (readonly AddressStep[])[], holding: readonly ReadonlySet<number>[]): StepId[][] {
  return holding.map((positions, layer) =>
    [...positions].sort((a, b) => a - b).map((position) => steps[layer][position].step),
  );
}
