import { clusterNetworkPolicy } from '../../../lib/engines/cluster-network-policy/engine';
import { canonical, type GraphData } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import type { GuardrailDeny } from '../../../lib/model/guardrail';
import { exactHost } from '../../../lib/model/host-pattern';
import * as ips from '../../../lib/model/ip-set';
import { podSet } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import { agent, end, flow, gateway, mesh, vllm } from '../../graph/graphs';
import { facts } from '../facts';

const everyPod = podSet(selectors.anything, selectors.anything);
const others: Endpoint = { kind: 'pods', pods: everyPod, owner: 'anyone' };

function refusals(graph: Partial<GraphData>, cluster = facts('cluster-network-policy')) {
  return clusterNetworkPolicy.limits(canonical({ ...mesh(), ...graph }), cluster);
}

function ofDeny(deny: Partial<GuardrailDeny>, cluster = facts('cluster-network-policy')) {
  const whole: GuardrailDeny = {
    direction: 'egress',
    subject: everyPod,
    peer: others,
    ports: ports.everything,
    ...deny,
  };
  return refusals({ guardrails: [{ name: 'guard', because: 'any', denies: [whole], isolates: [] }] }, cluster);
}

function addresses(...blocks: string[]): Endpoint {
  return { kind: 'addresses', addresses: ips.fromBlocks(blocks) };
}

describe('what ClusterNetworkPolicy cannot say', () => {
  it('is nothing of a graph that NetworkPolicy can say', () => {
    expect(refusals({})).toEqual([]);
  });

  it('is host names: they are experimental, and their Accept would go past the policies of the namespace', () => {
    const hosts: Endpoint = { kind: 'hosts', patterns: [exactHost('api.example.com')] };
    const [refusal] = refusals({ flows: [flow(end(agent), hosts, ports.number('TCP', 443), 'models are asked')] });
    expect(refusal).toMatchObject({
      rule: 'engine-host-names',
      about: { kind: 'flow' },
      engines: ['cilium', 'antrea'],
    });
    expect(refusal?.why).toContain('experimental');
  });

  it('is requests, policies that are only tried out, and nodes', () => {
    const asked = flow(end(gateway), end(vllm), ports.number('TCP', 8000), 'users', {
      traffic: { kind: 'ports', ports: ports.number('TCP', 8000), requests: [{ protocol: 'http', methods: ['GET'] }] },
    });
    expect(refusals({ flows: [asked] }).map(({ rule }) => rule)).toEqual(['engine-requests']);
    const audited = mesh().namespaces.map((it) => ({ ...it, rollout: 'audit' as const }));
    expect(new Set(refusals({ namespaces: audited }).map(({ rule }) => rule))).toEqual(new Set(['engine-audit']));
    const nodes = { name: 'nodes', because: 'any', nodes: selectors.anything, allows: [] };
    expect(refusals({ hostGuardrails: [nodes] }).map(({ rule }) => rule)).toEqual(['engine-host-guardrail']);
  });

  it.each<[string, Partial<GuardrailDeny>, string]>([
    [
      'sources outside the cluster',
      { direction: 'ingress', peer: addresses('192.0.2.0/24') },
      'engine-guardrail-sources',
    ],
    ['nodes', { peer: { kind: 'entity', entity: 'nodes' } }, 'engine-entity'],
    ['the API server', { peer: { kind: 'entity', entity: 'api-server' } }, 'engine-entity'],
    [
      'trap 17: names that are denied',
      { peer: { kind: 'hosts', patterns: [exactHost('api.example.com')] } },
      'engine-host-names',
    ],
    ['addresses of pods alone', { peer: addresses('172.20.1.0/24') }, 'engine-networks-match-pods'],
    [
      'a named port, which the standard channel has no field for',
      { ports: ports.named('TCP', 'http') },
      'engine-named-ports',
    ],
    [
      'a named port of addresses',
      { peer: addresses('192.0.2.0/24'), ports: ports.named('TCP', 'http') },
      'engine-named-ports',
    ],
  ])('is %s, in a guardrail', (_, deny, rule) => {
    const [refusal, ...more] = ofDeny(deny);
    expect(refusal).toMatchObject({ rule, about: { kind: 'guardrail', name: 'guard' } });
    expect(refusal?.why).not.toMatch(/\.$/);
    expect(more).toEqual([]);
  });

  it('is a block in which pods may be, where the cluster does not say where they are', () => {
    const unknown = facts('cluster-network-policy', { podRanges: undefined });
    expect(ofDeny({ peer: addresses('10.0.0.0/8') }, unknown)).toMatchObject([{ rule: 'engine-networks-match-pods' }]);
    expect(ofDeny({ peer: addresses('10.0.0.0/8') })).toEqual([]);
    // Metadata services have addresses that no pod has, also the IPv6 ones in the private range.
    expect(ofDeny({ peer: addresses('169.254.169.254/32', 'fd00:ec2::254/128') }, unknown)).toEqual([]);
  });

  it('is default deny of what comes from outside: the refusal says which pods stay open', () => {
    const [refusal] = refusals({ guardrails: [{ name: 'all', because: 'any', denies: [], isolates: [everyPod] }] });
    expect(refusal).toMatchObject({ rule: 'engine-isolation-from-outside', value: '{*}/{*}' });
  });

  it('is more policies than there are priorities', () => {
    const denies = Array.from({ length: 1002 }, (_, i): GuardrailDeny => {
      const subject = podSet(selectors.fromLabels({ tenant: `t${i}` }), selectors.anything);
      return { direction: 'egress', subject, peer: others, ports: ports.everything };
    });
    const of = (count: number) => [{ name: 'tenants', because: 'any', denies: denies.slice(0, count), isolates: [] }];
    expect(refusals({ guardrails: of(1001) })).toEqual([]);
    expect(refusals({ guardrails: of(1002) })).toMatchObject([{ rule: 'engine-priorities' }]);
  });
});
