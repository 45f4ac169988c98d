import { LOAD_BALANCERS, type LoadBalancerFacts, type LoadBalancerName } from '../cluster/load-balancers';
import { flag, instance, listOf, oneOf, optional, properties, type Shape, text } from '../model/checked';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import { ZeroTrustError } from '../model/problem';
import { ExternalTrafficPolicy } from './external-traffic-policy';
import type {
  AwsAlbOptions,
  AwsNlbOptions,
  AzureApplicationGatewayOptions,
  AzureLoadBalancerOptions,
  GcpProxyOptions,
  GcpRegionalProxyOptions,
  TrafficPolicyOptions,
} from './load-balancer-options';
import { LoadBalancerTargets } from './load-balancer-targets';
import { Protocol } from './port';

/** A balancer as it is set up: what is known of its kind, and where it is. */
export interface Balancer {
  readonly facts: LoadBalancerFacts;
  /** Where it sends from, where pods see its own addresses. */
  readonly addresses: IpSet;
  /** Where it checks health from, where its checks reach pods. */
  readonly checksFrom: IpSet;
}

/**
 * What is between the clients of a gateway and its pods, so that nobody has to know what address the pods see: it says
 * whether that is the client's, the balancer's or a node's, and where health is checked from. Each kind with its source is in
 * `docs/load-balancers.md`; for those that are missing there is `SourceAddress`.
 *
 * @example
 * const gateway = new GatewayTier(edge, 'envoy', {
 *   pods: Pods.labeled({ app: 'envoy-gateway' }),
 *   ports: [Port.tcp(8080)],
 *   exposures: [
 *     {
 *       client: Internet.any(),
 *       through: LoadBalancer.awsNlb({ targets: LoadBalancerTargets.IP, subnets: ['10.0.0.0/24', '10.0.1.0/24'] }),
 *       because: 'customers call the models',
 *     },
 *   ],
 * });
 */
export class LoadBalancer {
  /**
   * A Network Load Balancer of AWS. To pods it sends TCP with its own address unless `preserveClientIp` is on; to nodes with
   * the client's.
   *
   * @param options how it is set up.
   * @throws where the pods see it and its subnets are not given, and for UDP without the client's address, which AWS has not.
   */
  public static awsNlb(options: AwsNlbOptions): LoadBalancer {
    const given = properties(options, NLB, 'the options of LoadBalancer.awsNlb');
    const isUdp = given.protocol === Protocol.UDP;
    const isInstance = given.targets === LoadBalancerTargets.INSTANCE;
    if (isUdp && given.preserveClientIp === false) throw new ZeroTrustError(udpWithoutClient());
    const isKept = given.preserveClientIp ?? (isInstance || isUdp);
    if (!isInstance) return balancer(isKept ? 'nlb-ip-kept' : 'nlb-ip', given.subnets);
    if (!isLocal(given)) return balancer('nlb-instance-cluster');
    return balancer(isKept ? 'nlb-instance-local' : 'nlb-instance-local-replaced', given.subnets);
  }

  /**
   * An Application Load Balancer of AWS: a proxy, which sends with its own address.
   *
   * @param options how it is set up.
   * @throws where the pods see it and its subnets are not given.
   */
  public static awsAlb(options: AwsAlbOptions): LoadBalancer {
    const given = properties(options, ALB, 'the options of LoadBalancer.awsAlb');
    if (given.targets === LoadBalancerTargets.IP) return balancer('alb-ip', given.subnets);
    return isLocal(given) ? balancer('alb-instance-local', given.subnets) : balancer('alb-instance-cluster');
  }

  /**
   * A passthrough load balancer of Google, external or internal: what GKE makes for a Service of type LoadBalancer. Its health
   * checks are answered by the node.
   *
   * @param options how nodes hand on.
   * @throws for what is no option of it.
   */
  public static gcpPassthrough(options?: TrafficPolicyOptions): LoadBalancer {
    return byPolicy('google-passthrough', options, 'gcpPassthrough');
  }

