import { exactHost } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import { type KeyConstraint, keyConstraint } from '../../model/key-constraint';
import type { Plane, Rule, RulePeer } from '../../model/layer';
import { podSet, podsIn } from '../../model/pod-set';
import * as ports from '../../model/port-set';
import type { RequestMatch } from '../../model/request-match';
import type { Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { fromConstraints } from '../../model/selector-algebra';
import type { Sent } from '../../model/sent';
import { type Connection, type ConnectionEnd, peerOf, subjectOf } from './connection';
import type { Nearest } from './explain';
import type { LabelLack, Lack } from './what-is-missing';

/**
 * The plane with these lacks of its nearest rule made good, as narrowly as it can be: with all of them the rule allows
 * the connection, and with fewer it does not. A rule that denies is taken out, and others may be behind it.
 */
export function mend(plane: Plane, nearest: Nearest, lacks: readonly Lack[], connection: Connection): Plane {
  const layers = plane.layers.map((layer) => {
    const { rule } = nearest;
    if (layer.name !== nearest.layer || lacks.length === 0) return layer;
    if (lacks.some(({ kind }) => kind === 'deny')) return { ...layer, rules: layer.rules.filter((it) => it !== rule) };
    if (rule === undefined) {
      const missing = lacks.some(({ kind }) => kind === 'rule') ? [newRule(nearest, connection)] : [];
      return { ...layer, rules: [...layer.rules, ...missing] };
    }
    const mended = lacks.reduce((it, lack) => mendRule(it, lack, nearest, connection), rule);
    return { ...layer, rules: layer.rules.map((it) => (it === rule ? mended : it)) };
  });
  return { ...plane, layers };
}

function newRule({ policy, direction }: Nearest, connection: Connection): Rule {
  return {
    policy,
    direction,
    index: 0,
    subject: exactly(subjectOf(connection, direction)),
    peers: [peerFor(peerOf(connection, direction))],
    ports: ports.number(connection.protocol, connection.port),
    action: 'allow',
  };
}

function mendRule(rule: Rule, lack: Lack, nearest: Nearest, connection: Connection): Rule {
  const end = peerOf(connection, rule.direction);
  switch (lack.kind) {
    case 'port':
      return { ...rule, ports: ports.union(rule.ports, ports.number(connection.protocol, connection.port)) };
    case 'peer':
      return { ...rule, peers: [...rule.peers, peerFor(end)] };
    case 'address':
      return withPeer(rule, nearest, (peer) =>
        peer.kind === 'addresses' ? { ...peer, addresses: ips.union(peer.addresses, ips.fromAddress(lack.has)) } : peer,
      );
    case 'request':
      return {
        ...rule,
        requests: [...(rule.requests ?? []), ...(connection.sent ? requestsFor(connection.sent) : [])],
      };
    case 'host':
      return withPeer(rule, nearest, (peer) =>
        peer.kind === 'hosts' ? { ...peer, patterns: [...peer.patterns, exactHost(lack.has)] } : peer,
      );
    case 'pod-label':
      return withPeer(rule, nearest, (peer) =>
        peer.kind === 'pods' ? { ...peer, pods: podSet(peer.pods.namespaces, widened(peer.pods.pods, lack)) } : peer,
      );
    case 'namespace-label':
      return withPeer(rule, nearest, (peer) =>
        peer.kind === 'pods' ? { ...peer, pods: podSet(widened(peer.pods.namespaces, lack), peer.pods.pods) } : peer,
      );
    case 'rule':
    case 'deny':
      return rule;
  }
}

function withPeer(rule: Rule, nearest: Nearest, change: (peer: RulePeer) => RulePeer): Rule {
  return { ...rule, peers: rule.peers.map((peer, i) => (i === nearest.peer ? change(peer) : peer)) };
}

/** The selector with the value of the peer let in beside what it asked for. */
function widened({ constraints }: Selector, { key, has }: LabelLack): Selector {
  return fromConstraints(
    constraints.map((constraint) => (constraint.key === key ? letIn(constraint, has) : constraint)),
  );
}

function letIn({ key, values, excluded, mayBeAbsent }: KeyConstraint, value: string | undefined): KeyConstraint {
  if (value === undefined) return keyConstraint(key, values, { excluded, mayBeAbsent: true });
  const others = values.filter((other) => other !== value);
  return keyConstraint(key, excluded ? others : [...values, value], { excluded, mayBeAbsent });
}

/** A peer that is this end and, as far as a rule can say it, nobody else. */
function peerFor(end: ConnectionEnd): RulePeer {
  if (end.kind === 'address') return { kind: 'addresses', addresses: ips.fromAddress(end.address) };
  if (end.kind === 'host') return { kind: 'hosts', patterns: [exactHost(end.host.name)] };
  if (end.kind === 'entity') return { kind: 'entity', entity: end.entity };
  // No pod on the host network, which nothing denies for certain.
  return { kind: 'pods', pods: exactly(end) };
}

/** Matches that only this request has; other headers than its own do not matter to any rule. */
function requestsFor(sent: Sent): RequestMatch[] {
  switch (sent.protocol) {
    case 'http': {
      const { method, path, host, headers } = sent.request;
      const segments = path === '/' ? [] : path.slice(1).split('/');
      return [{ protocol: 'http', methods: [method], path: { segments, below: false }, host, headers }];
    }
    case 'kafka':
      return [sent];
    case 'dns':
    case 'other':
      return [];
  }
}

function exactly(end: ConnectionEnd) {
  if (end.kind !== 'pod') throw new Error('Internal error: only pods are selected');
  return podsIn(end.workload.namespace, selectors.fromLabels(end.workload.labels));
}
