import type { ClusterFacts } from '../../model/cluster-facts';
import type { Guardrail, GuardrailDeny, HostAllow, HostGuardrail } from '../../model/guardrail';
import type { Direction } from '../../model/layer';
import { type PodSet, podSetText } from '../../model/pod-set';
import { isAtLeast } from '../../model/version';
import type { PolicyManifest } from '../manifest';
import { outsideOf } from '../outside';
import { hostExpression, namespaceExpression, onlyPodExpression } from './expression';
import { nameKey, policies } from './policies';
import { rules } from './rules';

/**
 * The tier of Calico that guardrails are in: asked before `default`, and what they do not deny goes on to the next tier.
 * In `default` itself the owner of a namespace could put a policy before them. Calico makes these tiers by itself, and
 * until 3.31 the name of a policy begins with its tier (libcalico-go/lib/names).
 */
function adminTier(version: string | undefined): string {
  return isAtLeast(version, '3.32') ? 'kube-admin' : 'adminnetworkpolicy';
}

/** Before every AdminNetworkPolicy and ClusterNetworkPolicy, whose orders are their priorities, from 0. */
const BEFORE_PRIORITIES = -1;

/** As NetworkPolicies have it: allows only, so that nothing else depends on it. */
const HOST_ORDER = 1000;

const BOTH: readonly Direction[] = ['ingress', 'egress'];

/** Denies before everything; default deny at the end of the tier that the policies of namespaces are in. */
export function guardrailPolicies(
  guardrails: readonly Guardrail[],
  hostGuardrails: readonly HostGuardrail[],
  facts: ClusterFacts,
): PolicyManifest[] {
  const tier = adminTier(facts.version);
  const names = [...guardrails, ...hostGuardrails].map(({ name }) => name);
  const taken = new Set(names.flatMap((name) => [nameKey(undefined, name), nameKey(undefined, `${tier}.${name}`)]));
  return [
    ...guardrails.flatMap((guardrail) => [
      ...named(
        `${tier}.${guardrail.name}`,
        bySubject(guardrail.denies.map((deny) => outside(deny, facts))),
        taken,
      ).flatMap(([name, [subject, denies]]) => denial(tier, name, guardrail.name, subject, denies, taken)),
      ...named(guardrail.name, distinct(guardrail.isolates), taken).flatMap(([name, subject]) =>
        isolation(name, guardrail.name, subject, taken),
      ),
    ]),
    ...hostGuardrails.flatMap((guardrail) => hostPolicy(guardrail, taken)),
  ];
}

/** `name` for the first, `name-2` and so on for the others. */
function named<T>(name: string, items: readonly T[], taken: Set<string>): (readonly [string, T])[] {
  let number = 1;
  return items.map((item, i) => {
    if (i === 0) return [name, item] as const;
    do number++;
    while (taken.has(nameKey(undefined, `${name}-${number}`)));
    taken.add(nameKey(undefined, `${name}-${number}`));
    return [`${name}-${number}`, item] as const;
  });
}

function bySubject(denies: readonly GuardrailDeny[]): (readonly [PodSet, readonly GuardrailDeny[]])[] {
  return distinct(denies.map(({ subject }) => subject)).map((subject) => [
    subject,
    denies.filter((deny) => podSetText(deny.subject) === podSetText(subject)),
  ]);
}

/** Each once, by their text. */
function distinct(sets: readonly PodSet[]): PodSet[] {
  const byText = new Map(sets.map((set) => [podSetText(set), set]));
  return [...byText.keys()].sort().map((text) => byText.get(text) as PodSet);
}

/** Pods by the label that only pods have: a selector alone would cut off the nodes where they have host endpoints. */
function aboutPods({ namespaces, pods }: PodSet): object {
  return { selector: onlyPodExpression(pods), namespaceSelector: namespaceExpression(namespaces) };
}

/** Blocks match pods by their address too, and the peer of a guardrail is what lies outside. */
function outside({ peer, ...deny }: GuardrailDeny, facts: ClusterFacts): GuardrailDeny {
  if (peer.kind !== 'addresses') return { peer, ...deny };
  return { ...deny, peer: { ...peer, addresses: outsideOf(peer.addresses, facts) } };
}

function denial(
  tier: string,
  name: string,
  guardrail: string,
  subject: PodSet,
  denies: readonly GuardrailDeny[],
  taken: Set<string>,
): PolicyManifest[] {
  const of = (direction: Direction) => denies.filter((deny) => deny.direction === direction);
  return policies(
    {
      kind: 'GlobalNetworkPolicy',
      name,
      about: { tier, order: BEFORE_PRIORITIES, ...aboutPods(subject) },
      directions: BOTH.filter((direction) => of(direction).length > 0),
      ingress: rules('Deny', 'ingress', undefined, of('ingress')),
      egress: rules('Deny', 'egress', undefined, of('egress')),
      of: { kind: 'guardrail', name: guardrail },
    },
    taken,
  );
}

/** Selected and not allowed by any policy of the tier is denied at its end; policies of namespaces are in it too. */
function isolation(name: string, guardrail: string, subject: PodSet, taken: Set<string>): PolicyManifest[] {
  return policies(
    {
      kind: 'GlobalNetworkPolicy',
      name,
      about: { tier: 'default', ...aboutPods(subject) },
      directions: BOTH,
      ingress: [],
      egress: [],
      of: { kind: 'guardrail', name: guardrail },
    },
    taken,
  );
}

/**
 * For host endpoints, which Calico makes of all nodes where KubeControllersConfiguration says `autoCreate: Enabled`: they
 * wear the labels of their node. Traffic that nodes only forward, as that of pods, is left alone.
 *
 * Whatever it denies, Felix keeps its failsafe ports open: inbound TCP 22, 179, 2379, 2380, 5473, 6443, 6666 and 6667 and UDP
 * 68, outbound TCP 179, 2379, 2380, 5473, 6443, 6666 and 6667 and UDP 53 and 67 (felix/config, `FailsafeInboundHostPorts`,
 * `FailsafeOutboundHostPorts`).
 */
function hostPolicy({ name, nodes, allows }: HostGuardrail, taken: Set<string>): PolicyManifest[] {
  const of = (direction: Direction): readonly HostAllow[] => allows.filter((allow) => allow.direction === direction);
  return policies(
    {
      kind: 'GlobalNetworkPolicy',
      name,
      about: { tier: 'default', order: HOST_ORDER, selector: hostExpression(nodes), applyOnForward: false },
      directions: BOTH,
      ingress: rules('Allow', 'ingress', undefined, of('ingress')),
      egress: rules('Allow', 'egress', undefined, of('egress')),
      of: { kind: 'host-guardrail', name },
    },
    taken,
  );
}
