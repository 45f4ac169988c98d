import { anythingPerhaps, doubtOfPolicies, whereOf } from '../../kinds/doubtful';
import { objectText } from '../../kinds/manifest';
import { CLUSTER_NETWORK_POLICY } from '../../kinds/policy.networking.k8s.io/kind-names';
import type { PolicyReading } from '../../kinds/policy-reading';
import { type HostPattern, hostText } from '../../model/host-pattern';
import { into } from '../../model/into';
import type { PlaneDoubt, PolicyRef, Rule } from '../../model/layer';
import { commonPods, type PodSet, podSetImplies, podSetsIntersect, podSetText } from '../../model/pod-set';
import * as ports from '../../model/port-set';
import type { Problem } from '../../model/problem';
import type { DnsMatch, RequestMatch } from '../../model/request-match';
import { isAtLeast } from '../../model/version';

/** What Cilium takes otherwise than it is written, or not at all; each with the pods that it is about. */
export function doubtsOf(
  rules: readonly Rule[],
  others: readonly PolicyReading[],
  version: string | undefined,
): PlaneDoubt[] {
  return [
    ...ofVersion(rules, others, version),
    ...hostsWithoutDns(rules),
    ...mixedRequests(rules),
    ...others.filter(({ kind }) => kind === CLUSTER_NETWORK_POLICY).map(tiersOfCilium),
  ];
}

/** What a release takes for something else than others, or refuses. */
function ofVersion(
  rules: readonly Rule[],
  others: readonly PolicyReading[],
  version: string | undefined,
): PlaneDoubt[] {
  return rules.flatMap((rule) => {
    const deep = isAtLeast(version, '1.19') ? [] : patternsOf(rule).filter(({ kind }) => kind === 'any-depth');
    const hasKafka = isAtLeast(version, '1.20') && rule.requests?.some(({ protocol }) => protocol === 'kafka');
    return [
      ...(deep.length > 0 ? [perhapsClosed(rule, deep, depthProblem(rule.policy))] : []),
      ...(hasKafka
        ? [
            doubtOfPolicies(
              kafkaProblem(rule.policy),
              others.filter((it) => objectText(it.policy) === objectText(rule.policy)),
            ),
          ]
        : []),
    ];
  });
}

function depthProblem(policy: PolicyRef): Problem {
  return {
    rule: 'cilium-version',
    ...whereOf(policy),
    what: `${objectText(policy)} has a host name that begins with '**.', which is any depth from Cilium 1.19 on, and one label before`,
    value: '**.',
    allowed: 'whole names, and wildcards of one label',
    fix: 'Run Cilium 1.19 or later, or name the hosts.',
  };
}

function kafkaProblem(policy: PolicyRef): Problem {
  return {
    rule: 'cilium-version',
    ...whereOf(policy),
    what: `${objectText(policy)} has rules about Kafka, which Cilium refuses from 1.20 on`,
    value: 'kafka',
    allowed: 'rules about HTTP and DNS',
    fix: 'Run Cilium 1.19, or let the ports through whole.',
  };
}
/** The rule lets through what its layer says, or nothing of it that goes to these names. */
function perhapsClosed(rule: Rule, patterns: readonly HostPattern[], doubt: Problem): PlaneDoubt {
  const closing: Rule = { ...rule, peers: [{ kind: 'hosts', patterns }], action: 'deny', isUncertain: true, doubt };
  return { problem: doubt, rules: [closing] };
}

function patternsOf({ peers }: Rule): readonly HostPattern[] {
  return peers.flatMap((peer) => (peer.kind === 'hosts' ? peer.patterns : []));
}

/**
 * Rules for host names whose pods have no DNS that passes the proxy: it never learns an address of theirs, so that they let
 * nothing through, although their policy is in order. Queries of other pods on the node may teach it one all the same.
 */
