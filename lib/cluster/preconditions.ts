import type { GraphData } from '../graph/graph-data';
import type { ClusterFacts, Encryption } from '../model/cluster-facts';
import type { EngineName } from '../model/engine-name';
import type { Flow } from '../model/flow';
import { PROTOCOLS } from '../model/port-problem';
import { isAtLeast } from '../model/version';
import { flavourNames, NODE_LOCAL_DNS } from './dns-flavours';
import { waysIn } from './load-balancers';
import { neededForRequests } from './looking-at-requests';
import { clusterNetworkPolicyVersion, kubernetesVersionOf } from './network-policy-api';
import { isAwsVpcCni, PLATFORMS } from './platforms';

/** How to see that a cluster encrypts traffic between its nodes; no policy of the engine shows it. */
const ENCRYPTION: Readonly<Record<Encryption, Readonly<Partial<Record<EngineName, string>>>>> = {
  // Cilium documentation, "Transparent Encryption"; Calico documentation, "Encrypt in-cluster pod traffic"; Antrea
  // documentation, "Traffic Encryption of Antrea".
  WireGuard: {
    cilium: '`cilium encrypt status` says Encryption: Wireguard on every node (Helm encryption.type: wireguard)',
    calico:
      'FelixConfiguration has wireguardEnabled and wireguardEnabledV6, and every Node has a projectcalico.org/WireguardPublicKey: nodes without WireGuard send in the clear, and so does traffic on one node',
    antrea: 'antrea-config has trafficEncryptionMode: wireGuard',
  },
  IPsec: {
    cilium: '`cilium encrypt status` says Encryption: IPsec on every node (Helm encryption.type: ipsec)',
    antrea: 'antrea-config has trafficEncryptionMode: ipsec',
  },
  // Istio documentation, "PeerAuthentication".
  'mutual TLS': {},
};

/** What manifests take for granted and only the live cluster can show: sentences, in the order of what to look at. */
export function preconditionsOf(graph: GraphData, facts: ClusterFacts): string[] {
  return [
    ...enforcement(facts),
    ...(facts.warnings ?? []).map((warning) => `Known of this cluster: ${warning}`),
    ...encryption(graph, facts),
    ...audit(graph, facts),
    ...requests(graph, facts),
    ...sctp(graph, facts),
    ...portRanges(graph, facts),
    ...addressFamilies(facts),
    ...hosts(graph, facts),
    ...paidFor(graph, facts),
    ...nodes(graph, facts),
    ...owners(graph, facts),
    ...balancers(graph),
    ...nodeLocalDns(graph, facts),
  ];
}

function enforcement(facts: ClusterFacts): string[] {
  const { engine, version } = facts;
  const at = version === undefined ? '' : ` ${version}`;
  switch (engine) {
    case 'kubernetes':
      return [
        'The network plugin enforces NetworkPolicy: where it does not, the API server takes policies and everything passes.',
      ];
    case 'cluster-network-policy':
      return [
        `The network plugin enforces ClusterNetworkPolicy of policy.networking.k8s.io/${clusterNetworkPolicyVersion(facts)} beside NetworkPolicy, and its CustomResourceDefinition is installed (Cilium 1.20: an option; Calico 3.32; Antrea 2.7: alpha).`,
      ];
    case 'cilium':
      return [
        `Cilium${at} runs on every node, and its policy enforcement is not \`never\` (\`cilium config view\`: enable-policy).`,
      ];
    case 'calico':
      return [`Calico${at} runs on every node with its API server, which serves projectcalico.org/v3.`];
    case 'antrea':
      return [
        `Antrea${at} runs on every node with the feature gate AntreaPolicy, which is on unless it was switched off.`,
      ];
  }
}

function encryption({ flows }: GraphData, { engine, encryption: kind }: ClusterFacts): string[] {
  const demanded = flows.filter(({ encrypted }) => encrypted).length;
  if (demanded === 0 || kind === undefined) return [];
  const look = ENCRYPTION[kind][engine] ?? `${kind} is in force between all nodes, and nothing falls back to the clear`;
  return [`${demanded} ${demanded === 1 ? 'flow' : 'flows'} must be encrypted, which no policy can see to: ${look}.`];
}

function audit({ namespaces }: GraphData, { engine }: ClusterFacts): string[] {
  const names = namespaces.filter(({ rollout }) => rollout === 'audit').map(({ name }) => name);
  if (names.length === 0) return [];
  // Cilium documentation, "Creating Policies from Verdicts": policyAuditMode, or PolicyAuditMode of an endpoint.
  const how =
    engine === 'cilium'
      ? 'their policies deny as soon as they are applied, unless the audit mode is on first: Helm policyAuditMode: true for the cluster, or `cilium-dbg endpoint config <id> PolicyAuditMode=Enabled` for each endpoint'
      : 'their policies are staged, and everything passes';
  return [`${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} only tried out: ${how}.`];
}

function requests({ flows }: GraphData, { engine }: ClusterFacts): string[] {
  if (flows.every(({ traffic }) => traffic.requests === undefined)) return [];
  return [`Requests are told apart, for which ${neededForRequests(engine)}; it cannot look into TLS.`];
}

