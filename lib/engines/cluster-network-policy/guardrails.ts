import { clusterNetworkPolicyVersion } from '../../cluster/network-policy-api';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Endpoint } from '../../model/endpoint';
import type { Guardrail, GuardrailDeny } from '../../model/guardrail';
import { into } from '../../model/into';
import * as ips from '../../model/ip-set';
import type { Direction } from '../../model/layer';
import { type PodSet, podSetText } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { remembered } from '../../model/remembered';
import * as selectors from '../../model/selector';
import { guardrailNames } from '../guardrail-names';
import type { PolicyManifest } from '../manifest';
import { outsideOf } from '../outside';

/** The most rules of a direction, peers of a rule, networks of a peer and protocols of a rule (the CRD's `maxItems`). */
const MOST_ITEMS = 25;

/** The last priority; the first is 0 (the CRD's `maximum`). */
const LAST_PRIORITY = 1000;

type Tier = 'Admin' | 'Baseline';

/** A rule that denies, as plain data. */
interface DenyRule {
  readonly action: 'Deny';
  readonly from?: readonly object[];
  readonly to?: readonly object[];
  /** Absent for all traffic. */
  readonly protocols?: readonly object[];
}

/** What denies for one subject in one tier, however many rules that takes. */
interface Denial {
  readonly tier: Tier;
  readonly guardrail: string;
  readonly subject: PodSet;
  readonly ingress: readonly DenyRule[];
  readonly egress: readonly DenyRule[];
}

/**
 * The ClusterNetworkPolicies of all guardrails. Each has a priority of its own in its tier, counted from 0: policies that
 * are asked at one priority may be asked in any order.
 */
export function guardrailPolicies(guardrails: readonly Guardrail[], facts: ClusterFacts): PolicyManifest[] {
  const denials = guardrails.flatMap((guardrail) => denialsOf(guardrail, facts).flatMap(inParts));
  const nameOf = guardrailNames(guardrails);
  const apiVersion = `policy.networking.k8s.io/${clusterNetworkPolicyVersion(facts)}`;
  const next: Record<Tier, number> = { Admin: 0, Baseline: 0 };
  return denials.map((denial) => ({
    apiVersion,
    ...policy(denial, nameOf(denial.guardrail), next[denial.tier]++),
  }));
}

/** Whether there are more objects than priorities. */
export function exceedsPriorities(guardrails: readonly Guardrail[], facts: ClusterFacts): boolean {
  const denials = guardrails.flatMap((guardrail) => denialsOf(guardrail, facts).flatMap(inParts));
  return (['Admin', 'Baseline'] as const).some(
    (it) => denials.filter(({ tier }) => tier === it).length > LAST_PRIORITY + 1,
  );
}

/** Denies first, by subject; then default deny, for pods that no NetworkPolicy selects. */
function denialsOf({ name, denies, isolates }: Guardrail, facts: ClusterFacts): Denial[] {
  const bySubject = new Map<string, GuardrailDeny[]>();
  for (const deny of denies) into(bySubject, podSetText(deny.subject), deny);
  const distinct = new Map(isolates.map((subject) => [podSetText(subject), subject]));
  return [
    ...inOrder(bySubject).map((same) => denialOf(name, same, facts)),
    ...inOrder(distinct).map((subject) => defaultDeny(name, subject)),
  ];
}

function inOrder<T>(byText: ReadonlyMap<string, T>): T[] {
  return [...byText.keys()].sort().map((key) => byText.get(key) as T);
}

function denialOf(guardrail: string, denies: readonly GuardrailDeny[], facts: ClusterFacts): Denial {
  const of = (direction: Direction) => denies.filter((deny) => deny.direction === direction);
  const [{ subject }] = denies;
  return {
    tier: 'Admin',
    guardrail,
    subject,
    ingress: rulesOf('ingress', of('ingress'), facts),
    egress: rulesOf('egress', of('egress'), facts),
  };
}

