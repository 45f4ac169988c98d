/**
 * Whether one connection passes layers, in one way in which everything that manifests leave open may turn out: slow and
 * obvious, rule by rule. Nothing here comes from `lib`: this judges it.
 */
import { isIn, sameFamily } from '../naive/addresses';
import type { Labels, Pod, Protocol } from '../naive/world';

export interface PodsSpec {
  /** Absent for any namespace. */
  readonly namespace?: string;
  readonly labels: Labels;
}

export type PeerSpec =
  | { readonly kind: 'pods'; readonly pods: PodsSpec }
  | { readonly kind: 'block'; readonly block: string }
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'entity'; readonly entity: EntityName }
  | { readonly kind: 'anything' };

export type EntityName = 'nodes' | 'api-server' | 'ingress';

export type PortSpec =
  | { readonly protocol: Protocol; readonly first: number; readonly length: number }
  | { readonly protocol: Protocol; readonly name: string };

export interface RuleSpec {
  readonly direction: 'ingress' | 'egress';
  readonly action: 'allow' | 'deny' | 'pass';
  readonly subject: PodsSpec;
  readonly peers: readonly PeerSpec[];
  /** Empty for all. */
  readonly ports: readonly PortSpec[];
  /** Of the requests that the rule is about; absent for all traffic. */
  readonly method?: string;
  /** It may be there or not. */
  readonly isUncertain?: true;
}

export interface IsolationSpec {
  readonly direction: 'ingress' | 'egress';
  readonly subject: PodsSpec;
  readonly isUncertain?: true;
}

export interface LayerSpec {
  readonly order: 'union' | 'ranked';
  readonly otherwise: 'deny' | 'next';
  readonly rules: readonly RuleSpec[];
  readonly isolations: readonly IsolationSpec[];
}

/** What manifests do not say, said. */
export interface Circumstances {
  readonly blocksMeanPods: boolean;
  /** The method that is sent; absent where it is no request. */
  readonly method?: string;
  /** The name that led to the addresses outside that are asked about. */
  readonly host?: string;
  /** Whether the API server runs on nodes, all of them. */
  readonly nodesRunApiServer: boolean;
  /** Of the node, or of the API server. */
  readonly entityAddress: string;
  /** Which of what is uncertain is there. @default nothing */
  readonly isThere?: (uncertain: RuleSpec | IsolationSpec) => boolean;
  /** Every pod runs on the node that pods on the host network are. @default false */
  readonly isOneNode?: boolean;
}

export type End = Pod | { readonly ip: string } | { readonly entity: EntityName };

export interface Question {
  readonly from: End;
  readonly to: End;
  readonly protocol: Protocol;
  readonly port: number;
}

export function passesLayers(layers: readonly LayerSpec[], question: Question, circumstances: Circumstances): boolean {
  return (['egress', 'ingress'] as const).every((direction) => {
    const { from, to } = question;
    const [subject, peer] = direction === 'egress' ? [from, to] : [to, from];
    if (!isBound(subject)) return true;
    if (circumstances.isOneNode && 'hostNetwork' in peer && peer.hostNetwork) return true;
    const { isThere = () => false } = circumstances;
    const exists = (spec: RuleSpec | IsolationSpec) => !spec.isUncertain || isThere(spec);
    for (const layer of layers) {
      const matching = layer.rules.filter(
        (rule) =>
          exists(rule) &&
          rule.direction === direction &&
          selects(rule.subject, subject) &&
          rule.peers.some((it) => isPeer(it, peer, circumstances)) &&
          (rule.ports.length === 0 || rule.ports.some((it) => hasPort(it, question))) &&
          (rule.method === undefined || rule.method === circumstances.method),
      );
      const action = actionOf(layer, matching);
      if (action === 'allow') return true;
      if (action === 'deny') return false;
      const isIsolated = layer.isolations.some(
        (it) => exists(it) && it.direction === direction && selects(it.subject, subject),
      );
      if (action === undefined && isIsolated && layer.otherwise === 'deny') return false;
    }
    return true;
  });
}

function actionOf({ order }: LayerSpec, matching: readonly RuleSpec[]): RuleSpec['action'] | undefined {
  const actions = matching.map(({ action }) => action);
  if (order === 'ranked') return actions[0];
  return (['deny', 'allow', 'pass'] as const).find((action) => actions.includes(action));
}

function isBound(end: End): end is Pod {
  return 'labels' in end && !end.hostNetwork;
}

function selects({ namespace, labels }: PodsSpec, end: End): boolean {
  if (!isBound(end) || (namespace !== undefined && end.namespace !== namespace)) return false;
  return Object.entries(labels).every(([key, value]) => end.labels[key] === value);
}

function isPeer(peer: PeerSpec, end: End, { blocksMeanPods, host, ...circumstances }: Circumstances): boolean {
  switch (peer.kind) {
    case 'anything':
      return true;
    case 'pods':
      return selects(peer.pods, end);
    case 'host':
      return 'ip' in end && peer.host === host;
    case 'entity': {
      const isNode = 'hostNetwork' in end ? end.hostNetwork === true : 'entity' in end && end.entity === 'nodes';
      if ('entity' in end && end.entity === peer.entity) return true;
      if (peer.entity === 'ingress' || ('entity' in end && end.entity === 'ingress')) return false;
      if (peer.entity === 'nodes' && isNode) return true;
      return circumstances.nodesRunApiServer && ('entity' in end || isNode);
    }
    case 'block': {
      if ('ip' in end) return contains(peer.block, end.ip);
      if ('entity' in end) {
        const isOutside = end.entity === 'api-server' && !circumstances.nodesRunApiServer;
        return (isOutside || blocksMeanPods) && contains(peer.block, circumstances.entityAddress);
      }
      return blocksMeanPods && end.ips.some((ip) => contains(peer.block, ip));
    }
  }
}

function contains(block: string, ip: string): boolean {
  return sameFamily(block.split('/')[0], ip) && isIn(block, ip);
}

function hasPort(spec: PortSpec, { to, protocol, port }: Question): boolean {
  if (spec.protocol !== protocol) return false;
  if ('first' in spec) return spec.first <= port && port < spec.first + spec.length;
  return isBound(to) && to.ports.some((it) => it.name === spec.name && it.protocol === protocol && it.number === port);
}
