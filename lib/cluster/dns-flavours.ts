import * as ips from '../model/ip-set';
import { podsIn } from '../model/pod-set';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import * as selectors from '../model/selector';
import type { DnsFacts, DnsServer } from './cluster-facts';

/** What name servers are called that a user names. */
export const CUSTOM_DNS = 'custom DNS';

/** UDP and TCP: an answer that does not fit into a datagram is asked for again over TCP (RFC 7766). */
export function dnsPorts(...numbers: readonly number[]): PortSet {
  return ports.unionOf(numbers.flatMap((n) => [ports.number('UDP', n), ports.number('TCP', n)]));
}

/** CoreDNS as kubeadm and most distributions install it (kubernetes `cluster/addons/dns/coredns`). */
export function coreDns(): DnsFacts {
  return { flavour: 'CoreDNS', servers: [coreDnsPods()] };
}

/**
 * NodeLocal DNSCache: a host-network agent that pod selectors miss, so it is reached by its address; what it does not
 * answer, and a pod that is configured with the Service address, goes to CoreDNS
 * (kubernetes `cluster/addons/dns/nodelocaldns`).
 */
export function nodeLocalDns(address: string): DnsFacts {
  const agent: DnsServer = {
    endpoint: { kind: 'addresses', addresses: ips.fromAddress(address), name: 'node-local-dns' },
    ports: dnsPorts(53),
  };
  return { flavour: 'NodeLocal DNSCache', servers: [agent, coreDnsPods()] };
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
  const pods = podsIn('kube-system', selectors.fromLabels({ 'k8s-app': 'kube-dns' }));
  return { endpoint: { kind: 'pods', pods, owner: 'cluster DNS' }, ports: dnsPorts(53) };
}
