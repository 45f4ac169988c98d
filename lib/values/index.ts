// The values that users hand to tiers: pods, ports, addresses, the cluster.
export type { Acknowledgement } from './acknowledgement';
export { Cidr, type CidrOptions } from './cidr';
export { CloudMetadata } from './cloud-metadata';
export { Cluster } from './cluster';
export type {
  ApiServerOptions,
  ClusterProps,
  EngineClusterProps,
  KindClusterProps,
  KubernetesClusterProps,
  NetworkPolicyApiClusterProps,
} from './cluster-props';
export { type CustomDnsOptions, Dns, type NodeLocalDnsOptions } from './dns';
export { Encryption } from './encryption';
export { ExternalTrafficPolicy } from './external-traffic-policy';
export { GrpcRule } from './grpc-rule';
export { Hostname } from './hostname';
export { HttpPath } from './http-path';
export { HttpRule, type HttpRuleProps } from './http-rule';
export { Internet } from './internet';
export { KafkaRule } from './kafka-rule';
export { KnownPods } from './known-pods';
export { LoadBalancer } from './load-balancer';
export type {
  AwsAlbOptions,
  AwsNlbOptions,
  AzureApplicationGatewayOptions,
  AzureLoadBalancerOptions,
  GcpProxyOptions,
  GcpRegionalProxyOptions,
  TrafficPolicyOptions,
} from './load-balancer-options';
export { LoadBalancerTargets } from './load-balancer-targets';
export { Nodes } from './nodes';
export { OpenAiApi } from './open-ai-api';
export { Endpoint, type IPeer } from './peer';
export { Platform } from './platform';
export { LabelOperator, type LabelRequirement, Pods, type WorkloadChoice } from './pods';
export { Port, Protocol } from './port';
export { Purpose } from './purpose';
export { Rule } from './rule';
export { SourceAddress } from './source-address';
