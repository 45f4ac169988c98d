import type { GraphData } from '../../graph/graph-data';
import type { Endpoint } from '../../model/endpoint';
import type { Plane, RulePeer } from '../../model/layer';
import type { WhatIsAsked } from './asked';

/** Shows `look` every end and peer that a proof speaks of; there are thousands, so that no list is made of them. */
export function forEveryEnd(
  { flows, guardrails = [] }: Pick<GraphData, 'flows' | 'guardrails'>,
  { layers }: Plane,
  { foreign = [], promises = [] }: WhatIsAsked,
  look: (end: Endpoint | RulePeer) => void,
): void {
  for (const each of [flows, foreign]) {
    for (const { from, to } of each) {
      look(from);
      look(to);
    }
  }
  for (const { rules } of layers) for (const { peers } of rules) for (const peer of peers) look(peer);
  for (const { denies } of guardrails) for (const { peer } of denies) look(peer);
  for (const { forbids } of promises) look(forbids);
}