function hostsWithoutDns(rules: readonly Rule[]): PlaneDoubt[] {
  const proxied = rules.filter(({ direction, requests }) => direction === 'egress' && requests?.some(isQuery));
  const bySubject = new Map<string, { readonly subject: PodSet; readonly queries: Set<string> }>();
  for (const { subject, requests = [] } of proxied) {
    const known = bySubject.get(podSetText(subject)) ?? { subject, queries: new Set() };
    bySubject.set(podSetText(subject), known);
    for (const query of requests.filter(isQuery)) known.queries.add(query.pattern);
  }
  const isLearnt = (subject: PodSet, pattern: HostPattern) => {
    const asks = ({ queries }: { queries: ReadonlySet<string> }) => queries.has('*') || queries.has(hostText(pattern));
    const same = bySubject.get(podSetText(subject));
    if (same !== undefined && asks(same)) return true;
    return [...bySubject.values()].some((it) => asks(it) && podSetImplies(subject, it.subject));
  };
  return rules.flatMap((rule) =>
    patternsOf(rule)
      .filter((pattern) => !isLearnt(rule.subject, pattern))
      .map((pattern) => perhapsClosed(rule, [pattern], unlearnt(rule.policy, pattern))),
  );
}

function unlearnt(policy: PolicyRef, pattern: HostPattern): Problem {
  return {
    rule: 'cilium-hosts-without-dns',
    ...whereOf(policy),
    what: `${objectText(policy)} allows ${hostText(pattern)} to pods whose queries for it do not pass Cilium's DNS proxy, so that it learns no address of it`,
    value: hostText(pattern),
    allowed: 'host names beside DNS with rules',
    fix: "Write rules: { dns: [{ matchPattern: '*' }] } where the DNS of these pods is allowed.",
  };
}

function isQuery(match: RequestMatch): match is DnsMatch {
  return match.protocol === 'dns';
}

/**
 * Rules about requests of different protocols on one port of one pod: Cilium cannot merge them, and then leaves the pod
 * with the policies that it had (pkg/policy/rule.go, `mergeRedirect`), whatever they were.
 */
function mixedRequests(rules: readonly Rule[]): PlaneDoubt[] {
  const kinds = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const { protocol } of rule.requests?.slice(0, 1) ?? []) {
      const kind = protocol === 'opaque' ? 'http' : protocol;
      into(kinds, kind, rule);
    }
  }
  const lists = [...kinds.values()];
  return lists.flatMap((list, i) =>
    lists.slice(i + 1).flatMap((others) =>
      list.flatMap((rule) => {
        const unmerged = others.filter((it) => cannotMerge(rule, it));
        return unmerged.length === 0 ? [] : [leftAsTheyWere(rule, unmerged)];
      }),
    ),
  );
}

function cannotMerge(a: Rule, b: Rule): boolean {
  return (
    a.direction === b.direction &&
    !ports.isEmpty(ports.intersection(a.ports, b.ports).possible) &&
    podSetsIntersect(a.subject, b.subject)
  );
}

/** The pods that are the subject of the rule and of one of the others, both ways. */
function leftAsTheyWere(rule: Rule, others: readonly Rule[]): PlaneDoubt {
  const problem = mixed(rule, others[0]);
  const subjects = new Map(
    others.map((other) => {
      const both = commonPods(rule.subject, other.subject);
      return [podSetText(both), both];
    }),
  );
  const perhaps = (subject: PodSet) => [
    ...anythingPerhaps(rule.policy, subject, 'ingress', problem),
    ...anythingPerhaps(rule.policy, subject, 'egress', problem),
  ];
  return { problem, rules: [...subjects.values()].flatMap(perhaps) };
}

function mixed(rule: Rule, other: Rule): Problem {
  const value = ports.portsText(ports.intersection(rule.ports, other.ports).possible);
  return {
    rule: 'cilium-mixed-requests',
    ...whereOf(rule.policy),
    what: `${objectText(rule.policy)} and ${objectText(other.policy)} have rules about requests of different protocols on ${value}, which Cilium cannot merge`,
    value,
    allowed: 'requests of one protocol on a port',
    fix: 'Give each protocol a port of its own.',
  };
}

function tiersOfCilium(reading: PolicyReading): PlaneDoubt {
  const { policy } = reading;
  const problem: Problem = {
    rule: 'cilium-tiers',
    ...whereOf(policy),
    what: `${objectText(policy)} comes before or after Cilium's own policies, and what the two do together is not worked out`,
    value: policy.kind,
    allowed: 'CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy, NetworkPolicy',
    fix: 'Say it as a CiliumClusterwideNetworkPolicy.',
  };
  return doubtOfPolicies(problem, [reading]);
}
