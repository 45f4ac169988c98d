import type { ApiObject } from 'cdk8s';
import { NAMESPACE_NAME_LABEL } from '../../model/pod-set';
import type { Problem } from '../../model/problem';
import { remembered } from '../../model/remembered';
import * as selectors from '../../model/selector';
import { matches } from '../../model/selector';
import type { PeerSpec } from '../../values/peer';
import type { Declarations } from '../declarations';
import type { NamespaceRecord, TierRecord } from '../records';
import { chosenWorkload } from '../workloads/chosen-workload';
import type { GivenWorkload } from '../workloads/given-workload';
import { namespaceLabels } from '../workloads/namespace-labels';
import { podsOfWorkload } from '../workloads/pods-of-workload';
import type { ResolvedTier } from '../workloads/resolved-tier';
import type { PeerEnd } from './peer-end';
import { ownerMissing } from './peer-refusals';

export interface PodPeerContext {
  readonly declarations: Pick<Declarations, 'recordOf' | 'namespaces'>;
  readonly tiers: ReadonlyMap<TierRecord, ResolvedTier>;
}

/** `podEnds` in one state of the app: a tier or a namespace is the peer of many flows, and its ends are always the same. */
export function podEndsOnce(context: PodPeerContext): (peer: PodPeer) => PodEnds {
  const ofDeclared = remembered((peer: PodPeer) => podEnds(peer, context));
  return (peer) => (peer.kind === 'pods' ? podEnds(peer, context) : ofDeclared(peer));
}

type PodPeer = Extract<PeerSpec, { kind: 'tier' | 'namespace' | 'pods' }>;
type PodsPeer = Extract<PeerSpec, { kind: 'pods' }>;
type Unplaced = Omit<Problem, 'where'>;

interface PodEnds {
  readonly ends: readonly PeerEnd[];
  readonly problems: readonly Unplaced[];
}

/** The ends that a peer of pods stands for: a tier, the tiers of a namespace, or pods that somebody else runs. */
function podEnds(peer: PodPeer, context: PodPeerContext): PodEnds {
  switch (peer.kind) {
    case 'tier':
      return { ends: [tierEnd(context.declarations.recordOf(peer.construct) as TierRecord, context)], problems: [] };
    case 'namespace':
      return namespaceEnds(context.declarations.recordOf(peer.construct) as NamespaceRecord, context);
    case 'pods':
      return peer.workload === undefined
        ? foreignEnds(peer, context)
        : workloadEnds(peer, { ...peer, workload: peer.workload }, context);
  }
}

function tierEnd(record: TierRecord, { tiers }: PodPeerContext): PeerEnd {
  const { endpoint, ports, portNames: names, named } = tiers.get(record) as ResolvedTier;
  return { endpoint, ports, portNames: names, named };
}

function namespaceEnds(record: NamespaceRecord, context: PodPeerContext): PodEnds {
  const members = tiersIn(record, context);
  if (members.length > 0) return { ends: members.map((member) => tierEnd(member, context)), problems: [] };
  return {
    ends: [],
    problems: [
      {
        rule: 'namespace-empty',
        what: `the namespace ${record.name} stands for its tiers, and it has none`,
        value: record.name,
        allowed: 'a namespace with tiers, or a tier',
        fix: `Declare the tiers of ${record.name}, or leave the flow out.`,
      },
    ],
  };
}

/** Pods of a construct: its tier where it has one, else what it renders. */
function workloadEnds(peer: PodsPeer, workload: GivenWorkload, context: PodPeerContext): PodEnds {
  const tier = tierOfWorkload(workload, context.tiers);
  if (tier !== undefined) return { ends: [tierEnd(tier, context)], problems: [] };
  const found = podsOfWorkload(workload);
  if (found.problem !== undefined) return { ends: [], problems: [found.problem] };
  if (peer.owner === undefined) return { ends: [], problems: [ownerMissing()] };
  const { ends, problems } = foreignEnds(
    { ...peer, namespaces: found.pods.namespaces, pods: found.pods.pods },
    context,
  );
  return { ends: ends.map((end) => ({ ...end, ...found.declared })), problems };
}

/** The tier that was made of the same object. What tiers were made of was worked out with them. */
export function tierOfWorkload(given: GivenWorkload, tiers: PodPeerContext['tiers']): TierRecord | undefined {
  const made = [...tiers.values()].filter(({ record }) => record.pods.workload !== undefined);
  const same =
    made.find(({ record }) => isSaidAlike(record, given)) ?? madeOf(chosenWorkload(given, 'peer').object, made);
  return same?.record;
}

function isSaidAlike({ pods: { workload, choice } }: TierRecord, given: GivenWorkload): boolean {
  return workload === given.workload && choice?.kind === given.choice?.kind && choice?.name === given.choice?.name;
}

function madeOf(object: ApiObject | undefined, tiers: readonly ResolvedTier[]): ResolvedTier | undefined {
  return object && tiers.find((tier) => tier.object === object);
}

/** Pods in a namespace that is not of this deployment: there, nobody else speaks for the other half. */
function foreignEnds(peer: PodsPeer, context: PodPeerContext): PodEnds {
  const { namespaces = selectors.anything, pods, owner = '' } = peer;
  const ours = context.declarations.namespaces.filter((record) => matches(namespaces, namespaceLabels(record)));
  if (ours.length > 0) return { ends: [], problems: ours.map((record) => notATier(record, context)) };
  return { ends: [{ endpoint: { kind: 'pods', pods: { namespaces, pods }, owner } }], problems: [] };
}

function tiersIn(record: NamespaceRecord, { tiers }: PodPeerContext): TierRecord[] {
  return [...tiers.keys()].filter(({ namespace }) => namespace === record);
}

function notATier(record: NamespaceRecord, context: PodPeerContext): Unplaced {
  const members = tiersIn(record, context).map(({ name }) => `${record.name}/${name}`);
  return {
    rule: 'peer-not-a-tier',
    what: `the namespace ${record.name} belongs to this app, and a flow to pods there must name a tier, so that both ends are allowed`,
    value: `${NAMESPACE_NAME_LABEL}=${record.name}`,
    allowed: members.length === 0 ? `a tier of ${record.name} (it has none yet)` : members.join(', '),
    fix: 'Give the tier itself as the peer; declare one for these pods if there is none.',
  };
}
