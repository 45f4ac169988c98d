/**
 * The random worlds with ClusterNetworkPolicies beside their NetworkPolicies. What is generated must not change: verdicts
 * on these worlds are kept in `verdicts.txt`, and its digest notices any change here.
 */
import { Random } from '../random';
import type { Place, World } from '../world';
import { randomWorld } from '../worlds';
import { randomClusterPolicy } from './random-policy';

const anywhere: Place = { prefix: '', subnet: 1 };

export function randomClusterWorld(seed: number, place: Place = anywhere): World {
  const world = randomWorld(seed, place);
  const random = new Random(seed ^ 0x5eed);
  const namespaces = world.documents.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  const policies = Array.from({ length: random.between(1, 6) }, (_, number) => {
    return randomClusterPolicy({ random, place, namespaces }, `${place.prefix}cluster-policy-${number}`);
  });
  // With fewer NetworkPolicies more is left to the Baseline tier.
  const isKept = new Map(world.documents.map((document) => [document, random.happens(0.5)]));
  const documents = world.documents.filter((it) => it.kind !== 'NetworkPolicy' || isKept.get(it) === true);
  return { ...world, documents: [...documents, ...policies] };
}