  /**
   * A front end of Google: the global and the classic Application and proxy Network Load Balancers, as GKE makes them for an
   * external Ingress, and for a Gateway of a global class.
   *
   * @param options how it is set up.
   * @throws for what is no option of it.
   */
  public static gcpProxy(options: GcpProxyOptions): LoadBalancer {
    const given = properties(options, GCP_PROXY, 'the options of LoadBalancer.gcpProxy');
    if (given.targets === LoadBalancerTargets.IP) return balancer('google-front-end-ip');
    return balancer(isLocal(given) ? 'google-front-end-instance-local' : 'google-front-end-instance-cluster');
  }

  /**
   * A regional or cross-region proxy of Google, internal or external, as GKE makes it for an internal Ingress, and for a
   * Gateway of a regional class.
   *
   * @param options how it is set up.
   * @throws where the pods see it and its proxy-only subnets are not given.
   */
  public static gcpRegionalProxy(options: GcpRegionalProxyOptions): LoadBalancer {
    const given = properties(options, GCP_REGIONAL, 'the options of LoadBalancer.gcpRegionalProxy');
    const { targets, proxyOnlySubnets } = given;
    if (targets === LoadBalancerTargets.IP) return balancer('google-regional-ip', proxyOnlySubnets, PROXY_ONLY);
    if (!isLocal(given)) return balancer('google-regional-instance-cluster');
    return balancer('google-regional-instance-local', proxyOnlySubnets, PROXY_ONLY);
  }

  /**
   * A load balancer of Azure: what AKS makes for a Service of type LoadBalancer, with a floating IP or without.
   *
   * @param options how nodes hand on, and where probes go.
   * @throws for what is no option of it.
   */
  public static azure(options?: AzureLoadBalancerOptions): LoadBalancer {
    const given = properties(options ?? {}, AZURE, 'the options of LoadBalancer.azure');
    if (!isLocal(given)) return balancer('azure-cluster');
    return balancer(given.probesPods === true ? 'azure-local-probed' : 'azure-local');
  }

  /**
   * An Application Gateway of Azure, or one for Containers: a proxy, which sends to pods from its subnet.
   *
   * @param options where it is.
   * @throws without a subnet.
   */
  public static azureApplicationGateway(options: AzureApplicationGatewayOptions): LoadBalancer {
    const { subnets } = properties(options, APPLICATION_GATEWAY, 'the options of LoadBalancer.azureApplicationGateway');
    return balancer('azure-application-gateway', subnets);
  }

  /**
   * MetalLB, in either mode.
   *
   * @param options how nodes hand on.
   * @throws for what is no option of it.
   */
  public static metalLb(options?: TrafficPolicyOptions): LoadBalancer {
    return byPolicy('metallb', options, 'metalLb');
  }

  /**
   * Node ports, with nothing before them that replaces addresses.
   *
   * @param options how nodes hand on.
   * @throws for what is no option of it.
   */
  public static nodePort(options?: TrafficPolicyOptions): LoadBalancer {
    return byPolicy('node-port', options, 'nodePort');
  }

  /**
   * Cilium's own implementation of the Gateway API and of Ingress: pods see its entity `ingress`, whoever the client is. For
   * the tier that it hands requests to, on clusters with Cilium.
   */
  public static ciliumGateway(): LoadBalancer {
    return balancer('cilium-gateway');
  }

  /**
   * Envoy Gateway, as whose pods clients arrive: refused as a way in, with the pods to name instead. Where these are a tier of
   * yours, it is that tier that has exposures.
   */
  public static envoyGateway(): LoadBalancer {
    return balancer('envoy-gateway');
  }

  /** Ingress-NGINX, of which the same holds as of Envoy Gateway. */
  public static ingressNginx(): LoadBalancer {
    return balancer('ingress-nginx');
  }

  /** @internal */
  public static _is(value: unknown): value is LoadBalancer {
    return typeof value === 'object' && value !== null && #balancer in value;
  }

  /** @internal */
  public static _of(of: Balancer): LoadBalancer {
    return new LoadBalancer(of);
  }

  readonly #balancer: Balancer;

