import type { Endpoint } from '../model/endpoint';
import type { Waiver } from '../model/flow';
import { type HostPattern, hostText } from '../model/host-pattern';
import * as ips from '../model/ip-set';
import type { PodSet } from '../model/pod-set';
import { isEverything, type PortSet, PROTOCOLS, type Protocol } from '../model/port-set';
import { remembered } from '../model/remembered';
import type { RequestMatch } from '../model/request-match';
import { toLabelSelector } from '../model/selector';
import type { Traffic } from '../model/traffic';

const FIRST_PORT = 1;
const LAST_PORT = 65535;

/** An end of a flow in JSON. */
export const endJson = remembered((end: Endpoint): object => {
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

export function podsJson({ namespaces, pods }: PodSet): object {
  return { namespaceSelector: toLabelSelector(namespaces), podSelector: toLabelSelector(pods) };
}

export function blocksJson(addresses: ips.IpSet): object[] {
  return ips.blocks(addresses).map(({ cidr, except }) => ({ cidr, ...unlessEmpty({ except }) }));
}

export function trafficJson({ ports, requests }: Traffic): object {
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

/** Lists that are not empty: of most flows nothing is excepted, acknowledged or noted, and a document need not say so. */
export function unlessEmpty(lists: Readonly<Record<string, readonly unknown[]>>): object {
  const present: Record<string, readonly unknown[]> = {};
  for (const name of Object.keys(lists)) if (lists[name].length > 0) present[name] = lists[name];
  return present;
}

export function waiverJson({ rule, because }: Waiver): object {
  return { rule, because };
}
