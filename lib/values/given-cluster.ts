import { coreDns } from '../cluster/dns-flavours';
import { PLATFORMS, type PlatformFacts } from '../cluster/platforms';
import { anything, listOf, oneOf, optional, properties, type Shape, struct, text } from '../model/checked';
import type { ClusterFacts } from '../model/cluster-facts';
import type { Waiver } from '../model/flow';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import * as ports from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import { waivers } from './acknowledgement';
import { portsOfAddresses } from './address-ports';
import type { ClusterProps } from './cluster-props';
import { aDns } from './dns';
import { Encryption } from './encryption';
import { kubernetesVersion } from './engine-version';
import { Platform } from './platform';

/** What is known of a cluster, looked at; ports and versions are where they are read. */
export interface GivenProps extends Omit<ClusterProps, 'apiServer' | 'acknowledge'> {
  readonly acknowledge?: unknown;
  readonly version?: unknown;
  readonly apiServer?: GivenApiServer;
}

interface GivenApiServer {
  readonly addresses: string[];
  readonly ports?: unknown;
}

const SHAPE: Shape<GivenProps> = {
  name: optional(text),
  platform: optional(oneOf(Platform, 'a Platform')),
  podCidrs: optional(listOf(text)),
  serviceCidrs: optional(listOf(text)),
  nodeCidrs: optional(listOf(text)),
  apiServer: optional(
    struct<GivenApiServer>({ addresses: listOf(text), ports: anything }, 'what is known of the API server'),
  ),
  dns: optional(aDns),
  acknowledge: anything,
  encryption: optional(oneOf(Encryption, 'an Encryption')),
  version: anything,
};

/** Nothing is said where there are no props. */
export function givenProps(props: ClusterProps | undefined): GivenProps {
  return props === undefined ? {} : neededProps(props);
}

export function neededProps(props: ClusterProps): GivenProps {
  return properties(props, SHAPE, 'the props of the cluster');
}

export function versionOf({ version }: GivenProps): string | undefined {
  if (version !== undefined) kubernetesVersion(version);
  return version as string | undefined;
}

/** What follows from them on an engine. */
export function factsOf(
  of: Pick<ClusterFacts, 'engine' | 'version' | 'ipBlockMode'>,
  props: GivenProps,
  warnings: readonly string[] = [],
): ClusterFacts {
  const platform = platformOf(props);
  // An engine that was chosen replaces the platform's own, and what is to be known of that.
  const known = [...warnings, ...(of.engine === 'kubernetes' ? (platform?.warnings ?? []) : [])].sort();
  return {
    ...of,
    name: props.name,
    ...(platform && { platform: platform.title }),
    podRanges: ranges('podCidrs', props.podCidrs) ?? platform?.podRanges,
    serviceRanges: ranges('serviceCidrs', props.serviceCidrs) ?? platform?.serviceRanges,
    nodeRanges: ranges('nodeCidrs', props.nodeCidrs),
    ...(props.acknowledge !== undefined && { acknowledged: acceptedOfCluster(props.acknowledge) }),
    apiServer: apiServerFacts(props.apiServer, platform?.apiServerPort ?? 6443),
    dns: props.dns?._facts ?? platform?.dns ?? coreDns(),
    ...(props.encryption && { encryption: props.encryption }),
    ...(known.length > 0 && { warnings: known }),
  };
}

export function platformOf({ platform }: GivenProps): PlatformFacts | undefined {
  return platform === undefined ? undefined : PLATFORMS[platform];
}

function apiServerFacts(options: GivenApiServer | undefined, port: number): ClusterFacts['apiServer'] {
  if (options === undefined) return undefined;
  return {
    addresses: blocks('apiServer.addresses', options.addresses),
    ports: portsOfAddresses(options.ports, 'apiServer.ports') ?? ports.number('TCP', port),
  };
}

/** What is said once for a cluster: what its addresses are, and that its engine was looked at. It says nothing else of flows. */
const OF_CLUSTER: readonly string[] = ['cluster-range', 'engine-version-untested'];

function acceptedOfCluster(acknowledge: unknown): Waiver[] {
  const accepted = waivers(acknowledge);
  const other = accepted.find(({ rule }) => !OF_CLUSTER.includes(rule));
  if (other === undefined) return accepted;
  throw new ZeroTrustError({
    rule: 'acknowledgement',
    what: `"${other.rule}" is nothing that a cluster can acknowledge`,
    value: other.rule,
    allowed: OF_CLUSTER.join(', '),
    fix: 'Acknowledge it on the flow, the tier or the namespace that it concerns.',
  });
}

function ranges(property: string, list: readonly string[] | undefined): IpSet | undefined {
  return list === undefined ? undefined : blocks(property, list);
}

/** An empty list would say that it is known, and that there are none: then no block could hold a pod. */
function blocks(property: string, list: readonly string[]): IpSet {
  if (list.length === 0) {
    throw new ZeroTrustError({
      rule: 'cluster-ranges-empty',
      what: `\`${property}\` is an empty list, which would say that there are no such addresses`,
      value: '[]',
      allowed: 'every such range, or no list at all where they are not known',
      fix: `Give the ranges, or leave \`${property}\` out.`,
    });
  }
  return ips.fromBlocks(list);
}
