import { podsByCilium } from '../../kinds/cilium.io';
import type { ComposeFacts, PoliciesRead } from '../../kinds/policies-read';
import { CLUSTER_NETWORK_POLICY } from '../../kinds/policy.networking.k8s.io/kind-names';
import { isolationsAsMeant, rulesAsMeant } from '../../kinds/selectors-as-meant';
import { type HostPattern, hostText } from '../../model/host-pattern';
import { into } from '../../model/into';
import { ENTITIES, type Isolation, type Plane, type PolicyRef, type Rule, type RulePeer } from '../../model/layer';
import { anyPods, type PodSet, podSetImplies, podSetsIntersect, podSetText } from '../../model/pod-set';
import * as ports from '../../model/port-set';
import type { Problem } from '../../model/problem';
import type { DnsMatch, RequestMatch } from '../../model/request-match';
import { isAtLeast } from '../../model/version';

const GROUP = 'cilium.io/';

/**
 * NetworkPolicies and Cilium's own policies as one layer: any deny wins, then any allow, and what is isolated and not
 * allowed is denied (pkg/policy, all of them are in the tier `Normal`). Blocks of addresses never mean pods or nodes,
 * whatever the cluster says (cilium issue 20550).
 */
export function compose(policies: PoliciesRead, { version }: ComposeFacts): Plane {
  const { others = [] } = policies;
  const [rules, leftOut] = [policies.rules, policies.leftOut ?? []].map((it) => rulesAsMeant(it, podsByCilium));
  const said = [...policies.isolations, ...(policies.leftOut ?? []).map(isolationOf)];
  const isolations = isolationsAsMeant(said, podsByCilium);
  const own = others.filter(({ kind }) => kind.startsWith(GROUP));
  const all = [...rules, ...leftOut, ...own.flatMap((it) => it.rules)].flatMap((rule) =>
    withNamesInDoubt(rule, version),
  );
  const problems = [
    ...ofVersion(all, version),
    ...hostsWithoutDns(all),
    ...mixedRequests(all),
    ...others.filter(({ kind }) => kind === CLUSTER_NETWORK_POLICY).map(({ policy }) => tiersOfCilium(policy)),
  ];
  return {
    name: 'cilium',
    layers: [
      {
        name: 'Cilium',
        order: 'union',
        rules: all,
        isolations: [...isolations, ...own.flatMap((it) => it.isolations)],
        otherwise: 'deny',
      },
    ],
    ipBlockMode: 'external-only',
    // No other engine has a gateway of its own, and nobody else's manifests should speak of it.
    entities: ENTITIES,
    ...(problems.length > 0 && { problems }),
  };
}

/**
 * A name of a port in egress is looked up over all pods of the cluster, and left out where they differ (cilium issue 44429);
 * from 1.20 on over the pods that share the labels of the one that is reached, so that no address outside has such a port
 * (pkg/types/portmap.go, `GetNamedPorts`). Which number it comes to is in no policy, since pods that nobody shows may share
 * these labels: the rule is sure of its numbers alone.
 */
function withNamesInDoubt(rule: Rule, version: string | undefined): Rule[] {
  if (rule.direction === 'ingress' || !ports.hasNames(rule.ports)) return [rule];
  const numbers = ports.withoutNames(rule.ports);
  const certain: Rule[] = ports.isEmpty(numbers) ? [] : [{ ...rule, ports: numbers }];
  const peers = version !== undefined && isAtLeast(version, '1.20') ? rule.peers.flatMap(podsAmong) : rule.peers;
  if (peers.length === 0) return certain;
  const anyNumber = { ports: ports.withAnyNumber(rule.ports), isUncertain: true, doubt: nameInEgress(rule) } as const;
  return [...certain, { ...rule, peers, ...anyNumber }];
}

function podsAmong(peer: RulePeer): RulePeer[] {
  if (peer.kind === 'anything') return [{ kind: 'pods', pods: anyPods }];
  return peer.kind === 'pods' ? [peer] : [];
}

