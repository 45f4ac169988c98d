import { objectText } from '../../kinds/manifest';
import type { PolicyRef, Rule, RulePeer } from '../../model/layer';
import type { PodSet } from '../../model/pod-set';
import { namesOf } from '../../model/port-set';
import type { Problem } from '../../model/problem';
import { requestText } from '../../model/request-match';
import { bothMatch, type Match, unknownKeys } from '../connectivity/match';
import { matchOfSent } from '../connectivity/plane-at';
import {
  type AddressFacts,
  type Connection,
  matchOfPeer,
  matchOfPorts,
  matchOfRule,
  matchOfSelection,
  type PodEnd,
  peerOf,
} from './connection';

/** Why a rule matches a connection only perhaps, or a policy isolates a pod only perhaps. */
export type Doubt =
  /** The policy may not be there, or say less; with its own reason, where it has one. */
  | { readonly kind: 'policy'; readonly problem?: Problem }
  /** It asks about labels of the pod, or of the one at the other end, that no manifest shows. */
  | { readonly kind: 'labels'; readonly whose: 'its' | "the other end's"; readonly keys: readonly string[] }
  /** It asks about names of ports, and how the pod calls its ports no manifest shows. */
  | { readonly kind: 'port-names'; readonly names: readonly string[] }
  /** It is about some requests: of which no word was asked, or how it takes the request asked about is not known. */
  | { readonly kind: 'requests'; readonly requests: readonly string[]; readonly isAsked: boolean }
  /** It is about where names lead, and to which addresses they do is not known; or about where the name asked for leads. */
  | { readonly kind: 'hosts'; readonly host?: string }
  /** It is about addresses, which those of pods and entities may be or not; or the ones that a name leads to. */
  | { readonly kind: 'addresses'; readonly host?: string }
  | { readonly kind: 'entity' };

/** The match of a rule with a connection at one of its ends, which is the rule's subject perhaps; and why it is no surer. */
export function matchAt(
  rule: Rule,
  end: PodEnd,
  connection: Connection,
  facts: AddressFacts,
): { readonly match: Match; readonly doubts: readonly Doubt[] } {
  const match = bothMatch(matchOfSelection(rule.subject, end), matchOfRule(rule, connection, facts));
  if (match !== 'perhaps') return { match, doubts: [] };
  const names = namesOf(rule.ports, connection.protocol);
  const { requests = [] } = rule;
  return {
    match,
    doubts: [
      ...ofPolicy(rule),
      ...ofSubject(rule.subject, end),
      ...ofPeers(rule.peers, rule, connection, facts),
      ...(matchOfPorts(rule, connection) === 'perhaps' ? [{ kind: 'port-names' as const, names }] : []),
      ...(matchOfSent(rule, connection.sent) !== 'perhaps'
        ? []
        : [{ kind: 'requests' as const, requests: requests.map(requestText), isAsked: connection.sent !== undefined }]),
    ],
  };
}

/** Why it is not certain that a policy isolates the end; empty where it is. */
export function doubtsOfIsolation(
  isolation: { readonly subject: PodSet; readonly policy: PolicyRef; readonly isUncertain?: true },
  end: PodEnd,
): readonly Doubt[] {
  return [...ofPolicy(isolation), ...ofSubject(isolation.subject, end)];
}

function ofPolicy({ isUncertain, doubt }: Pick<Rule, 'isUncertain' | 'doubt'>): Doubt[] {
  return isUncertain ? [{ kind: 'policy', ...(doubt && { problem: doubt }) }] : [];
}

function ofSubject(subject: PodSet, end: PodEnd): Doubt[] {
  if (matchOfSelection(subject, end) !== 'perhaps') return [];
  return [{ kind: 'labels', whose: 'its', keys: unknownKeys(subject.pods, end.workload) }];
}

/** Of the first peer that matches perhaps, where none surely does. */
function ofPeers(peers: readonly RulePeer[], rule: Rule, connection: Connection, facts: AddressFacts): Doubt[] {
  const end = peerOf(connection, rule.direction);
  const matches = peers.map((peer) => matchOfPeer(peer, end, facts, rule.action));
  const peer = matches.includes('surely') ? undefined : peers[matches.indexOf('perhaps')];
  switch (peer?.kind) {
    case 'pods':
      if (end.kind !== 'pod') return [];
      return [{ kind: 'labels', whose: "the other end's", keys: unknownKeys(peer.pods.pods, end.workload) }];
    case 'hosts':
    case 'addresses':
      return [{ kind: peer.kind, ...(end.kind === 'host' && { host: end.host.name }) }];
    case 'entity':
      return [{ kind: peer.kind }];
    default:
      return [];
  }
}

/**
 * On what it depends: a phrase.
 *
 * @param named the policy that the sentence has named before it
 */
export function doubtText(doubt: Doubt, named?: PolicyRef): string {
  switch (doubt.kind) {
    case 'policy':
      return doubt.problem === undefined
        ? 'if the policy is there and says as much'
        : withoutName(doubt.problem.what, named);
    case 'labels':
      return `if ${doubt.whose} labels ${doubt.keys.join(', ')} fit, which no manifest shows`;
    case 'port-names':
      return `if the port is called ${doubt.names.join(' or ')} there, which no manifest shows`;
    case 'requests':
      return `for some requests only: ${doubt.requests.join(', ')}`;
    case 'hosts':
      return doubt.host === undefined
        ? 'if its host names lead to the address'
        : `if its host names have ${doubt.host}, as the engine sees names`;
    case 'addresses':
      return doubt.host === undefined
        ? 'if its blocks match that end by address here'
        : `if ${doubt.host} leads to one of its addresses`;
    case 'entity':
      return 'if that end is the API server';
  }
}

/** Of a policy that is named once, the rest is about it. */
function withoutName(what: string, named: PolicyRef | undefined): string {
  const name = named && `${objectText(named)} `;
  return name !== undefined && what.startsWith(name) ? `it ${what.slice(name.length)}` : what;
}

/** What would make it certain: a sentence; undefined where nothing would. */
export function remedyOf(doubt: Doubt): string | undefined {
  switch (doubt.kind) {
    case 'policy':
      return doubt.problem?.fix;
    case 'labels':
      return 'Select by labels that the manifests give.';
    case 'port-names':
      return 'Write the number of the port, or put the workload that names it beside the policies.';
    case 'requests':
      return doubt.isAsked ? undefined : 'Ask about one request instead of all traffic on the port.';
    case 'hosts':
      return doubt.host === undefined ? 'Ask about the name instead of an address.' : undefined;
    case 'entity':
      return 'Ask about the API server, or the nodes, instead of what may be either.';
    case 'addresses':
      if (doubt.host !== undefined)
        return 'Name the host in the policy, or take the addresses out that it must not have.';
      return 'Give the pod ranges of the cluster (podCidrs), or select the pods by their labels.';
  }
}
