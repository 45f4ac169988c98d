import { matchesHost } from '../../model/host-pattern';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import { isFromNode } from '../../model/labels';
import type { Entity, IpBlockMode, Rule, RulePeer } from '../../model/layer';
import type { Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import type { Workload } from '../../model/world';

/** Whether something matches: `perhaps` where that depends on what is not known. */
export type Match = 'surely' | 'perhaps' | 'no';

/**
 * Whether a selector has a pod of which some labels are not known. A selector asks nothing that cannot be otherwise, so
 * that one on a label that is not known may hold and may not.
 */
export function matchOfLabels(selector: Selector, pod: LabelsKnown): Match {
  if (selector.impossible) return 'no';
  const unknown = unknownKeys(selector, pod);
  const known = selector.constraints.filter(({ key }) => !unknown.includes(key));
  if (!selectors.matches({ constraints: known }, pod.labels)) return 'no';
  return unknown.length > 0 ? 'perhaps' : 'surely';
}

/** The keys that the selector asks about and of which no manifest shows what the pod has. */
export function unknownKeys({ constraints }: Selector, { labels, unknownLabels = [] }: LabelsKnown): string[] {
  const keys = constraints.map(({ key }) => key);
  const isUnknown = (key: string) =>
    unknownLabels === 'any' ? !Object.hasOwn(labels, key) : unknownLabels.includes(key);
  return keys.filter((key) => isFromNode(key) || isUnknown(key));
}

/** Labels of a pod, and the keys of those that are not known. */
export type LabelsKnown = Pick<Workload, 'labels' | 'unknownLabels'>;

/** Whether both match. */
export function bothMatch(a: Match, b: Match): Match {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'surely' && b === 'surely' ? 'surely' : 'perhaps';
}

/**
 * Whether a block matches entities by their addresses, which are not known. Where blocks are about what is outside, no
 * block has nodes or the proxies of a gateway; the API server may be outside.
 */
export function entitiesByAddress(set: IpSet, mode: IpBlockMode): Readonly<Record<Entity, Match>> {
  if (ips.isEmpty(set)) return { 'api-server': 'no', nodes: 'no', ingress: 'no' };
  if (mode === 'external-only') return { 'api-server': 'perhaps', nodes: 'no', ingress: 'no' };
  const match = mode === 'pods' && ips.equal(set, ips.all) ? 'surely' : 'perhaps';
  return { 'api-server': match, nodes: match, ingress: match };
}

/** A host outside the cluster, by a name of its own: no other name leads to its address. */
export interface Host {
  readonly name: string;
  /** Where the name can lead. */
  readonly addresses: IpSet;
}

/**
 * Whether a peer of an egress rule has the address that the name leads to. What is denied by name is never certain: an
 * engine learns addresses from the answers that it has seen.
 */
export function matchOfHost(peer: RulePeer, action: Rule['action'], { name, addresses }: Host): Match {
  switch (peer.kind) {
    case 'anything':
      return 'surely';
    case 'hosts': {
      const matches = peer.patterns.map((pattern) => matchesHost(pattern, name));
      if (matches.includes(true)) return action === 'allow' ? 'surely' : 'perhaps';
      return matches.includes(undefined) ? 'perhaps' : 'no';
    }
    case 'addresses':
      if (!ips.intersects(peer.addresses, addresses)) return 'no';
      return ips.contains(peer.addresses, addresses) ? 'surely' : 'perhaps';
    case 'pods':
    case 'entity':
      return 'no';
  }
}
