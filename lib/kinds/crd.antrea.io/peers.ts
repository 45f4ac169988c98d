import type { HostPattern } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import type { Direction, RulePeer } from '../../model/layer';
import { type PodSet, podSet } from '../../model/pod-set';
import * as selectors from '../../model/selector';
import type { Field } from '../field';
import type { Values } from '../networking.k8s.io';
import { groupPeers, groupSubjects, readGroup } from './groups';
import type { Scope } from './scope';
import { notRead, refused } from './shape';

const BY_POD = ['podSelector', 'namespaceSelector'];
const NOBODY = podSet(selectors.nothing, selectors.nothing);

/** What is not told by manifests of policies alone: the pods of accounts, and namespaces by their likeness. */
const UNREAD: Readonly<Record<string, string>> = {
  serviceAccount: 'It selects by service account',
  externalEntitySelector: 'It selects machines outside the cluster',
  namespaces: 'It selects namespaces by what they have in common with the subject',
  service: 'It is applied to a Service of the type NodePort',
};

/** `appliedTo` of a policy or of a rule: the pods that it is about. */
export function readAppliedTo(field: Field, scope: Scope): PodSet[] {
  const { namespace, values } = scope;
  const known =
    namespace === undefined
      ? [...BY_POD, 'group', 'serviceAccount', 'service', 'nodeSelector']
      : ['podSelector', 'externalEntitySelector', 'group'];
  return field.items().flatMap((item): readonly PodSet[] => {
    item.only(known);
    refuseUnread(item);
    if (isGroup(item, known)) return groupSubjects(item.child('group'), readGroup(item.child('group'), scope), scope);
    if (!item.child('nodeSelector').isAbsent) notRead(item, 'It is applied to nodes', 'podSelector, namespaceSelector');
    return [readPods(item, namespace, values) ?? NOBODY];
  });
}

/** `from` or `to`; absent and empty, everything (`matchAllPeer` in `crd_utils.go`). */
export function readPeers(field: Field, direction: Direction, scope: Scope): RulePeer[] {
  const items = field.items();
  return items.length === 0 ? [{ kind: 'anything' }] : items.flatMap((item) => readPeer(item, direction, scope));
}

function readPeer(peer: Field, direction: Direction, where: Scope): readonly RulePeer[] {
  const { namespace, values } = where;
  const known = [
    ...BY_POD,
    'ipBlock',
    'nodeSelector',
    'group',
    // Only where connections come from other clusters is it said whether they count.
    ...(direction === 'egress' ? ['fqdn'] : ['scope']),
    ...(namespace === undefined ? ['namespaces', 'serviceAccount'] : ['externalEntitySelector']),
  ];
  peer.only(known);
  refuseUnread(peer);
  const scope = peer.child('scope').value;
  if (scope !== undefined && scope !== 'Cluster') notRead(peer, 'It reaches into other clusters', 'scope: Cluster');
  if (isGroup(peer, known)) return groupPeers(readGroup(peer.child('group'), where));
  const given = ['ipBlock', 'fqdn', 'nodeSelector'].filter((name) => !peer.child(name).isAbsent);
  const isByPod = BY_POD.some((name) => !peer.child(name).isAbsent);
  if (given.length + (isByPod ? 1 : 0) > 1) {
    refused(peer, 'Ways to name a peer stand beside each other', 'one of them, with a peer for each');
  }
  switch (given[0]) {
    case 'ipBlock': {
      const block = peer.child('ipBlock').only(['cidr', 'except']);
      return [{ kind: 'addresses', addresses: values.addresses(block.child('cidr'), block.child('except')) }];
    }
    case 'fqdn':
      return [{ kind: 'hosts', patterns: readHost(peer.child('fqdn')) }];
    case 'nodeSelector':
      return [readNodes(peer.child('nodeSelector'), values)];
    default:
      return [{ kind: 'pods', pods: readPods(peer, namespace, values) ?? NOBODY }];
  }
}

