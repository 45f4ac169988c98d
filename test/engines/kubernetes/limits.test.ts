import { kubernetes } from '../../../lib/engines/kubernetes/engine';
import type { GraphData } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import * as ports from '../../../lib/model/port-set';
import type { RequestMatch } from '../../../lib/model/request-match';
import { anything } from '../../../lib/model/selector';
import { portTraffic } from '../../../lib/model/traffic';
import { agent, end, flow, mesh, vllm } from '../../graph/graphs';

const http = ports.number('TCP', 8000);
const refusals = (more: Partial<GraphData>) =>
  kubernetes
    .limits({ ...mesh(), ...more }, {} as never)
    .map(({ rule, about, value, engines }) => ({ rule, about, value, engines }));

describe('what NetworkPolicy cannot say', () => {
  it('is nothing of a graph of pods, addresses and ports', () => {
    expect(refusals({})).toEqual([]);
  });

  it.each<[string, RequestMatch, string[]]>([
    ['HTTP requests', { protocol: 'http', methods: ['GET'] }, ['cilium', 'calico']],
    ['Kafka, which fewer engines can', { protocol: 'kafka', topic: 'orders', role: 'produce' }, ['cilium']],
  ])('is requests: %s', (_, request, engines) => {
    const plain = flow(end(agent), end(vllm), http, 'agents ask the model');
    const dns: RequestMatch = { protocol: 'dns', pattern: '*' };
    const limited = { ...plain, traffic: portTraffic(http, [dns, request]) };
    expect(refusals({ flows: [plain, limited] })).toEqual([
      { rule: 'engine-requests', about: { kind: 'flow', flow: limited }, value: 'requests', engines },
    ]);
  });

  it('is host names, beside requests to them', () => {
    const hosts: Endpoint = { kind: 'hosts', patterns: [{ kind: 'exact', name: 'api.example.com' }] };
    const named = flow(end(agent), hosts, http, 'agents call tools');
    const both = { ...named, traffic: portTraffic(http, [{ protocol: 'http' }]) };
    expect(refusals({ flows: [named] })).toEqual([
      {
        rule: 'engine-host-names',
        about: { kind: 'flow', flow: named },
        value: 'host names',
        engines: ['cilium', 'antrea'],
      },
    ]);
    expect(refusals({ flows: [both] }).map(({ rule }) => rule)).toEqual(['engine-requests', 'engine-host-names']);
  });

  it('is a namespace whose policies are only tried out', () => {
    const [first, ...others] = mesh().namespaces;
    expect(refusals({ namespaces: [{ ...first, rollout: 'audit' }, ...others] })).toEqual([
      {
        rule: 'engine-audit',
        about: { kind: 'namespace', namespace: first.name },
        value: 'audit',
        engines: ['calico', 'cilium'],
      },
    ]);
  });

  it('is guardrails, of pods and of nodes', () => {
    const guardrails = [{ name: 'base', because: 'b', denies: [], isolates: [] }];
    const hostGuardrails = [{ name: 'nodes', because: 'b', nodes: anything, allows: [] }];
    expect(refusals({ guardrails, hostGuardrails })).toEqual([
      {
        rule: 'engine-guardrail',
        about: { kind: 'guardrail', name: 'base' },
        value: 'base',
        engines: ['cilium', 'calico', 'antrea', 'cluster-network-policy'],
      },
      {
        rule: 'engine-host-guardrail',
        about: { kind: 'host-guardrail', name: 'nodes' },
        value: 'nodes',
        engines: ['cilium', 'calico'],
      },
    ]);
  });

  it('has a reason and an alternative each time', () => {
    const guardrails = [{ name: 'base', because: 'b', denies: [], isolates: [] }];
    for (const refusal of kubernetes.limits({ ...mesh(), guardrails }, {} as never)) {
      expect(refusal).toMatchObject({
        why: expect.stringMatching(/^a NetworkPolicy /),
        allowed: expect.stringMatching(/./),
      });
    }
  });
});

describe('the manifests of the engine', () => {
  it('say of what they are: the default deny of its namespace, the others of their tier', () => {
    const manifests = kubernetes.render(mesh(), {} as never);
    expect(manifests.length).toBeGreaterThan(mesh().namespaces.length);
    for (const { metadata, of, kind } of manifests) {
      const { name, namespace } = metadata;
      expect(kind).toBe('NetworkPolicy');
      expect(of).toEqual(
        name === 'default-deny' ? { kind: 'namespace', namespace } : { kind: 'tier', namespace, name },
      );
    }
    expect(kubernetes.kinds(undefined)).toEqual([]);
  });
});
