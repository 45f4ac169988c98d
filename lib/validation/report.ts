// What cdk8s-cli hands over and takes. Its own types are in `cdk8s-cli/plugins`, which who declares need not have.

/** An object that violates a rule, as the report of cdk8s-cli takes it. */
export interface ZeroTrustViolatingResource {
  /** Its name: cdk8s-cli looks its construct up by that alone. */
  readonly resourceName: string;
  /** What is wrong where: kind, namespace, name, field and line. */
  readonly locations: string[];
  /** The file that it is in. */
  readonly manifestPath: string;
}

/** A rule that is violated, as the report of cdk8s-cli takes it. */
export interface ZeroTrustViolation {
  /** Id of the rule. */
  readonly ruleName: string;
  /** What the rule is about, and why it matters. */
  readonly recommendation: string;
  /** What to do. */
  readonly fix: string;
  /** Every object that violates it. */
  readonly violatingResources: ZeroTrustViolatingResource[];
}

/** The report of cdk8s-cli, as far as the validation writes to it. */
export interface IZeroTrustValidationReport {
  /**
   * Adds what violates a rule.
   *
   * @param violation the rule, and every object that violates it.
   * @throws what cdk8s-cli throws.
   */
  addViolation(violation: ZeroTrustViolation): void;
  /**
   * Ends the report.
   *
   * @param status `success` or `failure`.
   * @param metadata rows of its summary; none by default.
   * @throws what cdk8s-cli throws.
   */
  submit(status: string, metadata?: { [key: string]: string }): void;
}

/** What cdk8s-cli hands to a validation (`ValidationContext` of `cdk8s-cli/plugins`), as far as it is used. */
export interface IZeroTrustValidationContext {
  /** Paths of the manifests. */
  readonly manifests: string[];
  /** Where violations go. */
  readonly report: IZeroTrustValidationReport;
}
