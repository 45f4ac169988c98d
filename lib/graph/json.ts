import type { Endpoint } from '../model/endpoint';
import type { Flow, Waiver } from '../model/flow';
import * as ips from '../model/ip-set';
import type { PodSet } from '../model/pod-set';
import { isEverything, type PortSet, PROTOCOLS, type Protocol } from '../model/port-set';
import { toLabelSelector } from '../model/selector';
import type { Traffic } from '../model/traffic';
import type { GraphData, GraphNamespace, GraphTier } from './graph-data';
import { remembered } from './remembered';

/** Names the schema of the JSON form; a change that a reader could trip over gets a new number. */
export const SCHEMA = 'cdk8s-zero-trust/policy-graph/v1';

const FIRST_PORT = 1;
const LAST_PORT = 65535;

/** The graph as JSON for programs, indented, as a file; `docs/policy-graph.md` documents it field by field. */
export function toJson(data: GraphData): string {
  return `${JSON.stringify(graphJson(data), undefined, 2)}\n`;
}

/** The same on one line without spaces, for an annotation. */
export function toCompactJson(data: GraphData): string {
  return JSON.stringify(graphJson(data));
}

function graphJson({ cluster, namespaces, tiers, flows }: GraphData): object {
  const { engine, version, name } = cluster;
  return {
    schema: SCHEMA,
    cluster: { engine, ...(version === undefined ? {} : { version }), ...(name === undefined ? {} : { name }) },
    namespaces: namespaces.map(namespaceJson),
    tiers: tiers.map(tierJson),
    flows: flows.map(flowJson),
  };
}

function namespaceJson({ name, purpose, management, podSecurity, acknowledged }: GraphNamespace): object {
  return { name, purpose, management, podSecurity, acknowledged: acknowledged.map(waiverJson) };
}

function tierJson({ namespace, name, role, pods, notes, acknowledged }: GraphTier): object {
  return { namespace, name, role, pods: podsJson(pods), notes: [...notes], acknowledged: acknowledged.map(waiverJson) };
}

function flowJson({ from, to, traffic, because, excepted, acknowledged, notes }: Flow): object {
  return {
    from: endJson(from),
    to: endJson(to),
    traffic: trafficJson(traffic),
    because: [...because],
    excepted: excepted.map((part) => ({ blocks: blocksJson(part.addresses), because: part.because })),
    acknowledged: acknowledged.map(waiverJson),
    notes: [...notes],
  };
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
  }
});

function podsJson({ namespaces, pods }: PodSet): object {
  return { namespaceSelector: toLabelSelector(namespaces), podSelector: toLabelSelector(pods) };
}

function blocksJson(addresses: ips.IpSet): object[] {
  return ips.blocks(addresses).map(({ cidr, except }) => ({ cidr, except: [...except] }));
}

function trafficJson({ ports }: Traffic): object {
  if (isEverything(ports)) return { kind: 'everything' };
  return { kind: 'ports', ports: PROTOCOLS.flatMap((protocol) => portsJson(protocol, ports)) };
}

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
