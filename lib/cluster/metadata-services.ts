import type { HostPattern } from '../model/host-pattern';
import { matchesHost } from '../model/host-pattern';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';

/**
 * Addresses at which clouds hand credentials to whoever asks. IPv4: AWS, Azure, Google and others (169.254.169.254), GKE
 * workload identity (169.254.169.252), EKS Pod Identity (169.254.170.23), ECS credentials (169.254.170.2). IPv6: EC2
 * (fd00:ec2::254), EKS Pod Identity (fd00:ec2::23), Google (fd20:ce::254). Sources: AWS EC2 user guide "Instance metadata
 * service", EKS user guide "EKS Pod Identity", ECS developer guide "Task IAM role", GKE "Workload Identity Federation",
 * Azure "Instance Metadata Service", Google Compute Engine "About VM metadata".
 */
export const metadataServices: IpSet = ips.fromBlocks([
  '169.254.169.254/32',
  '169.254.169.252/32',
  '169.254.170.2/32',
  '169.254.170.23/32',
  'fd00:ec2::254/128',
  'fd00:ec2::23/128',
  'fd20:ce::254/128',
]);

/**
 * Those of other clouds: Alibaba ("Instance metadata"; cloud-init AliYun), Oracle ("Getting instance metadata", and
 * 192.0.0.192 of its Classic), Scaleway ("Instances metadata API").
 */
const otherClouds: IpSet = ips.fromBlocks([
  '100.100.100.200/32',
  '192.0.0.192/32',
  '169.254.42.42/32',
  'fd00:c1::a9fe:a9fe/128',
  'fd00:42::42/128',
]);

/**
 * Azure's wire server, which hands out the configuration and certificates of the node. It is the name server of the
 * network as well, which name servers in the cluster ask (Azure documentation, "What is IP address 168.63.129.16").
 */
export const wireServer: IpSet = ips.fromBlock('168.63.129.16/32');

/** Where the wire server hands out what is no answer to a name: the ports of the same page but that of DNS. */
export const wireServerPorts: PortSet = ports.union(...[80, 443, 32526].map((port) => ports.number('TCP', port)));

/** IPv4 addresses as IPv6 reaches them through a NAT64 at its well-known prefix (RFC 6052). */
function byNat64({ v4 }: IpSet): IpSet {
  return { v4: [], v6: v4.map(({ first, last }) => ({ first: NAT64 + first, last: NAT64 + last })) };
}

/** 64:ff9b::, whose last 32 bits are the IPv4 address. */
const NAT64 = 0x64ff9bn << 96n;

/**
 * 64:ff9b:1::/48 is for NAT64 within one network, which lays it out as it likes (RFC 8215): whichever of its addresses
 * leads to a metadata service is not known.
 */
const localNat64: IpSet = ips.fromBlock('64:ff9b:1::/48');

const everyCloud: IpSet = ips.union(metadataServices, otherClouds);

/** The metadata services of every cloud, by whichever of their known addresses. */
export const metadataOfEveryCloud: IpSet = ips.union(everyCloud, byNat64(ips.union(everyCloud, wireServer)));

/** Every address that hands out credentials, or may lead to where they are handed out. */
export const leadsToMetadata: IpSet = ips.union(metadataOfEveryCloud, wireServer, localNat64);

/**
 * Names that lead there. Google: Compute Engine "About VM metadata" (`metadata` by the search domain of a node). AWS:
 * `instance-data`, which EC2's own name server answers. Tencent: Cloud Virtual Machine, "Querying instance metadata". IBM:
 * VPC, "About instance metadata".
 */
const METADATA_NAMES: readonly string[] = [
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.tencentyun.com',
  'api.metadata.cloud.ibm.com',
];

/** The name of a metadata service among those of a pattern; undefined where there is none. */
export function metadataNameIn(pattern: HostPattern): string | undefined {
  return METADATA_NAMES.find((name) => matchesHost(pattern, name) === true);
}
