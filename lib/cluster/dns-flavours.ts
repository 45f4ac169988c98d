import type { DnsFacts, DnsServer } from '../model/cluster-facts';
import * as ips from '../model/ip-set';
import { podSetText, podsIn } from '../model/pod-set';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import * as selectors from '../model/selector';

/** What name servers are called that a user names. */
export const CUSTOM_DNS = 'custom DNS';
export const NODE_LOCAL_DNS = 'NodeLocal DNSCache';

/** UDP and TCP: an answer that does not fit into a datagram is asked for again over TCP (RFC 7766). */
export function dnsPorts(...numbers: readonly number[]): PortSet {
  return ports.unionOf(numbers.flatMap((n) => [ports.number('UDP', n), ports.number('TCP', n)]));
}

/** CoreDNS as kubeadm and most distributions install it (kubernetes `cluster/addons/dns/coredns`). */
export function coreDns(): DnsFacts {
  return { flavour: 'CoreDNS', servers: [coreDnsPods()] };
}

/**
 * NodeLocal DNSCache: an agent on every node, before CoreDNS. On the host network it is reached by its address, since pod
 * selectors miss it; where traffic to the DNS Service is redirected to it (CiliumLocalRedirectPolicy, GKE Dataplane V2),
 * policies see its pods. A pod that is configured with the Service address goes to CoreDNS where there is no agent
 * (kubernetes `cluster/addons/dns/nodelocaldns/nodelocaldns.yaml`, 1.34: label, namespace and address; Cilium 1.20,
 * "Local Redirect Policy").
 */
export function nodeLocalDns(address: string): DnsFacts {
  const agent: DnsServer = {
    endpoint: { kind: 'addresses', addresses: ips.fromAddress(address), name: 'node-local-dns' },
    ports: dnsPorts(53),
  };
  return { flavour: NODE_LOCAL_DNS, servers: [agent, systemPods('node-local-dns'), coreDnsPods()] };
}

/**
 * Cloud DNS for GKE: pods are configured with the address of the metadata server on their node, which answers on port 53
 * (GKE documentation, "Using Cloud DNS for GKE"; seen in tektoncd/operator issue 4000).
 */
export function gkeCloudDns(): DnsFacts {
  const endpoint = { kind: 'addresses', addresses: ips.fromAddress('169.254.169.254'), name: 'Cloud DNS' } as const;
  return { flavour: 'Cloud DNS for GKE', servers: [{ endpoint, ports: dnsPorts(53) }] };
}

/** The servers of several flavours, each once: of a cluster that moves from one to another. */
export function anyOf(flavours: readonly DnsFacts[]): DnsFacts {
  const servers = new Map(flavours.flatMap((one) => one.servers).map((server) => [serverKey(server), server]));
  const names = [...new Set(flavours.flatMap(flavourNames))];
  return { flavour: names.join(OR), servers: [...servers.values()] };
}

/** The flavours that one is any of. */
export function flavourNames({ flavour }: Pick<DnsFacts, 'flavour'>): string[] {
  return flavour.split(OR);
}

const OR = ' or ';

function serverKey({ endpoint, ports: set }: DnsServer): string {
  const who =
    endpoint.kind === 'pods' ? `${podSetText(endpoint.pods)} of ${endpoint.owner}` : ips.ipsText(endpoint.addresses);
  return `${who} ${ports.portsText(set)}`;
}

/** The DNS operator of OpenShift: its pods listen on 5353 behind port 53 of the Service (openshift/cluster-dns-operator). */
export function openShiftDns(): DnsFacts {
  const pods = podsIn('openshift-dns', selectors.fromLabels({ 'dns.operator.openshift.io/daemonset-dns': 'default' }));
  const endpoint = { kind: 'pods', pods, owner: 'cluster DNS' } as const;
  return { flavour: 'OpenShift DNS', servers: [{ endpoint, ports: dnsPorts(5353) }] };
}

/** Name servers on the nodes, at addresses that are not known: port 53 of any address (EKS Auto Mode). */
export function anyAddressDns(flavour: string): DnsFacts {
  return {
    flavour,
    servers: [{ endpoint: { kind: 'addresses', addresses: ips.all, name: 'any name server' }, ports: dnsPorts(53) }],
  };
}

function coreDnsPods(): DnsServer {
  return systemPods('kube-dns');
}

function systemPods(app: string): DnsServer {
  const pods = podsIn('kube-system', selectors.fromLabels({ 'k8s-app': app }));
  return { endpoint: { kind: 'pods', pods, owner: 'cluster DNS' }, ports: dnsPorts(53) };
}
