/**
 * Calico's policies as its code decides them: slow and obvious, straight from the objects. Selectors become sets of addresses,
 * as felix renders them, and a rule is matched on the addresses of a packet alone (libcalico-go/lib/backend/syncersv1/
 * updateprocessors, felix/calc/rule_scanner.go, felix/rules/policy.go, felix/calc/policy_sorter.go). Nothing of the library
 * is used. Everything that a manifest of a policy leaves open is a part of the cluster here.
 */
import { type LabelsOfEndpoint, selectorHolds } from './selector';

export interface CalicoObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: LabelsOfEndpoint };
  readonly spec: Spec;
}

interface Spec {
  readonly tier?: string;
  readonly order?: number;
  readonly defaultAction?: string;
  readonly selector?: string;
  readonly namespaceSelector?: string;
  readonly serviceAccountSelector?: string;
  readonly types?: readonly string[];
  readonly ingress?: readonly CalicoRule[];
  readonly egress?: readonly CalicoRule[];
  readonly nets?: readonly string[];
}

export interface CalicoRule {
  readonly action: string;
  readonly protocol?: string | number;
  readonly notProtocol?: string | number;
  readonly http?: object;
  readonly source?: CalicoEnd;
  readonly destination?: CalicoEnd;
}

export interface CalicoEnd {
  readonly selector?: string;
  readonly notSelector?: string;
  readonly namespaceSelector?: string;
  readonly serviceAccounts?: { readonly names?: readonly string[]; readonly selector?: string };
  readonly services?: { readonly name: string; readonly namespace?: string };
  readonly nets?: readonly string[];
  readonly notNets?: readonly string[];
  readonly ports?: readonly (number | string)[];
  readonly notPorts?: readonly (number | string)[];
}

export interface NaivePod {
  readonly namespace: string;
  readonly labels: LabelsOfEndpoint;
  readonly account: { readonly name: string; readonly labels: LabelsOfEndpoint };
  readonly ip: string;
  readonly ports: readonly { readonly name: string; readonly protocol: string; readonly number: number }[];
}

export interface NaiveHost {
  readonly ip: string;
  readonly labels: LabelsOfEndpoint;
}

export interface NaiveCluster {
  readonly namespaces: Readonly<Record<string, LabelsOfEndpoint>>;
  readonly pods: readonly NaivePod[];
  readonly hosts: readonly NaiveHost[];
  /** Addresses behind Services, by `namespace/name`. */
  readonly services: Readonly<Record<string, readonly { readonly ip: string; readonly port: number }[]>>;
  /** Requests are checked, and this connection asks for what no rule about requests admits. */
  readonly refusesRequests: boolean;
  /** How the installation reads a policy without types: by lists that are there, or by rules. */
  readonly typesBy: 'list' | 'rule';
}

export interface Packet {
  readonly from: string;
  readonly to: string;
  /** By number: 6, 17, 132, and others. */
  readonly protocol: number;
  readonly sourcePort: number;
  readonly port: number;
}

const NUMBERS: Readonly<Record<string, number>> = { ICMP: 1, TCP: 6, UDP: 17, ICMPv6: 58, SCTP: 132, UDPLite: 136 };

interface Endpoint {
  readonly nets: readonly string[];
  readonly labels: LabelsOfEndpoint;
  readonly ports: NaivePod['ports'];
}

/** Whether a packet passes: asked of many. */
export function naively(objects: readonly CalicoObject[], cluster: NaiveCluster): (packet: Packet) => boolean {
  const all = endpoints(objects, cluster);
  return (packet) => {
    const ends = [
      ['Egress', packet.from],
      ['Ingress', packet.to],
    ] as const;
    return ends.every(([type, ip]) => {
      const pod = cluster.pods.find((it) => it.ip === ip);
      return pod === undefined || verdict(objects, cluster, all, type, ofPod(pod, cluster), packet);
    });
  };
}

function endpoints(objects: readonly CalicoObject[], cluster: NaiveCluster): Endpoint[] {
  const sets = objects
    .filter(({ kind }) => kind === 'NetworkSet' || kind === 'GlobalNetworkSet')
    .map(({ metadata: { namespace, labels = {} }, spec }): Endpoint => {
      const own = namespace === undefined ? labels : { ...labels, 'projectcalico.org/namespace': namespace };
      return { nets: spec.nets ?? [], labels: { ...ofNamespace(namespace, cluster), ...own }, ports: [] };
    });
  const hosts = cluster.hosts.map(({ ip, labels }): Endpoint => ({ nets: [`${ip}/32`], labels, ports: [] }));
  return [...cluster.pods.map((pod) => ofPod(pod, cluster)), ...hosts, ...sets];
}

