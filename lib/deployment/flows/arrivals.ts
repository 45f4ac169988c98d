import { throughNote } from '../../cluster/load-balancers';
import * as ips from '../../model/ip-set';
import type { Problem } from '../../model/problem';
import type { Balancer } from '../../values/load-balancer';
import { Endpoint, type IPeer, type PeerSpec } from '../../values/peer';
import type { SourceAddress } from '../../values/source-address';
import type { HandedOnBy } from '../records';

/** As whom clients come to the pods, or those who check whether they may. */
export interface Arrival {
  /** Undefined for the clients as themselves. */
  readonly peer?: IPeer;
  readonly handedOnBy?: HandedOnBy;
  readonly keepsSource?: boolean;
  readonly notes: readonly string[];
}

/** The clients, and the health checks of what is between them and the pods. */
export interface Arrivals {
  readonly clients: Arrival;
  readonly checks?: Arrival & { readonly because: string };
}

/** What pods see where their author says so. */
export function arrivalsSeenAs(seenAs: SourceAddress, client: PeerSpec): Arrivals {
  const ranges = seenAs._ranges;
  if (ranges === undefined) return { clients: { keepsSource: true, notes: [] } };
  return { clients: { peer: addressesPeer(ranges), handedOnBy: 'nodes', notes: [notTold(client)] } };
}

/** What pods see behind a balancer that is known. */
export function arrivalsThrough(balancer: Balancer, client: PeerSpec): Arrivals {
  const checks = checksOf(balancer);
  return { clients: clientsOf(balancer, client), ...(checks && { checks }) };
}

function clientsOf({ facts: { title, sees }, addresses }: Balancer, client: PeerSpec): Arrival {
  const through = throughNote(title);
  switch (sees) {
    case 'clients':
    case 'pods of a proxy':
      return { keepsSource: true, notes: [through] };
    case 'balancer':
      return { peer: addressesPeer(addresses), handedOnBy: 'balancer', notes: [through, notTold(client)] };
    case 'nodes':
      return { peer: peerOf({ kind: 'nodes' }), notes: [through, notTold(client)] };
    case 'gateway of Cilium':
      return { peer: peerOf({ kind: 'cilium-gateway' }), notes: [through, notTold(client)] };
  }
}

function checksOf({ facts: { title, checkedBy }, checksFrom }: Balancer): Arrivals['checks'] {
  const about = { because: `${title.split(',', 1)[0]} checks health`, notes: [throughNote(title)] };
  switch (checkedBy) {
    case 'balancer':
      return { peer: addressesPeer(checksFrom), handedOnBy: 'balancer', ...about };
    case 'nodes':
      return { peer: peerOf({ kind: 'nodes' }), ...about };
    case 'the node answers':
    case 'nobody':
      return undefined;
  }
}

/** The pods of a proxy are a tier of somebody, and clients of the pods behind it by their own name. */
export function proxyInBetween({ facts: { title, proxy } }: Balancer, within: string): Problem[] {
  if (proxy === undefined) return [];
  const labels = Object.entries(proxy.labels).map(([key, value]) => `'${key}': '${value}'`);
  return [
    {
      rule: 'exposure-through-proxy',
      what: `behind ${title}, these pods see its pods, and neither clients nor a balancer`,
      value: `${within}through: ${title}`,
      allowed: 'balancers outside the cluster; the pods of a proxy as a client by name',
      fix: [
        'Name them, and give the exposure to their tier where they are one of yours:',
        `  connections.allowFrom(Pods.labeled({ ${labels.join(', ')} }).inNamespace('${proxy.namespace}').ownedBy('…'), { because: '…' })`,
      ].join('\n'),
    },
  ];
}

export function addressesPeer(addresses: ips.IpSet): IPeer {
  return peerOf({ kind: 'block', addresses, parts: [addresses], text: ips.ipsText(addresses) });
}

function peerOf(spec: PeerSpec): IPeer {
  return { endpoint: Endpoint._of(spec) };
}

function notTold(client: PeerSpec): string {
  return `clients not distinguishable: ${clientName(client)} arrives from these addresses, and so does everybody behind them`;
}

function clientName(spec: PeerSpec): string {
  switch (spec.kind) {
    case 'internet':
      return 'the internet';
    case 'block':
      return spec.text;
    case 'tier':
    case 'namespace':
      return spec.construct.node.path;
    case 'pods':
      return spec.owner === undefined ? 'pods' : `pods of ${spec.owner}`;
    case 'api-server':
      return 'the API server';
    case 'nodes':
      return 'nodes';
    case 'cilium-gateway':
      return 'the gateway of Cilium';
    case 'metadata':
      return 'metadata services';
    case 'host':
    case 'hosts':
      return 'a host';
  }
}
