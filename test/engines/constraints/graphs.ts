import { canonical, type GraphData } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import type { EngineName } from '../../../lib/model/engine-name';
import type { GuardrailDeny } from '../../../lib/model/guardrail';
import { exactHost } from '../../../lib/model/host-pattern';
import * as ips from '../../../lib/model/ip-set';
import { podSet, podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import type { HttpMatch, RequestMatch } from '../../../lib/model/request-match';
import * as selectors from '../../../lib/model/selector';
import { portTraffic } from '../../../lib/model/traffic';
import { addresses, end, flow, gateway, mesh, vllm } from '../../graph/graphs';

const tcp = ports.number('TCP', 8000);
const get: RequestMatch = { protocol: 'http', methods: ['GET'] };
const everyPod = podSet(selectors.anything, selectors.anything);
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** Who may reach the model, and how. */
function serving(traffic: ports.PortSet, requests?: readonly RequestMatch[], from: Endpoint = end(gateway)): GraphData {
  const one = { ...flow(from, end(vllm), traffic, 'users ask'), traffic: portTraffic(traffic, requests) };
  return canonical({ ...mesh(), flows: [one] });
}

/** What the gateway may reach. */
function reaching(to: Endpoint, traffic = ports.number('TCP', 443)): GraphData {
  return canonical({ ...mesh(), flows: [flow(end(gateway), to, traffic, 'any')] });
}

function denying(...denies: Partial<GuardrailDeny>[]): GraphData {
  const whole = denies.map((deny): GuardrailDeny => {
    const peer = addresses('192.0.2.0/24');
    return { direction: 'egress', subject: everyPod, peer, ports: ports.everything, ...deny };
  });
  return canonical({ ...mesh(), guardrails: [{ name: 'guard', because: 'any', denies: whole, isolates: [] }] });
}

const dns: Endpoint = {
  kind: 'pods',
  pods: podsIn('kube-system', selectors.fromLabels({ 'k8s-app': 'kube-dns' })),
  owner: 'the platform',
};
const hosts: Endpoint = { kind: 'hosts', patterns: [exactHost('api.example.com')] };

/** Names whose answers come from two ports side by side. */
function resolvingOnARange(): GraphData {
  const servers = ports.union(ports.range('UDP', 53, 54), ports.range('TCP', 53, 54));
  return canonical({
    ...mesh(),
    flows: [
      flow(end(gateway), dns, servers, 'names are resolved'),
      flow(end(gateway), hosts, ports.number('TCP', 443), 'any'),
    ],
  });
}

/** The cluster in which `resolvingOnARange` is about its DNS. */
export const dnsOnARange = {
  flavour: 'two ports',
  servers: [{ endpoint: dns, ports: ports.union(ports.range('UDP', 53, 54), ports.range('TCP', 53, 54)) }],
};

const longSelector = podSet(
  selectors.anything,
  selectors.fromRequirements([{ key: 'app', operator: 'In', values: many(30, (i) => `${'a'.repeat(60)}${i}`) }]),
);
const longName = exactHost(`${'a.'.repeat(127)}aa`);

/** Graphs that an engine would have to break a rule for, and refuses: the rule and how, the engine, the graph, the refusal. */
export const REFUSED_GRAPHS: readonly (readonly [string, EngineName, GraphData, string])[] = [
  ['cilium-requests-are-on-tcp: UDP', 'cilium', serving(ports.number('UDP', 8000), [get]), 'engine-requests'],
  ['cilium-requests-are-on-a-port: every port', 'cilium', serving(ports.allOf('TCP'), [get]), 'engine-requests'],
  [
    'cilium-one-protocol-of-requests-in-a-rule: HTTP and DNS',
    'cilium',
    serving(tcp, [get, { protocol: 'dns', pattern: '*' }]),
    'engine-requests',
  ],
  [
    'cilium-names-of-255-characters: 256',
    'cilium',
    canonical({
      ...mesh(),
      flows: [
        flow(end(gateway), dns, ports.number('UDP', 53), 'names are resolved'),
        flow(end(gateway), { kind: 'hosts', patterns: [longName] }, ports.number('TCP', 443), 'any'),
      ],
    }),
    'engine-host-names',
  ],
  [
    'calico-selectors-of-1024-characters: a peer with more',
    'calico',
    serving(tcp, undefined, { kind: 'pods', pods: longSelector, owner: 'any' }),
    'engine-selector-length',
  ],
  ['calico-http-is-on-tcp: UDP', 'calico', serving(ports.number('UDP', 8000), [get]), 'engine-requests'],
  [
    'calico-http-is-of-ingress: pods of others answer',
    'calico',
    canonical({
      ...mesh(),
      flows: [{ ...flow(end(gateway), dns, tcp, 'any'), traffic: portTraffic(tcp, [get]) }],
    }),
    'engine-requests',
  ],
  ['antrea-requests-are-on-tcp: any request', 'antrea', serving(tcp, [get]), 'engine-requests'],
  [
    'cluster-network-policy-named-ports-are-of-pods: addresses',
    'cluster-network-policy',
    denying({ ports: ports.named('TCP', 'http') }),
    'engine-named-ports',
  ],
  [
    'cluster-network-policy-names-are-accepted: denied',
    'cluster-network-policy',
    denying({ peer: hosts }),
    'engine-host-names',
  ],
  [
    'cluster-network-policy-nodes-are-experimental: denied',
    'cluster-network-policy',
    denying({ peer: { kind: 'entity', entity: 'nodes' } }),
    'engine-entity',
  ],
  [
    'cluster-network-policy-names-are-experimental: reached',
    'cluster-network-policy',
    reaching(hosts),
    'engine-host-names',
  ],
];

const below = many(
  21,
  (i): HttpMatch => ({
    protocol: 'http',
    methods: many(21, (n) => `M${n}`).sort(),
    path: { segments: [`p${i}`], below: true },
  }),
);
const holes = many(300, (i) => `198.51.${2 * Math.floor(i / 128)}.${2 * (i % 128)}/32`);
const scattered: Endpoint = {
  kind: 'addresses',
  addresses: ips.fromBlocks(many(300, (i) => `203.${Math.floor(i / 128)}.113.${2 * (i % 128)}/32`)),
};
const everySort = ports.union(
  ports.range('TCP', 8000, 8100),
  ports.named('TCP', 'http'),
  ports.number('UDP', 53),
  ports.range('SCTP', 5, 6),
);
const scatteredPorts = ports.union(...many(120, (i) => ports.number('TCP', 1000 + 2 * i)));
const manyFlows = canonical({
  ...mesh(),
  flows: many(1100, (i) =>
    flow(addresses(`198.${18 + Math.floor(i / 256)}.${i % 256}.0/24`), end(vllm), ports.number('TCP', 1 + i), 'any'),
  ),
});
const severalKinds = canonical({
  ...mesh(),
  flows: [
    flow(end(gateway), end(vllm), tcp, 'any'),
    flow(end(gateway), addresses('192.0.2.0/24', ['192.0.2.1/32']), tcp, 'any'),
    flow(end(gateway), { kind: 'entity', entity: 'api-server' }, tcp, 'any'),
    flow(end(gateway), dns, ports.union(ports.number('UDP', 53), ports.number('TCP', 53)), 'any'),
    flow(end(gateway), hosts, tcp, 'any'),
  ],
});
const tenants = denying(
  ...many(30, (i) => ({
    subject: podSet(selectors.anything, selectors.fromLabels({ tenant: `t${i}` })),
    peer: addresses(`192.0.2.${i}/32`),
  })),
  { peer: scattered },
);

/**
 * Graphs that an engine takes although one object, or one rule of it, could break a rule: the rule and how, the engine, the
 * graph.
 */
export const KEPT_GRAPHS: readonly (readonly [string, EngineName, GraphData])[] = [
  ['kubernetes-end-port-is-beside-a-number: ranges and names', 'kubernetes', serving(everySort)],
  ['kubernetes-end-port-is-not-below-port: ranges', 'kubernetes', serving(everySort)],
  [
    'kubernetes-except-is-strictly-inside: exceptions at both ends of a block',
    'kubernetes',
    serving(tcp, undefined, addresses('192.0.2.0/24', ['192.0.2.0/25', '192.0.2.255/32'])),
  ],
  ['kubernetes-block-is-beside-no-selector: pods and addresses', 'kubernetes', mesh()],
  ['cilium-one-kind-of-peer-in-a-rule: every kind on the same ports', 'cilium', severalKinds],
  ['cilium-40-ports-in-a-rule: 120', 'cilium', serving(scatteredPorts)],
  ['cilium-40-ports-in-a-rule: 120 with requests', 'cilium', serving(scatteredPorts, [get])],
  ['cilium-dns-rules-have-no-range: DNS on 53 and 54', 'cilium', resolvingOnARange()],
  ['cilium-some-rule: tiers without flows', 'cilium', serving(tcp)],
  ['calico-1024-rules: 1100', 'calico', manyFlows],
  ['calico-50-ports: 120', 'calico', serving(scatteredPorts)],
  ['calico-256-nets: 300', 'calico', serving(tcp, undefined, scattered)],
  ['calico-256-nets: 300 that are left out', 'calico', serving(tcp, undefined, addresses('198.51.0.0/16', holes))],
  ['calico-20-methods: 21', 'calico', serving(tcp, below)],
  ['calico-20-paths: 42', 'calico', serving(tcp, below)],
  ['calico-http-is-of-ingress: both ends are ours', 'calico', serving(tcp, [get])],
  ['calico-services-are-alone: DNS', 'calico', reaching(dns, ports.number('UDP', 53))],
  ['antrea-names-of-rules-are-unique: several rules', 'antrea', mesh()],
  [
    'antrea-except-is-strictly-inside: exceptions at both ends of a block',
    'antrea',
    serving(tcp, undefined, addresses('192.0.2.0/24', ['192.0.2.0/25', '192.0.2.255/32'])),
  ],
  ['antrea-applied-in-one-place: guardrails on several subjects', 'antrea', tenants],
  [
    'antrea-exclusive-peers: pods, addresses and names',
    'antrea',
    canonical({ ...severalKinds, flows: severalKinds.flows.filter(({ to }) => to.kind !== 'entity') }),
  ],
  [
    'cluster-network-policy-ranges-go-up: single ports and ranges',
    'cluster-network-policy',
    denying({ ports: ports.union(ports.number('TCP', 80), ports.range('UDP', 5, 6)) }),
  ],
  ['cluster-network-policy-25-rules: 31 denies', 'cluster-network-policy', tenants],
  ['cluster-network-policy-25-peers: 300 blocks', 'cluster-network-policy', denying({ peer: scattered })],
  [
    'cluster-network-policy-one-field-of-a-peer: pods and addresses',
    'cluster-network-policy',
    denying({}, { peer: { kind: 'pods', pods: podsIn('shop', selectors.anything), owner: 'the shop' } }),
  ],
];
