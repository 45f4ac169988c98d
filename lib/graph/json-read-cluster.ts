import type { ApiServerFacts, ClusterFacts, DnsFacts, DnsServer } from '../model/cluster-facts';
import { ENGINE_NAMES } from '../model/engine-name';
import { fields, type JsonPart, list, oneOf, refused, text } from './json-fields';
import { readBlocks, readEnd, readTraffic, readWaiver } from './json-read-ends';

/** Everything that is known of the cluster. */
export function readCluster(part: JsonPart): ClusterFacts {
  const parts = fields(
    part,
    ['engine', 'ipBlockMode', 'dns'],
    ['version', 'name', 'platform', 'testedVersions', 'encryption', 'endPort', ...RANGES, 'apiServer', ...LISTS],
  );
  const { version, name, platform, testedVersions, encryption, endPort, apiServer, warnings, acknowledged } = parts;
  const { podRanges, serviceRanges, nodeRanges } = parts;
  return {
    engine: oneOf(parts.engine, ENGINE_NAMES),
    ...(version && { version: text(version) }),
    ...(name && { name: text(name) }),
    ...(platform && { platform: text(platform) }),
    ...(testedVersions && { testedVersions: text(testedVersions) }),
    ...(encryption && { encryption: oneOf(encryption, ['WireGuard', 'IPsec', 'mutual TLS'] as const) }),
    ipBlockMode: oneOf(parts.ipBlockMode, ['pods', 'may', 'external-only']),
    ...(endPort && { endPort: oneOf(endPort, ['unknown'] as const) }),
    ...(podRanges && { podRanges: readBlocks(podRanges) }),
    ...(serviceRanges && { serviceRanges: readBlocks(serviceRanges) }),
    ...(nodeRanges && { nodeRanges: readBlocks(nodeRanges) }),
    ...(apiServer && { apiServer: readApiServer(apiServer) }),
    dns: readDns(parts.dns),
    ...(warnings && { warnings: list(warnings, text) }),
    ...(acknowledged && { acknowledged: list(acknowledged, readWaiver) }),
  };
}

const RANGES = ['podRanges', 'serviceRanges', 'nodeRanges'] as const;
const LISTS = ['warnings', 'acknowledged'] as const;

function readApiServer(part: JsonPart): ApiServerFacts {
  const { blocks, traffic } = fields(part, ['blocks', 'traffic']);
  return { addresses: readBlocks(blocks), ports: readTraffic(traffic).ports };
}

function readDns(part: JsonPart): DnsFacts {
  const { flavour, servers } = fields(part, ['flavour', 'servers']);
  return { flavour: text(flavour), servers: list(servers, readServer) };
}

function readServer(part: JsonPart): DnsServer {
  const { to, traffic } = fields(part, ['to', 'traffic']);
  const endpoint = readEnd(to, new Map());
  if (endpoint.kind === 'pods' || endpoint.kind === 'addresses') {
    return { endpoint, ports: readTraffic(traffic).ports };
  }
  throw refused(
    { value: endpoint.kind, path: `${to.path}.kind` },
    `a name server is no ${endpoint.kind}`,
    'pods, addresses',
  );
}
