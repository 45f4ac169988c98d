import type { RulePeer } from '../../model/layer';
import type { Field } from '../field';
import type { Values } from './values';

const PEER_FIELDS = ['podSelector', 'namespaceSelector', 'ipBlock'];

/** The peers of one rule: `from` or `to`. Absent, null and empty all mean everything. */
export function readPeers(field: Field, namespace: string, values: Values): RulePeer[] {
  const peers = field.items();
  return peers.length === 0 ? [{ kind: 'anything' }] : peers.map((peer) => readPeer(peer, namespace, values));
}

function readPeer(peer: Field, namespace: string, values: Values): RulePeer {
  const known = peer.isAbsent ? undefined : values.peers.get(peer.value as object);
  if (known !== undefined) return known;
  const before = peer.problemCount;
  const [pods, namespaces, block] = PEER_FIELDS.map((name) => peer.child(name));
  peer.only(PEER_FIELDS);
  const read = block.isAbsent
    ? readPods(peer, pods, namespaces, namespace, values)
    : readBlock(peer, pods, namespaces, block, values);
  const isSameEverywhere = !block.isAbsent || !namespaces.isAbsent;
  if (isSameEverywhere && peer.problemCount === before) values.peers.set(peer.value as object, read);
  return read;
}

function readBlock(peer: Field, pods: Field, namespaces: Field, block: Field, values: Values): RulePeer {
  if (!pods.isAbsent || !namespaces.isAbsent) peer.refuse(MIXED);
  block.only(['cidr', 'except']);
  return { kind: 'addresses', addresses: values.addresses(block.child('cidr'), block.child('except')) };
}

function readPods(peer: Field, pods: Field, namespaces: Field, namespace: string, values: Values): RulePeer {
  if (pods.isAbsent && namespaces.isAbsent) peer.refuse(EMPTY);
  // Absent, the namespace selector means the policy's own namespace; empty, it means all of them.
  const where = namespaces.isAbsent ? values.namespace(namespace) : values.namespaces(namespaces);
  return values.peerOf(where, values.pods(pods));
}

const MIXED = {
  rule: 'peer-mixed',
  what: 'The peer has an ipBlock beside selectors, which the API server refuses',
  allowed: 'an ipBlock alone, or podSelector and namespaceSelector',
  fix: 'Make two peers of it.',
};

const EMPTY = {
  rule: 'peer-empty',
  what: 'The peer names nobody, and the API server refuses it rather than guess',
  allowed: 'podSelector, namespaceSelector or both, or ipBlock',
  fix: 'For pods of every namespace write namespaceSelector: {}; for every source leave the whole list out.',
};
