/** Random objects of Calico, of what is read: conjunctions, addresses of IPv4, ports of TCP and UDP, and tiers. */
import fc from 'fast-check';
import type { Connection, PodEnd } from '../decide';
import type { CalicoObject, CalicoRule } from './naive';

const podCondition = fc.constantFrom(
  "app == 'x'",
  "app != 'x'",
  "app in {'x', 'y'}",
  "app not in {'x', 'y'}",
  'has(app)',
  '!has(app)',
  "!app == 'y'",
  'all()',
  "projectcalico.org/namespace == 'a'",
  "projectcalico.org/namespace != 'a'",
);
const podSelector = fc.array(podCondition, { minLength: 1, maxLength: 2 }).map((all) => all.join(' && '));
const namespaceSelector = fc.constantFrom(
  'all()',
  "team == 'red'",
  'has(team)',
  "projectcalico.org/name == 'b'",
  "has(team) && team not in {'blue'}",
  'has(projectcalico.org/name) && !has(team)',
);

const pods = fc.record({ selector: podSelector, namespaceSelector }, { requiredKeys: ['namespaceSelector'] });
const ownPods = fc.record({ selector: podSelector });
const blocks = fc.subarray(['10.0.0.0/8', '10.1.0.0/16', '10.1.0.4/30', '192.0.2.0/24', '0.0.0.0/0'], { minLength: 1 });
const notBlocks = fc.subarray(['10.1.0.0/16', '10.1.0.2/31', '192.0.2.7/32', '128.0.0.0/1'], { minLength: 1 });
const addresses = fc.oneof(
  fc.record({ nets: blocks }),
  fc.record({ nets: blocks, notNets: notBlocks }),
  fc.record({ notNets: notBlocks }),
);

const list = fc.subarray<number | string>([80, 443, '8000:8100', 'http'], { minLength: 1 });
const without = fc.subarray<number | string>([443, '8050:9000'], { minLength: 1 });
const onPorts = fc.oneof(
  fc.constant({}),
  fc.record({ ports: list }),
  fc.record({ notPorts: without }),
  fc.record({ ports: fc.constant([80, '8000:8100']), notPorts: without }),
);
const traffic = fc.oneof(
  fc.constant({ ports: {} }),
  fc.record({ protocol: fc.constantFrom('TCP', 'UDP'), ports: onPorts }),
);

const action = fc.constantFrom('Allow', 'Allow', 'Deny', 'Pass', 'Log');

function rulesOf(direction: 'ingress' | 'egress', peer: fc.Arbitrary<object>, narrowing: fc.Arbitrary<object>) {
  const own = fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: narrowing });
  const one = fc
    .record({ action, traffic, peer: fc.oneof(fc.constant({}), peer, addresses), own })
    .map(
      ({ action: does, traffic: { ports, ...protocol }, peer: other, own: mine }): CalicoRule =>
        direction === 'ingress'
          ? { action: does, ...protocol, source: other, destination: { ...mine, ...ports } }
          : { action: does, ...protocol, source: mine, destination: { ...other, ...ports } },
    );
  return fc.array(one, { maxLength: 3 });
}

const types = fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']);
const place = fc.record(
  { order: fc.constantFrom(-1, 0, 1000, 1000, 2000), tier: fc.constantFrom('kube-admin', 'default', 'early', 'late') },
  { requiredKeys: [] },
);
const name = fc.constantFrom('a', 'b', 'c', 'd');

const namespaced: fc.Arbitrary<CalicoObject> = fc
  .record({
    name,
    namespace: fc.constantFrom('a', 'b'),
    place,
    types,
    selector: podSelector,
    ingress: rulesOf('ingress', fc.oneof(pods, ownPods), ownPods),
    egress: rulesOf('egress', fc.oneof(pods, ownPods), ownPods),
    kind: fc.constantFrom('NetworkPolicy', 'NetworkPolicy', 'NetworkPolicy', 'StagedNetworkPolicy'),
  })
  .map(({ kind, name: called, namespace, place: where, ...spec }) => ({
    kind,
    metadata: { name: called, namespace },
    spec: { ...where, ...spec },
  }));

const clusterWide: fc.Arbitrary<CalicoObject> = fc
  .record({
    name,
    place,
    types,
    about: fc.oneof(pods, ownPods),
    ingress: rulesOf('ingress', pods, pods),
    egress: rulesOf('egress', pods, pods),
  })
  .map(({ name: called, place: where, about, ...spec }) => ({
    kind: 'GlobalNetworkPolicy',
    metadata: { name: called },
    spec: { ...where, ...about, ...spec },
  }));

const tiers: readonly (readonly CalicoObject[])[] = [
  [tier('early', 5, 'Pass'), tier('late', undefined, 'Deny')],
  [tier('early', 1000, 'Deny'), tier('late', 2_000_000, 'Pass')],
];

function tier(called: string, order: number | undefined, defaultAction: string): CalicoObject {
  return { kind: 'Tier', metadata: { name: called }, spec: { ...(order !== undefined && { order }), defaultAction } };
}

/** Policies with names of their own, and their tiers. */
export const objects: fc.Arbitrary<CalicoObject[]> = fc
  .tuple(
    fc.constantFrom(...tiers),
    fc.uniqueArray(fc.oneof(namespaced, clusterWide), {
      selector: ({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`,
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([own, policies]) => [...own, ...policies].map((it) => ({ apiVersion: 'projectcalico.org/v3', ...it })));

function pod(namespace: string, ip: string, labels: Record<string, string>, team?: string): PodEnd {
  return {
    namespaceLabels: { 'kubernetes.io/metadata.name': namespace, ...(team !== undefined && { team }) },
    labels,
    ip,
    ports: [
      { name: 'http', protocol: 'TCP', number: 8080 },
      { name: 'http', protocol: 'UDP', number: 443 },
    ],
  };
}

const ends: readonly Connection['to'][] = [
  pod('a', '10.1.0.1', { app: 'x' }, 'red'),
  pod('a', '10.1.0.2', {}, 'red'),
  pod('b', '10.1.0.5', { app: 'y' }, 'blue'),
  pod('b', '10.2.0.1', { app: 'z' }, 'blue'),
  pod('c', '10.1.0.3', { app: 'x' }),
  { ip: '192.0.2.7' },
  { ip: '10.3.0.1' },
];

export const connections: readonly Connection[] = ends.flatMap((from) =>
  ends
    .filter((to) => to !== from && ('labels' in from || 'labels' in to))
    .flatMap((to) =>
      ([80, 443, 8080, 8090] as const).flatMap((port) =>
        (['TCP', 'UDP'] as const).map((protocol) => ({ from, to, protocol, port })),
      ),
    ),
);
