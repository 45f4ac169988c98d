import type { WrittenObject } from '../analysis';
import { refOf } from '../kinds/manifest';
import type { Problem } from '../model/problem';
import { type ManifestsProof, type ProofCounts, proofProblems, type Witness, witnessProblem } from '../proof';

/** What was found of manifests that were held against a graph, or against their own annotations. */
export interface ProofResult {
  /** What they are called: the folder, as it was given. */
  readonly name: string;
  /** What they were held against: the file of the graph, or nothing but their annotations. */
  readonly graph?: string;
  /**
   * `would-allow`: nothing speaks against it, and policies are only tried out; `undecided`: no witness was found, and
   * something was left open.
   */
  readonly conclusion: 'proved' | 'consistent' | 'would-allow' | 'not-proved' | 'undecided';
  /** Namespaces whose policies are tried out and not enforced. */
  readonly audited: readonly string[];
  readonly counts: ProofCounts;
  /** What speaks against it. */
  readonly against: readonly PlacedProblem[];
  /** What it does not speak of. */
  readonly assumptions: readonly string[];
  /** What only the live cluster can show. */
  readonly preconditions: readonly string[];
  /** Present where a record of a proof was held against what is found anew. */
  readonly record?: RecordHeld;
  /** What a reader should know of how it was found. */
  readonly notes: readonly string[];
}

/** How a record of a proof compares with what is found anew. */
export interface RecordHeld {
  /** How many files it is about. */
  readonly files: number;
  /** What is not as it was recorded, each a sentence without its full stop. Empty where it holds. */
  readonly against: readonly string[];
}

/** A problem, and the lines of the policies that decided, `file:line`. */
export interface PlacedProblem extends Problem {
  readonly places: readonly string[];
}

/** What a proof comes to, with the lines of what decided. */
export function proofResult(
  made: ManifestsProof & { readonly preconditions: readonly string[] },
  of: Pick<ProofResult, 'name' | 'graph' | 'notes'>,
  written: readonly WrittenObject[],
): ProofResult {
  const { proof, unreadable, preconditions } = made;
  const placed = proof.witnesses.map((witness) => ({ ...witnessProblem(witness), places: placesOf(witness, written) }));
  const open = proofProblems({ ...proof, witnesses: [] });
  return {
    ...of,
    conclusion: conclusionOf(made, of.graph !== undefined),
    audited: proof.audited,
    counts: proof.counts,
    against: [...[...unreadable, ...open].map((problem) => ({ ...problem, places: [] })), ...placed],
    assumptions: proof.assumptions,
    preconditions,
  };
}

function conclusionOf({ proof, unreadable }: ManifestsProof, isHeldAgainstGraph: boolean): ProofResult['conclusion'] {
  if (unreadable.length > 0 || proof.witnesses.length > 0) return 'not-proved';
  if (proof.notProved.length > 0) return 'undecided';
  if (proof.outcome === 'would-allow') return 'would-allow';
  return isHeldAgainstGraph ? 'proved' : 'consistent';
}

function placesOf({ decidedBy, direction }: Witness, written: readonly WrittenObject[]): string[] {
  return decidedBy.flatMap(({ policy, index }) => {
    const object = written.find(({ object }) => {
      const ref = refOf(object, undefined, () => policy.namespace === undefined);
      return ref?.kind === policy.kind && ref.name === policy.name && isIn(ref.namespace, policy.namespace);
    });
    const line = object?.lineOf(['spec', direction, ...(index === undefined ? [] : [index])]);
    return object === undefined ? [] : [line === undefined ? object.file : `${object.file}:${line}`];
  });
}

/** A policy that names no namespace goes where it is said to go. */
function isIn(own: string | undefined, namespace: string | undefined): boolean {
  return own === undefined || own === namespace;
}
