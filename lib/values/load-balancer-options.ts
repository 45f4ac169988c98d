import type { ExternalTrafficPolicy } from './external-traffic-policy';
import type { LoadBalancerTargets } from './load-balancer-targets';
import type { Protocol } from './port';

/** How nodes hand on what a balancer sends to them. */
export interface TrafficPolicyOptions {
  /**
   * `externalTrafficPolicy` of the Service. It says nothing where the balancer targets pods.
   *
   * @default ExternalTrafficPolicy.CLUSTER, as Services have it
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;
}

/** An AWS Network Load Balancer. */
export interface AwsNlbOptions extends TrafficPolicyOptions {
  /** `service.beta.kubernetes.io/aws-load-balancer-nlb-target-type`, or the type of the target group. */
  readonly targets: LoadBalancerTargets;

  /**
   * Protocol of the target group, on which the default of `preserveClientIp` depends: UDP for UDP and TCP_UDP.
   *
   * @default Protocol.TCP, which stands for TLS as well
   */
  readonly protocol?: Protocol;

  /**
   * The attribute `preserve_client_ip.enabled` of the target group.
   *
   * @default - as AWS has it: true for instances, and always for UDP; false for TCP and TLS to pods
   */
  readonly preserveClientIp?: boolean;

  /**
   * Blocks of the subnets that the balancer is in: it has its private addresses there, checks health from them, and sends
   * from them where it does not keep those of clients.
   *
   * @default - none; they must be given where pods see the balancer
   */
  readonly subnets?: string[];
}

/** An AWS Application Load Balancer. */
export interface AwsAlbOptions extends TrafficPolicyOptions {
  /** `alb.ingress.kubernetes.io/target-type`. */
  readonly targets: LoadBalancerTargets;

  /**
   * Blocks of the subnets that the balancer is in: it sends and checks health from its addresses there.
   *
   * @default - none; they must be given where pods see the balancer
   */
  readonly subnets?: string[];
}

/** A Google load balancer that is a proxy of its edge: global, and classic. */
export interface GcpProxyOptions extends TrafficPolicyOptions {
  /** Pods by network endpoint groups (the annotation `cloud.google.com/neg`), or nodes by instance groups. */
  readonly targets: LoadBalancerTargets;
}

/** A Google load balancer that is a proxy in a network of its owner: regional and cross-region, internal and external. */
export interface GcpRegionalProxyOptions extends TrafficPolicyOptions {
  /** Pods by network endpoint groups (the annotation `cloud.google.com/neg`), or nodes by instance groups. */
  readonly targets: LoadBalancerTargets;

  /**
   * Blocks of the proxy-only subnets of the region.
   *
   * @default - none; they must be given where pods see the balancer
   */
  readonly proxyOnlySubnets?: string[];
}

/** An Azure load balancer. */
export interface AzureLoadBalancerOptions extends TrafficPolicyOptions {
  /**
   * With `ExternalTrafficPolicy.LOCAL`: the Service names a port of the pods for health probes (the annotation
   * `service.beta.kubernetes.io/port_<port>_health-probe_port`), so that they come to the pods, from 168.63.129.16.
   *
   * @default false: the node answers them on `healthCheckNodePort`
   */
  readonly probesPods?: boolean;
}

/** An Azure Application Gateway. */
export interface AzureApplicationGatewayOptions {
  /** Blocks of the subnet of the gateway. */
  readonly subnets: string[];
}
