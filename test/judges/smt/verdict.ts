/** What our proof says of manifests. */
export interface OurVerdict {
  /** `apart`: something was not read or stayed open, or a Namespace has other labels, so that there is nothing to compare. */
  readonly outcome: 'proved' | 'refuted' | 'apart';
  /** What is wrong: statement, direction, and namespace where it is about one. */
  readonly broken: readonly string[];
  /** Why it is apart. */
  readonly why: readonly string[];
  readonly text: string;
}
