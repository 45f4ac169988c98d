import { ZeroTrustError } from '../model/problem';
import type { IZeroTrustValidationContext, IZeroTrustValidationReport } from './report';
import type * as Validated from './validated';

/** Properties of the validation, as `cdk8s.yaml` has them. Paths start where `cdk8s synth` runs. */
export interface ZeroTrustValidationProps {
  /** The least weight that fails: `error`, `warning`, `note` or `none`. @default that of the settings, or error */
  readonly failOn?: string;
  /** The file of the policy graph that everything is proved against. @default the `graph.json` beside the manifests */
  readonly graph?: string;
  /** A file with facts of the cluster, in YAML or JSON. @default that of the settings, or that of the graph */
  readonly cluster?: string;
  /** What enforces the policies, `cilium@1.20`. @default that of the settings, or that of the graph */
  readonly engine?: string;
  /** The file of findings that were there before. @default that of the settings, or `zero-trust-baseline.json` where it is there */
  readonly baseline?: string;
  /** The file of settings. @default `zero-trust.yaml` where it is there */
  readonly config?: string;
}

/**
 * The checks and the proof inside `cdk8s synth`, which fails with exit code 2 where something is wrong.
 *
 * Manifests are proved against the `graph.json` that `ZeroTrust.render` writes beside them; without one they are held
 * against their own annotations, and called consistent. It is named in `cdk8s.yaml`; the version has to be exact:
 *
 * ```yaml
 * validations:
 *   - package: cdk8s-zero-trust
 *     version: 0.1.0
 *     class: ZeroTrustValidation
 *     properties:
 *       failOn: warning
 * ```
 *
 * With `cdk8s synth --stdout` the report is printed among the manifests: write to a folder where somebody reads them.
 */
export class ZeroTrustValidation {
  /**
   * As cdk8s-cli makes it.
   *
   * @param properties those of `cdk8s.yaml`; what is wrong with them is reported as a violation.
   * @throws nothing: bad properties are a violation.
   */
  public constructor(private readonly properties: ZeroTrustValidationProps = {}) {}

  /**
   * Looks at the manifests, and submits the report, whatever they hold.
   *
   * @param context of the validation, with the paths of the manifests and the report.
   * @throws for what has no report.
   */
  public validate(context: IZeroTrustValidationContext): Promise<void> {
    const { report, manifests } = asContext(context);
    const { validated } = require('./validated') as typeof Validated;
    const { violations, status, rows } = validated(manifests, this.properties);
    for (const violation of violations) report.addViolation(violation);
    report.submit(status, rows);
    return Promise.resolve();
  }
}

/** @throws for what has no report, since there is nowhere else to say it. */
function asContext(context: IZeroTrustValidationContext): IZeroTrustValidationContext {
  let report: IZeroTrustValidationReport | undefined;
  try {
    report = context.report;
    if (typeof report.addViolation === 'function' && typeof report.submit === 'function')
      return { report, manifests: context.manifests };
  } catch {
    // Told below.
  }
  throw new ZeroTrustError({
    rule: 'validation-context',
    what: 'This is not what cdk8s-cli hands to a validation',
    allowed: 'a ValidationContext of cdk8s-cli',
    fix: 'Name the class in cdk8s.yaml, and run cdk8s synth.',
  });
}
