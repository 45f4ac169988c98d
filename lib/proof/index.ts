// Whether manifests allow exactly what a graph declares, for every pod that could exist. A connection seen from one end
// is a point in a product (labels, addresses, ports, names, requests); rules and flows are boxes in it; each statement of
// the proof asks for a point that is in one box and in none of many others. prove.ts tells the story.

export { endName } from './assumptions';
export { type OpenPod, openPods } from './open-pods';
export { isWithin } from './paths/hops';
export { type Apart, type Hop, keepApart } from './paths/keep-apart';
export { promisesOfTiers } from './promises-of-tiers';
export { type Proof, type ProofCounts, type ProofOptions, proveGraph } from './prove';
export { type FilesProof, type FilesRead, isOfOthers, proveFiles } from './prove-files';
export { type ManifestsProof, type ManifestsRead, proveManifests } from './prove-manifests';
export type { NotProved } from './questions/inquiry';
export { connectionText, lackProblem, pathText, proofProblems, proofText, witnessProblem } from './report';
export type { Address, Connection, EntityEnd, Pod } from './space/cell';
export { namesOf, requestsOf } from './space/samples';
export type { ForeignDeclaration, RolePromise } from './terms/asked';
export { CLUSTER_RANGE, type KnownCluster, type KnownNamespace } from './terms/facts';
export { halves, type Lack } from './two-repositories';
export type { DecidedBy, Statement, Witness } from './witness';
