/** Something in which the tier of a workload is not what the catalog says that the system needs. */
export interface CatalogDifference {
  /** Id of what is found, as findings name it: `known-need-missing`, `admin-port-open`. */
  readonly rule: string;
  /** What is missing, or what is open. */
  readonly what: string;
  /**
   * The flow that is open and need not be, in words.
   *
   * @default - a flow is missing
   */
  readonly flow?: string;
}

/** A workload that is a system of the catalog. */
export interface CatalogMatch {
  /** Construct path of the workload. */
  readonly workload: string;
  /** Kind and name of its object: `Deployment vllm`. */
  readonly kindAndName: string;
  /** Id of the system: `vllm`. */
  readonly system: string;
  /** As its makers write it: `vLLM`. */
  readonly title: string;
  /** The part that it is; several where image and labels leave it open. */
  readonly parts: string[];
  /**
   * Construct path of the tier that it belongs to.
   *
   * @default - it belongs to none
   */
  readonly tier?: string;
  /** What the system cannot do without and the tier does not open. Empty where there is no tier. */
  readonly missing: CatalogDifference[];
  /** What the tier opens and the system does not need. Empty where there is no tier. */
  readonly wider: CatalogDifference[];
}
