import type { ManifestOrigin, PolicyManifest } from '../manifest';
import { DEFAULT_DENY } from '../policy-kinds';
import type { NetworkPolicyManifest } from './render';

/** The NetworkPolicy with the tier or namespace that it is of, field by field: see "One shape an object" in docs/decisions.md. */
export function withOrigin({ apiVersion, kind, metadata, spec }: NetworkPolicyManifest): PolicyManifest {
  const { name, namespace } = metadata;
  const of: ManifestOrigin =
    name === DEFAULT_DENY ? { kind: 'namespace', namespace } : { kind: 'tier', namespace, name };
  return { apiVersion, kind, metadata, spec, of };
}
