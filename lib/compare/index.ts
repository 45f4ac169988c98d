// How two sets of policies relate, for every pod that could exist: each property is asked of the algebra of the proof, and
// whatever breaks it is a connection that a plain evaluator confirms. compare-planes.ts tells the story.

export { comparePlanes } from './compare-planes';
export type { Answer, Comparison, Counterexample, Relation, Verdict } from './comparison';
export type { CompareOptions } from './ground';
export type { Part } from './parts';
export { type Redundancy, redundantParts } from './redundant';