function ofPod({ namespace, labels, account, ip, ports }: NaivePod, cluster: NaiveCluster): Endpoint {
  return {
    nets: [`${ip}/32`],
    labels: {
      ...ofNamespace(namespace, cluster),
      ...prefixed(account.labels, 'pcsa.'),
      'pcsa.projectcalico.org/name': account.name,
      ...labels,
      'projectcalico.org/namespace': namespace,
      'projectcalico.org/orchestrator': 'k8s',
      'projectcalico.org/serviceaccount': account.name,
    },
    ports,
  };
}

function ofNamespace(namespace: string | undefined, { namespaces }: NaiveCluster): LabelsOfEndpoint {
  if (namespace === undefined) return {};
  return prefixed({ ...namespaces[namespace], 'projectcalico.org/name': namespace }, 'pcns.');
}

function prefixed(labels: LabelsOfEndpoint, prefix: string): LabelsOfEndpoint {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [prefix + key, value]));
}

function verdict(
  objects: readonly CalicoObject[],
  cluster: NaiveCluster,
  all: readonly Endpoint[],
  type: string,
  own: Endpoint,
  packet: Packet,
): boolean {
  const tiers = [
    { name: 'default', order: 1_000_000, defaultAction: 'Deny' },
    ...objects
      .filter(({ kind }) => kind === 'Tier')
      .map(({ metadata, spec }) => ({
        name: metadata.name,
        order: spec.order ?? Number.POSITIVE_INFINITY,
        defaultAction: spec.defaultAction ?? 'Deny',
      })),
  ].sort((a, b) => (a.order === b.order ? (a.name < b.name ? -1 : 1) : a.order - b.order));
  for (const { name, defaultAction } of tiers) {
    const policies = objects
      .filter(({ kind, spec }) => /^(Global)?NetworkPolicy$/.test(kind) && (spec.tier ?? 'default') === name)
      .filter((policy) => typesOf(policy.spec, cluster).includes(type) && selects(policy, own))
      .sort(before);
    if (policies.length === 0) continue;
    const action = decision(policies, type, cluster, all, packet) ?? defaultAction;
    if (action !== 'Pass') return action === 'Allow';
  }
  return true;
}

function typesOf({ types, ingress, egress }: Spec, { typesBy }: NaiveCluster): readonly string[] {
  if (types !== undefined) return types;
  const isThere = (list: readonly unknown[] | undefined) =>
    list !== undefined && (typesBy === 'list' || list.length > 0);
  if (!isThere(egress)) return ['Ingress'];
  return isThere(ingress) ? ['Ingress', 'Egress'] : ['Egress'];
}

function selects({ metadata: { namespace }, spec }: CalicoObject, { labels }: Endpoint): boolean {
  if (namespace !== undefined && labels['projectcalico.org/namespace'] !== namespace) return false;
  return (
    selectorHolds(spec.selector ?? '', labels) &&
    (spec.namespaceSelector === undefined || selectorHolds(ofNamespaces(spec.namespaceSelector), labels)) &&
    (spec.serviceAccountSelector === undefined ||
      selectorHolds(keysPrefixed(spec.serviceAccountSelector, 'pcsa.'), labels))
  );
}

function before(a: CalicoObject, b: CalicoObject): number {
  const [one, other] = [a.spec.order ?? Number.POSITIVE_INFINITY, b.spec.order ?? Number.POSITIVE_INFINITY];
  if (one !== other) return one - other;
  const tie = ({ kind, metadata: { name, namespace = '' } }: CalicoObject) => `${name}/${namespace}/${kind}`;
  return tie(a) < tie(b) ? -1 : 1;
}

function decision(
  policies: readonly CalicoObject[],
  type: string,
  cluster: NaiveCluster,
  all: readonly Endpoint[],
  packet: Packet,
): string | undefined {
  for (const { spec, metadata } of policies) {
    for (const rule of (type === 'Ingress' ? spec.ingress : spec.egress) ?? []) {
      if (rule.action !== 'Log' && matches(rule, metadata.namespace, cluster, all, packet)) return rule.action;
    }
  }
  return undefined;
}

