/** An API or a hub outside the cluster, by the names of its hosts. */
export interface KnownApi {
  /** In kebab-case: `hugging-face`. */
  readonly id: string;
  readonly title: string;
  /** What it is called for, each with the hosts that it takes; the first is what everybody needs. */
  readonly uses: readonly KnownApiUse[];
  readonly traps?: readonly string[];
  /** What the sources do not say, a phrase each. */
  readonly unknown?: readonly string[];
  readonly source: string;
  /** The versions that the facts were read of. */
  readonly versions: string;
  /** The day of the last look, `2026-11-27`. */
  readonly lookedAt: string;
}

export interface KnownApiUse {
  /** In kebab-case: `download`. */
  readonly name: string;
  readonly because: string;
  /** TCP 443. What is in braces, `{region}`, is the user's. */
  readonly hosts: readonly string[];
}
