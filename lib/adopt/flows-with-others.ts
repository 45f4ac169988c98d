import { podsSeen } from '../checks/pods-seen';
import type { Seen } from '../checks/seen';
import { objectText } from '../kinds/manifest';
import type { DnsFacts } from '../model/cluster-facts';
import * as ips from '../model/ip-set';
import type { Direction, Rule, RulePeer } from '../model/layer';
import { type PodSet, podSetText, soleNamespace } from '../model/pod-set';
import * as portSets from '../model/port-set';
import { remembered } from '../model/remembered';
import type { HttpMatch } from '../model/request-match';
import type { Labels } from '../model/selector';
import * as selectors from '../model/selector';
import type { Binding } from './binding';
import { podsCode, portsCode } from './code/expressions';
import { isForNamesAlone } from './name-resolution';
import { keyOf, type LeftOut, type PlannedFlow, type PlannedPeer, type PlannedTier } from './plan';
import { allowedBy } from './reasons';

export interface FlowsWithOthers {
  readonly flows: readonly PlannedFlow[];
  readonly left: readonly LeftOut[];
}

/** What today's policies let tiers exchange with everything that is no tier: pods of others, addresses, names, entities. */
export function flowsWithOthers(
  seen: Seen,
  tiers: readonly PlannedTier[],
  bound: Binding,
  { adopted: names, dns }: { readonly adopted: readonly string[]; readonly dns: DnsFacts },
): FlowsWithOthers {
  const adopted = new Set(names);
  const flows: PlannedFlow[] = [];
  const left: LeftOut[] = [];
  // A rule is bound to many tiers, and means the same at each.
  const othersOfRule = remembered((rule: Rule) => rule.peers.map((peer) => othersOf(seen, peer, rule, adopted)));
  const notSaid = (tier: PlannedTier, { policy }: Rule, said: NotSaid) =>
    left.push({ kind: 'not-said', of: keyOf(tier), policy: nameOf(policy), ...said });
  for (const tier of tiers) {
    for (const direction of ['ingress', 'egress'] as const) {
      const isDenied = bound.denies(tier, direction);
      for (const rule of bound.allows(tier, direction)) {
        // Resolving names is said of the tier, and is no flow of its own.
        if (tier.dns && isForNamesAlone(rule, dns)) continue;
        const http = requestsOf(rule);
        if (http === 'unsayable') {
          notSaid(tier, rule, { what: `${nameOf(rule.policy)} lets some requests through that no declaration says` });
          continue;
        }
        for (const found of othersOfRule(rule)) {
          const peers =
            isDenied && http === undefined ? found.peers.filter(({ kind }) => kind !== 'block') : found.peers;
          flows.push(...peers.map((each) => flowOf(tier, direction, each, rule, http)));
          for (const said of found.left) notSaid(tier, rule, said);
        }
      }
      if (isDenied) flows.push(...outsideDenied(seen, tier, direction, bound.allows(tier, direction)));
    }
  }
  return { flows, left };
}

function flowOf(
  tier: PlannedTier,
  direction: Direction,
  peer: PlannedPeer,
  { ports, policy }: Pick<Rule, 'ports' | 'policy'>,
  http?: readonly HttpMatch[],
): PlannedFlow {
  return {
    tier: keyOf(tier),
    direction,
    peer,
    ports,
    ...(http && { http }),
    because: allowedBy([policy]),
    waived: [],
  };
}

/** The requests that a rule is limited to, as far as a declaration can say them; undefined where it is not limited. */
export function requestsOf({ requests }: Pick<Rule, 'requests'>): readonly HttpMatch[] | 'unsayable' | undefined {
  if (requests === undefined) return undefined;
  const http = requests.flatMap((request) => (request.protocol === 'http' ? [request] : []));
  return http.length === requests.length ? http : 'unsayable';
}

/** What of the addresses passes that rules let through, where other rules take something of it away again. */
function outsideDenied(
  seen: Seen,
  tier: PlannedTier,
  direction: Direction,
  rules: readonly Rule[],
): readonly PlannedFlow[] {
  const open = rules.filter(({ requests }) => requests === undefined);
  const meant = open.flatMap(({ peers }) =>
    peers.flatMap((peer) => (peer.kind === 'addresses' ? [peer.addresses] : peer.kind === 'anything' ? [ips.all] : [])),
  );
  const because = allowedBy(open.map(({ policy }) => policy));
  return seen
    .connectivity()
    .withAddresses(tier.workloads[0], direction, ips.unionOf([ips.none, ...meant]))
    .filter(({ must }) => !portSets.isEmpty(must))
    .flatMap(({ addresses, must }) =>
      blocksOf(addresses).map((peer) => ({ tier: keyOf(tier), direction, peer, ports: must, because, waived: [] })),
    );
}

interface Others {
  readonly peers: readonly PlannedPeer[];
  readonly left: readonly NotSaid[];
}

type NotSaid = Pick<LeftOut, 'what' | 'line'>;

const nameOf = remembered(objectText);

const NOBODY: Others = { peers: [], left: [] };

