import type { ClusterFacts, DnsServer } from '../model/cluster-facts';
import { type IpSet, ipsText } from '../model/ip-set';
import type { IpBlockMode } from '../model/layer';
import { portsText } from '../model/port-set';
import { endCell } from './ends';
import { inline } from './plain-words';
import { waiverText } from './policy-flow';

const BLOCKS: Readonly<Record<IpBlockMode, string>> = {
  pods: 'match pods by their addresses',
  may: 'may match pods by their addresses',
  'external-only': 'never match pods',
};

/** What is known of the cluster, a fact a line; what was not given has none. */
export function clusterCells(facts: ClusterFacts): string[][] {
  const { platform, encryption, testedVersions, endPort, apiServer, dns, ipBlockMode } = facts;
  return [
    ...fact('platform', platform && inline(platform)),
    ...fact('encryption', encryption),
    ...fact('tested versions', testedVersions && inline(testedVersions)),
    ...fact('pods', ranges(facts.podRanges)),
    ...fact('Services', ranges(facts.serviceRanges)),
    ...fact('nodes', ranges(facts.nodeRanges)),
    ...fact('API server', apiServer && `${ranges(apiServer.addresses)} ${portsText(apiServer.ports)}`),
    ...fact('DNS', [inline(dns.flavour), ...dns.servers.map(serverText)].join('; ')),
    ...fact('address blocks', BLOCKS[ipBlockMode]),
    ...fact('port ranges', endPort && 'not known to the network plugin'),
    ...fact('warnings', facts.warnings?.map(inline).join('; ')),
    ...fact('acknowledged', facts.acknowledged?.map((waiver) => inline(waiverText(waiver))).join('; ')),
  ];
}

function fact(name: string, text: string | undefined): string[][] {
  return text === undefined ? [] : [[name, text]];
}

function ranges(set: IpSet | undefined): string | undefined {
  return set && (ipsText(set) || 'none');
}

function serverText({ endpoint, ports }: DnsServer): string {
  return `${endCell(endpoint, new Map())} ${portsText(ports)}`;
}
