import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Entity, IpBlockMode } from '../../model/layer';

/** Whether something matches: `perhaps` where that depends on what is not known. */
export type Match = 'surely' | 'perhaps' | 'no';

/**
 * Whether a block matches entities by their addresses, which are not known. Where blocks are about what is outside, no
 * block has nodes; the API server may be outside.
 */
export function entitiesByAddress(set: IpSet, mode: IpBlockMode): Readonly<Record<Entity, Match>> {
  if (ips.isEmpty(set)) return { 'api-server': 'no', nodes: 'no' };
  if (mode === 'external-only') return { 'api-server': 'perhaps', nodes: 'no' };
  const match = mode === 'pods' && ips.equal(set, ips.all) ? 'surely' : 'perhaps';
  return { 'api-server': match, nodes: match };
}
