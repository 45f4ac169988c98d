import fc from 'fast-check';
import { cilium } from '../../../lib/engines/cilium/engine';
import { richGraphs } from '../../engines/cilium/graphs';
import { facts } from '../../engines/facts';
import { guardedGraphs } from '../../engines/guarded-graphs';
import { validate } from '../frame/validating';
import { wrongCases } from './invalid';

/** By the agent's own validator: what is rendered of random graphs. */
export function validateCiliumPolicies(programs: string): void {
  const cluster = facts('cilium', { version: '1.20' });
  const graphs = [
    ...fc.sample(guardedGraphs, { numRuns: 200, seed: 1 }),
    ...fc.sample(richGraphs, { numRuns: 200, seed: 1 }),
  ].filter((graph) => cilium.limits(graph, cluster).length === 0);
  const rendered = graphs.flatMap((graph) =>
    cilium.render(graph, cluster).map(({ of: _, metadata, ...manifest }, i) => {
      return { ...manifest, metadata: { ...metadata, name: `rendered-${i}` } };
    }),
  );
  validate(programs, 'cilium', { rendered, wrong: wrongCases, about: `policies of ${graphs.length} graphs` });
}
