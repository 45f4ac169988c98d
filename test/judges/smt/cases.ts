import type { Files } from '../../damage/manifests';
import { damaged, type Operator, operators } from '../../damage/operators';
import { Random } from '../random';
import type { Rendered } from './both-sides';
import { calicoOperators } from './calico-damage';
import { clusterOperators } from './cluster-damage';
import { type Engine, randomPlans, render } from './declarations';

/** Manifests for both sides to judge: those of a declaration as they are, or damaged. */
export interface Case {
  readonly engine: Engine;
  readonly rendered: Rendered;
  readonly files: Files;
  /** The kind of damage; absent for none. */
  readonly damage?: string;
}

/** Of each declaration its manifests as they are, and then so many times damaged: follows from the seed. */
export function* casesOf(engine: Engine, count: number, damages: number, seed: number): Generator<Case> {
  for (const [i, plan] of randomPlans(count, seed).entries()) {
    const rendered = render(plan, engine, i);
    const random = new Random(seed * 1_000_000 + i);
    try {
      yield { engine, rendered, files: rendered.files };
      for (let left = damages; left > 0; left--)
        yield { engine, rendered, ...damagedOnce(rendered.files, engine, random) };
    } finally {
      rendered.remove();
    }
  }
}

/** What cannot be damaged by one operator is damaged by another. */
function damagedOnce(files: Files, engine: Engine, random: Random): { readonly files: Files; readonly damage: string } {
  for (;;) {
    const operator = drawn(engine, random);
    const changed = damaged(files, operator, random);
    if (changed !== undefined) return { files: changed, damage: operator.name };
  }
}

/** Beside those to NetworkPolicies and to objects as such. */
const OPERATORS: Readonly<Record<Engine, readonly Operator[]>> = {
  NetworkPolicy: [],
  ClusterNetworkPolicy: clusterOperators,
  Calico: calicoOperators,
};

function drawn(engine: Engine, random: Random): Operator {
  const own = OPERATORS[engine];
  return random.oneOf(own.length > 0 && random.happens(0.7) ? own : operators);
}
