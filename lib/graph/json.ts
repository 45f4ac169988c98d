import type { Endpoint } from '../model/endpoint';
import type { Flow, Waiver } from '../model/flow';
import type { Guardrail, HostGuardrail } from '../model/guardrail';
import { type HostPattern, hostText } from '../model/host-pattern';
import * as ips from '../model/ip-set';
import type { PodSet } from '../model/pod-set';
import { isEverything, type PortSet, PROTOCOLS, type Protocol } from '../model/port-set';
import { remembered } from '../model/remembered';
import type { RequestMatch } from '../model/request-match';
import { toLabelSelector } from '../model/selector';
import type { Traffic } from '../model/traffic';
import type { GraphCluster, GraphData, GraphNamespace, GraphTier } from './graph-data';

/** Names the schema of the JSON form; a change that a reader could trip over gets a new number. */
export const SCHEMA = 'cdk8s-zero-trust/policy-graph/v1';

const FIRST_PORT = 1;
const LAST_PORT = 65535;

/** The graph as JSON for programs, indented, as a file; `docs/policy-graph.md` documents it field by field. */
export function toJson(data: GraphData): string {
  return `${JSON.stringify(graphJson(data), undefined, 2)}\n`;
}

function graphJson({ cluster, namespaces, tiers, flows, guardrails = [], hostGuardrails = [] }: GraphData): object {
  return {
    schema: SCHEMA,
    cluster: clusterJson(cluster),
    namespaces: namespaces.map(namespaceJson),
    tiers: tiers.map(tierJson),
    flows: flows.map(flowJson),
    ...unlessEmpty({
      guardrails: guardrails.map(guardrailJson),
      hostGuardrails: hostGuardrails.map(hostGuardrailJson),
    }),
  };
}

function guardrailJson({ name, because, denies, isolates }: Guardrail): object {
  return {
    name,
    because,
    ...unlessEmpty({
      denies: denies.map(({ direction, subject, peer, ports }) => ({
        direction,
        pods: podsJson(subject),
        peer: endJson(peer),
        traffic: trafficJson({ kind: 'ports', ports }),
      })),
      isolates: isolates.map(podsJson),
    }),
  };
}

function hostGuardrailJson({ name, because, nodes, allows }: HostGuardrail): object {
  return {
    name,
    because,
    nodes: toLabelSelector(nodes),
    ...unlessEmpty({
      allows: allows.map(({ direction, peer, ports, because: why }) => ({
        direction,
        peer: endJson(peer),
        traffic: trafficJson({ kind: 'ports', ports }),
        because: why,
      })),
    }),
  };
}

function clusterJson({ engine, version, name }: GraphCluster): object {
  return { engine, ...(version === undefined ? {} : { version }), ...(name === undefined ? {} : { name }) };
}

function namespaceJson({ name, purpose, management, podSecurity, rollout, acknowledged }: GraphNamespace): object {
  const enforced = { name, purpose, management, podSecurity, ...(rollout === undefined ? {} : { rollout }) };
  return { ...enforced, ...unlessEmpty({ acknowledged: acknowledged.map(waiverJson) }) };
}

function tierJson({ namespace, name, role, pods, notes, acknowledged }: GraphTier): object {
  const about = unlessEmpty({ notes, acknowledged: acknowledged.map(waiverJson) });
  return { namespace, name, role, pods: podsJson(pods), ...about };
}

function flowJson({ from, to, traffic, because, encrypted, excepted, acknowledged, notes }: Flow): object {
  return {
    from: endJson(from),
    to: endJson(to),
    traffic: trafficJson(traffic),
    because,
    ...(encrypted ? { encrypted } : {}),
    ...unlessEmpty({
      excepted: excepted.map((part) => ({ blocks: blocksJson(part.addresses), because: part.because })),
      acknowledged: acknowledged.map(waiverJson),
      notes,
    }),
  };
}

/** Most flows have nothing excepted, acknowledged or noted; a document need not say so. */
function unlessEmpty(lists: Readonly<Record<string, readonly unknown[]>>): object {
  const present: Record<string, readonly unknown[]> = {};
  for (const name of Object.keys(lists)) if (lists[name].length > 0) present[name] = lists[name];
  return present;
}

function waiverJson({ rule, because }: Waiver): object {
  return { rule, because };
}

const endJson = remembered((end: Endpoint): object => {
  switch (end.kind) {
    case 'tier':
      return { kind: 'tier', namespace: end.namespace, name: end.name };
    case 'pods':
      return { kind: 'pods', pods: podsJson(end.pods), owner: end.owner };
    case 'addresses':
      return {
        kind: 'addresses',
        ...(end.name === undefined ? {} : { name: end.name }),
        blocks: blocksJson(end.addresses),
      };
    case 'hosts':
      return { kind: 'hosts', hosts: end.patterns.map(hostJson) };
    case 'entity':
      return { kind: 'entity', entity: end.entity };
  }
});

function hostJson(pattern: HostPattern): object {
  switch (pattern.kind) {
    case 'exact':
      return { exact: pattern.name };
    case 'one-label':
      return { oneLabelUnder: pattern.under };
    case 'any-depth':
      return { anyDepthUnder: pattern.under };
    default:
      throw new Error(`Internal error: a declared flow has the host pattern ${hostText(pattern)}`);
  }
}

function podsJson({ namespaces, pods }: PodSet): object {
  return { namespaceSelector: toLabelSelector(namespaces), podSelector: toLabelSelector(pods) };
}

function blocksJson(addresses: ips.IpSet): object[] {
  return ips.blocks(addresses).map(({ cidr, except }) => ({ cidr, ...unlessEmpty({ except }) }));
}

function trafficJson({ ports, requests }: Traffic): object {
  if (isEverything(ports)) return { kind: 'everything' };
  return {
    kind: 'ports',
    ports: portListJson(ports),
    ...(requests === undefined ? {} : { requests: requests.map(requestJson) }),
  };
}

/** A free segment of a path is null. */
function requestJson(match: RequestMatch): object {
  if (match.protocol !== 'http' || match.path === undefined) return match;
  const { path, ...others } = match;
  return { ...others, path: { ...path, segments: path.segments.map((segment) => segment ?? null) } };
}

const portListJson = remembered((ports: PortSet): object[] =>
  PROTOCOLS.flatMap((protocol) => portsJson(protocol, ports)),
);

/** As NetworkPolicy writes ports: all of a protocol, one number, a range that ends at `endPort`, or a name. */
function portsJson(protocol: Protocol, ports: PortSet): object[] {
  const { ranges, names } = ports[protocol];
  return [
    ...ranges.map(([first, last]) => {
      if (first === FIRST_PORT && last === LAST_PORT) return { protocol };
      return first === last ? { protocol, port: first } : { protocol, port: first, endPort: last };
    }),
    ...names.map((name) => ({ protocol, port: name })),
  ];
}
