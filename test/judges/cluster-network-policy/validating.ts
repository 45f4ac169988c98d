import fc from 'fast-check';
import { render } from '../../../lib/engines/cluster-network-policy/render';
import { facts } from '../../engines/facts';
import { guardedGraphs } from '../../engines/guarded-graphs';
import { validate } from '../frame/validating';
import { isClusterPolicy } from './evaluators';
import { invalidCases } from './invalid';

/** By the CRD with its rules: what is rendered of random guardrails, in both releases of the API. */
export function validateClusterPolicies(programs: string): void {
  const rendered = fc.sample(guardedGraphs, { numRuns: 200, seed: 1 }).flatMap((graph) =>
    [undefined, '0.3.0'].flatMap((version) =>
      render(graph, facts('cluster-network-policy', { version }))
        .filter(isClusterPolicy)
        .map(({ of: _, ...manifest }, i) => ({ ...manifest, metadata: { name: `rendered-${i}` } })),
    ),
  );
  validate(programs, 'kubernetes', { rendered, wrong: invalidCases, about: 'ClusterNetworkPolicies' });
}
