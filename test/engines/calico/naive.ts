/**
 * Calico as its documentation reads: slow and obvious, straight from the objects, to judge what reads and composes them. It
 * shares nothing with `lib` and knows only what `random.ts` writes. Source: docs.tigera.io/calico, "Global network policy",
 * "Network policy", "Tier".
 */
import type { Connection, PodEnd } from '../decide';
import type { Json } from './calico';

export interface CalicoObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: {
    readonly tier?: string;
    readonly order?: number;
    readonly defaultAction?: string;
    readonly selector?: string;
    readonly namespaceSelector?: string;
    readonly types?: readonly string[];
    readonly ingress?: readonly CalicoRule[];
    readonly egress?: readonly CalicoRule[];
  };
}

export interface CalicoRule {
  readonly action: string;
  readonly protocol?: string;
  readonly source?: CalicoEnd;
  readonly destination?: CalicoEnd;
}

interface CalicoEnd {
  readonly selector?: string;
  readonly namespaceSelector?: string;
  readonly nets?: readonly string[];
  readonly notNets?: readonly string[];
  readonly ports?: readonly (number | string)[];
  readonly notPorts?: readonly (number | string)[];
}

type End = Connection['to'];

export function naivelyPasses(objects: readonly CalicoObject[], connection: Connection): boolean {
  const { from, to } = connection;
  return (
    (!isPod(from) || verdict(objects, 'Egress', from, connection)) &&
    (!isPod(to) || verdict(objects, 'Ingress', to, connection))
  );
}

function verdict(objects: readonly CalicoObject[], type: string, own: PodEnd, connection: Connection): boolean {
  const tiers = [
    { name: 'kube-admin', order: 1000, defaultAction: 'Pass' },
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
      .filter((policy) => policy.spec.types?.includes(type) && selects(policy, own))
      .sort(before);
    if (policies.length === 0) continue;
    const action = decision(policies, type, connection) ?? defaultAction;
    if (action !== 'Pass') return action === 'Allow';
  }
  return true;
}

function before(a: CalicoObject, b: CalicoObject): number {
  const [one, other] = [a.spec.order ?? Number.POSITIVE_INFINITY, b.spec.order ?? Number.POSITIVE_INFINITY];
  if (one !== other) return one - other;
  const tie = ({ kind, metadata: { name, namespace = '' } }: CalicoObject) => `${name}/${namespace}/${kind}`;
  return tie(a) < tie(b) ? -1 : 1;
}

function decision(policies: readonly CalicoObject[], type: string, connection: Connection): string | undefined {
  for (const { spec, metadata } of policies) {
    for (const rule of (type === 'Ingress' ? spec.ingress : spec.egress) ?? []) {
      if (rule.action !== 'Log' && matches(rule, metadata.namespace, connection)) return rule.action;
    }
  }
  return undefined;
}

function selects({ metadata: { namespace }, spec }: CalicoObject, pod: PodEnd): boolean {
  if (namespace !== undefined && namespaceOf(pod) !== namespace) return false;
  return holds(spec.selector ?? '', labelsOf(pod)) && holds(spec.namespaceSelector ?? '', namespaceLabelsOf(pod));
}

function matches(rule: CalicoRule, namespace: string | undefined, { from, to, protocol, port }: Connection): boolean {
  return (
    (rule.protocol === undefined || rule.protocol === protocol) &&
    isEnd(rule.source ?? {}, from, namespace) &&
    isEnd(rule.destination ?? {}, to, namespace) &&
    isPort(rule.destination ?? {}, to, protocol, port)
  );
}

function isEnd(end: CalicoEnd, given: End, namespace: string | undefined): boolean {
  const { selector = '', namespaceSelector = '', nets = [], notNets = [] } = end;
  if (nets.length > 0 && !nets.some((net) => isIn(given.ip, net))) return false;
  if (notNets.some((net) => isIn(given.ip, net))) return false;
  if (selector === '' && namespaceSelector === '') return true;
  if (!isPod(given)) return false;
  if (namespaceSelector === '' && namespace !== undefined && namespaceOf(given) !== namespace) return false;
  return holds(selector, labelsOf(given)) && holds(namespaceSelector, namespaceLabelsOf(given));
}

function isPort({ ports = [], notPorts = [] }: CalicoEnd, to: End, protocol: string, port: number): boolean {
  const is = (entry: number | string): boolean => {
    if (typeof entry === 'number') return entry === port;
    const [first, last] = entry.split(':');
    if (last !== undefined) return Number(first) <= port && port <= Number(last);
    return (
      isPod(to) && (to.ports ?? []).some((it) => it.name === entry && it.protocol === protocol && it.number === port)
    );
  };
  return (ports.length === 0 || ports.some(is)) && !notPorts.some(is);
}

/** Conjunctions of the conditions that `random.ts` writes, by translation into JavaScript. */
function holds(selector: string, labels: Json): boolean {
  return selector.split(' && ').every((condition) => {
    if (condition === '' || condition === 'all()') return true;
    if (condition.startsWith('!')) return !holds(condition.slice(1), labels);
    const has = /^has\((.*)\)$/.exec(condition);
    if (has) return has[1] in labels;
    const [, key, operator, values] = /^(\S+) (==|!=|in|not in) (.*)$/.exec(condition) ?? [];
    const listed =
      values
        .replace(/[{}' ]/g, '')
        .split(',')
        .includes(String(labels[key])) && key in labels;
    return listed === (operator === '==' || operator === 'in');
  });
}

function labelsOf({ labels, namespaceLabels }: PodEnd): Json {
  return {
    ...labels,
    'projectcalico.org/orchestrator': 'k8s',
    'projectcalico.org/namespace': namespaceLabels['kubernetes.io/metadata.name'],
  };
}

function namespaceLabelsOf(pod: PodEnd): Json {
  return { ...pod.namespaceLabels, 'projectcalico.org/name': namespaceOf(pod) };
}

function namespaceOf({ namespaceLabels }: PodEnd): string {
  return namespaceLabels['kubernetes.io/metadata.name'];
}

function isPod(end: End): end is PodEnd {
  return 'labels' in end;
}

/** IPv4 alone. */
function isIn(ip: string, net: string): boolean {
  const [address, prefix] = net.split('/');
  const number = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(number(ip) / size) === Math.floor(number(address) / size);
}
