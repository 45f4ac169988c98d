import { preconditionsOf } from '../../../lib/cluster/preconditions';
import { antrea } from '../../../lib/engines/antrea/engine';
import { canonical, type GraphData } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import type { GuardrailDeny } from '../../../lib/model/guardrail';
import { exactHost, type HostPattern } from '../../../lib/model/host-pattern';
import { podSet } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import { addresses, agent, end, flow, gateway, mesh, vllm } from '../../graph/graphs';
import { facts } from '../facts';

const everyPod = podSet(selectors.anything, selectors.anything);

function refusals(graph: Partial<GraphData>, cluster = facts('antrea')) {
  return antrea.limits(canonical({ ...mesh(), ...graph }), cluster);
}

function ofDeny(peer: Endpoint, cluster = facts('antrea')) {
  const deny: GuardrailDeny = { direction: 'egress', subject: everyPod, peer, ports: ports.everything };
  return refusals({ guardrails: [{ name: 'guard', because: 'any', denies: [deny], isolates: [everyPod] }] }, cluster);
}

function ofHosts(...patterns: HostPattern[]) {
  const hosts: Endpoint = { kind: 'hosts', patterns };
  return refusals({ flows: [flow(end(agent), hosts, ports.number('TCP', 443), 'models are asked')] });
}

describe('what Antrea cannot say', () => {
  it('is nothing of a graph that NetworkPolicy can say, nor names by themselves or with all under them', () => {
    expect(refusals({})).toEqual([]);
    expect(ofHosts(exactHost('api.example.com'), { kind: 'any-depth', under: 'example.org' })).toEqual([]);
  });

  it.each<[string, HostPattern, RegExp]>([
    [
      'a wildcard for one label, which has any number of them here',
      { kind: 'one-label', under: 'example.com' },
      /any number/,
    ],
    ['every name', { kind: 'any' }, /pods/],
    ['a pattern that is not understood', { kind: 'opaque', text: '*example.com' }, /pods/],
    ['the name of a Service', exactHost('db.shop.svc.cluster.local'), /translated/],
    ['a name with an underscore', exactHost('a_b.example.com'), /characters/],
  ])('is %s', (_, pattern, why) => {
    const [refusal, ...more] = ofHosts(pattern);
    expect(refusal).toMatchObject({ rule: 'engine-host-names', about: { kind: 'flow' } });
    expect(refusal?.why).toMatch(why);
    expect(more).toEqual([]);
  });

  it('is requests, since the feature is off unless it was switched on', () => {
    const asked = flow(end(gateway), end(vllm), ports.number('TCP', 8000), 'users', {
      traffic: { kind: 'ports', ports: ports.number('TCP', 8000), requests: [{ protocol: 'http', methods: ['GET'] }] },
    });
    const [refusal] = refusals({ flows: [asked] });
    expect(refusal).toMatchObject({ rule: 'engine-requests', engines: ['cilium', 'calico'] });
    expect(refusal?.why).toContain('alpha');
  });

  it('is entities, policies that are only tried out, and nodes', () => {
    const server: Endpoint = { kind: 'entity', entity: 'api-server' };
    expect(refusals({ flows: [flow(end(agent), server, ports.number('TCP', 443), 'any')] })).toMatchObject([
      { rule: 'engine-entity', value: 'api-server' },
    ]);
    const audited = mesh().namespaces.map((it) => ({ ...it, rollout: 'audit' as const }));
    expect(refusals({ namespaces: audited })).toHaveLength(4);
    const nodes = { name: 'nodes', because: 'any', nodes: selectors.anything, allows: [] };
    expect(refusals({ hostGuardrails: [nodes] })).toMatchObject([{ rule: 'engine-host-guardrail', value: 'nodes' }]);
  });

  it('is no guardrail that denies addresses outside or pods, and isolates', () => {
    expect(ofDeny(addresses('10.0.0.0/8'))).toEqual([]);
    expect(ofDeny({ kind: 'pods', pods: everyPod, owner: 'anyone' })).toEqual([]);
  });

  it('is a guardrail on addresses of pods, known or not, on names, or on nodes', () => {
    const unknown = facts('antrea', { podRanges: undefined });
    expect(ofDeny(addresses('172.20.1.0/24'))).toMatchObject([{ rule: 'engine-networks-match-pods' }]);
    expect(ofDeny(addresses('10.0.0.0/8'), unknown)).toMatchObject([{ rule: 'engine-networks-match-pods' }]);
    expect(ofDeny(addresses('169.254.169.254/32'), unknown)).toEqual([]);
    expect(ofDeny({ kind: 'entity', entity: 'nodes' })).toMatchObject([{ rule: 'engine-entity' }]);
  });

  it('trap 17: is names that are denied', () => {
    const names: Endpoint = { kind: 'hosts', patterns: [exactHost('api.example.com')] };
    expect(ofDeny(names)).toMatchObject([{ rule: 'engine-host-names', engines: [] }]);
  });
});

describe('what Antrea takes for granted', () => {
  it('is that nobody else writes policies in the tier of guardrails that deny, or before it', () => {
    const denies: GuardrailDeny[] = [
      { direction: 'egress', subject: everyPod, peer: addresses('192.0.2.0/24'), ports: ports.everything },
    ];
    const guarded = (guardrail: object) =>
      canonical({ ...mesh(), guardrails: [{ name: 'guard', because: 'any', denies: [], isolates: [], ...guardrail }] });
    const speaksOfTiers = (graph: GraphData) =>
      preconditionsOf(graph, facts('antrea')).filter((text) => text.includes('securityops')).length;
    expect([mesh(), guarded({ isolates: [everyPod] }), guarded({ denies })].map(speaksOfTiers)).toEqual([0, 0, 1]);
  });
});
