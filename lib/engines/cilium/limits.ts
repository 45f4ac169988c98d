import { type GraphData, tierKey } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Endpoint } from '../../model/endpoint';
import type { Flow } from '../../model/flow';
import type { Guardrail, HostGuardrail } from '../../model/guardrail';
import { type HostPattern, hostText } from '../../model/host-pattern';
import type { PodSet } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { Selector } from '../../model/selector';
import { isAtLeast } from '../../model/version';
import { nullifiedFlows } from '../flows-a-guardrail-denies';
import type { Refusal } from '../refusal';
import { isDns } from './dns';
import { NAMESPACE_LABELS } from './endpoint-selector';
import { mixedFlows, requestLimits } from './request-limits';

type Unsaid = Omit<Refusal, 'about'>;

/** What Cilium cannot say (pkg/policy/api, 1.17 to 1.20). */
export function limits(graph: GraphData, facts: ClusterFacts): Refusal[] {
  const { flows, tiers, guardrails = [], hostGuardrails = [] } = graph;
  const resolving = new Set(flows.filter((flow) => isQuery(flow, facts)).map(({ from }) => endKey(from)));
  return [
    ...flows.flatMap((flow) =>
      about({ kind: 'flow', flow }, [...ofFlow(flow, resolving, facts), ...requestLimits(flow, facts)]),
    ),
    ...nullifiedFlows(flows).flatMap((flow) => about({ kind: 'flow', flow }, [NULLIFIED])),
    ...mixedFlows(flows),
    ...tiers.flatMap(({ namespace, pods }) => about({ kind: 'namespace', namespace }, ofLabels(pods.pods))),
    ...guardrails.flatMap((it) => about({ kind: 'guardrail', name: it.name }, ofGuardrail(it, facts))),
    ...hostGuardrails.flatMap((it) => about({ kind: 'host-guardrail', name: it.name }, ofHostGuardrail(it, facts))),
  ];
}

function about(what: Refusal['about'], unsaid: readonly Unsaid[]): Refusal[] {
  return unsaid.map((it) => ({ ...it, about: what }));
}

function isQuery({ to, traffic }: Flow, facts: ClusterFacts): boolean {
  return isDns({ peer: to, ports: traffic.ports, requests: traffic.requests }, facts);
}

function endKey(end: Endpoint): string {
  return end.kind === 'tier' ? tierKey(end) : '';
}

function ofFlow({ from, to, traffic }: Flow, resolving: ReadonlySet<string>, facts: ClusterFacts): Unsaid[] {
  return [
    ...ofEnd(from, facts),
    ...ofEnd(to, facts),
    ...(from.kind === 'entity' && from.entity === 'api-server' ? apiServerAsSource(facts) : []),
    ...(from.kind === 'tier' ? ofNamesInEgress(traffic.ports) : []),
    ...(to.kind === 'hosts' && !resolving.has(endKey(from)) ? [withoutDns(to.patterns)] : []),
  ];
}

/** Names are looked up over all pods of the cluster, or all that the rule selects, and left out where they differ. */
function ofNamesInEgress(set: PortSet): Unsaid[] {
  if (!ports.hasNames(set)) return [];
  const names = ports.PROTOCOLS.flatMap((protocol) => ports.namesOf(set, protocol)).join(', ');
  return [
    {
      rule: 'engine-named-ports',
      why: 'Cilium looks the name of a port in egress up over many pods at once, and lets nothing through where two of them give it different numbers',
      value: names,
      allowed:
        'numbers, and names of a workload that is given as a construct (Pods.of) and gives each of them one number',
      engines: ['kubernetes', 'calico', 'antrea'],
      fix: 'Write the number that the containers listen on: Port.tcp(8080).',
    },
  ];
}

function ofEnd(end: Endpoint, facts: ClusterFacts): Unsaid[] {
  switch (end.kind) {
    case 'hosts':
      return end.patterns.flatMap((pattern) => ofHost(pattern, facts));
    case 'addresses':
    case 'entity':
      return [];
    default:
      return ofPods(end.pods);
  }
}

function ofPods({ namespaces, pods }: PodSet): Unsaid[] {
  return [...ofLabels(pods), ...ofNamespaceLabels(namespaces)];
}

/** What is no part of the identity of pods by default (pkg/labelsfilter/filter.go, `defaultLabelPrefixCfg`). */
const IGNORED_PREFIXES = [
  'io.kubernetes',
  'kubernetes.io',
  'k8s.io',
  'topology.kubernetes.io',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/controller-uid',
  'pod-template-generation',
  'pod-template-hash',
  'controller-revision-hash',
  'controller-uid',
  'annotation',
  'etcd_node',
];
const RESERVED_PREFIX = 'io.cilium.k8s.';

function ofLabels({ constraints }: Selector): Unsaid[] {
  return constraints
    .map(({ key }) => key)
    .filter(
      (key) =>
        key.startsWith(RESERVED_PREFIX) ||
        key.includes('beta.kubernetes.io') ||
        IGNORED_PREFIXES.some((prefix) => key.startsWith(prefix)),
    )
    .map((key) => ({
      rule: 'engine-label',
      why: `Cilium leaves the label ${key} out of what it knows pods by, so that a selector would hold for others than is meant`,
      value: key,
      allowed: 'labels that tell applications apart, such as app',
      engines: ['kubernetes', 'calico', 'antrea', 'cluster-network-policy'],
      fix: "Give the pods a label of their own, and select that: Pods.labeled({ app: '…' })",
    }));
}

