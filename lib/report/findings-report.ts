import type { Check } from '../checks';
import { checkLink, ruleLink } from '../checks/link';
import type { AcknowledgedFinding, GivenAcknowledgement } from '../findings/acknowledged';
import { ACKNOWLEDGEMENT_UNUSED } from '../findings/acknowledgement-unused';
import type { KnownFinding } from '../findings/baseline';
import type { Level } from '../findings/finding';
import type { MarkedFinding } from '../findings/fingerprint';

/** What the rules found in manifests, with everything that a report says of it. */
export interface FindingsReport {
  /** In the one order; those that somebody acknowledged, and those of the baseline, are not among them. */
  readonly found: readonly MarkedFinding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
  /** What apps acknowledged in code, and no rule of manifests finds: their own rules were waived by it. */
  readonly acknowledgedInCode: readonly GivenAcknowledgement[];
  readonly baselined: readonly MarkedFinding[];
  /** What the baseline has and nobody finds any more. */
  readonly gone: readonly KnownFinding[];
  /** Every rule that was asked, and every other one that found something; by id. */
  readonly rules: readonly RuleInfo[];
  readonly reading: ReadingSummary;
  /** The folder that the check ran in: reports name files from there. */
  readonly folder: string;
  /** Where that is in its repository, with slashes: forges take paths for ones from its top. @default at its top */
  readonly inRepository?: string;
  readonly tool: Tool;
  /** The least weight that fails a check; undefined where nothing does. */
  readonly failsFrom?: Level;
}

/** What a report says of a rule. */
export interface RuleInfo {
  readonly id: string;
  readonly level: Level;
  /** As a phrase: `a policy that selects nothing`. */
  readonly title: string;
  readonly why?: string;
  readonly fix?: string;
  /** Its page. */
  readonly link?: string;
}

export interface ReadingSummary {
  /** As they were given. */
  readonly paths: readonly string[];
  readonly files: number;
  readonly objects: number;
  readonly policies: number;
}

export interface Tool {
  readonly name: string;
  readonly version: string;
  readonly link: string;
}

const WEIGHTS: readonly Level[] = ['note', 'warning', 'error'];

/** Whether a finding of that level fails the check. */
export function fails(level: Level, from: Level | undefined): boolean {
  return from !== undefined && WEIGHTS.indexOf(level) >= WEIGHTS.indexOf(from);
}

export function isFailed({ found, failsFrom }: FindingsReport): boolean {
  return found.some(({ level }) => fails(level, failsFrom));
}

export function infoOfCheck({ id, level, title, why, fix }: Check): RuleInfo {
  return { id, level, title, why, fix, link: checkLink(id) };
}

/** Of a rule that no check is: what its id says, in words. */
export function infoOfFinding({ rule, level }: MarkedFinding): RuleInfo {
  if (rule !== ACKNOWLEDGEMENT_UNUSED.id) return { id: rule, level, title: rule.replaceAll('-', ' ') };
  return { title: 'an acknowledgement that waives nothing', ...ACKNOWLEDGEMENT_UNUSED, link: ruleLink(rule) };
}
