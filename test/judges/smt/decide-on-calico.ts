import { isIn } from '../../naive/addresses';
import {
  CALICO_NAME,
  type CalicoEnd,
  type CalicoPolicy,
  calicoPort,
  calicoRules,
  IS_POD,
  isCalico,
  tiersOf,
} from './calico';
import { meaningOf, parsed } from './calico-selector';
import type { ConcretePod, Connection } from './connection';
import { type Decision, decideByNetworkPolicy, isCalled } from './decide-network-policy';
import { type Direction, type Labels, NAME_LABEL, type NetworkPolicy } from './manifests';
import type { Without } from './network-policy';
import type { World } from './world';

/** Tier after tier, rule after rule, for one connection. */
export function decideOnCalico({ manifests }: World, it: Connection, direction: Direction, without: Without): Decision {
  for (const { policies, denies } of tiersOf(manifests, direction)) {
    const about = policies.filter((policy) =>
      isCalico(policy) ? isSubject(policy, it.subject) : decideByNetworkPolicy([policy], it, direction) !== undefined,
    );
    const actions = about
      .flatMap((policy) => actionsOf(policy, it, direction))
      .filter((action) => action !== 'Log' && !(without.allows && action === 'Allow'));
    if (actions[0] === 'Allow') return 'by rule';
    if (actions[0] === 'Deny') return 'stopped';
    if (actions[0] === undefined && denies && !without.isolation && about.length > 0) return 'stopped';
  }
  return 'by default';
}

/** What the rules that match say, in their order. */
function actionsOf(policy: CalicoPolicy | NetworkPolicy, it: Connection, direction: Direction): string[] {
  if (!isCalico(policy)) return decideByNetworkPolicy([policy], it, direction) === 'by rule' ? ['Allow'] : [];
  return calicoRules(policy, direction)
    .filter(({ rule: { protocol }, own, other, ports }) => {
      const { pod, ip } = it.peer;
      return (
        isByLabels(own, policy, it.subject) &&
        isByLabels(other, policy, pod) &&
        isAt(other, pod === undefined || it.blocksMeanPods, ip) &&
        (protocol === undefined || protocol === it.protocol) &&
        (ports === undefined || ports.some((port) => isOn(calicoPort(protocol, port), it, direction)))
      );
    })
    .map(({ rule }) => rule.action);
}

function isSubject(
  { metadata: { namespace }, spec: { selector = '', namespaceSelector = '' } }: CalicoPolicy,
  pod: ConcretePod,
): boolean {
  const isThere = namespace == null ? holds(namespaceSelector, ofNamespace(pod)) : pod.namespace === namespace;
  return isThere && holds(selector, ofPod(pod));
}

function isByLabels(
  { selector, namespaceSelector }: CalicoEnd,
  { metadata: { namespace } }: CalicoPolicy,
  pod?: ConcretePod,
): boolean {
  if (selector === undefined && namespaceSelector === undefined) return true;
  if (pod === undefined) return false;
  const isThere =
    namespaceSelector === undefined && namespace != null
      ? pod.namespace === namespace
      : holds(namespaceSelector ?? '', ofNamespace(pod));
  return isThere && holds(selector ?? '', ofPod(pod));
}

function isAt({ nets, notNets = [] }: CalicoEnd, isSeen: boolean, ip: string): boolean {
  const isOneOf = (all: readonly string[]) => isSeen && all.some((net) => isIn(net, ip));
  return (nets === undefined || isOneOf(nets)) && !isOneOf(notNets);
}

function isOn(
  { port, endPort }: { port: number | string; endPort?: number },
  it: Connection,
  direction: Direction,
): boolean {
  if (typeof port === 'string') return isCalled(port, it, direction);
  return port <= it.port && it.port <= (endPort ?? port);
}

function ofPod({ labels }: ConcretePod): Labels {
  return { ...labels, [IS_POD.key]: IS_POD.value };
}

function ofNamespace({ namespaceLabels }: ConcretePod): Labels {
  return { ...namespaceLabels, [CALICO_NAME]: namespaceLabels[NAME_LABEL] as string };
}

function holds(selector: string, labels: Labels): boolean {
  return meaningOf<boolean>(parsed(selector), {
    all: (parts) => parts.every(Boolean),
    any: (parts) => parts.some(Boolean),
    not: (truth) => !truth,
    has: (key) => Object.hasOwn(labels, key),
    is: (key, value) => labels[key] === value,
  });
}