const LONGEST_NAME = 63;
const LONGEST_PREFIX = 253;

/** The keys of labels of namespaces are part of longer keys, which have to be in order too. */
function ofNamespaceLabels({ constraints }: Selector): Unsaid[] {
  return constraints
    .map(({ key }) => key)
    .filter((key) => {
      const [first, second] = key.split('/');
      const most = second === undefined ? LONGEST_NAME : LONGEST_PREFIX;
      return (first ?? '').length > most - NAMESPACE_LABELS.length;
    })
    .map((key) => ({
      rule: 'engine-label',
      why: `Cilium puts ${NAMESPACE_LABELS} before the key of a label of namespaces, and with it this one is too long`,
      value: key,
      allowed: `keys of at most ${LONGEST_NAME - NAMESPACE_LABELS.length} characters, or with a prefix of at most ${LONGEST_PREFIX - NAMESPACE_LABELS.length}`,
      engines: ['kubernetes', 'calico', 'antrea', 'cluster-network-policy'],
      fix: 'Give the namespaces a label with a shorter key, and select that.',
    }));
}

const LONGEST_HOST = 255;

function ofHost(pattern: HostPattern, { version }: ClusterFacts): Unsaid[] {
  const text = hostText(pattern);
  const name = pattern.kind === 'exact' ? pattern.name : 'under' in pattern ? pattern.under : undefined;
  if (pattern.kind === 'opaque') return [host(text, 'a wildcard of Cilium stands for whole labels at the front here')];
  if (text.length > LONGEST_HOST) return [host(text, `a host name of Cilium has at most ${LONGEST_HOST} characters`)];
  if (name !== undefined && /(^|\.)(svc|cluster\.local)$/.test(name)) {
    return [
      host(text, 'names of Services lead to addresses inside the cluster, which host names never match on Cilium'),
    ];
  }
  if (pattern.kind !== 'any-depth' || isAtLeast(version, '1.19')) return [];
  return [
    {
      ...host(text, "wildcards of any depth came with Cilium 1.19: before, '**.' stands for one label"),
      fix: 'Run Cilium 1.19 or later, or name the hosts.',
    },
  ];
}

function host(value: string, why: string): Unsaid {
  return {
    rule: 'engine-host-names',
    why,
    value,
    allowed: 'whole names outside the cluster, and wildcards of one label',
    engines: [],
  };
}

/** Cilium learns addresses from the answers that its proxy sees on the way to these pods. */
function withoutDns(patterns: readonly HostPattern[]): Unsaid {
  return {
    rule: 'engine-host-names-dns',
    why: 'Cilium learns the addresses of host names from the DNS of the pods that ask, and these have none',
    value: patterns.map(hostText).join(', '),
    allowed: 'host names beside a flow to DNS',
    engines: ['antrea'],
    fix: 'Give the tier its DNS: { dns: true }.',
  };
}

/** In managed control planes, connections of the API server arrive from other addresses than it is known by. */
function apiServerAsSource({ platform }: ClusterFacts): Unsaid[] {
  if (platform === undefined || !/^(AKS|GKE)/.test(platform)) return [];
  return [
    {
      rule: 'engine-entity',
      why: `on ${platform}, connections of the API server arrive from addresses that Cilium does not know as those of the API server`,
      value: 'cluster.apiServer',
      allowed: 'cluster.apiServer as a destination; the addresses that its connections come from, as a source',
      engines: [],
      fix: "Name the addresses that its connections come from: allowFrom(Cidr.of('192.0.2.0/28'), { because: '…' })",
    },
  ];
}

/** A deny that rests on what was last resolved fails open. */
function ofGuardrail({ denies, isolates }: Guardrail, facts: ClusterFacts): Unsaid[] {
  return [
    ...denies.flatMap(({ direction, ports: set }) => (direction === 'egress' ? ofNamesInEgress(set) : [])),
    ...denies.flatMap(({ peer }) => (peer.kind === 'hosts' ? [deniedHosts(peer.patterns)] : ofEnd(peer, facts))),
    ...[...denies.map(({ subject }) => subject), ...isolates].flatMap(ofPods),
  ];
}

function ofHostGuardrail({ allows }: HostGuardrail, facts: ClusterFacts): Unsaid[] {
  return allows.flatMap(({ peer }) =>
    peer.kind === 'hosts'
      ? [host(peer.patterns.map(hostText).join(', '), 'the DNS of nodes does not pass the proxy of Cilium')]
      : ofEnd(peer, facts),
  );
}

function deniedHosts(patterns: readonly HostPattern[]): Unsaid {
  return {
    rule: 'engine-guardrail',
    why: 'Cilium denies no host names: a name leads to other addresses before it is known, and these would pass',
    value: patterns.map(hostText).join(', '),
    allowed: 'addresses, pods and entities',
    engines: [],
    fix: 'Deny the addresses, or allow only the names that are meant.',
  };
}

const NULLIFIED: Unsaid = {
  rule: 'engine-requests-nullified',
  why: 'another flow between some of these ends asks for all traffic on these ports, and Cilium then lets every request through',
  value: 'requests',
  allowed: 'flows of the same ends that all name their requests, or ports that are apart',
  engines: [],
  fix: 'Let the other flow name its requests too, or give it a port of its own.',
};
