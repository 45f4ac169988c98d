import type { Explanation, Side } from '../analysis';
import type { ConnectionEnd } from '../analysis/explanation/connection';
import type { LayerStep } from '../analysis/explanation/walkthrough';
import { endText } from '../analysis/explanation/what-is-missing';
import type { Explained } from '../asking/explained';
import { leadsToMetadata, metadataNameIn, wireServer, wireServerPorts } from '../cluster/metadata-services';
import { CILIUM_ENTITIES } from '../engines/cilium/entities';
import { exactHost } from '../model/host-pattern';
import * as ips from '../model/ip-set';
import type { Direction } from '../model/layer';
import type { Protocol } from '../model/port-set';
import * as ports from '../model/port-set';
import type { Labels } from '../model/selector';
import { labelsOfKind } from '../model/unlabelled-pods';

/**
 * What would let a connection through at one end where it is denied: an object to add, with why to think twice where it opens
 * what is better left closed, or what to do where none would do.
 */
export type Missing = { readonly object: object; readonly caution?: string } | { readonly advice: string };

/** Layers in which a NetworkPolicy is one more allow, beside whatever isolates the pod there. */
const TAKES_NETWORK_POLICY = ['NetworkPolicy', 'Cilium', 'default'];

/** For each end that denies the connection what is missing there, as narrow as it can be said. */
export function missingPolicies(explained: Explained, isCilium: boolean): readonly Missing[] {
  const { connection, egress, ingress } = explained.explanation;
  if (explained.answer.pair.isService)
    return [{ advice: `Allow the pods behind it: ${endText(connection.to)} is an address of Services.` }];
  return [
    { side: egress, steps: explained.egress },
    { side: ingress, steps: explained.ingress },
  ]
    .filter(({ side }) => side.verdict === 'denied')
    .map(({ side, steps }) => missingAt(side, steps, connection, isCilium));
}

type Connection = Explanation['connection'];

function missingAt(side: Side, steps: readonly LayerStep[], connection: Connection, isCilium: boolean): Missing {
  const { nearest, end, direction } = side;
  const isLater = nearest !== undefined && isAfterNetworkPolicy(nearest.layer, steps);
  // One that selects the pod isolates it, so that it loses what it has without any rule.
  const closing = `A NetworkPolicy would come before it, and would close ${endText(end)} for ${direction} to all that it does not allow.`;
  if (nearest?.lacks.some(({ kind }) => kind === 'deny') || nearest === undefined) {
    const denied = `Take out the rule that denies ${direction} of ${endText(end)}, or narrow it`;
    return { advice: isLater ? `${denied}. ${closing}` : `${denied}: what is added would not come before it.` };
  }
  const peer = direction === 'egress' ? connection.to : connection.from;
  const needsCilium = peer.kind === 'host' || peer.kind === 'entity' || connection.sent !== undefined;
  if (!TAKES_NETWORK_POLICY.includes(nearest.layer)) {
    const added = `Add a rule to the layer ${nearest.layer} that allows ${direction} of ${endText(end)}`;
    return { advice: isLater ? `${added}. ${closing}` : `${added}: a NetworkPolicy would not be asked.` };
  }
  if (end.kind !== 'pod' || (peer.kind === 'pod' && peer.workload.hostNetwork)) {
    return {
      advice: `Allow the addresses of the nodes: ${endText(peer)} is on the host network, where no selector finds it.`,
    };
  }
  if (needsCilium) {
    if (isCilium) return { object: ciliumPolicy(side, end, peer, connection), ...cautionFor(side, connection) };
    return {
      advice: `No policy of this engine can name ${peer.kind === 'pod' ? 'requests' : endText(peer)}: allow the addresses, or the port as a whole.`,
    };
  }
  return { object: networkPolicy(side, end, peer, connection), ...cautionFor(side, connection) };
}

/** Of egress to what hands out credentials: the patch would open what `metadata-service` warns of. */
function cautionFor({ direction }: Side, { to, protocol, port }: Connection): { readonly caution?: string } {
  if (direction !== 'egress' || !isMetadata(to, protocol, port)) return {};
  return {
    caution: `Caution: ${endText(to)} is a metadata service, or leads to one, which hands the credentials of the node or the workload to whoever asks. Add this for pods that need credentials of the cloud, and for no others.`,
  };
}

