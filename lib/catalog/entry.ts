/** A port of a part of a known system. */
export interface CatalogPort {
  /** The number, or the first of a range. */
  readonly number: number;
  /**
   * The last one of a range.
   *
   * @default - it is one port
   */
  readonly last?: number;
  /** `TCP`, `UDP`. */
  readonly protocol: string;
  /** Who it is for: `serving`, `administration`, `metrics`, `peers`, `health` or `webhook`. */
  readonly purpose: string;
  /** What it is: `the dashboard, which runs whatever job it is given`. */
  readonly what: string;
  /** Whether it is there only when it is switched on. */
  readonly isOptional: boolean;
}

/** A part of a known system: one of its kinds of pods. */
export interface CatalogPart {
  /** `head`; the id of the system where there is one part. */
  readonly name: string;
  /** What the tier of it is: `inference`, `agents`, `data`, `gateway`, `observability` or `cluster`. */
  readonly role: string;
  /** Its ports. */
  readonly ports: CatalogPort[];
  /** Whether its official chart or operator labels the pods, so that they need not be given. */
  readonly hasLabels: boolean;
}

/** A host outside the cluster that a known system calls. */
export interface CatalogHost {
  /** Its name. */
  readonly host: string;
  /** TCP port. */
  readonly port: number;
  /** What it is called for. */
  readonly because: string;
  /**
   * What switches the call off.
   *
   * @default - nothing that is known
   */
  readonly off?: string;
}

/** A policy that a chart or an operator ships. Policies add up, so that what it lets through passes beside what a tier does. */
export interface CatalogPolicy {
  /** Who brings it: `the chart`. */
  readonly by: string;
  /** What it lets through. */
  readonly effect: string;
  /** The value that turns it off or narrows it. */
  readonly off: string;
}

/** What the catalog knows of a system. */
export interface CatalogEntry {
  /** In kebab-case: `vllm`. */
  readonly id: string;
  /** As its makers write it: `vLLM`. */
  readonly title: string;
  /** What it is mostly: `inference`, `agents`, `data`, `gateway`, `observability` or `cluster`. */
  readonly role: string;
  /** Its kinds of pods. */
  readonly parts: CatalogPart[];
  /** Names of the others that it talks with, for `peers`. */
  readonly others: string[];
  /** Conditions under which it needs more flows, for `given`. */
  readonly conditions: string[];
  /** Requests that are for users, as method and path: `POST /v1/chat/completions`. Empty where every one is. */
  readonly requests: string[];
  /** Requests for administrators that it may answer on a port for users, as method and path. */
  readonly administration: string[];
  /** Hosts outside that it calls for its work: `callsHosts` opens them. */
  readonly hosts: CatalogHost[];
  /** Hosts outside that it sends telemetry to: `sendsTelemetry` opens them. */
  readonly telemetry: CatalogHost[];
  /** Policies that its chart or operator ships. */
  readonly policies: CatalogPolicy[];
  /** What surprises, a sentence each. */
  readonly traps: string[];
  /** The versions that the facts were read of. */
  readonly versions: string;
  /** What the facts were read in. */
  readonly source: string;
  /** The day of the last look, `2026-11-27`. */
  readonly lookedAt: string;
}
