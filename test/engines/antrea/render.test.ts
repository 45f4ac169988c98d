import fc from 'fast-check';
import { antrea } from '../../../lib/engines/antrea/engine';
import { kubernetes } from '../../../lib/engines/kubernetes/engine';
import type { PolicyManifest } from '../../../lib/engines/manifest';
import { canonical, type GraphData } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import type { Guardrail, GuardrailDeny } from '../../../lib/model/guardrail';
import type { IpBlockMode } from '../../../lib/model/layer';
import { podSet, podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import { addresses, agent, end, flow, graphs, mesh } from '../../graph/graphs';
import { type OutsideEnd, type PodEnd, passes } from '../decide';
import { facts } from '../facts';
import { connections, guardedGraphs, isMeant } from '../guarded-graphs';
import { type Json, networkPolicy, planeOf, policy } from './antrea';

const cluster = facts('antrea', { version: '2.7' });
const everyPod = podSet(selectors.anything, selectors.anything);

function objects(graph: GraphData, version = '2.7'): Json[] {
  return antrea.render(graph, facts('antrea', { version })).map(({ of: _, ...object }) => ({ ...object }));
}

interface Spec {
  readonly tier: string;
  readonly priority: number;
  readonly appliedTo?: readonly object[];
  readonly ingress?: readonly Json[];
  readonly egress?: readonly Json[];
}

const specOf = ({ spec }: PolicyManifest | Json) => spec as Spec;

function guarded(guardrail: Partial<Guardrail>): GraphData {
  const whole = { name: 'guard', because: 'any', denies: [], isolates: [], ...guardrail };
  return canonical({ ...mesh(), guardrails: [whole] });
}

function guards(graph: GraphData): PolicyManifest[] {
  return antrea.render(graph, cluster).filter(({ kind }) => kind === 'ClusterNetworkPolicy');
}

describe('a graph for Antrea', () => {
  it.each<IpBlockMode>(['pods', 'external-only'])('lets pass what is meant, where blocks mean %s', (mode) => {
    fc.assert(
      fc.property(guardedGraphs, (graph) => {
        const plane = planeOf(objects(graph), mode);
        expect(plane.problems).toBeUndefined();
        expect(connections.filter((it) => passes(plane, it) !== isMeant(graph, it))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('lets pass what the NetworkPolicies of the same graph do', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const plane = planeOf(objects(graph));
        const asked = planeOf(kubernetes.render(graph, facts('kubernetes')).map(({ of: _, ...it }) => ({ ...it })));
        expect(connections.filter((it) => passes(plane, it) !== passes(asked, it))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('is the same whatever NetworkPolicies are there besides: the application tier comes first', () => {
    const foreign = networkPolicy('ai-inference', 'foreign', { podSelector: {}, ingress: [{}], egress: [{}] });
    const [alone, beside] = [planeOf(objects(mesh())), planeOf([...objects(mesh()), foreign])];
    const into: PodEnd = {
      namespaceLabels: { 'kubernetes.io/metadata.name': 'ai-inference' },
      labels: { app: 'vllm' },
      ip: '172.20.0.9',
    };
    for (const from of connections.map((it) => it.from)) {
      const asked = { from, to: into, protocol: 'TCP', port: 8000 } as const;
      expect(passes(beside, asked)).toBe(passes(alone, asked));
    }
  });

  it('isolates by rules that drop, last of all, since no policy isolates by itself', () => {
    const [deny] = antrea.render(mesh(), cluster).filter(({ metadata }) => metadata.name === 'default-deny');
    expect(deny?.spec).toEqual({
      tier: 'application',
      priority: 10000,
      appliedTo: [{ podSelector: {} }],
      ingress: [{ name: 'ingress-1', action: 'Drop' }],
      egress: [{ name: 'egress-1', action: 'Drop' }],
    });
  });

  it('has policies that deny, or allow, and never both, so that one priority does for all', () => {
    fc.assert(
      fc.property(guardedGraphs, (graph) => {
        for (const { ingress = [], egress = [] } of antrea.render(graph, cluster).map(specOf)) {
          const rules = [...ingress, ...egress];
          expect(new Set(rules.map(({ action }) => action)).size).toBeLessThanOrEqual(1);
          expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
        }
      }),
    );
  });

  it('is the same bytes in whatever order the flows come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...mesh().flows], { minLength: mesh().flows.length }), (flows) => {
        expect(JSON.stringify(objects(canonical({ ...mesh(), flows })))).toBe(JSON.stringify(objects(mesh())));
      }),
    );
  });

  it('names hosts, and lets nothing else out of a tier to them', () => {
    const hosts: Endpoint = {
      kind: 'hosts',
      patterns: [
        { kind: 'exact', name: 'api.example.com' },
        { kind: 'any-depth', under: 'models.example.org' },
      ],
    };
    const graph = canonical({
      ...mesh(),
      flows: [flow(end(agent), hosts, ports.number('TCP', 443), 'models are asked')],
    });
    const [rendered] = objects(graph).filter(({ metadata }) => (metadata as { name: string }).name === 'agent');
    expect(specOf(rendered as Json).egress).toEqual([
      {
        name: 'egress-1',
        action: 'Allow',
        to: [{ fqdn: '*.models.example.org' }, { fqdn: 'api.example.com' }],
        ports: [{ protocol: 'TCP', port: 443 }],
      },
    ]);
    const plane = planeOf(objects(graph));
    const from: PodEnd = {
      namespaceLabels: { 'kubernetes.io/metadata.name': 'ai-agents' },
      labels: { app: 'agent' },
      ip: '172.20.0.9',
    };
    const reaches = (host: string, port = 443) => {
      const to: OutsideEnd = { ip: '203.0.113.9', host };
      return passes(plane, { from, to, protocol: 'TCP', port });
    };
    expect(['api.example.com', 'a.b.models.example.org'].map((host) => reaches(host))).toEqual([true, true]);
    expect(['models.example.org', 'example.com'].map((host) => reaches(host))).toEqual([false, false]);
    expect(reaches('api.example.com', 80)).toBe(false);
  });

  it('has no excepts for Antrea before 2.2, and means the same', () => {
    const [before, since] = [objects(mesh(), '2.1'), objects(mesh(), '2.2')];
    expect(JSON.stringify(since)).toContain('"except"');
    expect(JSON.stringify(before)).not.toContain('"except"');
    const [one, other] = [planeOf(before), planeOf(since)];
    expect(connections.filter((it) => passes(one, it) !== passes(other, it))).toEqual([]);
  });

  it('has blocks of multicast in rules of their own on the way out', () => {
    const everything = addresses('0.0.0.0/0', ['224.0.0.0/8']);
    const graph = canonical({ ...mesh(), flows: [flow(end(agent), everything, ports.everything, 'all')] });
    const [rendered] = objects(graph, '2.1').filter(({ metadata }) => (metadata as { name: string }).name === 'agent');
    const { egress = [] } = specOf(rendered as Json);
    expect(egress).toHaveLength(2);
    expect(JSON.stringify(egress[1])).toContain('"225.0.0.0/8"');
    expect(planeOf([rendered as Json]).problems).toBeUndefined();
  });
});

describe('a guardrail for Antrea', () => {
  const deny = (peer: Endpoint, more: Partial<GuardrailDeny> = {}): GuardrailDeny => {
    return { direction: 'egress', subject: everyPod, peer, ports: ports.everything, ...more };
  };

  it('denies in a tier before those of namespaces, and says for each rule whom it is applied to', () => {
    const [policyOfDenies, ...more] = guards(
      guarded({
        denies: [
          deny(addresses('169.254.169.254/32')),
          deny(addresses('192.0.2.0/24'), { direction: 'ingress', subject: podsIn('shop', selectors.anything) }),
        ],
      }),
    );
    expect(more).toEqual([]);
    expect(policyOfDenies).toEqual({
      apiVersion: 'crd.antrea.io/v1beta1',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'guard' },
      spec: {
        tier: 'securityops',
        priority: 1,
        ingress: [
          {
            name: 'ingress-1',
            action: 'Drop',
            appliedTo: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }],
            from: [{ ipBlock: { cidr: '192.0.2.0/24' } }],
          },
        ],
        egress: [
          {
            name: 'egress-1',
            action: 'Drop',
            appliedTo: [{ namespaceSelector: {} }],
            to: [{ ipBlock: { cidr: '169.254.169.254/32' } }],
          },
        ],
      },
      of: { kind: 'guardrail', name: 'guard' },
    });
  });

  it('isolates in the baseline tier, both ways and from outside too, where no policy of a namespace opens', () => {
    const graph = guarded({ isolates: [everyPod] });
    expect(guards(graph).map(({ spec }) => (spec as Spec).tier)).toEqual(['baseline']);
    const to: PodEnd = { namespaceLabels: { 'kubernetes.io/metadata.name': 'else' }, labels: {}, ip: '172.20.0.9' };
    const asked = { from: { ip: '203.0.113.9' }, to, protocol: 'TCP', port: 80 } as const;
    const opens = { podSelector: {}, ingress: [{}] };
    expect(passes(planeOf(objects(graph)), asked)).toBe(false);
    expect(passes(planeOf([...objects(graph), networkPolicy('else', 'opens', opens)]), asked)).toBe(true);
    const opensBefore = policy('else', 'opens', {
      priority: 9,
      appliedTo: [{ podSelector: {} }],
      ingress: [{ action: 'Allow' }],
    });
    expect(passes(planeOf([...objects(graph), opensBefore]), asked)).toBe(true);
  });

  it('leaves the addresses of pods out of the blocks that it denies', () => {
    const [{ spec }] = guards(guarded({ denies: [deny(addresses('172.16.0.0/12'))] }));
    const [rule] = (spec as Spec).egress ?? [];
    expect(rule?.to).toEqual([{ ipBlock: { cidr: '172.16.0.0/12', except: ['172.20.0.0/16'] } }]);
  });

  it('is two policies where it denies and isolates', () => {
    const graph = guarded({ denies: [deny(addresses('192.0.2.0/24'))], isolates: [everyPod] });
    expect(guards(graph).map(({ metadata }) => metadata.name)).toEqual(['guard', 'guard-2']);
  });
});
