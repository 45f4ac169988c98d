import type { Problem } from '../model/problem';
import { objectText } from './manifest';
import type { PolicyReading } from './policy-reading';

/** Why a policy may be there or not: a clause, and what would settle it. */
export interface Uncertainty {
  readonly why: string;
  readonly fix: string;
}

/** The policy as one that may be there or not: its engine may have been told to pass over it, or its API to refuse it. */
export function asUncertain(reading: PolicyReading, { why, fix }: Uncertainty): PolicyReading {
  const { policy } = reading;
  const doubt: Problem = {
    rule: UNCERTAIN_POLICY,
    ...(policy.source !== undefined && { where: policy.source }),
    what: `${objectText(policy)} may be in force or not: ${why}`,
    value: objectText(policy),
    fix,
  };
  return {
    ...reading,
    rules: reading.rules.map((rule) => ({ ...rule, isUncertain: true as const, doubt: rule.doubt ?? doubt })),
    isolations: reading.isolations.map((isolation) => ({ ...isolation, isUncertain: true as const, doubt })),
  };
}

/** Rule of the problem of what is read and may be in force or not. */
export const UNCERTAIN_POLICY = 'uncertain-policy';
