import { into } from '../model/into';
import * as ips from '../model/ip-set';
import type { PlaneDoubt, PolicyRef, Rule, RulePeer } from '../model/layer';
import { commonPods, podSetsIntersect, soleNamespace } from '../model/pod-set';
import * as ports from '../model/port-set';
import type { Problem } from '../model/problem';
import { eitherWay, whereOf } from './doubtful';
import { objectText } from './manifest';
import type { PolicyReading } from './policy-reading';

/**
 * Policies of one rank that say different things about the same connections: their engine may ask them in any order, so
 * that what they decide together is not defined. One problem for each two of them, about what rules of both match.
 * `areAskedAtOnce`: which rules of theirs, where the engine goes by more than the rank.
 */
export function clashes(policies: readonly PolicyReading[], areAskedAtOnce: RulePair = () => true): PlaneDoubt[] {
  return sameRank(policies).flatMap(({ policies: equals, rank }) =>
    clashingPairs(
      equals.flatMap(({ rules }) => rules),
      areAskedAtOnce,
    ).map(({ policies: [a, b], rules }) => {
      const problem = clash(a, b, rank);
      return { problem, rules: rules.flatMap((rule) => eitherWay(rule, problem)) };
    }),
  );
}

type RulePair = (a: Rule, b: Rule) => boolean;

interface SameRank {
  readonly rank: string;
  readonly policies: readonly PolicyReading[];
}

function sameRank(policies: readonly PolicyReading[]): SameRank[] {
  const byRank = new Map<string, PolicyReading[]>();
  for (const policy of policies) {
    if (policy.rank === undefined) continue;
    const rank = `${policy.rank.layer} ${policy.rank.order}`;
    into(byRank, rank, policy);
  }
  return [...byRank].map(([rank, equals]) => ({ rank, policies: equals })).filter((it) => it.policies.length > 1);
}

/** Two policies that disagree, and of the rules of each what rules of the other match too. */
interface Clash {
  readonly policies: readonly [PolicyRef, PolicyRef];
  readonly rules: Rule[];
}

/** Each rule is held against those of its namespace and those of many namespaces, since most are about one. */
function clashingPairs(rules: readonly Rule[], areAskedAtOnce: RulePair): Clash[] {
  if (new Set(rules.map(({ action }) => action)).size < 2) return [];
  const byNamespace = new Map<string | undefined, Rule[]>();
  for (const rule of rules) {
    const namespace = soleNamespace(rule.subject.namespaces);
    into(byNamespace, namespace, rule);
  }
  const pairs = new Map<string, Clash>();
  for (const [namespace, own] of byNamespace) {
    const others = namespace === undefined ? rules : [...own, ...(byNamespace.get(undefined) ?? [])];
    for (const a of own) {
      for (const b of others) {
        if (!areAskedAtOnce(a, b) || !disagree(a, b)) continue;
        const key = [objectText(a.policy), objectText(b.policy)].sort().join(' ');
        const known: Clash = pairs.get(key) ?? { policies: [a.policy, b.policy], rules: [] };
        pairs.set(key, known);
        known.rules.push(common(a, b));
      }
    }
  }
  return [...pairs.values()];
}

function disagree(a: Rule, b: Rule): boolean {
  return (
    a.action !== b.action &&
    a.direction === b.direction &&
    objectText(a.policy) !== objectText(b.policy) &&
    podSetsIntersect(a.subject, b.subject) &&
    !ports.isEmpty(ports.intersection(a.ports, b.ports).possible) &&
    a.peers.some((peer) => b.peers.some((other) => mayOverlap(peer, other)))
  );
}

/** What of the first rule is about connections that the second may match. */
function common(a: Rule, b: Rule): Rule {
  return {
    ...a,
    subject: commonPods(a.subject, b.subject),
    ports: ports.intersection(a.ports, b.ports).possible,
    peers: a.peers.flatMap((peer) =>
      b.peers.filter((other) => mayOverlap(peer, other)).map((other) => commonPeer(peer, other)),
    ),
  };
}

function commonPeer(a: RulePeer, b: RulePeer): RulePeer {
  if (a.kind === 'anything') return b;
  if (a.kind === 'pods' && b.kind === 'pods') return { kind: 'pods', pods: commonPods(a.pods, b.pods) };
  if (a.kind === 'addresses' && b.kind === 'addresses') {
    return { kind: 'addresses', addresses: ips.intersection(a.addresses, b.addresses) };
  }
  return a;
}

/** Pods may have any address here, and so may nodes and hosts: what cannot be told apart overlaps. */
function mayOverlap(a: RulePeer, b: RulePeer): boolean {
  if (a.kind === 'anything' || b.kind === 'anything') return true;
  if (a.kind === 'pods' && b.kind === 'pods') return podSetsIntersect(a.pods, b.pods);
  if (a.kind === 'addresses' && b.kind === 'addresses') return ips.intersects(a.addresses, b.addresses);
  if (a.kind === 'entity' && b.kind === 'entity') return a.entity === b.entity;
  return a.kind === 'addresses' || b.kind === 'addresses' || (a.kind !== 'pods' && b.kind !== 'pods');
}

function clash(a: PolicyRef, b: PolicyRef, rank: string): Problem {
  return {
    rule: 'clashing-priorities',
    ...whereOf(a),
    what: `${objectText(a)} and ${objectText(b)} have the same priority (${rank}) and decide differently about the same connections, so that either may win`,
    value: rank,
    allowed: 'priorities that say which of two policies is asked first',
    fix: 'Give one of them another priority.',
  };
}
