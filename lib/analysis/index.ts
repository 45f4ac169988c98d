export {
  type AddressVerdict,
  type Allowed,
  type ByClass,
  type Connectivity,
  type ConnectivityOptions,
  type Counts,
  connectivity,
  type End,
  type EntityVerdict,
  type PairVerdict,
} from './connectivity/connectivity';
export type { Host } from './connectivity/match';
export { ADDRESS_OF_HOST, planeAt, type Situation } from './connectivity/plane-at';
export type { Verdict } from './connectivity/verdicts';
export * from './differences';
export type { Connection, ConnectionEnd } from './explanation/connection';
export type { Decision } from './explanation/decided';
export { type Explanation, explain, type Nearest, type Side } from './explanation/explain';
export { mend } from './explanation/least-change';
export { explanationText } from './explanation/text';
export type { Lack } from './explanation/what-is-missing';
export {
  type Exposure,
  type ExposureOptions,
  exposure,
  type Opening,
  type StrangePods,
  type Stranger,
} from './exposure';
export { type FileOptions, type FileReading, readFiles, readText, type WrittenObject } from './files/read-files';
export { objectsOf } from './lists';
export { type PlaneOptions, type PlaneReading, planeOf } from './plane-of';
export * from './reach';
export { type ManifestOptions, type ManifestReading, readManifests } from './read-manifests';
export * from './ways-in';
