import type { Labels } from '../../model/labels';
import type { FlowPoint } from '../flow-record';
import { type Fields, listOf, textOf, textsOf } from '../reading/fields';

const OF_POD = 'k8s:';
const RESERVED = 'reserved:';
const NAMESPACE = 'io.kubernetes.pod.namespace';
const OF_NAMESPACE = 'io.cilium.k8s.namespace.labels.';
/** What Cilium adds to the labels of the pod: its cluster, its service account. */
const ADDED = 'io.cilium.k8s.policy.';

/** Identities that are no pods (cilium v1.20.2 `pkg/datapath/types/types_generated.go`), for records without labels. */
const RESERVED_BY_NUMBER: Readonly<Record<number, string>> = {
  1: 'host',
  2: 'world',
  3: 'unmanaged',
  4: 'health',
  5: 'init',
  6: 'remote-node',
  7: 'kube-apiserver',
  8: 'ingress',
  9: 'world-ipv4',
  10: 'world-ipv6',
};

const ENTITIES = new Map<string, FlowPoint['entity']>([
  ['host', 'nodes'],
  ['remote-node', 'nodes'],
  ['world', 'outside'],
  ['world-ipv4', 'outside'],
  ['world-ipv6', 'outside'],
  ['kube-apiserver', 'api-server'],
  ['ingress', 'ingress'],
  ['unmanaged', 'unmanaged'],
]);

/** What the labels of an identity say. Each has every field, since objects of one form are read fastest. */
export interface HubbleIdentity {
  readonly labels: Labels | undefined;
  readonly namespaceLabels: Labels | undefined;
  readonly namespace: string | undefined;
  readonly entity: FlowPoint['entity'];
  readonly isStarting: true | undefined;
  /** Cilium's own check that nodes reach each other. */
  readonly isHealth: boolean;
}

/** Identities of pods are few and their labels are many, so the labels of each are read once. */
const KEPT = 16_384;
/** From here on identities are a node's own, for addresses: they are many, and their labels few. */
const OF_ADDRESSES = 1 << 24;

/** Reads the ends of flows. Labels of equal identities are one object. */
export class HubbleEnds {
  private readonly identities = new Map<
    number,
    { readonly texts: readonly unknown[]; readonly read: HubbleIdentity }
  >();

  identityOf(end: Fields): HubbleIdentity {
    const texts = listOf(end['labels']);
    const number = typeof end['identity'] === 'number' ? end['identity'] : 0;
    if (texts.length === 0) return reservedOf(number);
    if (number >= OF_ADDRESSES) return identityOfLabels(texts);
    const kept = this.identities.get(number);
    if (kept !== undefined && areEqual(kept.texts, texts)) return kept.read;
    const read = identityOfLabels(texts);
    if (this.identities.size >= KEPT) this.identities.clear();
    this.identities.set(number, { texts, read });
    return read;
  }

  /** `node` is the one that saw the flow, as `cluster/node` if it says so. */
  pointOf(end: Fields, identity: HubbleIdentity, beside: BesideEnd, node: string | undefined): FlowPoint {
    return {
      cluster: otherCluster(end, node),
      namespace: textOf(end['namespace']) ?? identity.namespace,
      pod: textOf(end['pod_name']),
      workload: workloadOf(end),
      labels: identity.labels,
      namespaceLabels: identity.namespaceLabels,
      address: textOf(beside.address),
      entity: identity.entity,
      isStarting: identity.isStarting,
      hosts: textsOf(beside.hosts),
      service: serviceOf(beside.service),
    };
  }
}

/** What a flow says of an end beside it. */
export interface BesideEnd {
  readonly address: unknown;
  readonly hosts: unknown;
  readonly service: unknown;
}

function identityOfLabels(texts: readonly unknown[]): HubbleIdentity {
  const labels: [string, string][] = [];
  const namespaceLabels: [string, string][] = [];
  const reserved: string[] = [];
  let namespace: string | undefined;
  for (const text of texts) {
    if (typeof text !== 'string') continue;
    if (text.startsWith(RESERVED)) reserved.push(text.slice(RESERVED.length));
    if (!text.startsWith(OF_POD)) continue;
    const equals = text.indexOf('=');
    const key = text.slice(OF_POD.length, equals < 0 ? undefined : equals);
    const value = equals < 0 ? '' : text.slice(equals + 1);
    if (key === NAMESPACE) namespace = value;
    else if (key.startsWith(OF_NAMESPACE)) namespaceLabels.push([key.slice(OF_NAMESPACE.length), value]);
    else if (!key.startsWith(ADDED)) labels.push([key, value]);
  }
  return identity(reserved, ofEntries(labels), ofEntries(namespaceLabels), namespace === '' ? undefined : namespace);
}

function ofEntries(entries: readonly [string, string][]): Labels | undefined {
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function reservedOf(number: number): HubbleIdentity {
  return RESERVED_IDENTITIES.get(number) ?? NO_IDENTITY;
}

/** A node of the control plane wears `host` or `remote-node` beside `kube-apiserver`. */
function identity(
  reserved: readonly string[],
  labels?: Labels,
  namespaceLabels?: Labels,
  namespace?: string,
): HubbleIdentity {
  const entities = reserved.map((name) => ENTITIES.get(name)).filter((entity) => entity !== undefined);
  return {
    labels,
    namespaceLabels,
    namespace,
    entity: entities.includes('api-server') ? 'api-server' : entities[0],
    isStarting: reserved.includes('init') ? true : undefined,
    isHealth: reserved.includes('health'),
  };
}

const NO_IDENTITY = identity([]);
const RESERVED_IDENTITIES: ReadonlyMap<number, HubbleIdentity> = new Map(
  Object.entries(RESERVED_BY_NUMBER).map(([number, name]) => [Number(number), identity([name])]),
);

function areEqual(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

function otherCluster(end: Fields, node: string | undefined): string | undefined {
  const own = textOf(end['cluster_name']);
  if (own === undefined || node === undefined) return undefined;
  const isSame = node.charCodeAt(own.length) === SLASH && node.startsWith(own);
  return isSame || node.indexOf('/') <= 0 ? undefined : own;
}

const SLASH = 0x2f;

/** Of several workloads it is not known which one runs the pod. */
function workloadOf(end: Fields): FlowPoint['workload'] {
  const workloads = end['workloads'];
  if (!Array.isArray(workloads) || workloads.length !== 1) return undefined;
  const name = textOf(workloads[0]?.name);
  return name === undefined ? undefined : { kind: textOf(workloads[0].kind), name };
}

function serviceOf(service: unknown): FlowPoint['service'] {
  if (typeof service !== 'object' || service === null) return undefined;
  const { name, namespace } = service as Fields;
  const own = textOf(name);
  return own === undefined ? undefined : { namespace: textOf(namespace), name: own };
}