function nameInEgress({ policy, ports: set }: Rule): Problem {
  const names = ports.PROTOCOLS.flatMap((protocol) => ports.namesOf(set, protocol)).join(', ');
  return {
    rule: 'cilium-name-in-egress',
    what: `${nameOf(policy)} lets traffic out by the name of a port (${names}), which Cilium looks up over many pods at once, and leaves out where they differ`,
    value: names,
    allowed: 'numbers in egress',
    fix: 'Write the number that the containers listen on.',
  };
}

/** Rules of a NetworkPolicy count whatever its policyTypes say (pkg/k8s/network_policy.go, `ParseNetworkPolicy`). */
function isolationOf({ policy, direction, subject }: Rule): Isolation {
  return { policy, direction, subject };
}

/** What a release takes for something else than others, or refuses. */
function ofVersion(rules: readonly Rule[], version: string | undefined): Problem[] {
  return rules.flatMap(({ policy, peers, requests = [] }) => [
    ...(!isAtLeast(version, '1.19') && peers.some(isAnyDepth)
      ? [
          {
            rule: 'cilium-version',
            what: `${nameOf(policy)} has a host name that begins with '**.', which is any depth from Cilium 1.19 on, and one label before`,
            value: '**.',
            allowed: 'whole names, and wildcards of one label',
            fix: 'Run Cilium 1.19 or later, or name the hosts.',
          },
        ]
      : []),
    ...(isAtLeast(version, '1.20') && requests.some(({ protocol }) => protocol === 'kafka')
      ? [
          {
            rule: 'cilium-version',
            what: `${nameOf(policy)} has rules about Kafka, which Cilium refuses from 1.20 on`,
            value: 'kafka',
            allowed: 'rules about HTTP and DNS',
            fix: 'Run Cilium 1.19, or let the ports through whole.',
          },
        ]
      : []),
  ]);
}

function isAnyDepth(peer: Rule['peers'][number]): boolean {
  return peer.kind === 'hosts' && peer.patterns.some(({ kind }) => kind === 'any-depth');
}

/**
 * Rules for host names whose pods have no DNS that passes the proxy: it never learns an address of theirs, so that they let
 * nothing through, although their policy is in order.
 */
function hostsWithoutDns(rules: readonly Rule[]): Problem[] {
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
  return rules.flatMap(({ policy, subject, peers }) =>
    peers
      .flatMap((peer) => (peer.kind === 'hosts' ? peer.patterns : []))
      .filter((pattern) => !isLearnt(subject, pattern))
      .map((pattern) => ({
        rule: 'cilium-hosts-without-dns',
        what: `${nameOf(policy)} allows ${hostText(pattern)} to pods whose queries for it do not pass Cilium's DNS proxy, so that it learns no address of it`,
        value: hostText(pattern),
        allowed: 'host names beside DNS with rules',
        fix: "Write rules: { dns: [{ matchPattern: '*' }] } where the DNS of these pods is allowed.",
      })),
  );
}

function isQuery(match: RequestMatch): match is DnsMatch {
  return match.protocol === 'dns';
}

/**
 * Rules about requests of different protocols on one port of one pod: Cilium cannot merge them, and then leaves the pod
 * with the policies that it had (pkg/policy/rule.go, `mergeRedirect`).
 */
function mixedRequests(rules: readonly Rule[]): Problem[] {
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
        const other = others.find((it) => cannotMerge(rule, it));
        return other === undefined ? [] : [mixed(rule, other)];
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

function mixed(rule: Rule, other: Rule): Problem {
  const value = ports.portsText(ports.intersection(rule.ports, other.ports).possible);
  return {
    rule: 'cilium-mixed-requests',
    what: `${nameOf(rule.policy)} and ${nameOf(other.policy)} have rules about requests of different protocols on ${value}, which Cilium cannot merge`,
    value,
    allowed: 'requests of one protocol on a port',
    fix: 'Give each protocol a port of its own.',
  };
}

function tiersOfCilium(policy: PolicyRef): Problem {
  return {
    rule: 'cilium-tiers',
    what: `${nameOf(policy)} comes before or after Cilium's own policies, and what the two do together is not worked out`,
    value: policy.kind,
    allowed: 'CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy, NetworkPolicy',
    fix: 'Say it as a CiliumClusterwideNetworkPolicy.',
  };
}

function nameOf({ kind, namespace, name }: PolicyRef): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