function othersOf(seen: Seen, peer: RulePeer, rule: Rule, adopted: ReadonlySet<string>): Others {
  switch (peer.kind) {
    case 'pods':
      return podsOfOthers(seen, peer.pods, rule, adopted);
    case 'addresses':
      return { peers: blocksOf(peer.addresses), left: [] };
    case 'entity':
      if (peer.entity === 'ingress')
        return {
          peers: [],
          left: [
            {
              what: `${nameOf(rule.policy)} lets the proxies of Cilium's gateway in: declare an exposure of the tier with LoadBalancer.ciliumGateway()`,
            },
          ],
        };
      return { peers: [{ kind: 'entity', entity: peer.entity }], left: [] };
    case 'hosts':
      return hostsOf(peer, rule);
    case 'anything':
      return anything(seen, rule, adopted);
  }
}

function blocksOf(addresses: ips.IpSet): readonly PlannedPeer[] {
  return ips.blocks(addresses).map(({ cidr, except }) => ({ kind: 'block', cidr, except }));
}

function hostsOf({ patterns }: Extract<RulePeer, { kind: 'hosts' }>, { policy }: Rule): Others {
  const peers: PlannedPeer[] = [];
  const left: NotSaid[] = [];
  for (const host of patterns) {
    if (host.kind === 'any')
      left.push({ what: `${nameOf(policy)} lets it reach every host name, which no declaration says` });
    else if (host.kind === 'opaque')
      left.push({ what: `${nameOf(policy)} lets it reach the host names ${host.text}, which are not understood` });
    else peers.push({ kind: 'host', host });
  }
  return { peers, left };
}

/** Every source or destination: all addresses, and the pods of every namespace that is not adopted. */
function anything(seen: Seen, rule: Rule, adopted: ReadonlySet<string>): Others {
  const places = podsSeen(seen)
    .inhabited(selectors.anything)
    .filter(({ name }) => !adopted.has(name));
  return {
    peers: [...blocksOf(ips.all), ...places.map(({ name }) => podsIn(name, selectors.anything))],
    left: [ofUnseen(rule, { namespaces: selectors.anything, pods: selectors.anything })],
  };
}

/** Pods of namespaces that nobody has shown: a declaration names its namespaces. */
function ofUnseen({ policy, direction, ports }: Rule, { namespaces, pods }: PodSet): NotSaid {
  const who = selectors.isAnything(pods) ? 'pods' : `pods with ${selectors.selectorText(pods)}`;
  const which = selectors.isAnything(namespaces) ? '' : ` with ${selectors.selectorText(namespaces)}`;
  const isOut = direction === 'egress';
  return {
    what: `${nameOf(policy)} also lets it ${isOut ? 'reach' : 'be reached by'} ${who} of namespaces${which} that the manifests do not show`,
    line: `${isOut ? 'allowTo' : 'allowFrom'}(${podsCode(selectors.requirements(pods))}.inNamespace('…').ownedBy('…'), { ports: ${portsCode(ports)}, because: '…' })`,
  };
}

function podsIn(name: string, pods: selectors.Selector): PlannedPeer {
  return { kind: 'pods', pods: selectors.requirements(pods), place: { name }, owner: `who runs ${name}` };
}

function podsOfOthers(seen: Seen, set: PodSet, rule: Rule, adopted: ReadonlySet<string>): Others {
  const name = soleNamespace(set.namespaces);
  if (name !== undefined) return inOne(seen, name, set, rule, adopted);
  const places = podsSeen(seen).inhabited(set.namespaces);
  const labels = asLabels(set.namespaces);
  const isOurs = seen.reading.world.namespaces.some(
    ({ name: each, labels: own }) => adopted.has(each) && selectors.matches(set.namespaces, own),
  );
  if (labels !== undefined && !isOurs) {
    const owner = `who runs namespaces with ${selectors.selectorText(set.namespaces)}`;
    return { peers: [{ kind: 'pods', pods: selectors.requirements(set.pods), place: { labels }, owner }], left: [] };
  }
  const others = places.filter(({ name: each }) => !adopted.has(each));
  return {
    peers: others.map(({ name: each }) => podsIn(each, set.pods)),
    left: [ofUnseen(rule, set)],
  };
}

function inOne(seen: Seen, name: string, set: PodSet, rule: Rule, adopted: ReadonlySet<string>): Others {
  if (!adopted.has(name)) return { peers: [podsIn(name, set.pods)], left: [] };
  if (!podsSeen(seen).isNobody(set)) return NOBODY;
  const { policy, direction } = rule;
  const who = `${podSetText(set)}, and no workload of the manifests is one`;
  return {
    peers: [],
    left: [{ what: `${nameOf(policy)} lets it ${direction === 'egress' ? 'reach' : 'be reached by'} pods ${who}` }],
  };
}

/** Labels that say the selector, where labels alone do. */
function asLabels(selector: selectors.Selector): Labels | undefined {
  const all = selectors.requirements(selector);
  if (all.length === 0 || !all.every(({ operator, values = [] }) => operator === 'In' && values.length === 1))
    return undefined;
  return Object.fromEntries(all.map(({ key, values = [] }) => [key, values[0]]));
}
