import fc from 'fast-check';
import { clusterNetworkPolicy } from '../../../lib/engines/cluster-network-policy/engine';
import { canonical, type GraphData } from '../../../lib/graph/graph-data';
import * as ips from '../../../lib/model/ip-set';
import { podSet } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import { proveGraph } from '../../../lib/proof';
import { graphs, mesh } from '../../graph/graphs';
import { clusterPolicy } from '../../judges/cluster-network-policy/invalid';
import type { KubernetesObject } from '../../judges/world';
import { facts } from '../facts';
import { podRanges } from '../guarded-graphs';
import { planeOf } from './planes';

function objects(graph: GraphData): KubernetesObject[] {
  return clusterNetworkPolicy
    .render(graph, facts('cluster-network-policy'))
    .map(({ of: _, ...object }) => object as unknown as KubernetesObject);
}

function prove(graph: GraphData, ...more: KubernetesObject[]) {
  return proveGraph(graph, planeOf([...objects(graph), ...more], 'pods'), { podAddresses: gap });
}

/** What `mesh` leaves out of every block: a pod there is met by none of them. */
const gap = ips.fromBlock('10.0.0.0/28');

const everyPod = podSet(selectors.anything, selectors.anything);
const guardrail = {
  name: 'metadata',
  because: 'credentials are handed to whoever asks',
  denies: [
    {
      direction: 'egress' as const,
      subject: everyPod,
      peer: { kind: 'addresses' as const, addresses: ips.fromBlock('169.254.169.254/32') },
      ports: ports.everything,
    },
  ],
  isolates: [],
};

describe('what is rendered for ClusterNetworkPolicy', () => {
  it('is proved to allow what the graph declares', () => {
    const proof = prove(mesh());
    expect([proof.witnesses, proof.notProved]).toEqual([[], []]);
    expect(proof.proved).toBe(true);
  });

  it('is proved with a guardrail before it', () => {
    const graph = canonical({ ...mesh(), guardrails: [guardrail] });
    const proof = prove(graph);
    expect([proof.witnesses, proof.notProved]).toEqual([[], []]);
    expect(proof.proved).toBe(true);
  });

  it('is proved for any graph, as far as the graph says something', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { witnesses, notProved } = proveGraph(graph, planeOf(objects(graph), 'pods'), {
          podAddresses: podRanges,
        });
        expect(witnesses).toEqual([]);
        expect(notProved.filter(({ reason }) => reason !== 'vacuous')).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('is not proved beside a policy of Admin that accepts more, or denies what is declared', () => {
    const rule = (action: string) => ({ action, to: [{ namespaces: {} }] });
    const more = clusterPolicy({ priority: 9, egress: [rule('Accept')] });
    const less = clusterPolicy({ priority: 9, egress: [rule('Deny')] });
    const passed = clusterPolicy({ priority: 9, egress: [rule('Pass')] });
    expect(prove(mesh(), more).proved).toBe(false);
    expect(prove(mesh(), less).proved).toBe(false);
    expect(prove(mesh(), passed).proved).toBe(true);
  });

  it('is proved beside a policy of Baseline, which is never asked about its pods', () => {
    const rules = { ingress: [{ action: 'Accept', from: [{ namespaces: {} }] }] };
    expect(prove(mesh(), clusterPolicy({ tier: 'Baseline', ...rules })).proved).toBe(true);
  });

  it('is not proved where two policies of one priority disagree', () => {
    const one = clusterPolicy({ egress: [{ action: 'Pass', to: [{ namespaces: {} }] }] });
    const other = clusterPolicy(
      { egress: [{ action: 'Accept', to: [{ namespaces: {} }] }] },
      { metadata: { name: 'b' } },
    );
    expect(prove(mesh(), one, other).notProved.map(({ reason }) => reason)).toContain('undefined');
  });

  it('is not proved to isolate from outside: no rule of Baseline can', () => {
    const proof = prove(canonical({ ...mesh(), guardrails: [{ ...guardrail, denies: [], isolates: [everyPod] }] }));
    expect(proof.proved).toBe(false);
    expect(proof.witnesses.map(({ direction }) => direction)).toEqual(['ingress']);
  });
});
