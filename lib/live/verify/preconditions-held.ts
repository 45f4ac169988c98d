import type { ClusterFacts } from '../../model/cluster-facts';
import type { EngineName } from '../../model/engine-name';
import * as ips from '../../model/ip-set';
import type { Discovered } from '../discovery';
import { type Evidence, settingOf } from '../evidence';
import { agentsIn } from '../facts/agents';
import { type ClusterFound, clusterFound } from '../facts/cluster-found';
import { agentOnEveryNode, enforcement, isolatedFromStart, no, notKnown, type Shown, yes } from '../facts/enforcement';
import type { Fact } from '../facts/fact';

/** What manifests take for granted, as far as it is to be held against a cluster. */
export interface Promised {
  /** Kinds that are rendered, `cilium.io/v2 CiliumNetworkPolicy`, each once. */
  readonly kinds: readonly RenderedKind[];
  /** The engine that they are rendered for, where that is said. */
  readonly engine?: EngineName;
  /** What is told of the cluster: by the graph, a file or settings. */
  readonly facts?: ClusterFacts;
  /** Flows must be encrypted. */
  readonly isEncrypted: boolean;
  /** Rules tell requests apart. */
  readonly hasRequests: boolean;
  /** Rules name hosts. */
  readonly hasHosts: boolean;
}

export interface RenderedKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** A precondition, and whether the cluster meets it. */
export interface Held extends Shown {
  /** Kebab-case, for programs. */
  readonly id: string;
  /** As a statement: `the API server has CiliumNetworkPolicy of cilium.io/v2`. */
  readonly what: string;
}

/** Every precondition of the manifests, in the order of what to look at first. */
export function preconditionsHeld(
  promised: Promised,
  evidence: Evidence,
  kindsServed: ReadonlyMap<string, readonly string[]>,
): readonly Held[] {
  const found = clusterFound(evidence);
  const start = isolatedFromStart(evidence);
  return [
    ...promised.kinds.map((each) => kindServed(each, kindsServed)),
    { id: 'enforced', what: 'policies are enforced', ...enforcement(evidence) },
    { id: 'agent-on-every-node', what: 'the agent of the engine runs on every node', ...agentOnEveryNode(evidence) },
    ...(start === undefined
      ? []
      : [{ id: 'isolated-from-start', what: 'a new pod is isolated before its policies are set up', ...start }]),
    ...engineAsRendered(promised, found, evidence.discovered),
    ...(promised.isEncrypted || promised.facts?.encryption !== undefined ? [encrypted(promised, found)] : []),
    ...(promised.hasRequests || promised.hasHosts ? [requestsToldApart(promised, evidence)] : []),
    ...ranges(promised, found),
  ];
}

function kindServed({ apiVersion, kind }: RenderedKind, served: ReadonlyMap<string, readonly string[]>): Held {
  const of = served.get(apiVersion);
  const what = `the API server has ${kind} of ${apiVersion}`;
  const id = 'kind-served';
  if (of === undefined) return { id, what, ...no(`it serves no ${apiVersion}`) };
  return of.includes(kind)
    ? { id, what, ...yes(`it is among the resources of ${apiVersion}`) }
    : { id, what, ...no(`it is not among the resources of ${apiVersion}`) };
}

function engineAsRendered({ engine, facts }: Promised, found: ClusterFound, { groups }: Discovered): readonly Held[] {
  const name = engine ?? facts?.engine;
  if (name === undefined) return [];
  const what = `the engine is ${name}${facts?.version === undefined ? '' : ` ${facts.version}`}, as it is rendered for`;
  const id = 'engine-as-rendered';
  // Any of them may enforce what is said in the words of Kubernetes alone.
  if (name === 'kubernetes') return [];
  if (name === 'cluster-network-policy') {
    return groups.has('policy.networking.k8s.io')
      ? [
          {
            id,
            what,
            ...notKnown('its kinds are there, and no setting shows whether the network plugin enforces them'),
          },
        ]
      : [{ id, what, ...no('the API server has no group policy.networking.k8s.io') }];
  }
  if (!found.engine.isKnown) return [{ id, what, ...notKnown(found.engine.why) }];
  if (found.engine.value !== name) return [{ id, what, ...no(`it is ${found.engine.value} (${found.engine.how})`) }];
  if (facts?.version === undefined) return [{ id, what, ...yes(found.engine.how) }];
  if (!found.version.isKnown) return [{ id, what, ...notKnown(found.version.why) }];
  return found.version.value === facts.version
    ? [{ id, what, ...yes(found.version.how) }]
    : [{ id, what, ...no(`it is ${found.version.value} (${found.version.how})`) }];
}

function encrypted({ facts }: Promised, { encryption }: ClusterFound): Held {
  const asked = facts?.encryption;
  const what = `traffic between nodes is encrypted${asked === undefined ? '' : ` by ${asked}`}, as it is promised`;
  const id = 'encrypted';
  if (asked === 'mutual TLS') return { id, what, ...notKnown('settings of a mesh are not looked at') };
  if (encryption.isKnown) {
    return asked === undefined || asked === encryption.value
      ? { id, what, ...yes(encryption.how) }
      : { id, what, ...no(`it is by ${encryption.value} (${encryption.how})`) };
  }
  return /may not|cannot be read|no setting/.test(encryption.why)
    ? { id, what, ...notKnown(encryption.why) }
    : { id, what, ...no(encryption.why) };
}

/** Only Cilium has a setting that objects of ours show; absent it is the agent's default, which changes with versions. */
function requestsToldApart({ hasRequests, hasHosts }: Promised, evidence: Evidence): Held {
  const words = [...(hasRequests ? ['requests'] : []), ...(hasHosts ? ['names of hosts'] : [])].join(' and ');
  const what = `${words} are told apart`;
  const id = 'layer-7';
  const [agent] = agentsIn(evidence);
  if (agent?.name !== 'Cilium') {
    return { id, what, ...notKnown(`no setting of ${agent?.name ?? 'the engine'} is looked at for that`) };
  }
  const config = evidence.settings('cilium-config');
  if (config.kind === 'forbidden') return { id, what, ...notKnown(`this user may not ${config.right}`) };
  const proxy = settingOf(config, 'enable-l7-proxy');
  if (proxy === 'true') return { id, what, ...yes('cilium-config has enable-l7-proxy: true') };
  return proxy === 'false'
    ? { id, what, ...no('cilium-config has enable-l7-proxy: false') }
    : { id, what, ...notKnown('cilium-config does not set enable-l7-proxy, and the default is that of the agent') };
}

/** Blocks that are told, against those that are there: what is told has to hold what is there. */
function ranges({ facts }: Promised, found: ClusterFound): readonly Held[] {
  const rows = [
    ['pod', facts?.podRanges, found.podCidrs],
    ['service', facts?.serviceRanges, found.serviceCidrs],
  ] as const;
  return rows.flatMap(([name, told, is]) => (told === undefined ? [] : [rangeHeld(name, told, is)]));
}

function rangeHeld(name: string, told: ips.IpSet, is: Fact<readonly string[]>): Held {
  const what = `${name} addresses are in ${ips.ipsText(told)}, as it is told`;
  const id = `${name}-range`;
  if (!is.isKnown) return { id, what, ...notKnown(is.why) };
  return ips.contains(told, ips.fromBlocks(is.value))
    ? { id, what, ...yes(is.how) }
    : { id, what, ...no(`they are in ${is.value.join(', ')} (${is.how})`) };
}
