/**
 * The random worlds with AdminNetworkPolicies and a BaselineAdminNetworkPolicy around their NetworkPolicies. What is
 * generated must not change: verdicts on these worlds are kept in `verdicts.txt`, and its digest notices any change here.
 */
import { Random } from '../random';
import type { Place, World } from '../world';
import { randomWorld } from '../worlds';
import { type Kinds, randomAdminPolicy, randomBaselinePolicy } from './random-policy';

const anywhere: Place = { prefix: '', subnet: 1 };

/** What the judge says rightly. */
const judged: Kinds = { names: false, nodes: false };

export function randomAdminWorld(seed: number, kinds: Kinds = judged, place: Place = anywhere): World {
  const world = randomWorld(seed, place);
  const random = new Random(seed ^ 0xad417);
  const namespaces = world.documents.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  const making = { random, place, namespaces, kinds };
  const policies = Array.from({ length: random.between(1, 5) }, (_, number) =>
    randomAdminPolicy(making, `${place.prefix}admin-policy-${number}`),
  );
  const baseline = random.happens(0.8) ? [randomBaselinePolicy(making)] : [];
  // With fewer NetworkPolicies more is left to the baseline.
  const isKept = new Map(world.documents.map((document) => [document, random.happens(0.5)]));
  const documents = world.documents.filter((it) => it.kind !== 'NetworkPolicy' || isKept.get(it) === true);
  return { ...world, documents: [...documents, ...policies, ...baseline] };
}
