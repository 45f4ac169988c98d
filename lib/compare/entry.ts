// What `cdk8s-zero-trust/analysis` exports: the questions of lib/analysis, and those that stand on the algebra of the proof.

import type { Manifests } from '../analysis/entry';
import type * as ComparePlanes from './compare-planes';
import type { Comparison } from './comparison';
import type * as Redundant from './redundant';
import type { Redundancy } from './redundant';

export * from '../analysis/entry';
export type { Answer, Comparison, Counterexample, Relation, Verdict as PolicyVerdict } from './comparison';
export type { Part } from './parts';
export type { Redundancy } from './redundant';

/**
 * Whether two sets of policies allow the same, or one implies the other, or they are disjoint, for every pod that could
 * exist; workloads are not needed. Each property that does not hold comes with a counterexample. Where pods have their
 * addresses is taken from `a`.
 */
export function compare(a: Manifests, b: Manifests): Comparison {
  // The algebra of the proof is loaded when it is asked.
  const { comparePlanes } = require('./compare-planes') as typeof ComparePlanes;
  return comparePlanes(a.plane, b.plane, podAddressesOf(a));
}

/** Policies and rules without which nothing changes, each by itself, and a set of them that can go together. */
export function redundant(manifests: Manifests): Redundancy {
  const { redundantParts } = require('./redundant') as typeof Redundant;
  return redundantParts(manifests.plane, podAddressesOf(manifests));
}

function podAddressesOf({ podAddresses }: Manifests): Pick<Manifests, 'podAddresses'> {
  return podAddresses === undefined ? {} : { podAddresses };
}
