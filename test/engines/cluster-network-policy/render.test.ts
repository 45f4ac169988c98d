import fc from 'fast-check';
import { clusterNetworkPolicy } from '../../../lib/engines/cluster-network-policy/engine';
import { kubernetes } from '../../../lib/engines/kubernetes/engine';
import type { PolicyManifest } from '../../../lib/engines/manifest';
import { canonical, type GraphData } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import type { Guardrail, GuardrailDeny } from '../../../lib/model/guardrail';
import * as ips from '../../../lib/model/ip-set';
import type { IpBlockMode, Plane } from '../../../lib/model/layer';
import { podSet, podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import { mesh } from '../../graph/graphs';
import { passes } from '../decide';
import { facts } from '../facts';
import { connections, guardedGraphs, isMeant } from '../guarded-graphs';
import { planeOf } from './planes';

const cluster = facts('cluster-network-policy');
const everyPod = podSet(selectors.anything, selectors.anything);

function deny(peer: Endpoint, more: Partial<GuardrailDeny> = {}): GuardrailDeny {
  return { direction: 'egress', subject: everyPod, peer, ports: ports.everything, ...more };
}

function addresses(...blocks: string[]): Endpoint {
  return { kind: 'addresses', addresses: ips.fromBlocks(blocks) };
}

function namespace(name: string): Endpoint {
  return { kind: 'pods', pods: podsIn(name, selectors.anything), owner: name };
}

function guarded(...guardrails: Partial<Guardrail>[]): GraphData {
  const whole = guardrails.map((it, i) => ({ name: `guard-${i}`, because: 'any', denies: [], isolates: [], ...it }));
  return canonical({ ...mesh(), guardrails: whole });
}

function clusterPolicies(graph: GraphData): PolicyManifest[] {
  return clusterNetworkPolicy.render(graph, cluster).filter(({ kind }) => kind === 'ClusterNetworkPolicy');
}

interface Spec {
  readonly tier: string;
  readonly priority: number;
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

interface Rule {
  readonly action: string;
  readonly from?: readonly object[];
  readonly to?: readonly { readonly networks?: readonly string[] }[];
  readonly protocols?: readonly object[];
}

/** As they are written, without what they are of. */
function bare(manifests: readonly PolicyManifest[]) {
  return manifests.map(({ of: _, ...object }) => object);
}

const specOf = ({ spec }: PolicyManifest) => spec as Spec;

/** Names of ports are refused (`limits`). */
function hasNumbersAlone({ guardrails = [] }: GraphData): boolean {
  return guardrails.every(({ denies }) => denies.every((deny) => !ports.hasNames(deny.ports)));
}

describe('a graph for ClusterNetworkPolicy', () => {
  it('has the NetworkPolicies that it has for Kubernetes alone, byte for byte', () => {
    const ours = clusterNetworkPolicy.render(mesh(), cluster);
    expect(JSON.stringify(ours)).toBe(JSON.stringify(kubernetes.render(mesh(), facts('kubernetes'))));
  });

  it.each<IpBlockMode>(['pods', 'external-only'])('lets pass what is meant, where blocks mean %s', (mode) => {
    fc.assert(
      fc.property(guardedGraphs.filter(hasNumbersAlone), (graph) => {
        const plane = planeOf(bare(clusterNetworkPolicy.render(graph, cluster)), mode);
        expect(plane.problems).toBeUndefined();
        const wrong = connections.filter((it) => passes(plane, it) !== isMeant(graph, it, { outsideIsOpen: true }));
        expect(wrong).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps within 25 rules, peers, networks and protocols, whatever the graph', () => {
    fc.assert(
      fc.property(guardedGraphs, (graph) => {
        for (const { ingress = [], egress = [] } of clusterPolicies(graph).map(specOf)) {
          expect(Math.max(ingress.length, egress.length)).toBeLessThanOrEqual(25);
          for (const { from, to, protocols } of [...ingress, ...egress]) {
            expect((from ?? to)?.length).toBeLessThanOrEqual(25);
            expect(protocols?.length ?? 1).toBeLessThanOrEqual(25);
            for (const { networks = [] } of to ?? []) expect(networks.length).toBeLessThanOrEqual(25);
          }
        }
      }),
    );
  });

  it('has a priority of its own for each policy of a tier, and a name of its own for each', () => {
    fc.assert(
      fc.property(guardedGraphs, (graph) => {
        const policies = clusterPolicies(graph);
        const ranks = policies.map((it) => `${specOf(it).tier} ${specOf(it).priority}`);
        expect(new Set(ranks).size).toBe(ranks.length);
        expect(new Set(policies.map(({ metadata }) => metadata.name)).size).toBe(policies.length);
      }),
    );
  });
});

describe('a guardrail as ClusterNetworkPolicy', () => {
  it('denies the metadata service before anything else is asked', () => {
    const [policy] = clusterPolicies(guarded({ denies: [deny(addresses('169.254.169.254/32'))] }));
    expect(policy).toEqual({
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'guard-0' },
      spec: {
        tier: 'Admin',
        priority: 0,
        subject: { namespaces: {} },
        egress: [{ action: 'Deny', to: [{ networks: ['169.254.169.254/32'] }] }],
      },
      of: { kind: 'guardrail', name: 'guard-0' },
    });
  });

  it.each([
    ['v1alpha2, which every release serves, where none is said', undefined, 'v1alpha2'],
    ['v1alpha2 before 0.3.0', '0.2.1', 'v1alpha2'],
    ['v1beta1 from 0.3.0 on', '0.3.0', 'v1beta1'],
    ['v1beta1 from 0.3.0 on, as the bundle is labelled', 'v0.10.0', 'v1beta1'],
  ])('is %s', (_, version, apiVersion) => {
    const graph = guarded({ denies: [deny(addresses('169.254.169.254/32'))] });
    const objects = clusterNetworkPolicy.render(graph, facts('cluster-network-policy', { version }));
    const [policy] = objects.filter(({ kind }) => kind === 'ClusterNetworkPolicy');
    expect(policy?.apiVersion).toBe(`policy.networking.k8s.io/${apiVersion}`);
    expect(planeOf(bare(objects), 'pods').problems).toBeUndefined();
  });

  it('has networks as the API server takes them from 0.2.1 on: without bits after the prefix', () => {
    fc.assert(
      fc.property(guardedGraphs, (graph) => {
        const networks = clusterPolicies(graph)
          .flatMap((it) => specOf(it).egress ?? [])
          .flatMap(({ to }) => to?.flatMap((peer) => peer.networks ?? []) ?? []);
        for (const network of networks) expect(ips.ipsText(ips.fromBlock(network))).toBe(network);
      }),
    );
  });

  it('never has a named port, which left the standard channel in 0.2.1', () => {
    fc.assert(
      fc.property(guardedGraphs, (graph) => {
        expect(JSON.stringify(clusterPolicies(graph))).not.toContain('destinationNamedPort');
      }),
    );
  });

  it('is default deny in the Baseline tier, which names everything that it can', () => {
    const [policy] = clusterPolicies(guarded({ isolates: [everyPod] }));
    expect(policy?.spec).toEqual({
      tier: 'Baseline',
      priority: 0,
      subject: { namespaces: {} },
      ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }],
      egress: [{ action: 'Deny', to: [{ namespaces: {} }, { networks: ['0.0.0.0/0', '::/0'] }] }],
    });
  });

  it('trap 18: denies both families where it denies everything', () => {
    const [policy] = clusterPolicies(guarded({ isolates: [everyPod] }));
    const networks = specOf(policy as PolicyManifest).egress?.flatMap(
      ({ to }) => to?.flatMap((it) => it.networks ?? []) ?? [],
    );
    expect(networks).toEqual(['0.0.0.0/0', '::/0']);
  });

  it('trap 6: leaves the addresses of pods out of its networks, which would match them', () => {
    const graph = guarded({ denies: [deny(addresses('172.16.0.0/12'))] });
    const { rules } = planeOf(bare(clusterPolicies(graph)), 'pods').layers[0] as Plane['layers'][number];
    const denied = rules.flatMap(({ peers }) => peers.flatMap((it) => (it.kind === 'addresses' ? [it.addresses] : [])));
    const wanted = ips.difference(ips.fromBlock('172.16.0.0/12'), ips.fromBlock('172.20.0.0/16'));
    expect(denied.map(ips.ipsText)).toEqual([ips.ipsText(wanted)]);
  });

  it('says a block with an except as blocks without, since the kind has none', () => {
    const peer: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('10.0.0.0/8', ['10.0.0.0/28']) };
    const [policy] = clusterPolicies(guarded({ denies: [deny(peer)] }));
    const networks = specOf(policy as PolicyManifest).egress?.[0]?.to?.flatMap((it) => it.networks ?? []) ?? [];
    expect(networks).toHaveLength(20);
    expect(ips.equal(ips.fromBlocks(networks), peer.kind === 'addresses' ? peer.addresses : ips.none)).toBe(true);
  });

  it('is split over peers where it has more than 25 networks', () => {
    const blocks = Array.from({ length: 60 }, (_, i) => `192.0.2.${i * 4}/32`);
    const [policy] = clusterPolicies(guarded({ denies: [deny(addresses(...blocks))] }));
    const sizes = specOf(policy as PolicyManifest).egress?.[0]?.to?.map(({ networks }) => networks?.length);
    expect(sizes).toEqual([25, 25, 10]);
  });

  it('is split over rules where it has more than 25 peers, and over policies where it has more than 25 rules', () => {
    const denies = Array.from({ length: 26 }, (_, i) => deny(namespace(`tenant-${i}`)));
    const perPort = Array.from({ length: 26 }, (_, i) => deny(namespace('all'), { ports: ports.number('TCP', i + 1) }));
    const [peers] = clusterPolicies(guarded({ denies })).map(specOf);
    expect(peers?.egress?.map(({ to }) => to?.length)).toEqual([25, 1]);
    const split = clusterPolicies(guarded({ denies: perPort }));
    expect(split.map(({ metadata, spec }) => [metadata.name, (spec as Spec).egress?.length])).toEqual([
      ['guard-0', 25],
      ['guard-0-2', 1],
    ]);
  });

  it('is split over rules where it has more than 25 ports', () => {
    const many = ports.union(...Array.from({ length: 60 }, (_, i) => ports.number('UDP', 2 * i + 1)));
    const [policy] = clusterPolicies(guarded({ denies: [deny(namespace('b'), { ports: many })] })).map(specOf);
    expect(policy?.egress?.map(({ protocols }) => protocols?.length)).toEqual([25, 25, 10]);
  });

  it('is split without taking the name of another guardrail', () => {
    const twoSubjects = [deny(namespace('a')), deny(namespace('b'), { subject: podsIn('c', selectors.anything) })];
    const names = clusterPolicies(
      guarded({ name: 'edge', denies: twoSubjects }, { name: 'edge-2', isolates: [everyPod] }),
    );
    expect(names.map(({ metadata, of }) => [metadata.name, (of as { name: string }).name])).toEqual([
      ['edge', 'edge'],
      ['edge-3', 'edge'],
      ['edge-2', 'edge-2'],
    ]);
  });

  it('is the same bytes in whatever order its denies come', () => {
    const denies = [
      deny(namespace('a')),
      deny(addresses('192.0.2.0/24'), { ports: ports.number('TCP', 80) }),
      deny(namespace('b'), { direction: 'ingress' }),
      deny(namespace('c'), { subject: podsIn('d', selectors.anything) }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(denies, { minLength: denies.length }), (shuffled) => {
        const text = JSON.stringify(clusterPolicies(guarded({ denies: shuffled })));
        expect(text).toBe(JSON.stringify(clusterPolicies(guarded({ denies }))));
      }),
    );
  });
});
