/**
 * What is drawn: islands with boxes in them, and arrows between boxes. Plain words, escaped by whoever writes them, and
 * ids that are safe in every syntax. The page has it as JSON.
 */
export interface Picture {
  readonly title: string;
  /** What was read, in one line. */
  readonly about: string;
  readonly islands: readonly Island[];
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly findings: readonly PictureFinding[];
  /** What the reader has to know of how it was made: sentences. */
  readonly notes: readonly string[];
  /** How to see what is left out of it where it is too large, in the words of the command that made it: a sentence. */
  readonly elsewhere: string;
}

/** A namespace with its workloads, or what is outside the cluster. */
export interface Island {
  readonly id: string;
  readonly name: string;
  readonly kind: 'namespace' | 'outside';
  /** Sentences about it. */
  readonly facts: readonly string[];
  /** Positions in the findings of the picture. */
  readonly findings: readonly number[];
}

export interface Box {
  readonly id: string;
  readonly island: string;
  readonly name: string;
  /** A second, smaller line; the empty text where there is none. */
  readonly small: string;
  /** `all`: every workload of its island; `everyone`: every workload that there is. */
  readonly kind: 'one' | 'all' | 'everyone' | 'outside';
  /** What it is for: what the filter by role knows it by. */
  readonly role: string;
  readonly facts: readonly string[];
  readonly findings: readonly number[];
}

/** How an arrow differs from one that simply passes. */
export type Mark =
  | 'added'
  | 'widened'
  | 'changed'
  | 'surer'
  | 'less-sure'
  | 'narrowed'
  | 'removed'
  /** One end allows it and the other does not: nothing passes. */
  | 'half-open';

export interface Arrow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** In words: `TCP/8080`, with `perhaps` where it hangs on what is not known. */
  readonly ports: string;
  /** The same for the filter: protocol, first and last port. A protocol of `*` is every one. */
  readonly ranges: readonly (readonly [string, number, number])[];
  /** Nothing of it passes for sure. */
  readonly isPerhaps: boolean;
  readonly mark?: Mark;
  readonly internet?: 'to' | 'from';
  readonly reasons: readonly string[];
  /** Which policies decide, each with its rule, file and line. */
  readonly policies: readonly string[];
  /** The kinds of these policies. */
  readonly engines: readonly string[];
  /** How it is decided, line by line. */
  readonly explanation: readonly string[];
  readonly findings: readonly number[];
}

export interface PictureFinding {
  readonly level: 'error' | 'warning' | 'note';
  readonly rule: string;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly where: string;
  readonly link: string;
}

/** What the marks are called. */
export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  added: 'new',
  widened: 'wider',
  changed: 'other ports',
  surer: 'more certain',
  'less-sure': 'less certain',
  narrowed: 'narrower',
  removed: 'lost',
  'half-open': 'half-open: nothing passes',
};