function isMetadata(to: ConnectionEnd, protocol: Protocol, port: number): boolean {
  if (to.kind === 'host') return metadataNameIn(exactHost(to.host.name)) !== undefined;
  if (to.kind !== 'address') return false;
  // The wire server of Azure answers names as well.
  if (ips.hasAddress(wireServer, to.address)) return ports.hasNumber(wireServerPorts, protocol, port);
  return ips.hasAddress(leadsToMetadata, to.address);
}

/** Whether NetworkPolicies are asked before the layer: then it is a baseline. */
function isAfterNetworkPolicy(layer: string, steps: readonly LayerStep[]): boolean {
  const names = steps.map((step) => step.layer);
  const at = names.findIndex((name) => TAKES_NETWORK_POLICY.includes(name));
  return at >= 0 && at < names.indexOf(layer);
}

type Pod = Extract<ConnectionEnd, { kind: 'pod' }>;

function networkPolicy({ direction }: Side, end: Pod, peer: ConnectionEnd, connection: Connection) {
  const { protocol, port } = connection;
  const isEgress = direction === 'egress';
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: nameOf(direction, connection), namespace: end.workload.namespace },
    spec: {
      podSelector: { matchLabels: labelsOfKind(end.workload.labels) },
      policyTypes: [isEgress ? 'Egress' : 'Ingress'],
      [direction]: [{ [isEgress ? 'to' : 'from']: [peerOf(peer)], ports: [{ protocol, port }] }],
    },
  };
}

function peerOf(peer: ConnectionEnd): object {
  if (peer.kind === 'pod') {
    const { namespace, labels } = peer.workload;
    return {
      namespaceSelector: { matchLabels: { [NAMESPACE]: namespace } },
      podSelector: { matchLabels: labelsOfKind(labels) },
    };
  }
  return { ipBlock: { cidr: blockOf(peer) } };
}

const NAMESPACE = 'kubernetes.io/metadata.name';

function ciliumPolicy({ direction }: Side, end: Pod, peer: ConnectionEnd, connection: Connection) {
  const { protocol, port, sent } = connection;
  const http =
    sent?.protocol === 'http'
      ? { rules: { http: [{ method: escaped(sent.request.method), path: pathRegex(sent.request.path) }] } }
      : {};
  return {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: nameOf(direction, connection), namespace: end.workload.namespace },
    spec: {
      endpointSelector: { matchLabels: labelsOfKind(end.workload.labels) },
      [direction]: [
        {
          ...ciliumPeer(peer, direction === 'egress' ? 'to' : 'from'),
          toPorts: [{ ports: [{ port: String(port), protocol }], ...http }],
        },
        ...(peer.kind === 'host' ? [DNS_THROUGH_PROXY] : []),
      ],
    },
  };
}

function ciliumPeer(peer: ConnectionEnd, side: 'to' | 'from'): object {
  switch (peer.kind) {
    case 'pod':
      return { [`${side}Endpoints`]: [{ matchLabels: ciliumLabels(peer.workload.namespace, peer.workload.labels) }] };
    case 'host':
      return { [`${side}FQDNs`]: [{ matchName: peer.host.name }] };
    case 'entity':
      return { [`${side}Entities`]: CILIUM_ENTITIES[peer.entity] };
    case 'address':
      return { [`${side}CIDR`]: [blockOf(peer)] };
  }
}

function ciliumLabels(namespace: string, labels: Labels): Labels {
  return { 'k8s:io.kubernetes.pod.namespace': namespace, ...labelsOfKind(labels) };
}

/** Envoy compares the whole path, with its query: any query may follow. */
function pathRegex(path: string): string {
  return `${escaped(path)}(\\?.*)?`;
}

function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9/_~%-]/g, '\\$&');
}

/** Cilium learns where a name leads from queries that pass its proxy. */
const DNS_THROUGH_PROXY = {
  toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s-app': 'kube-dns' } }],
  toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
};

function blockOf(end: ConnectionEnd): string {
  const address = endText(end);
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

/** `allow-agent-to-weaviate`, and at the other end `allow-weaviate-from-agent`: what is left of both names in one of an object. */
function nameOf(direction: Direction, { from, to }: Connection): string {
  const [own, way, other] = direction === 'egress' ? [from, 'to', to] : [to, 'from', from];
  return `allow-${wordOf(own)}-${way}-${wordOf(other)}`.slice(0, LONGEST_NAME).replace(/-+$/, '');
}

const LONGEST_NAME = 63;

function wordOf(end: ConnectionEnd): string {
  const text = endText(end).split('/').at(-1) ?? '';
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
