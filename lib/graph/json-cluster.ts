import type { ClusterFacts, DnsServer } from '../model/cluster-facts';
import type { IpSet } from '../model/ip-set';
import type { PortSet } from '../model/port-set';
import { blocksJson, endJson, trafficJson, unlessEmpty, waiverJson } from './json-ends';

/** Everything that is known of the cluster: what was not given is left out. */
export function clusterJson(facts: ClusterFacts): object {
  const { engine, version, name, platform, encryption, ipBlockMode, endPort, testedVersions } = facts;
  const { podRanges, serviceRanges, nodeRanges, apiServer, dns, warnings = [], acknowledged = [] } = facts;
  return {
    engine,
    ...given({ version, name, platform, testedVersions, encryption }),
    ipBlockMode,
    ...given({ endPort }),
    ...given({ podRanges: ranges(podRanges), serviceRanges: ranges(serviceRanges), nodeRanges: ranges(nodeRanges) }),
    ...(apiServer && { apiServer: { blocks: blocksJson(apiServer.addresses), traffic: portsJson(apiServer.ports) } }),
    dns: { flavour: dns.flavour, servers: dns.servers.map(serverJson) },
    ...unlessEmpty({ warnings, acknowledged: acknowledged.map(waiverJson) }),
  };
}

function serverJson({ endpoint, ports }: DnsServer): object {
  return { to: endJson(endpoint), traffic: portsJson(ports) };
}

function portsJson(ports: PortSet): object {
  return trafficJson({ kind: 'ports', ports });
}

function ranges(set: IpSet | undefined): object[] | undefined {
  return set && blocksJson(set);
}

function given(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
