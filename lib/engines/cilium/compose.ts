import { podsByCilium } from '../../kinds/cilium.io';
import { problemsOf } from '../../kinds/doubtful';
import { objectText } from '../../kinds/manifest';
import type { ComposeFacts, PoliciesRead } from '../../kinds/policies-read';
import { isolationsAsMeant, rulesAsMeant } from '../../kinds/selectors-as-meant';
import { ENTITIES, type Isolation, type Plane, type Rule, type RulePeer } from '../../model/layer';
import { anyPods } from '../../model/pod-set';
import * as ports from '../../model/port-set';
import type { Problem } from '../../model/problem';
import { isAtLeast } from '../../model/version';
import { doubtsOf } from './compose-doubts';

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
    ...problemsOf(doubtsOf(all, others, version)),
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
    what: `${objectText(policy)} lets traffic out by the name of a port (${names}), which Cilium looks up over many pods at once, and leaves out where they differ`,
    value: names,
    allowed: 'numbers in egress',
    fix: 'Write the number that the containers listen on.',
  };
}

/** Rules of a NetworkPolicy count whatever its policyTypes say (pkg/k8s/network_policy.go, `ParseNetworkPolicy`). */
function isolationOf({ policy, direction, subject }: Rule): Isolation {
  return { policy, direction, subject };
}
