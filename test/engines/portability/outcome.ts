import { PolicyProof } from '../../../lib';
import { ZeroTrustError } from '../../../lib/model/problem';
import { appOf, type Scenario } from './scenario';

/** What an engine does with a scenario. */
export type Outcome =
  | { readonly kind: 'proved' }
  /** Nothing speaks against it, and nothing is enforced. */
  | { readonly kind: 'would allow' }
  | { readonly kind: 'refused'; readonly rules: readonly string[]; readonly because: string }
  | { readonly kind: 'not proved'; readonly why: string };

export function outcomeOf(scenario: Scenario, engine: string): Outcome {
  try {
    const proof = PolicyProof.of(appOf(scenario, engine));
    if (proof.isProved) return { kind: 'proved' };
    return proof.witnesses.length === 0 ? { kind: 'would allow' } : { kind: 'not proved', why: proof.toText() };
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    const rules = [...new Set(error.problems.map(({ rule }) => rule))].sort();
    return { kind: 'refused', rules, because: error.problems[0].what };
  }
}
