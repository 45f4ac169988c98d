import type { Endpoint } from '../../lib/model/endpoint';
import * as ips from '../../lib/model/ip-set';
import type { Plane } from '../../lib/model/layer';
import { podSet, podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { anything } from '../../lib/model/selector';
import { proveGraph } from '../../lib/proof';
import { flow, graph, planeOf, tier, withRule, withRules } from './mechanical';
import { known, sentences, statements, tcp } from './mesh';

describe('address blocks that may hold pods', () => {
  function toPrivate(acknowledged: { rule: string; because: string }[] = [], mode: Plane['ipBlockMode'] = 'may') {
    const agent = tier('ai-agents', 'agent');
    const tools: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('10.0.0.0/8') };
    const declared = graph([agent], [flow(agent, tools, tcp(443), acknowledged)]);
    return { declared, plane: planeOf(declared, mode) };
  }

  it('let pods through that no flow declares, where pods are known to be in them', () => {
    const { declared, plane } = toPrivate();
    const proof = proveGraph(declared, plane, known);
    expect(statements(proof)).toEqual(['undeclared egress ai-agents']);
    expect(proof.witnesses[0].connection.peer).toMatchObject({ kind: 'pod', address: '10.244.0.1' });
    expect(sentences(proof)).toContain('to pod {} of other at 10.244.0.1 on TCP 443');
    expect(sentences(proof)).toContain('Give the pod ranges of the cluster (podCidrs)');
  });

  it('let pods through where it is not known where pods are', () => {
    const { declared, plane } = toPrivate();
    expect(statements(proveGraph(declared, plane))).toEqual(['undeclared egress ai-agents']);
  });

  it('hold no pods where their addresses are known to be others, as of the API server', () => {
    const { declared, plane } = toPrivate();
    const otherAddresses = ips.fromBlock('10.0.0.0/8');
    expect(proveGraph(declared, plane, { otherAddresses }).proved).toBe(true);
    expect(proveGraph(declared, plane, { otherAddresses: ips.fromBlock('10.0.0.0/9') }).proved).toBe(false);
  });

  it('are as good as declared where the flow acknowledges it, which the assumptions then say', () => {
    const { declared, plane } = toPrivate([{ rule: 'cluster-range', because: 'the tools run as pods' }]);
    const proof = proveGraph(declared, plane);
    expect(proof.proved).toBe(true);
    expect(proof.assumptions.join('\n')).toContain('the flow from ai-agents/agent to 10.0.0.0/8 also lets pods');
  });

  it('hold no pods where the engine never matches pods by them, or pods are known to be elsewhere', () => {
    const { declared, plane } = toPrivate([], 'external-only');
    expect(proveGraph(declared, plane).proved).toBe(true);
    const elsewhere = toPrivate();
    expect(
      proveGraph(elsewhere.declared, elsewhere.plane, { podAddresses: ips.fromBlock('100.64.0.0/16') }).proved,
    ).toBe(true);
  });

  it('do not stand for pods that a flow declares, unless the engine is known to match pods by them', () => {
    const client = tier('a', 'client');
    const server = tier('b', 'server');
    const declared = graph([client, server], [flow(client, server, tcp(1))]);
    const byAddress = (mode: Plane['ipBlockMode']) =>
      withRules(
        planeOf(declared, mode),
        (rule) => rule.direction === 'egress',
        (rule) => [{ ...rule, peers: [{ kind: 'addresses', addresses: ips.fromBlock('10.244.0.0/16') }] }],
      );
    const missing = (mode: Plane['ipBlockMode']) =>
      statements(proveGraph(declared, byAddress(mode), known)).filter((text) => text.startsWith('missing'));
    expect(missing('may')).toEqual(['missing egress a']);
    expect(missing('pods')).toEqual([]);
  });

  it('may deny pods where that is not known, so what is declared is not certain and what is not is not denied', () => {
    const client = tier('a', 'client');
    const server = tier('b', 'server');
    const declared = graph([client, server], [flow(client, server, tcp(1))]);
    const block = [{ kind: 'addresses' as const, addresses: ips.fromBlock('10.244.0.0/16') }];
    const denied = (plane: Plane) =>
      withRule(plane, {
        direction: 'egress',
        subject: client.pods,
        peers: block,
        ports: ports.everything,
        action: 'deny',
      });
    expect(statements(proveGraph(declared, denied(planeOf(declared)), known))).toEqual(['missing egress a']);
    const open = withRule(planeOf(declared), {
      direction: 'egress',
      subject: client.pods,
      peers: [{ kind: 'pods', pods: podsIn('c', anything) }],
      ports: tcp(2),
    });
    expect(statements(proveGraph(declared, denied(open), known))).toEqual(['missing egress a', 'undeclared egress a']);
    const certain = { ...denied(open), ipBlockMode: 'pods' as const };
    expect(statements(proveGraph(declared, certain, known))).toEqual(['missing egress a']);
  });

  it('cannot be free of pods because the pod ranges are given as none', () => {
    const { declared, plane } = toPrivate();
    expect(() => proveGraph(declared, plane, { podAddresses: ips.none })).toThrow('leaves none for pods');
  });
});

describe('a rule for anything', () => {
  const client = tier('a', 'client');
  const everyPod: Endpoint = { kind: 'pods', pods: podSet(anything, anything), owner: 'others' };
  const everyAddress: Endpoint = { kind: 'addresses', addresses: ips.all };
  const declared = graph(
    [client],
    [flow(client, everyPod, ports.everything), flow(client, everyAddress, ports.everything)],
  );

  it('lets out to nodes as well, where the engine tells them from addresses', () => {
    const open = (mode: Plane['ipBlockMode']) =>
      withRules(
        planeOf(declared, mode),
        () => true,
        (rule) => [{ ...rule, peers: [{ kind: 'anything' }] }],
      );
    expect(proveGraph(declared, open('pods'), known).proved).toBe(true);
    const proof = proveGraph(declared, open('external-only'), known);
    expect(proof.witnesses.map(({ connection }) => connection.peer)).toEqual([
      expect.objectContaining({ kind: 'entity', entity: 'nodes' }),
      expect.objectContaining({ kind: 'entity', entity: 'nodes' }),
    ]);
  });
});

describe('a witness at an IPv6 address', () => {
  it('is the first that is not the address of the block itself', () => {
    const client = tier('a', 'client');
    const wanted: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('2001:db8:1::/48') };
    const declared = graph([client], [flow(client, wanted, tcp(443))]);
    const silent = withRules(
      planeOf(declared),
      () => true,
      () => [],
    );
    expect(proveGraph(declared, silent, known).witnesses.map(({ connection }) => connection.peer)).toEqual([
      { kind: 'address', address: '2001:db8:1::1' },
    ]);
  });
});
