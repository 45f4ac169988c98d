/** How far an intruder gets who has taken over some pods, hop by hop, and where data can leave. */
export class PolicyReach {
  /** @internal */
  public static _of(reached: readonly string[], exits: readonly string[], text: string): PolicyReach {
    return new PolicyReach([...reached], [...exits], text);
  }

  /**
   * Workloads that are reached, surely or perhaps, over any number of connections, nearest first: `namespace/Kind/name`. Pods of a tier that
   * no manifest shows are `namespace/Pod/tier`.
   */
  public readonly reached: string[];

  /** What is reached outside the cluster, and nodes and the API server, in words: `internet`. What is behind it is not followed. */
  public readonly exits: string[];

  readonly #text: string;

  private constructor(reached: string[], exits: string[], text: string) {
    this.reached = reached;
    this.exits = exits;
    this.#text = text;
  }

  /** All of it for people: by distance, with the ports. */
  public toText(): string {
    return this.#text;
  }
}