  private constructor(of: unknown) {
    this.#balancer = of as Balancer;
  }

  /** @internal */
  public get _balancer(): Balancer {
    return this.#balancer;
  }
}

export const aLoadBalancer = instance(LoadBalancer._is, {
  className: 'LoadBalancer',
  is: 'a LoadBalancer',
  allowed:
    'LoadBalancer.awsNlb({ … }), awsAlb, gcpPassthrough, gcpProxy, gcpRegionalProxy, azure, azureApplicationGateway, metalLb, nodePort, ciliumGateway',
});

const policy = optional(oneOf(ExternalTrafficPolicy, 'an ExternalTrafficPolicy'));
const targets = oneOf(LoadBalancerTargets, 'a LoadBalancerTargets');
const blocks = optional(listOf(text, "'10.0.0.0/24'"));

const POLICY: Shape<TrafficPolicyOptions> = { externalTrafficPolicy: policy };
const ALB: Shape<AwsAlbOptions> = { ...POLICY, targets, subnets: blocks };
const NLB: Shape<AwsNlbOptions> = {
  ...ALB,
  protocol: optional(oneOf(Protocol, 'a protocol')),
  preserveClientIp: optional(flag),
};
const GCP_PROXY: Shape<GcpProxyOptions> = { ...POLICY, targets };
const GCP_REGIONAL: Shape<GcpRegionalProxyOptions> = { ...GCP_PROXY, proxyOnlySubnets: blocks };
const AZURE: Shape<AzureLoadBalancerOptions> = { ...POLICY, probesPods: optional(flag) };
const APPLICATION_GATEWAY: Shape<AzureApplicationGatewayOptions> = { subnets: listOf(text, "'10.0.0.0/24'") };

const PROXY_ONLY = 'proxyOnlySubnets';

function isLocal({ externalTrafficPolicy }: TrafficPolicyOptions): boolean {
  return externalTrafficPolicy === ExternalTrafficPolicy.LOCAL;
}

function byPolicy(
  kind: 'google-passthrough' | 'metallb' | 'node-port',
  options: TrafficPolicyOptions | undefined,
  method: string,
): LoadBalancer {
  const given = properties(options ?? {}, POLICY, `the options of LoadBalancer.${method}`);
  return balancer(`${kind}-${isLocal(given) ? 'local' : 'cluster'}`);
}

function balancer(name: LoadBalancerName, subnets: readonly string[] = [], property = 'subnets'): LoadBalancer {
  const facts: LoadBalancerFacts = LOAD_BALANCERS[name];
  if (facts.isInSubnets && subnets.length === 0) throw new ZeroTrustError(subnetsMissing(facts, property));
  const addresses = ips.fromBlocks([...(facts.isInSubnets ? subnets : []), ...(facts.ranges ?? [])]);
  const checksFrom = facts.checksFrom === undefined ? addresses : ips.fromBlocks(facts.checksFrom);
  return LoadBalancer._of({ facts, addresses, checksFrom });
}

function subnetsMissing({ title, sees }: LoadBalancerFacts, property: string) {
  const what =
    sees === 'balancer'
      ? 'pods see an address of the balancer'
      : 'the balancer checks the health of pods from its own addresses';
  return {
    rule: 'load-balancer-subnets',
    what: `behind ${title}, ${what}, and \`${property}\` does not say in which subnets it has them`,
    value: '[]',
    allowed: 'one block or more',
    fix: `Give the blocks of ${property === PROXY_ONLY ? 'the proxy-only subnets of the region' : 'the subnets that it is in'}: { ${property}: ['10.0.0.0/24'] }`,
  };
}

function udpWithoutClient() {
  return {
    rule: 'load-balancer-client-address',
    what: 'an AWS NLB always keeps the addresses of clients for UDP and TCP_UDP: preserve_client_ip.enabled cannot be off there',
    value: 'preserveClientIp: false',
    allowed: 'preserveClientIp: true, or left out, for UDP; either for TCP and TLS',
    fix: 'Leave `preserveClientIp` out.',
  };
}
