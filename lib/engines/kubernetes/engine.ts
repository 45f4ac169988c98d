import type { Engine } from '../engine';
import type { ManifestOrigin, PolicyManifest } from '../manifest';
import { compose } from './compose';
import { hasAdminPolicies, OVN_KUBERNETES_KINDS } from './compose-ovn-kubernetes';
import { limits } from './limits';
import { DEFAULT_DENY, type NetworkPolicyManifest, render } from './render';

/** NetworkPolicy alone, on any network plugin that enforces it; what a platform's own has besides is read. */
export const kubernetes: Engine = {
  name: 'kubernetes',
  title: 'Kubernetes NetworkPolicy',
  kinds: (version, platform) => (hasAdminPolicies(platform, version) ? OVN_KUBERNETES_KINDS : []),
  limits,
  render: (graph, facts) => render(graph, facts).map(withOrigin),
  compose,
};

function withOrigin(manifest: NetworkPolicyManifest): PolicyManifest {
  const { name, namespace } = manifest.metadata;
  const of: ManifestOrigin =
    name === DEFAULT_DENY ? { kind: 'namespace', namespace } : { kind: 'tier', namespace, name };
  return { ...manifest, of };
}