/** Everything that a rule can name. From outside, no rule of ingress can name anything (see `limits`). */
function defaultDeny(guardrail: string, subject: PodSet): Denial {
  const everyPod = { namespaces: {} };
  return {
    tier: 'Baseline',
    guardrail,
    subject,
    ingress: [{ action: 'Deny', from: [everyPod] }],
    egress: [{ action: 'Deny', to: [everyPod, { networks: ['0.0.0.0/0', '::/0'] }] }],
  };
}

/** Denies with the same ports share rules; as many rules as their peers and their ports need. */
function rulesOf(direction: Direction, denies: readonly GuardrailDeny[], facts: ClusterFacts): DenyRule[] {
  const byPorts = new Map<string, { readonly ports: PortSet; readonly peers: Endpoint[] }>();
  for (const { peer, ports: set } of denies) {
    const key = ports.portsText(set);
    const same = byPorts.get(key) ?? { ports: set, peers: [] };
    same.peers.push(peer);
    byPorts.set(key, same);
  }
  const side = direction === 'ingress' ? 'from' : 'to';
  return inOrder(byPorts).flatMap(({ ports: set, peers }) =>
    inGroups(peersOf(peers, facts)).flatMap((group) =>
      protocolGroups(set).map((protocols): DenyRule => ({ action: 'Deny', [side]: group, ...protocols })),
    ),
  );
}

/** Pods before addresses, each once; addresses as blocks without excepts, which the kind does not have. */
function peersOf(ends: readonly Endpoint[], facts: ClusterFacts): object[] {
  const pods = new Map(ends.flatMap((end) => ('pods' in end ? [[podSetText(end.pods), end.pods] as const] : [])));
  const addresses = ends.flatMap((end) => (end.kind === 'addresses' ? [end.addresses] : []));
  const blocks = addresses.length === 0 ? [] : ips.plainBlocks(outsideOf(ips.unionOf(addresses), facts));
  return [...inOrder(pods).map(podPeer), ...inGroups(blocks).map((networks) => ({ networks }))];
}

const podPeer = remembered(({ namespaces, pods }: PodSet): object => {
  const namespaceSelector = selectors.toLabelSelector(namespaces);
  if (selectors.isAnything(pods)) return { namespaces: namespaceSelector };
  return { pods: { namespaceSelector, podSelector: selectors.toLabelSelector(pods) } };
});

function protocolGroups(set: PortSet): { readonly protocols?: readonly object[] }[] {
  if (ports.isEverything(set)) return [{}];
  return inGroups(protocolsOf(set)).map((protocols) => ({ protocols }));
}

/** Numbers alone: names are of the experimental channel (see `limits`). */
function protocolsOf(set: PortSet): object[] {
  return ports.PROTOCOLS.flatMap((protocol) =>
    set[protocol].ranges.map(([start, end]) => ({
      [protocol.toLowerCase()]: { destinationPort: start === end ? { number: start } : { range: { start, end } } },
    })),
  );
}

function inGroups<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / MOST_ITEMS);
  return Array.from({ length: count }, (_, i) => items.slice(i * MOST_ITEMS, (i + 1) * MOST_ITEMS));
}

/** All rules deny, so that any split of them says the same. */
function inParts(denial: Denial): Denial[] {
  const ingress = inGroups(denial.ingress);
  const egress = inGroups(denial.egress);
  return Array.from({ length: Math.max(ingress.length, egress.length) }, (_, i) => ({
    ...denial,
    ingress: ingress[i] ?? [],
    egress: egress[i] ?? [],
  }));
}

function policy(
  { tier, guardrail, subject, ingress, egress }: Denial,
  name: string,
  priority: number,
): Omit<PolicyManifest, 'apiVersion'> {
  return {
    kind: 'ClusterNetworkPolicy',
    metadata: { name },
    spec: {
      tier,
      priority,
      subject: podPeer(subject),
      ...(ingress.length > 0 && { ingress }),
      ...(egress.length > 0 && { egress }),
    },
    of: { kind: 'guardrail', name: guardrail },
  };
}
