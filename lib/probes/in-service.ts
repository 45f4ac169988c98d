import type { Unplaced } from './given-values';

/** A prober that a Service would send clients to. */
export function inService(service: string, prober: string): Unplaced {
  return {
    rule: 'probe-in-service',
    what: `the Service ${service} publishes pods that are not ready, so that it would send clients to the prober ${prober}`,
    value: service,
    allowed: 'Services without publishNotReadyAddresses, or whose selector asks more than the policy of the tier does',
    fix: 'Add a label to the selector of the Service that the tier is not selected by, or leave the tier out of the test: { tiers: […] }',
  };
}
