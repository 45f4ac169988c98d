import { leadsToMetadata } from '../../cluster/metadata-services';
import { privateRanges } from '../../cluster/special-addresses';
import type { Flow } from '../../model/flow';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import { keyConstraint } from '../../model/key-constraint';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { Entity, IpBlockMode, Rule } from '../../model/layer';
import { namespaceNamed } from '../../model/pod-set';
import { ZeroTrustError } from '../../model/problem';
import type { Labels, Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { fromConstraints } from '../../model/selector-algebra';

/** A namespace whose labels are known, each of them; a label that is not here is not on it. */
export interface KnownNamespace {
  readonly name: string;
  readonly labels: Labels;
}

/** The acknowledgement by which a flow to addresses accepts that pods with such addresses are let through as well. */
export const CLUSTER_RANGE = 'cluster-range';

/**
 * How blocks of addresses match. `external-only` leaves open whether they match the API server by its address: `outside` and
 * `outside-and-api-server` are the two ways in which that may be.
 */
export type BlockMode = IpBlockMode | 'outside' | 'outside-and-api-server';

/** What is known of the cluster beside the manifests. Whatever is not ruled out here could exist. */
export interface Facts {
  /** Where pods can have their addresses. */
  readonly podAddresses: IpSet;
  readonly podAddressesAreKnown: boolean;
  readonly ipBlockMode: BlockMode;
  /** What is told apart from addresses; where nothing is, entities are addresses like others. */
  readonly entities: readonly Entity[];
  /** Where entities can have their addresses. */
  readonly entityAddresses: Readonly<Record<Entity, IpSet>>;
  /** Where the API server is was said, so that it is told from other addresses. */
  readonly apiServerIsKnown: boolean;
  /** Where host names can lead. */
  readonly hostAddresses: IpSet;
  /** Labels of known namespaces, with their name label. */
  readonly namespaces: ReadonlyMap<string, Labels>;
}

/** What a user or the declaration knows of the cluster. */
export interface KnownCluster {
  /** Where pods have their addresses, all of them. @default not known: pods are reckoned with in every private range */
  readonly podAddresses?: IpSet;
  /** Addresses that are known to be others': of nodes, Services, the API server. @default none */
  readonly otherAddresses?: IpSet;
  /** Addresses of the API server, where it is an entity. @default any, but no metadata service */
  readonly apiServerAddresses?: IpSet;
  /** Addresses of nodes, where they are an entity. @default any, but no metadata service */
  readonly nodeAddresses?: IpSet;
  /** Namespaces whose labels are known exactly. @default none: of every namespace its name alone is known */
  readonly knownNamespaces?: readonly KnownNamespace[];
}

/**
 * Without known pod ranges, pods are reckoned with in every private range that is not known to be others': not knowing
 * where pods are is no reason to take a block for free of them.
 *
 * @throws ZeroTrustError if a namespace is given twice, or with another name label than its name, or if no pod could have
 *   an address
 */
export function factsOf(ipBlockMode: BlockMode, known: KnownCluster, entities: readonly Entity[] = []): Facts {
  const { podAddresses, otherAddresses = ips.none, knownNamespaces = [] } = known;
  const namespaces = new Map<string, Labels>();
  for (const { name, labels } of knownNamespaces) {
    const given = Object.hasOwn(labels, NAMESPACE_NAME_LABEL) ? labels[NAMESPACE_NAME_LABEL] : name;
    if (given !== name || namespaces.has(name)) {
      throw new ZeroTrustError({
        rule: 'known-namespace',
        what: `The labels of namespace ${name} are given ${given === name ? 'twice' : `with ${NAMESPACE_NAME_LABEL}=${given}`}, so one of the two is wrong`,
        value: name,
        allowed: `each namespace once, with ${NAMESPACE_NAME_LABEL} its name or left out`,
        fix: 'Give the labels that the namespace has in the cluster.',
      });
    }
    namespaces.set(name, { ...labels, [NAMESPACE_NAME_LABEL]: name });
  }
  const pods = podAddresses ?? ips.difference(privateRanges, otherAddresses);
  if (ips.isEmpty(pods)) {
    throw new ZeroTrustError({
      rule: 'pod-addresses',
      what: 'What is given of the addresses of the cluster leaves none for pods, so no pod could exist and everything could be proved',
      allowed: 'the ranges that pods have their addresses from, or none given where they are not known',
      fix: 'Give the pod ranges of the cluster, or leave them out.',
    });
  }
  return {
    podAddresses: pods,
    podAddressesAreKnown: podAddresses !== undefined,
    ipBlockMode,
    entities,
    entityAddresses: {
      'api-server': known.apiServerAddresses ?? elsewhere,
      nodes: known.nodeAddresses ?? elsewhere,
      // Each proxy has an address of the pods of its node (CiliumNode, `spec.ingress`).
      ingress: pods,
    },
    apiServerIsKnown: known.apiServerAddresses !== undefined,
    hostAddresses: ips.difference(elsewhere, ips.union(otherAddresses, podAddresses ?? ips.none)),
    namespaces,
  };
}

/** Whether an address block of these addresses can match pods, and which: the pods that have one of the returned addresses. */
export function podsByAddress(addresses: IpSet, facts: Facts, bound: Bound): IpSet {
  const reckoned = facts.ipBlockMode === 'pods' || (facts.ipBlockMode === 'may' && bound === 'may');
  return reckoned ? ips.intersection(addresses, facts.podAddresses) : ips.none;
}

const elsewhere = ips.difference(ips.all, leadsToMetadata);

/**
 * Addresses at which a block of these addresses can match an entity. An engine that tells ends apart by identity never
 * takes nodes for addresses, but the API server where it is outside the cluster (Cilium, "Kubernetes API server entity").
 */
export function entityByAddress(entity: Entity, addresses: IpSet, facts: Facts, bound: Bound): IpSet {
  if (!matchesEntity(entity, facts.ipBlockMode, bound)) return ips.none;
  return ips.intersection(addresses, facts.entityAddresses[entity]);
}

/** Whether a block with the address of an entity matches it. */
export function matchesEntity(entity: Entity, ipBlockMode: BlockMode, bound: Bound): boolean {
  switch (ipBlockMode) {
    case 'pods':
      return true;
    case 'may':
      return bound === 'may';
    case 'external-only':
      return entity === 'api-server' && bound === 'may';
    case 'outside':
      return false;
    case 'outside-and-api-server':
      return entity === 'api-server';
  }
}

/** Whether the two bounds of what a rule matches are the same. */
export function isCertain(
  { peers, action, isUncertain }: Pick<Rule, 'peers' | 'action' | 'isUncertain'>,
  { ipBlockMode, entities }: Facts,
): boolean {
  if (isUncertain) return false;
  return peers.every(({ kind }) => {
    if (kind === 'hosts') return action === 'allow';
    if (kind !== 'addresses') return true;
    if (ipBlockMode === 'external-only') return !entities.includes('api-server');
    return ipBlockMode !== 'may';
  });
}

/** Upper and lower bound of what is not known for certain. */
export type Bound = 'may' | 'must';

export function opposite(bound: Bound): Bound {
  return bound === 'may' ? 'must' : 'may';
}

/** Whether a rule or isolation is there in this bound of what it matches: what is uncertain may be there, and need not. */
export function isReckonedWith({ isUncertain }: Pick<Rule, 'isUncertain'>, bound: Bound): boolean {
  return !(isUncertain && bound === 'must');
}

/** Labels of the namespace as far as they are known: all of them, or its name alone. */
export function namespaceSelector(facts: Facts, name: string, keys: ReadonlySet<string>): Selector {
  const labels = facts.namespaces.get(name);
  if (labels === undefined) return namespaceNamed(name);
  const absent = [...keys].filter((key) => !Object.hasOwn(labels, key));
  return fromConstraints([
    ...selectors.fromLabels(labels).constraints,
    ...absent.map((key) => keyConstraint(key, [], { excluded: false, mayBeAbsent: true })),
  ]);
}

/**
 * Namespaces that cannot exist, since one of that name is known with other labels: `name=ai-data,purpose!=data`. Only
 * `keys`, those that some selector asks about, can make a difference.
 */
export function impossibleNamespaces(facts: Facts, name: string, keys: ReadonlySet<string>): Selector[] {
  const labels = facts.namespaces.get(name);
  if (labels === undefined) return [];
  return [...keys]
    .filter((key) => key !== NAMESPACE_NAME_LABEL)
    .map((key) => {
      const wrong = Object.hasOwn(labels, key)
        ? keyConstraint(key, [labels[key]], { excluded: true, mayBeAbsent: true })
        : keyConstraint(key, [], { excluded: true, mayBeAbsent: false });
      return fromConstraints([...namespaceNamed(name).constraints, wrong]);
    });
}

/** The flow accepts that its addresses may be pods. */
export function acceptsPods(flow: Pick<Flow, 'acknowledged'>): boolean {
  return flow.acknowledged.some(({ rule }) => rule === CLUSTER_RANGE);
}
