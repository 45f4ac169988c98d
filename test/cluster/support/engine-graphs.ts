import fc from 'fast-check';
import { canonical, type GraphData } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import type { EngineName } from '../../../lib/model/engine-name';
import * as ips from '../../../lib/model/ip-set';
import { podSet } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import type { RequestMatch } from '../../../lib/model/request-match';
import * as selectors from '../../../lib/model/selector';
import { portTraffic } from '../../../lib/model/traffic';
import { dnsPorts, kubeDns, richGraphs } from '../../engines/cilium/graphs';
import { guardedGraphs } from '../../engines/guarded-graphs';
import { addresses, end, flow, gateway, mesh, vllm } from '../../graph/graphs';

const everyPod = podSet(selectors.anything, selectors.anything);
const http = ports.number('TCP', 8000);

/** Graphs that use, one by one, what engines can say; each engine is given those that it takes. */
export function engineGraphs(engine: EngineName): readonly (readonly [string, GraphData])[] {
  // Constructs give entities to the engines that have them, and addresses to the others.
  return engine === 'cilium' ? [...GRAPHS, ['the API server and nodes', entities()], ...RICH] : GRAPHS;
}

const GRAPHS: readonly (readonly [string, GraphData])[] = [
  ['the mesh', mesh()],
  ['every sort of port', allowing(end(gateway), everyPort())],
  ['addresses of both families with exceptions', allowing(wide(), http)],
  ['requests', allowing(end(gateway), http, requests())],
  ['more ports than one rule takes', allowing(end(gateway), manyPorts())],
  ['more addresses than one rule takes', allowing({ kind: 'addresses', addresses: manyAddresses() }, http)],
  ['more rules than one policy takes', manyFlows()],
  ['names of hosts', hosts()],
  ['what is only tried out', audited()],
  ['guardrails', guarded()],
  ['guardrails of nodes', guardedNodes()],
  ...fc.sample(guardedGraphs, { seed: 5, numRuns: 40 }).map((graph, i) => [`random graph ${i}`, graph] as const),
];

/** Of all that Cilium can say. */
const RICH = fc.sample(richGraphs, { seed: 6, numRuns: 40 }).map((graph, i) => [`rich graph ${i}`, graph] as const);

function allowing(from: Endpoint, traffic: ports.PortSet, only?: readonly RequestMatch[]): GraphData {
  const one = { ...flow(from, end(vllm), traffic, 'users reach the model'), traffic: portTraffic(traffic, only) };
  return canonical({ ...mesh(), flows: [one] });
}

function everyPort(): ports.PortSet {
  return ports.union(
    ports.number('TCP', 80),
    ports.range('TCP', 8000, 8100),
    ports.named('TCP', 'metrics'),
    ports.allOf('UDP'),
    ports.number('SCTP', 36412),
  );
}

function wide(): Endpoint {
  const v4 = ips.fromBlock('0.0.0.0/0', ['10.0.0.0/8', '192.168.0.0/16']);
  return { kind: 'addresses', addresses: ips.union(v4, ips.fromBlock('2000::/3', ['2001:db8::/32'])) };
}

function requests(): RequestMatch[] {
  return [
    { protocol: 'http', methods: ['POST'], path: { segments: ['v1', 'chat', 'completions'], below: false } },
    { protocol: 'http', methods: ['GET'], path: { segments: ['v1', 'models'], below: true } },
  ];
}

function manyPorts(): ports.PortSet {
  return ports.union(...Array.from({ length: 120 }, (_, i) => ports.number('TCP', 1000 + 2 * i)));
}

function manyAddresses(): ips.IpSet {
  return ips.fromBlocks(Array.from({ length: 300 }, (_, i) => `198.51.${Math.floor(i / 128)}.${2 * (i % 128)}/32`));
}

function manyFlows(): GraphData {
  const flows = Array.from({ length: 1100 }, (_, i) =>
    flow(
      addresses(`198.${18 + Math.floor(i / 256)}.${i % 256}.0/24`),
      end(vllm),
      ports.number('TCP', 1 + i),
      'partners ask',
    ),
  );
  return canonical({ ...mesh(), flows });
}

function hosts(): GraphData {
  const to: Endpoint = {
    kind: 'hosts',
    patterns: [
      { kind: 'any-depth', under: 's3.example.com' },
      { kind: 'exact', name: 'api.example.com' },
    ],
  };
  const flows = [
    flow(end(gateway), kubeDns, dnsPorts, 'names are resolved'),
    flow(end(gateway), to, ports.number('TCP', 443), 'models are loaded'),
  ];
  return canonical({ ...mesh(), flows });
}

function entities(): GraphData {
  const flows = (['api-server', 'nodes'] as const).map((entity) =>
    flow(end(gateway), { kind: 'entity', entity }, ports.number('TCP', 6443), 'the gateway watches its routes'),
  );
  return canonical({ ...mesh(), flows });
}

function audited(): GraphData {
  return canonical({ ...mesh(), namespaces: mesh().namespaces.map((it) => ({ ...it, rollout: 'audit' as const })) });
}

function guarded(): GraphData {
  const denied = (peer: Endpoint) =>
    ({ direction: 'egress', subject: everyPod, peer, ports: ports.everything }) as const;
  const outside = selectors.fromRequirements([
    { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] },
  ]);
  return canonical({
    ...mesh(),
    guardrails: [
      { name: 'no-metadata', because: 'any', denies: [denied(addresses('169.254.169.254/32'))], isolates: [] },
      { name: 'closed', because: 'any', denies: [], isolates: [podSet(outside, selectors.anything)] },
    ],
  });
}

function guardedNodes(): GraphData {
  const allows = [
    { direction: 'ingress', peer: addresses('192.0.2.0/24'), ports: ports.number('TCP', 22), because: 'any' },
    { direction: 'egress', peer: wide(), ports: ports.number('UDP', 53), because: 'any' },
  ] as const;
  const nodes = selectors.fromLabels({ pool: 'gpu' });
  return canonical({ ...mesh(), hostGuardrails: [{ name: 'nodes', because: 'any', nodes, allows }] });
}