function matches(
  { protocol, notProtocol, http, source = {}, destination = {} }: CalicoRule,
  namespace: string | undefined,
  cluster: NaiveCluster,
  all: readonly Endpoint[],
  packet: Packet,
): boolean {
  const is = (it: string | number) => (typeof it === 'number' ? it : NUMBERS[it]) === packet.protocol;
  if (protocol !== undefined && !is(protocol)) return false;
  if (notProtocol !== undefined && is(notProtocol)) return false;
  if (http !== undefined && packet.protocol === 6 && cluster.refusesRequests) return false;
  return (
    isEnd(source, packet.from, packet.sourcePort, packet.protocol, namespace, cluster, all, false) &&
    isEnd(destination, packet.to, packet.port, packet.protocol, namespace, cluster, all, true)
  );
}

function isEnd(
  end: CalicoEnd,
  ip: string,
  port: number,
  protocol: number,
  namespace: string | undefined,
  { services }: NaiveCluster,
  all: readonly Endpoint[],
  withPorts: boolean,
): boolean {
  const { nets = [], notNets = [], ports = [], notPorts = [], notSelector } = end;
  if (nets.length > 0 && !nets.some((net) => isIn(ip, net))) return false;
  if (notNets.some((net) => isIn(ip, net))) return false;
  if (end.services !== undefined) {
    const behind = services[`${end.services.namespace ?? namespace}/${end.services.name}`] ?? [];
    if (!behind.some((it) => it.ip === ip && (!withPorts || it.port === port))) return false;
  }
  const positive = positiveOf(end, namespace);
  const isMeant = (labels: LabelsOfEndpoint) =>
    positive.every((selector) => selectorHolds(selector, labels)) &&
    (notSelector === undefined || !selectorHolds(notSelector, labels));
  const isReached = (holds: (labels: LabelsOfEndpoint) => boolean) =>
    all.some(({ nets: own, labels }) => holds(labels) && own.some((net) => isIn(ip, net)));
  if (positive.length > 0 && !isReached(isMeant)) return false;
  if (positive.length === 0 && notSelector !== undefined && isReached((labels) => selectorHolds(notSelector, labels))) {
    return false;
  }
  const isPort = (entry: number | string): boolean => {
    const [first, last = first] = String(entry).split(':');
    if (/^\d+$/.test(first)) return Number(first) <= port && port <= Number(last);
    return all.some(
      ({ nets: own, labels, ports: declared }) =>
        (positive.length === 0 || isMeant(labels)) &&
        own.some((net) => isIn(ip, net)) &&
        declared.some((it) => it.name === entry && NUMBERS[it.protocol] === protocol && it.number === port),
    );
  };
  return (ports.length === 0 || ports.some(isPort)) && !notPorts.some(isPort);
}

/** `getEndpointSelector`. */
function positiveOf(end: CalicoEnd, namespace: string | undefined): string[] {
  const { selector, namespaceSelector, serviceAccounts, notSelector } = end;
  const accounts = [
    ...(serviceAccounts?.selector === undefined ? [] : [keysPrefixed(serviceAccounts.selector, 'pcsa.')]),
    ...(serviceAccounts?.names === undefined
      ? []
      : [`projectcalico.org/serviceaccount in {${serviceAccounts.names.map((it) => `'${it}'`).join(',')}}`]),
  ];
  const own = [...accounts, ...(selector === undefined ? [] : [selector])];
  if (namespaceSelector !== undefined) return [ofNamespaces(namespaceSelector), ...own];
  if (namespace === undefined || (own.length === 0 && notSelector === undefined)) return own;
  return [`projectcalico.org/namespace == '${namespace}'`, ...own];
}

function ofNamespaces(selector: string): string {
  return keysPrefixed(selector, 'pcns.')
    .replaceAll('all()', 'has(projectcalico.org/namespace)')
    .replaceAll('global()', '!has(projectcalico.org/namespace)');
}

/** Outside texts, whatever is a word and no operator or call is the key of a label. */
function keysPrefixed(selector: string, prefix: string): string {
  return selector.replace(
    /'[^']*'|"[^"]*"|(?<![\w./-])(has\(\s*)?([\w./-]+)(?![\w./(-])/g,
    (whole: string, call: string | undefined, key: string | undefined) => {
      if (key === undefined || (call === undefined && OPERATORS.has(key))) return whole;
      return `${call ?? ''}${prefix}${key}`;
    },
  );
}

const OPERATORS = new Set(['in', 'not', 'contains', 'starts', 'ends', 'with']);

/** IPv4 alone. */
function isIn(ip: string, net: string): boolean {
  const [address, prefix] = net.split('/');
  const number = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(number(ip) / size) === Math.floor(number(address) / size);
}
