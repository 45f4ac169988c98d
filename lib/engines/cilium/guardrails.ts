import type { Guardrail, GuardrailDeny, HostAllow, HostGuardrail } from '../../model/guardrail';
import * as ips from '../../model/ip-set';
import type { Direction } from '../../model/layer';
import { type PodSet, podSetText } from '../../model/pod-set';
import { guardrailNames } from '../guardrail-names';
import type { PolicyManifest } from '../manifest';
import { nodesLabelled, podsAnywhere } from './endpoint-selector';
import { type CiliumRule, rules } from './rules';

/** Denies win over whatever a policy of a namespace allows, so that its owner cannot undo them. */
export function guardrailPolicies(
  guardrails: readonly Guardrail[],
  hostGuardrails: readonly HostGuardrail[],
): PolicyManifest[] {
  const nextName = guardrailNames([...guardrails, ...hostGuardrails]);
  return [
    ...guardrails.flatMap(({ name, denies, isolates }) => {
      const of = { kind: 'guardrail', name } as const;
      return [
        ...bySubject(denies).map(([subject, own]) => clusterwide(nextName(name), of, denial(subject, own))),
        ...distinct(isolates).map((subject) => clusterwide(nextName(name), of, isolation(subject))),
      ];
    }),
    ...hostGuardrails.map((guardrail) =>
      clusterwide(guardrail.name, { kind: 'host-guardrail', name: guardrail.name }, ofNodes(guardrail)),
    ),
  ];
}

function clusterwide(name: string, of: PolicyManifest['of'], spec: object): PolicyManifest {
  return { apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy', metadata: { name }, spec, of };
}

/** A direction that has rules would be denied by default, also where they only deny: so it is said that it is not. */
function denial(subject: PodSet, denies: readonly GuardrailDeny[]): object {
  const of = (direction: Direction) => {
    const own = denies.filter((deny) => deny.direction === direction);
    return own.length === 0 ? {} : { [`${direction}Deny`]: rules(direction, undefined, own) };
  };
  return {
    endpointSelector: podsAnywhere(subject),
    enableDefaultDeny: { ingress: false, egress: false },
    ...of('ingress'),
    ...of('egress'),
  };
}

/** Pods alone: `{}` would also select what Cilium checks the health of nodes with, and its own proxies. */
function isolation(subject: PodSet): object {
  return { endpointSelector: podsAnywhere(subject), ingress: [{}], egress: [{}] };
}

/** Enforced where the host firewall is on. */
function ofNodes({ nodes, allows }: HostGuardrail): object {
  const of = (direction: Direction) => {
    const own = hostRules(
      direction,
      allows.filter((allow) => allow.direction === direction),
    );
    return { [direction]: own.length === 0 ? [{}] : own };
  };
  return { nodeSelector: nodesLabelled(nodes), ...of('ingress'), ...of('egress') };
}

/**
 * Every address means anywhere: blocks never match nodes and pods, and nodes that could not reach each other would be lost.
 */
function hostRules(direction: Direction, allows: readonly HostAllow[]): CiliumRule[] {
  const isAnywhere = ({ peer }: HostAllow) => peer.kind === 'addresses' && ips.equal(peer.addresses, ips.all);
  const side = direction === 'ingress' ? 'fromEntities' : 'toEntities';
  const anywhere = rules(direction, undefined, allows.filter(isAnywhere)).map(({ toPorts }) => ({
    [side]: ['all'],
    ...(toPorts !== undefined && { toPorts }),
  }));
  const others = allows.filter((allow) => !isAnywhere(allow));
  return [...anywhere, ...rules(direction, undefined, others)];
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
