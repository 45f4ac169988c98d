export { type ManifestOptions, type ManifestReading, readManifests } from './read-manifests';
