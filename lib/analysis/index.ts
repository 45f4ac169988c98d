export {
  type AddressVerdict,
  type Allowed,
  type Connectivity,
  type ConnectivityOptions,
  type Counts,
  connectivity,
  type End,
  type PairVerdict,
} from './connectivity/connectivity';
export type { Verdict } from './connectivity/verdicts';
export { type FileOptions, type FileReading, readFiles, readText } from './files/read-files';
export { type ManifestOptions, type ManifestReading, readManifests } from './read-manifests';
