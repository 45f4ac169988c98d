import fc from 'fast-check';
import { antrea } from '../../../lib/engines/antrea/engine';
import { canonical, type GraphData } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import * as ips from '../../../lib/model/ip-set';
import { podSet } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import { proveGraph } from '../../../lib/proof';
import { agent, end, flow, graphs, mesh } from '../../graph/graphs';
import { facts } from '../facts';
import { podRanges } from '../guarded-graphs';
import { type Json, planeOf, policy } from './antrea';

function objects(graph: GraphData): Json[] {
  return antrea.render(graph, facts('antrea')).map(({ of: _, ...object }) => ({ ...object }));
}

function prove(graph: GraphData, ...more: Json[]) {
  return proveGraph(graph, planeOf([...objects(graph), ...more]), { podAddresses: gap });
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
  isolates: [everyPod],
};

describe('what is rendered for Antrea', () => {
  it('is proved to allow what the graph declares', () => {
    const proof = prove(mesh());
    expect([proof.witnesses, proof.notProved]).toEqual([[], []]);
    expect(proof.proved).toBe(true);
  });

  it('is proved with guardrails before and after it', () => {
    const graph = canonical({ ...mesh(), guardrails: [guardrail] });
    const proof = prove(graph);
    expect([proof.witnesses, proof.notProved]).toEqual([[], []]);
    expect(proof.proved).toBe(true);
  });

  it('is proved with names', () => {
    const hosts: Endpoint = { kind: 'hosts', patterns: [{ kind: 'any-depth', under: 'example.org' }] };
    const graph = canonical({
      ...mesh(),
      flows: [...mesh().flows, flow(end(agent), hosts, ports.number('TCP', 443), 'models are asked')],
    });
    expect(prove(graph)).toMatchObject({ proved: true, witnesses: [], notProved: [] });
  });

  it('is proved for any graph, as far as the graph says something', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { witnesses, notProved } = proveGraph(graph, planeOf(objects(graph)), { podAddresses: podRanges });
        expect(witnesses).toEqual([]);
        expect(notProved.filter(({ reason }) => reason !== 'vacuous')).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('is not proved beside a policy that allows more, or one that is asked first and drops', () => {
    const appliedTo = [{ podSelector: {} }];
    const more = policy('ai-agents', 'more', { priority: 9, appliedTo, egress: [{ action: 'Allow' }] });
    const less = policy('ai-agents', 'less', {
      tier: 'platform',
      priority: 9,
      appliedTo,
      egress: [{ action: 'Drop' }],
    });
    expect(prove(mesh(), more).proved).toBe(false);
    expect(prove(mesh(), less).proved).toBe(false);
  });
});
