import { CUSTOM_DNS, flavourNames, NODE_LOCAL_DNS } from '../../cluster/dns-flavours';
import { leadsToMetadata } from '../../cluster/metadata-services';
import type { ClusterFacts, DnsServer } from '../../model/cluster-facts';
import type { Endpoint } from '../../model/endpoint';
import type { Excepted, Flow } from '../../model/flow';
import * as ips from '../../model/ip-set';
import type { Problem } from '../../model/problem';
import { portTraffic } from '../../model/traffic';
import type { ResolvedTier } from '../workloads/resolved-tier';
import { nameServerAddresses, notesOnMatching, whyNeverMatched } from './outside-addresses';

export const DNS_REASON = 'names are resolved by the cluster DNS';

/** A tier's way to each name server, when it resolves names at all. */
export function dnsFlows({ record, endpoint }: ResolvedTier, facts: ClusterFacts): Flow[] {
  if (!record.dns) return [];
  return facts.dns.servers.map((server) => {
    const { to, excepted } = destination(server, facts);
    return {
      from: endpoint,
      to,
      traffic: portTraffic(server.ports),
      because: [DNS_REASON],
      excepted,
      acknowledged: [],
      notes: notesOn(server, facts),
    };
  });
}

function notesOn({ endpoint }: DnsServer, facts: ClusterFacts): string[] {
  if (endpoint.kind !== 'addresses') return [];
  return [
    ...(isGiven(facts) ? notesOnMatching(endpoint.addresses, facts) : []),
    ...(atMetadataService(endpoint.addresses) ? [AT_METADATA] : []),
  ];
}

const AT_METADATA =
  'names are answered at the address of a metadata service: the ports of DNS are open there, and no others';

/** Where servers may be at any address, metadata services are taken out. */
function atMetadataService(addresses: ips.IpSet): boolean {
  return ips.intersects(addresses, leadsToMetadata) && !ips.contains(addresses, ips.anyIpv4);
}

/** Name servers at addresses that no policy can stand for. */
export function dnsProblems(facts: ClusterFacts): Problem[] {
  if (!isGiven(facts)) return [];
  return facts.dns.servers.flatMap(({ endpoint }) => {
    const never = endpoint.kind === 'addresses' ? whyNeverMatched(endpoint.addresses, facts) : undefined;
    if (endpoint.kind !== 'addresses' || never === undefined) return [];
    const text = ips.ipsText(endpoint.addresses);
    return [
      {
        rule: 'dns-never-matched',
        what: `${flavourNames(facts.dns).length === 1 ? 'no tier could resolve names' : 'no tier could ask some of its name servers'}: a policy for the name servers at ${text} would match nothing, since these are addresses of ${never}`,
        value: text,
        allowed: 'addresses outside the cluster, or the pods that answer',
        fix: "Name the pods behind the address: Dns.custom({ pods: Pods.labeled({ app: 'unbound' }).inNamespace('dns').ownedBy('platform team') }); where they are on the host network of the nodes, give the tiers dns: false and declare flows to Nodes.all() on port 53.",
      },
    ];
  });
}

/** NodeLocal DNSCache listens on the address of the Service itself, past its translation; what a user names does not. */
function isGiven({ dns }: ClusterFacts): boolean {
  const names = flavourNames(dns);
  return names.includes(CUSTOM_DNS) && !names.includes(NODE_LOCAL_DNS);
}

/** Name servers that may be at any address are on the nodes: whatever else is known of an address, they are not there. */
function destination({ endpoint }: DnsServer, facts: ClusterFacts): { to: Endpoint; excepted: readonly Excepted[] } {
  if (endpoint.kind !== 'addresses' || !ips.contains(endpoint.addresses, ips.anyIpv4)) {
    return { to: endpoint, excepted: [] };
  }
  const { addresses, excepted } = nameServerAddresses(endpoint.addresses, facts);
  return { to: { ...endpoint, addresses }, excepted };
}
