import { podSetsOf, unseenPods, withUnseen } from '../analysis/unseen-pods';
import type { KnownWorld } from '../asking/known-world';
import type { Given } from './command';
import type { Io } from './io';

/**
 * With the pods that no manifest shows and that policies are about: where they are asked for, and where there is no workload
 * at all, since a folder of policies alone would seem to allow nothing.
 */
export function withUnseenAsked(known: KnownWorld, given: Given, io: Io): KnownWorld {
  const { world, plane } = known;
  const isBare = world.workloads.length === 0;
  if (!isBare && !given.has('unseen')) return known;
  const parts = plane.layers.flatMap(({ rules, isolations }) => [...rules, ...isolations]);
  const unseen = unseenPods(parts.flatMap(podSetsOf), [world]);
  if (isBare && unseen.workloads.length > 0 && !given.has('unseen') && !given.has('quiet')) io.err(BARE);
  return { ...known, world: withUnseen(world, unseen) };
}

const BARE =
  'These manifests show no workload: pods are those that policies are about, by the labels that they ask for.\n';
