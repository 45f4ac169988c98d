import type { GraphTier } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import * as ips from '../../../lib/model/ip-set';
import { podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import { problemText } from '../../../lib/model/problem';
import * as selectors from '../../../lib/model/selector';
import { type Proof, proveGraph, witnessProblem } from '../../../lib/proof';
import { acknowledgement } from '../arbitraries';
import { endOf, flow, graph, namespace, planeOf, tier } from '../mechanical';

const tcp = (n: number) => ports.number('TCP', n);
const acknowledged = [{ rule: 'no-metadata', because: 'it must' }];

function statements(proof: Proof): string[] {
  return proof.witnesses.map(({ statement, namespace: space, direction }) => `${statement} ${direction} ${space}`);
}

function sentences(proof: Proof): string {
  return proof.witnesses.map(witnessProblem).map(problemText).join('\n\n');
}

describe('promises of a role', () => {
  const metadata: Endpoint = {
    kind: 'addresses',
    addresses: ips.fromBlock('169.254.169.254/32'),
    name: 'metadata service',
  };

  function withPromise(acknowledged: { rule: string; because: string }[] = []) {
    const agent = tier('ai-agents', 'agent');
    const other = tier('ai-agents', 'helper', { role: 'helper' });
    const near: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('169.254.0.0/16') };
    const overlapping = graph(
      [agent, other],
      [flow(other, near, tcp(80)), flow(agent, metadata, tcp(80), acknowledged)],
    );
    const promise = { tier: agent, forbids: metadata, because: 'it hands out credentials', rule: 'no-metadata' };
    return { agent, other, overlapping, promise };
  }

  it('are broken by the flow of a tier that shares pods with it', () => {
    const { overlapping, promise } = withPromise();
    const declared = { ...overlapping, flows: [overlapping.flows[0]] };
    const proof = proveGraph(declared, planeOf(declared), { promises: [promise] });
    expect(statements(proof)).toEqual(['promise egress ai-agents']);
    expect(proof.witnesses[0].connection.subject.labels).toEqual({ app: 'agent', role: 'helper' });
    expect(sentences(proof)).toContain('because it hands out credentials');
  });

  it('are kept where the flow of the tier itself acknowledges it, and only on its ports', () => {
    const { overlapping, promise } = withPromise([{ rule: 'no-metadata', because: 'it must' }]);
    expect(proveGraph(overlapping, planeOf(overlapping), { promises: [promise] }).proved).toBe(true);
    const { overlapping: silent } = withPromise();
    expect(statements(proveGraph(silent, planeOf(silent), { promises: [promise] }))).toEqual([
      'promise egress ai-agents',
    ]);
    const wider = { ...overlapping, flows: [flow(withPromise().other, metadata, tcp(81)), overlapping.flows[1]] };
    expect(proveGraph(wider, planeOf(wider), { promises: [promise] }).witnesses[0].connection.port).toBe(81);
  });

  it('are waived by the tier where it says so, which the assumptions repeat', () => {
    const { overlapping, promise, agent } = withPromise();
    const waived: GraphTier = { ...agent, acknowledged: [{ rule: 'no-metadata', because: 'it is a lab' }] };
    const declared = { ...overlapping, tiers: [waived, overlapping.tiers[1]] };
    const proof = proveGraph(declared, planeOf(declared), { promises: [promise] });
    expect(proof.proved).toBe(true);
    expect(proof.assumptions.join('\n')).toContain('ai-agents/agent waives no-metadata, because it is a lab');
  });

  it('are not proved of a tier that the graph does not have', () => {
    const { overlapping: declared, agent } = withPromise();
    const promise = {
      tier: { namespace: 'ai-data', name: 'gone' },
      forbids: metadata,
      because: 'x',
      rule: 'no-metadata',
    };
    expect(proveGraph(declared, planeOf(declared), { promises: [promise] }).notProved).toEqual([
      { reason: 'vacuous', what: 'the graph has no tier ai-data/gone that could keep no-metadata' },
    ]);
    // Nor of one that is in no namespace of the graph.
    const stray = { ...declared, namespaces: [namespace('ai-other')] };
    const found = proveGraph(stray, planeOf(stray), { promises: [{ ...promise, tier: agent }] });
    expect(found.notProved.map(({ what }) => what)).toContain(
      'the graph has no tier ai-agents/agent that could keep no-metadata',
    );
  });

  it('are not kept, nor waived, by the acknowledgement of another rule or on the flow of another tier', () => {
    const elsewhere = [{ rule: 'no-internet', because: 'it browses' }];
    const { overlapping, promise, agent, other } = withPromise(elsewhere);
    expect(statements(proveGraph(overlapping, planeOf(overlapping), { promises: [promise] }))).toEqual([
      'promise egress ai-agents',
    ]);
    const waived: GraphTier = { ...agent, acknowledged: elsewhere };
    const declared = { ...withPromise().overlapping, tiers: [waived, other] };
    expect(statements(proveGraph(declared, planeOf(declared), { promises: [promise] }))).toHaveLength(1);
    const byOther = graph([agent, other], [flow(other, metadata, tcp(80), acknowledged)]);
    expect(statements(proveGraph(byOther, planeOf(byOther), { promises: [promise] }))).toHaveLength(1);
  });

  it('are about what comes in where they say so', () => {
    const store = tier('ai-data', 'store');
    const outside: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') };
    const promise = {
      tier: store,
      direction: 'ingress' as const,
      forbids: outside,
      because: 'it holds data',
      rule: 'no-metadata',
    };
    const from = (acknowledgements: { rule: string; because: string }[]) => {
      const declared = graph([store], [flow(outside, store, tcp(80), acknowledgements)]);
      return statements(proveGraph(declared, planeOf(declared), { promises: [promise] }));
    };
    expect(from([])).toEqual(['promise ingress ai-data']);
    expect(from(acknowledged)).toEqual([]);
    const out = graph([store], [flow(store, outside, tcp(80))]);
    expect(statements(proveGraph(out, planeOf(out), { promises: [promise] }))).toEqual([]);
  });

  it('are about pods where they say so, and blocks that hold pods break them too', () => {
    const agent = tier('ai-agents', 'agent');
    const weights = tier('ai-data', 'weights');
    const promise = { tier: agent, forbids: endOf(weights), because: 'weights stay', rule: 'no-weights' };
    const reached = (to: Endpoint | GraphTier) => {
      const declared = graph([agent, weights], [flow(agent, to, tcp(80), acknowledgement)]);
      const options = { podAddresses: ips.fromBlock('10.244.0.0/16'), promises: [promise] };
      return statements(proveGraph(declared, planeOf(declared, 'pods'), options));
    };
    expect(reached(weights)).toEqual(['promise egress ai-agents']);
    expect(reached({ kind: 'addresses', addresses: ips.fromBlock('10.244.0.0/24') })).toEqual([
      'promise egress ai-agents',
    ]);
    expect(reached({ kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') })).toEqual([]);
    expect(
      reached({ kind: 'pods', pods: podsIn('ai-data', selectors.fromLabels({ app: 'other' })), owner: 'x' }),
    ).toEqual([]);
  });

  it('are one question each', () => {
    const { overlapping, promise } = withPromise(acknowledged);
    const cells = (...promises: (typeof promise)[]) =>
      proveGraph(overlapping, planeOf(overlapping), { promises }).counts.cells;
    expect(cells(promise, { ...promise, rule: 'another' }) - cells()).toBe(2);
  });
});