function sctp({ flows }: GraphData, { engine }: ClusterFacts): string[] {
  const isUsed = flows.some(({ traffic: { ports } }) => ports.SCTP.ranges.length + ports.SCTP.names.length > 0);
  // Cilium documentation, "SCTP support (beta)".
  return isUsed && engine === 'cilium' ? ['SCTP is on in Cilium (Helm sctp.enabled: true): it is off unless set.'] : [];
}

/** Platforms whose own enforcement takes ranges of ports. */
const TAKE_RANGES = [PLATFORMS.eks, PLATFORMS['eks-auto-mode'], PLATFORMS.openshift].map(({ title }) => title);

function portRanges({ flows }: GraphData, facts: ClusterFacts): string[] {
  const { engine, platform, endPort } = facts;
  const version = kubernetesVersionOf(facts);
  const isPlain = engine === 'kubernetes' || engine === 'cluster-network-policy';
  if (!isPlain || endPort === 'unknown' || TAKE_RANGES.includes(platform ?? '')) return [];
  if (version !== undefined && !isAtLeast(version, '1.22')) return [];
  const isUsed = flows.some(hasRange);
  // Kubernetes, KEP-2079, and its documentation, "Targeting a range of ports": the network plugin must support it.
  return isUsed
    ? [
        `${version === undefined ? 'The cluster runs Kubernetes 1.22 or later, and its' : 'The'} network plugin takes ranges of ports (endPort): one that does not takes a range for its first port.`,
      ]
    : [];
}

function hasRange({ traffic: { ports } }: Flow): boolean {
  return PROTOCOLS.some((protocol) => ports[protocol].ranges.some(([a, b]) => a < b && !(a === 1 && b === 65535)));
}

/** Amazon EKS user guide, "Limit Pod traffic with Kubernetes network policies": policies are of one family of addresses. */
function addressFamilies(facts: ClusterFacts): string[] {
  const isIpv6 = (facts.podRanges?.v6.length ?? 0) > 0;
  return isAwsVpcCni(facts) && isIpv6
    ? [
        'Pods of an IPv6 cluster reach IPv4 addresses past the VPC CNI: something else (a route, a security group) keeps them from those.',
      ]
    : [];
}

/** Azure documentation, "Advanced Container Networking Services": the Cilium of AKS looks into names and requests only with them. */
function paidFor({ flows }: GraphData, { engine, platform }: ClusterFacts): string[] {
  const isNeeded = flows.some(({ to, traffic }) => to.kind === 'hosts' || traffic.requests !== undefined);
  return engine === 'cilium' && platform === PLATFORMS.aks.title && isNeeded
    ? [
        'Where Azure runs Cilium (Azure CNI powered by Cilium), Advanced Container Networking Services are on: without them policies with host names or requests do not work.',
      ]
    : [];
}

function hosts({ flows }: GraphData, { engine }: ClusterFacts): string[] {
  if (flows.every(({ to }) => to.kind !== 'hosts')) return [];
  const proxy = engine === 'cilium' ? " through Cilium's DNS proxy (Helm dnsProxy)" : '';
  return [
    `Names are learned from the pods' own queries to the cluster DNS${proxy}: pods that resolve names elsewhere reach nothing.`,
  ];
}

function nodes({ hostGuardrails = [] }: GraphData, { engine }: ClusterFacts): string[] {
  if (hostGuardrails.length === 0) return [];
  // Cilium documentation, "Host Firewall"; Calico documentation, "Protect hosts".
  const how: Readonly<Partial<Record<EngineName, string>>> = {
    cilium: 'the host firewall is on (Helm hostFirewall.enabled: true)',
    calico: 'nodes have HostEndpoints (KubeControllersConfiguration, autoCreate: Enabled)',
  };
  return [`Guardrails of nodes bind only where ${how[engine] ?? 'the engine guards nodes'}.`];
}

/**
 * Cilium documentation, "Local Redirect Policy" (NodeLocal DNSCache); an address on an interface of the node is the host to
 * Cilium (cilium issue 34387).
 */
function nodeLocalDns({ flows }: GraphData, { engine, dns }: ClusterFacts): string[] {
  const isAsked = flows.some(({ to }) => to.kind === 'addresses' && to.name === 'node-local-dns');
  if (engine !== 'cilium' || !isAsked || !flavourNames(dns).includes(NODE_LOCAL_DNS)) return [];
  return [
    'A CiliumLocalRedirectPolicy leads queries to the pods of NodeLocal DNSCache: at its own address Cilium takes it for the host, and no block matches the host.',
  ];
}

function balancers({ flows }: GraphData): string[] {
  return waysIn(flows).map(
    ({ to, balancer }) =>
      `${to} is behind ${balancer}: behind anything else its pods see other addresses, and clients are dropped.`,
  );
}

/** Antrea documentation, "RBAC": the roles `admin` and `edit` may write its policies, in any tier. */
function owners({ guardrails = [] }: GraphData, { engine }: ClusterFacts): string[] {
  if (engine !== 'antrea' || guardrails.every(({ denies }) => denies.length === 0)) return [];
  return [
    'Guardrails are in the tier securityops, and nobody but the platform may write policies of Antrea in that tier or one before it: the roles admin and edit of a namespace may, unless they are bound without crd.antrea.io or an admission policy looks at spec.tier.',
  ];
}
