/**
 * What a kind is to us. `read`: understood, field by field. `decides-traffic`: decides on connections and is not read.
 * `writes-policies`: its controller writes policies, or changes those of others. `other-network`: gives pods networks or
 * paths that policies do not see. `makes-pods`: a workload. `brings-objects`: what it brings is not in the manifest.
 * `inert`: neither decides on connections nor makes pods.
 */
export type KindClass =
  | 'read'
  | 'decides-traffic'
  | 'writes-policies'
  | 'other-network'
  | 'makes-pods'
  | 'brings-objects'
  | 'inert';

/** How sure a row is: read in source or in the schema, read in documentation, from memory, or judged by the schema alone. */
export type Certainty = 'source' | 'documentation' | 'memory' | 'schema';

export type Scope = 'namespaced' | 'cluster';

/** One kind of object, told by its API group and its name: kinds of other groups have the same names. */
export interface KnownKind {
  /** `''` for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Absent where it is not known. */
  readonly scope?: Scope;
  /** Never empty: a kind may make pods and write policies. */
  readonly classes: readonly KindClass[];
  readonly certainty: Certainty;
  /** Where the pod templates stand, in words that begin with a path; absent where that is not known, or there are none. */
  readonly podTemplates?: string;
  /** Labels that its controller adds to pods, in words. */
  readonly labels?: string;
  /** What a message or a reader of the table wants to know besides. */
  readonly note?: string;
}
