import type { PolicyReading } from './policy-reading';

/** The policy as one that may be there or not: its engine may have been told to pass over it, or its API to refuse it. */
export function asUncertain(reading: PolicyReading): PolicyReading {
  return {
    ...reading,
    rules: reading.rules.map((rule) => ({ ...rule, isUncertain: true as const })),
    isolations: reading.isolations.map((isolation) => ({ ...isolation, isUncertain: true as const })),
  };
}
