import { tierKey } from '../graph/graph-data';
import type { Flow } from '../model/flow';

/** What address the pods behind a balancer see on the connections of its clients. */
export type SeenSource = 'clients' | 'balancer' | 'nodes' | 'gateway of Cilium' | 'pods of a proxy';

/** Who checks health at the pods; the node answers instead of them where a check goes to kube-proxy. */
export type CheckedBy = 'balancer' | 'nodes' | 'the node answers' | 'nobody';

/** One way in which a balancer hands connections on. */
export interface LoadBalancerFacts {
  /** As the graph names it. */
  readonly title: string;
  readonly sees: SeenSource;
  readonly checkedBy: CheckedBy;
  /** Where the balancer hands connections on from, where that is the same for everybody. */
  readonly ranges?: readonly string[];
  /** Where it checks health from, where that is somewhere else and the same for everybody. */
  readonly checksFrom?: readonly string[];
  /** Its addresses are of subnets that only its owner knows. */
  readonly isInSubnets?: true;
  /** The pods of a proxy in between, as they are labelled. */
  readonly proxy?: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  readonly source: string;
}

/** Google, "Firewall rules" and "Health checks overview", Cloud Load Balancing: probes, for IPv4 and IPv6. */
const GOOGLE_PROBES = ['35.191.0.0/16', '130.211.0.0/22', '2600:2d00:1:b029::/64'];

/** The same pages: front ends (GFE) hand requests on from the IPv4 ranges of probes, and from one of their own for IPv6. */
const GOOGLE_FRONT_ENDS = ['35.191.0.0/16', '130.211.0.0/22', '2600:2d00:1:1::/64'];

/** Azure, "What is IP address 168.63.129.16": every probe of a load balancer comes from it. */
const AZURE_PROBES = ['168.63.129.16/32'];

const NLB =
  'AWS, "Edit target group attributes for your Network Load Balancer" (client IP preservation); aws-load-balancer-controller `pkg/service/model_build_target_group.go` (health checks); Kubernetes, "Using Source IP"';
const NLB_IP = 'AWS, "Edit target group attributes for your Network Load Balancer" (client IP preservation)';
const ALB =
  'AWS, "How Elastic Load Balancing works"; AWS Load Balancer Controller guide, "Ingress annotations" (target-type)';
const GKE_NEG = 'Google, "Container-native load balancing"; "Firewall rules", Cloud Load Balancing';
const GKE_NODES = 'Google, "GKE Ingress for Application Load Balancers"; Kubernetes, "Using Source IP"';
const GKE_PASSTHROUGH = 'Google, "About LoadBalancer Services" (health checks); Kubernetes, "Using Source IP"';
const AZURE = 'cloud-provider-azure, "Azure LoadBalancer" (health probes, floating IP); Kubernetes, "Using Source IP"';
const METALLB = 'MetalLB, "Usage" (traffic policies)';
const NODE_PORT = 'Kubernetes, "Using Source IP"';

const AT_LOCAL = 'externalTrafficPolicy Local';
const AT_CLUSTER = 'externalTrafficPolicy Cluster';
const KEPT = 'client addresses kept';
const REPLACED = 'client addresses replaced';

/**
 * Load balancers, with what the pods behind them see. A balancer that targets nodes reaches the pods by kube-proxy (or what
 * stands for it): with `externalTrafficPolicy: Cluster` a node puts its own address in, with `Local` what arrives is kept.
 */
