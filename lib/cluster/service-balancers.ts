/** What a Service says of the balancer before it. */
export interface BalancedService {
  readonly type: string;
  readonly externalTrafficPolicy: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly protocol: string }[];
}

/** Who puts an address in the place of the client's on its way to the pods, and what the Service says of that. */
export interface SourceReplaced {
  /** Completes "the Service …, so …". */
  readonly by: string;
  readonly value: string;
  readonly allowed: string;
  /** A balancer that says what pods see there, to be pasted; undefined where none is known. */
  readonly through: string;
}

/**
 * Whether the pods of a Service see somebody else than the client, as far as its manifest says. What is decided outside of it
 * (a target group made by hand, the classic balancer of an old cloud provider) is not known here.
 */
export function sourceReplaced(service: BalancedService): SourceReplaced | undefined {
  if (isOfGoogleFrontEnd(service)) return GOOGLE_FRONT_END;
  if (service.type !== 'LoadBalancer' && service.type !== 'NodePort') return undefined;
  const { externalTrafficPolicy, annotations, ports } = service;
  const keeps = attribute(annotations, 'preserve_client_ip.enabled');
  const isUdp = ports.length > 0 && ports.every(({ protocol }) => protocol === 'UDP');
  if (targetsPods(annotations)) return keeps === 'true' || isUdp ? undefined : NLB_TO_PODS;
  if (keeps === 'false') return NLB_ATTRIBUTE;
  for (const [key, value, replaced] of ALWAYS_REPLACED) if (annotations[key] === value) return replaced;
  return externalTrafficPolicy === 'Cluster' ? byNodes(annotations) : undefined;
}

/** Google, "Container-native load balancing": what the annotation names is reached by proxies, pod by pod. */
function isOfGoogleFrontEnd({ annotations }: BalancedService): boolean {
  return /"(?:ingress"\s*:\s*true|exposed_ports")/.test(annotations['cloud.google.com/neg'] ?? '');
}

const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';

/** AWS Load Balancer Controller guide, "NLB target type". */
function targetsPods(annotations: BalancedService['annotations']): boolean {
  return annotations[`${AWS}nlb-target-type`] === 'ip' || annotations[`${AWS}type`] === 'nlb-ip';
}

/** The same guide, "Service annotations": `key=value` pairs, parted by commas. */
function attribute(annotations: BalancedService['annotations'], name: string): string | undefined {
  const pairs = (annotations[`${AWS}target-group-attributes`] ?? '').split(',').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}

/** AWS, "Edit target group attributes for your Network Load Balancer": off for TCP and TLS to pods unless it is set. */
const NLB_TO_PODS: SourceReplaced = {
  by: 'is behind a Network Load Balancer that targets pods, which puts its own address in for TCP and TLS',
  value: 'preserve_client_ip.enabled is not set',
  allowed: `the annotation ${AWS}target-group-attributes: preserve_client_ip.enabled=true, or UDP alone`,
  through: "LoadBalancer.awsNlb({ targets: LoadBalancerTargets.IP, subnets: ['10.0.0.0/24'] })",
};

const NLB_ATTRIBUTE: SourceReplaced = {
  by: 'is behind a Network Load Balancer that is told to put its own address in',
  value: 'preserve_client_ip.enabled=false',
  allowed: 'preserve_client_ip.enabled=true, or left out, for instances',
  through:
    "LoadBalancer.awsNlb({ targets: LoadBalancerTargets.INSTANCE, preserveClientIp: false, externalTrafficPolicy: ExternalTrafficPolicy.LOCAL, subnets: ['10.0.0.0/24'] })",
};

const GOOGLE_FRONT_END: SourceReplaced = {
  by: 'is reached by proxies of Google, which put their own addresses in',
  value: 'cloud.google.com/neg',
  allowed: 'a Service of type LoadBalancer with externalTrafficPolicy: Local, which Google passes through',
  through: 'LoadBalancer.gcpProxy({ targets: LoadBalancerTargets.IP })',
};

const ALWAYS_REPLACED: readonly (readonly [string, string, SourceReplaced])[] = [
  [
    // cloud-provider-azure, "Azure Private Link Service Integration": clients arrive with addresses of its NAT.
    'service.beta.kubernetes.io/azure-pls-create',
    'true',
    {
      by: 'is reached by a Private Link Service of Azure, which puts an address of its subnet in',
      value: 'service.beta.kubernetes.io/azure-pls-create: true',
      allowed: 'a Service without Private Link, with externalTrafficPolicy: Local',
      through: '',
    },
  ],
  [
    // Oracle, "Kubernetes Engine", release note of 2022-08-17: with Local, unless it is set to false.
    'oci-network-load-balancer.oraclecloud.com/is-preserve-source',
    'false',
    {
      by: 'is behind a network load balancer of Oracle that is told to put its own address in',
      value: 'oci-network-load-balancer.oraclecloud.com/is-preserve-source: false',
      allowed: 'true, with externalTrafficPolicy: Local',
      through: '',
    },
  ],
];

/** Kubernetes, "Using Source IP". */
function byNodes(annotations: BalancedService['annotations']): SourceReplaced {
  return {
    by: 'has externalTrafficPolicy: Cluster, so nodes put theirs in its place',
    value: 'externalTrafficPolicy: Cluster',
    allowed: 'externalTrafficPolicy: Local, or a balancer that keeps the addresses of clients on its way to pods',
    through: nameOf(annotations),
  };
}

/** By the annotations that only one kind of balancer has; `metalLb` and others are told from them by nothing. */
function nameOf(annotations: BalancedService['annotations']): string {
  const keys = Object.keys(annotations);
  const has = (part: string) => keys.some((key) => key.includes(part));
  if (has('/aws-load-balancer-')) return 'LoadBalancer.awsNlb({ targets: LoadBalancerTargets.INSTANCE })';
  if (has('/azure-load-balancer-')) return 'LoadBalancer.azure()';
  if (has('networking.gke.io/') || has('cloud.google.com/')) return 'LoadBalancer.gcpPassthrough()';
  if (has('metallb.universe.tf/') || has('metallb.io/')) return 'LoadBalancer.metalLb()';
  return '';
}
