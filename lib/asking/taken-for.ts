import { privateRanges } from '../cluster/special-addresses';
import type { ClusterFacts } from '../model/cluster-facts';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import type { Direction } from '../model/layer';
import { addressesOfOthers, deniesAnything, rulesToPods } from './behind-services';
import type { KnownWorld } from './known-world';
import type { ResolvedEnd } from './resolved-end';

/**
 * What an address at one end was taken for, where another answer may hold if it is a Service's, or that of a pod that no
 * manifest shows: a sentence, or none. Policies see the pod behind a Service and know pods by labels, so that what they say
 * of the address itself is then beside the point.
 *
 * @param isDenied whether the answer is that nothing passes; where anything may, what could be denied counts.
 */
export function takenFor(
  { from, to }: { readonly from: ResolvedEnd; readonly to: ResolvedEnd },
  isDenied: boolean,
  { plane, facts }: KnownWorld,
): readonly string[] {
  const isTo = to.endpoint.kind === 'addresses';
  const [end, pods, direction] = isTo ? ([to, from, 'egress'] as const) : ([from, to, 'ingress'] as const);
  if (end.endpoint.kind !== 'addresses') return [];
  const of = mayBe(end.endpoint.addresses, direction, facts);
  const hangsOnIt = isDenied ? rulesToPods(pods.workloads, direction, plane).length > 0 : deniesAnything(plane);
  return hangsOnIt ? takenText(end, of, facts) : [];
}

interface MayBe {
  readonly service: boolean;
  readonly pod: boolean;
}

/** Nobody connects from the address of a Service. Addresses that the cluster says are others' are those of no pod. */
function mayBe(addresses: IpSet, direction: Direction, facts: ClusterFacts): MayBe {
  const unsettled = ips.difference(addresses, addressesOfOthers(facts));
  const unnamed = ips.intersection(unsettled, privateRanges);
  return {
    service: direction === 'egress' && !ips.isEmpty(ips.intersection(unsettled, facts.serviceRanges ?? unnamed)),
    pod: facts.podRanges === undefined && !ips.isEmpty(ips.difference(unnamed, facts.serviceRanges ?? ips.none)),
  };
}

function takenText(
  { name, isOneAddress }: Pick<ResolvedEnd, 'name' | 'isOneAddress'>,
  { service, pod }: MayBe,
  facts: ClusterFacts,
): readonly string[] {
  if (!service && !pod) return [];
  if (service && facts.serviceRanges !== undefined) {
    const of = isOneAddress ? `${name} is an address` : `${name} has addresses`;
    const others = takenText({ name, isOneAddress }, { service: false, pod }, facts);
    return [`${of} of Services of this cluster, and ${BEHIND}.`, ...others];
  }
  const others = [...(service ? ['a Service'] : []), ...(pod ? ['a pod that no manifest shows'] : [])].join(' or ');
  const ranges = [
    ...(service && facts.serviceRanges === undefined ? ['serviceCidrs'] : []),
    ...(pod ? ['podCidrs'] : []),
  ];
  const told = ranges.length === 0 ? '' : ` What is known of the cluster (${ranges.join(', ')}) would tell.`;
  const taken = isOneAddress ? `${name} is taken for an address` : `Addresses of ${name} are taken for ones`;
  return [`${taken} outside the cluster; of ${others}, policies may decide otherwise.${told}`];
}

const BEHIND = 'most engines see the pod behind a Service in its place: ask about that pod';
