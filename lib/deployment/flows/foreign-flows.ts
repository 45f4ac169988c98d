import { internetAddresses } from '../../cluster/internet-addresses';
import { endText } from '../../graph/ends';
import { tierKey } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Endpoint, PodsEndpoint } from '../../model/endpoint';
import { type PodSet, podsIn } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import * as selectors from '../../model/selector';
import { portTraffic } from '../../model/traffic';
import type { ForeignDeclaration } from '../../proof';
import type { PeerSpec } from '../../values/peer';
import type { ForeignRecord, TierRecord } from '../records';
import { podsOfWorkload } from '../workloads/pods-of-workload';
import type { ResolvedTier } from '../workloads/resolved-tier';
import { hostEnds } from './hosts-of-one';
import { namedEnd } from './named-peers';
import { tierOfWorkload } from './pod-peers';

type Tiers = ReadonlyMap<TierRecord, ResolvedTier>;

interface ForeignEnd {
  readonly endpoint: Endpoint;
  readonly ports?: PortSet;
}

/** What was declared of the policies of others: one for each pair of ends. */
export function foreignFlows(
  records: readonly ForeignRecord[],
  tiers: Tiers,
  facts: ClusterFacts,
): ForeignDeclaration[] {
  return records.flatMap(({ source, destination, ports: given, because }) =>
    endsOf(source, tiers, facts).flatMap((from) =>
      endsOf(destination, tiers, facts).map((to) => ({
        from: from.endpoint,
        to: to.endpoint,
        traffic: portTraffic(given ?? to.ports ?? ports.everything),
        because: [because],
      })),
    ),
  );
}

/** The foreign flows of a tier, in words, for the graph. */
export function foreignNotes(key: string, flows: readonly ForeignDeclaration[]): string[] {
  const is = (end: Endpoint) => end.kind === 'tier' && tierKey(end) === key;
  return flows
    .filter(({ from, to }) => is(from) || is(to))
    .map(({ from, to, traffic, because }) => {
      const other = is(to) ? `in from ${endText(from, new Map())}` : `out to ${endText(to, new Map())}`;
      return `a policy of others lets ${other} on ${ports.portsText(traffic.ports)}: ${because.join(', ')}`;
    });
}

/** Other than for our own flows, pods of a zero-trust namespace need no tier here: the policies are not ours to shape. */
function endsOf(spec: PeerSpec, tiers: Tiers, facts: ClusterFacts): ForeignEnd[] {
  switch (spec.kind) {
    case 'tier':
      return [...tiers.values()].filter(({ record }) => record.construct === spec.construct);
    case 'namespace':
      return [{ endpoint: podsOfOthers(podsIn(spec.name, selectors.anything)) }];
    case 'pods':
      return podEnds(spec, tiers);
    case 'block':
      return [{ endpoint: { kind: 'addresses', addresses: spec.addresses } }];
    case 'internet':
      return [
        { endpoint: { kind: 'addresses', addresses: internetAddresses(spec.families, facts), name: 'internet' } },
      ];
    case 'hosts':
      return hostEnds(spec);
    default: {
      const { endpoint, ports: own } = namedEnd(spec, facts);
      return endpoint === undefined ? [] : [{ endpoint, ...(own && { ports: own }) }];
    }
  }
}

/** A workload that cannot stand for pods stands for none; the rule `foreign-peers` says so. */
function podEnds(
  { workload, choice, namespaces, pods, owner }: Extract<PeerSpec, { kind: 'pods' }>,
  tiers: Tiers,
): ForeignEnd[] {
  if (workload === undefined) {
    return [{ endpoint: podsOfOthers({ namespaces: namespaces ?? selectors.nothing, pods }, owner) }];
  }
  const tier = tierOfWorkload({ workload, choice }, tiers);
  if (tier !== undefined) return [tiers.get(tier) as ResolvedTier];
  const found = podsOfWorkload({ workload, choice });
  if (found.problem !== undefined) return [];
  return [{ endpoint: podsOfOthers(found.pods, owner), ports: found.declared.ports }];
}

function podsOfOthers(pods: PodSet, owner = 'others'): PodsEndpoint {
  return { kind: 'pods', pods, owner };
}