/** Whether it is a group, which nothing stands beside but where its pods are (`validatePeers`, `validateAppliedTo`). */
function isGroup(field: Field, known: readonly string[]): boolean {
  if (field.child('group').isAbsent) return false;
  const others = known.filter((name) => !['group', 'scope'].includes(name) && !field.child(name).isAbsent);
  if (others.length > 0) refused(field, `A group stands beside ${others.join(' and ')}`, 'a group alone');
  return true;
}

/** Without a namespaceSelector, pods of the policy's own namespace, and of every one where the policy has none. */
function readPods(field: Field, namespace: string | undefined, values: Values): PodSet | undefined {
  const [pods, namespaces] = BY_POD.map((name) => field.child(name));
  if (pods.isAbsent && namespaces.isAbsent) {
    if (!Object.keys(UNREAD).some((name) => !field.child(name).isAbsent)) refuseEmpty(field);
    return undefined;
  }
  const own = namespace === undefined ? selectors.anything : values.namespace(namespace);
  return podSet(namespaces.isAbsent ? own : values.namespaces(namespaces), values.pods(pods));
}

/**
 * `*` is any text, dots and nothing among it, so that `*.example.com` has any depth and `*example.com` the domain itself
 * (`toRegex` in `pkg/agent/controller/networkpolicy/fqdn.go`). Names of the cluster's own DNS lead to pods.
 */
function readHost(field: Field): HostPattern[] {
  const text = field.text()?.toLowerCase() ?? '';
  if (!/^[-0-9a-z.*]+$/.test(text)) {
    refused(field, `'${text}' has characters that no name has`, "letters, digits, '-', '.' and '*'", text);
    return [];
  }
  const tail = text.slice(text.lastIndexOf('*') + 1);
  if (mayEndInCluster(text, tail))
    notRead(field, 'The name may be one of the cluster, and lead to pods', 'names outside');
  if (!text.includes('*')) return [{ kind: 'exact', name: text }];
  if (text === `*${tail}` && tail.startsWith('.')) return [{ kind: 'any-depth', under: tail.slice(1) }];
  return [{ kind: 'opaque', text }];
}

/** Ends in the domain that clusters have unless they were told otherwise, or may do so. */
function mayEndInCluster(text: string, tail: string): boolean {
  return CLUSTER_DOMAINS.some((domain) => tail.endsWith(domain) || (text.includes('*') && domain.endsWith(tail)));
}

const CLUSTER_DOMAINS = ['.cluster.local', '.svc'];

/** Every node is what the model knows; some of them, by their labels, are no addresses that manifests tell. */
function readNodes(field: Field, values: Values): RulePeer {
  if (!selectors.isAnything(values.namespaces(field))) notRead(field, 'It selects nodes by label', 'nodeSelector: {}');
  return { kind: 'entity', entity: 'nodes' };
}

function refuseUnread(field: Field): void {
  for (const [name, what] of Object.entries(UNREAD)) {
    if (!field.child(name).isAbsent) notRead(field.child(name), what, 'podSelector, namespaceSelector, ipBlock');
  }
}

function refuseEmpty(field: Field): void {
  if (['ipBlock', 'fqdn', 'nodeSelector'].some((name) => !field.child(name).isAbsent)) return;
  field.refuse({
    rule: 'peer-empty',
    what: 'Nobody is named here',
    allowed: 'selectors, or a block',
    fix: 'Write podSelector: {} for every pod, and leave the whole list out for everything.',
  });
}

const MULTICAST = ips.fromBlocks(['224.0.0.0/4', 'ff00::/8']);

/** Whether a block begins with an address of multicast, as Antrea tells them. */
export function isMulticast(cidr: unknown): boolean {
  const address = String(cidr).split('/')[0];
  try {
    return ips.hasAddress(MULTICAST, address);
  } catch {
    return false;
  }
}
