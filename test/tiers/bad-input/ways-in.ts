import {
  CloudMetadata,
  Cluster,
  type Exposure,
  ExternalTrafficPolicy,
  GatewayTier,
  HttpRule,
  Internet,
  LoadBalancer,
  LoadBalancerTargets,
  Pods,
  Port,
  Protocol,
  SourceAddress,
} from '../../../lib';
import type { BadInputs } from './refusal';
import { because, flowTo, namespace, validated } from './scenarios';

const { IP, INSTANCE } = LoadBalancerTargets;
const local = { externalTrafficPolicy: ExternalTrafficPolicy.LOCAL };

function gateway(exposure: Partial<Exposure>, cluster = Cluster.kubernetes()) {
  return () => {
    const exposures = [{ client: Internet.any(), because, ...exposure }];
    const ports = [Port.tcp(80)];
    validated(new GatewayTier(namespace({ cluster }), 'gw', { pods: Pods.labeled({ app: 'gw' }), ports, exposures }));
  };
}

export const waysIn: BadInputs = {
  'both a balancer and what is seen': {
    rule: 'exposure-source',
    make: gateway({ through: LoadBalancer.metalLb(), seenAs: SourceAddress.preserved() }),
    value: 'both',
    where: 'chart/ns/gw',
    says: /`exposures\[0\]\.through` and `seenAs` both say.*Leave `seenAs` out/s,
  },
  'a health check of no balancer': {
    rule: 'exposure-source',
    make: gateway({ seenAs: SourceAddress.preserved(), healthCheck: { ports: [Port.tcp(9001)] } }),
    where: 'chart/ns/gw',
    says: /`exposures\[0\]\.healthCheck` is about the balancer of `through`.*healthChecks: \[/s,
  },
  'a health check that lets in what the exposure keeps out': {
    rule: 'exposure-health-check',
    make: gateway({ through: LoadBalancer.gcpProxy({ targets: IP }), http: [HttpRule.get('/v1/models')] }),
    value: 'exposures[0].healthCheck',
    where: 'chart/ns/gw',
    says: /would let every request in from the addresses of the balancer.*healthCheck: \{ http: \[HttpRule\.get/s,
  },
  'a balancer that pods see, somewhere': {
    rule: 'load-balancer-subnets',
    make: () => LoadBalancer.awsNlb({ targets: IP }),
    value: '[]',
    says: /behind AWS NLB, ip targets, pods see an address of the balancer, and `subnets` does not say/,
  },
  'a balancer that checks health, from somewhere': {
    rule: 'load-balancer-subnets',
    make: () => LoadBalancer.awsNlb({ targets: IP, preserveClientIp: true, subnets: [] }),
    says: /client addresses kept, the balancer checks the health of pods from its own addresses, and `subnets` does not say/,
  },
  'a regional proxy, somewhere': {
    rule: 'load-balancer-subnets',
    make: () => LoadBalancer.gcpRegionalProxy({ targets: INSTANCE, ...local }),
    says: /`proxyOnlySubnets` does not say.*proxyOnlySubnets: \['10\.0\.0\.0\/24'\]/s,
  },
  'a gateway of Azure in no subnet': {
    rule: 'load-balancer-subnets',
    make: () => LoadBalancer.azureApplicationGateway({ subnets: [] }),
    says: /Azure Application Gateway/,
  },
  'UDP without the addresses of clients': {
    rule: 'load-balancer-client-address',
    make: () => LoadBalancer.awsNlb({ targets: INSTANCE, protocol: Protocol.UDP, preserveClientIp: false }),
    value: 'preserveClientIp: false',
    says: /always keeps the addresses of clients for UDP/,
  },
  'targets that are none': {
    rule: 'wrong-kind',
    make: () => LoadBalancer.awsAlb({ targets: 'pods' as LoadBalancerTargets }),
    value: '"pods"',
    says: /`targets` is "pods".*ip, instance/s,
  },
  'clients by way of Envoy Gateway': {
    rule: 'exposure-through-proxy',
    make: gateway({ through: LoadBalancer.envoyGateway() }),
    value: 'exposures[0].through: Envoy Gateway',
    where: 'chart/ns/gw',
    says: /see its pods.*'app\.kubernetes\.io\/name': 'envoy'.*inNamespace\('envoy-gateway-system'\)/s,
  },
  'clients by way of NGINX': {
    rule: 'exposure-through-proxy',
    make: gateway({ through: LoadBalancer.ingressNginx() }),
    where: 'chart/ns/gw',
    says: /see its pods.*inNamespace\('ingress-nginx'\)/s,
  },
  'the gateway of Cilium without Cilium': {
    rule: 'exposure-cilium-gateway',
    make: gateway({ through: LoadBalancer.ciliumGateway() }, Cluster.calico({ version: '3.32' })),
    value: 'LoadBalancer.ciliumGateway()',
    where: 'chart/ns/gw',
    says: /only Cilium can name its own gateway, and the policies of this cluster are those of Calico/,
  },
  'a balancer that hands on by nodes, which are somewhere': {
    rule: 'nodes-unknown',
    make: gateway({ through: LoadBalancer.metalLb() }),
    where: 'chart/ns/gw',
    says: /nodeCidrs/,
  },
  'ports of a server that has its own': {
    rule: 'identity-ports',
    make: flowTo(CloudMetadata.eksPodIdentity()),
    where: 'chart/ns/tier',
    says: /has its own ports.*Leave `ports` out/s,
  },
};
