import type { PlaneOptions } from '../analysis';
import type { FoundProblem, Level } from '../findings/finding';
import type { FieldPath } from '../kinds/field';
import type { Seen, SeenObject, SeenOptions } from './seen';

/** One rule about anybody's manifests: what it finds, and what its page says. */
export interface Check {
  /** In kebab-case; what an acknowledgement names. The same trouble has the same id wherever it is found. */
  readonly id: string;
  readonly level: Level;
  /** What it finds, as a phrase: `a policy that selects nothing`. */
  readonly title: string;
  /** What goes wrong where nothing is done: a sentence without its full stop. */
  readonly why: string;
  /** What to do in general: an imperative sentence. */
  readonly fix: string;
  /** Manifests in YAML in which the rule finds something. */
  readonly avoid: string;
  /** The same without the trouble. */
  readonly prefer: string;
  /** What is told of the cluster in both, where the rule is about that. @default nothing */
  readonly told?: SeenOptions & PlaneOptions;
  /** Where the facts come from: documents, issues, sources with their version. */
  readonly source: string;
  readonly find: (seen: Seen) => Iterable<CheckFinding>;
}

/** What a rule finds in an object; the rest is filled in from the rule. */
export interface CheckFinding
  extends Pick<FoundProblem, 'what' | 'value' | 'allowed' | 'about'>,
    Partial<Pick<FoundProblem, 'level' | 'why' | 'fix'>> {
  /** The object that has the trouble, and the field in it. Absent where no object has it (a namespace that nobody declares). */
  readonly object?: SeenObject;
  readonly path?: FieldPath;
}