export const LOAD_BALANCERS = {
  'nlb-ip': {
    title: 'AWS NLB, ip targets',
    sees: 'balancer',
    checkedBy: 'balancer',
    isInSubnets: true,
    source: NLB_IP,
  },
  'nlb-ip-kept': {
    title: `AWS NLB, ip targets, ${KEPT}`,
    sees: 'clients',
    checkedBy: 'balancer',
    isInSubnets: true,
    source: NLB_IP,
  },
  'nlb-instance-local': {
    title: `AWS NLB, instance targets, ${AT_LOCAL}`,
    sees: 'clients',
    checkedBy: 'the node answers',
    source: NLB,
  },
  'nlb-instance-local-replaced': {
    title: `AWS NLB, instance targets, ${AT_LOCAL}, ${REPLACED}`,
    sees: 'balancer',
    checkedBy: 'the node answers',
    isInSubnets: true,
    source: NLB,
  },
  'nlb-instance-cluster': {
    title: `AWS NLB, instance targets, ${AT_CLUSTER}`,
    sees: 'nodes',
    checkedBy: 'nodes',
    source: NLB,
  },
  'alb-ip': { title: 'AWS ALB, ip targets', sees: 'balancer', checkedBy: 'balancer', isInSubnets: true, source: ALB },
  'alb-instance-local': {
    title: `AWS ALB, instance targets, ${AT_LOCAL}`,
    sees: 'balancer',
    checkedBy: 'balancer',
    isInSubnets: true,
    source: ALB,
  },
  'alb-instance-cluster': {
    title: `AWS ALB, instance targets, ${AT_CLUSTER}`,
    sees: 'nodes',
    checkedBy: 'nodes',
    source: ALB,
  },
  'google-passthrough-local': {
    title: `Google passthrough load balancer, ${AT_LOCAL}`,
    sees: 'clients',
    checkedBy: 'the node answers',
    source: GKE_PASSTHROUGH,
  },
  'google-passthrough-cluster': {
    title: `Google passthrough load balancer, ${AT_CLUSTER}`,
    sees: 'nodes',
    checkedBy: 'the node answers',
    source: GKE_PASSTHROUGH,
  },
  'google-front-end-ip': {
    title: 'Google front end, container-native',
    sees: 'balancer',
    checkedBy: 'balancer',
    ranges: GOOGLE_FRONT_ENDS,
    checksFrom: GOOGLE_PROBES,
    source: GKE_NEG,
  },
  'google-front-end-instance-local': {
    title: `Google front end, instance groups, ${AT_LOCAL}`,
    sees: 'balancer',
    checkedBy: 'balancer',
    ranges: GOOGLE_FRONT_ENDS,
    checksFrom: GOOGLE_PROBES,
    source: GKE_NODES,
  },
  'google-front-end-instance-cluster': {
    title: `Google front end, instance groups, ${AT_CLUSTER}`,
    sees: 'nodes',
    checkedBy: 'nodes',
    source: GKE_NODES,
  },
  'google-regional-ip': {
    title: 'Google regional proxy, container-native',
    sees: 'balancer',
    checkedBy: 'balancer',
    checksFrom: GOOGLE_PROBES,
    isInSubnets: true,
    source: GKE_NEG,
  },
  'google-regional-instance-local': {
    title: `Google regional proxy, instance groups, ${AT_LOCAL}`,
    sees: 'balancer',
    checkedBy: 'balancer',
    checksFrom: GOOGLE_PROBES,
    isInSubnets: true,
    source: GKE_NODES,
  },
  'google-regional-instance-cluster': {
    title: `Google regional proxy, instance groups, ${AT_CLUSTER}`,
    sees: 'nodes',
    checkedBy: 'nodes',
    source: GKE_NODES,
  },
  // A floating IP changes the address that a connection goes to, and not the one that it comes from.
  'azure-local': {
    title: `Azure load balancer, ${AT_LOCAL}`,
    sees: 'clients',
    checkedBy: 'the node answers',
    source: AZURE,
  },
  'azure-local-probed': {
    title: `Azure load balancer, ${AT_LOCAL}, pods probed`,
    sees: 'clients',
    checkedBy: 'balancer',
    checksFrom: AZURE_PROBES,
    source: AZURE,
  },
  'azure-cluster': { title: `Azure load balancer, ${AT_CLUSTER}`, sees: 'nodes', checkedBy: 'nodes', source: AZURE },
  'azure-application-gateway': {
    title: 'Azure Application Gateway',
    sees: 'balancer',
    checkedBy: 'balancer',
    isInSubnets: true,
    source:
      'Azure, "Application Gateway health probes overview" (source IP address), "Application Gateway infrastructure configuration" (its subnet), "What is Application Gateway Ingress Controller"',
  },
  'metallb-local': { title: `MetalLB, ${AT_LOCAL}`, sees: 'clients', checkedBy: 'nobody', source: METALLB },
  'metallb-cluster': { title: `MetalLB, ${AT_CLUSTER}`, sees: 'nodes', checkedBy: 'nobody', source: METALLB },
  'node-port-local': { title: `node ports, ${AT_LOCAL}`, sees: 'clients', checkedBy: 'nobody', source: NODE_PORT },
  'node-port-cluster': { title: `node ports, ${AT_CLUSTER}`, sees: 'nodes', checkedBy: 'nobody', source: NODE_PORT },
  'cilium-gateway': {
    title: 'Gateway API or Ingress of Cilium',
    sees: 'gateway of Cilium',
    checkedBy: 'nobody',
    source: 'Cilium, "Ingress and Network Policy Example"; cilium pull request 24826',
  },
  'envoy-gateway': {
    title: 'Envoy Gateway',
    sees: 'pods of a proxy',
    checkedBy: 'nobody',
    proxy: {
      namespace: 'envoy-gateway-system',
      labels: { 'app.kubernetes.io/name': 'envoy', 'app.kubernetes.io/component': 'proxy' },
    },
    source: 'Envoy Gateway, "Gateway Namespace Mode" and "Customize EnvoyProxy" (labels of the proxies)',
  },
  'ingress-nginx': {
    title: 'Ingress-NGINX',
    sees: 'pods of a proxy',
    checkedBy: 'nobody',
    proxy: {
      namespace: 'ingress-nginx',
      labels: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' },
    },
    source: 'Ingress-NGINX Controller, chart ingress-nginx (labels of the controller)',
  },
} as const satisfies Readonly<Record<string, LoadBalancerFacts>>;

export type LoadBalancerName = keyof typeof LOAD_BALANCERS;

/** How the graph says by what balancer a flow comes in. */
export function throughNote(title: string): string {
  return `${THROUGH}${title}`;
}

/** Each tier that comes by a balancer, with its name, once and in order. */
export function waysIn(flows: readonly Flow[]): readonly { readonly to: string; readonly balancer: string }[] {
  const found = flows.flatMap(({ to, notes }) => {
    if (to.kind !== 'tier' || notes.length === 0) return [];
    const through = notes.filter(isThrough);
    return through.map((note) => ({ to: tierKey(to), balancer: note.slice(THROUGH.length) }));
  });
  const byText = new Map(found.map((one) => [`${one.to} ${one.balancer}`, one]));
  return [...byText.keys()].sort().map((text) => byText.get(text) as (typeof found)[number]);
}

/** Whether a note of a flow says by what balancer it comes in. */
export function isThrough(note: string): boolean {
  return note.startsWith(THROUGH);
}

const THROUGH = 'through ';
