// The values that users hand to tiers: pods, ports, addresses, the cluster.
export type { Acknowledgement } from './acknowledgement';
export { Cidr, type CidrOptions } from './cidr';
export { type ApiServerOptions, Cluster, type KubernetesClusterProps } from './cluster';
export { type CustomDnsOptions, Dns, type NodeLocalDnsOptions } from './dns';
export { Internet } from './internet';
export { Endpoint, type IPeer } from './peer';
export { LabelOperator, type LabelRequirement, Pods } from './pods';
export { Port, Protocol } from './port';
export { Purpose } from './purpose';
export { SourceAddress } from './source-address';
