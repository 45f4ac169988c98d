import type { Engine } from '../engine';
import type { ManifestOrigin, PolicyManifest } from '../manifest';
import { compose } from './compose';
import { hasAdminPolicies, OVN_KUBERNETES_KINDS } from './compose-ovn-kubernetes';
import type * as Limits from './limits';
import type * as Render from './render';

/** NetworkPolicy alone, on any network plugin that enforces it; what a platform's own has besides is read. */
export const kubernetes: Engine = {
  name: 'kubernetes',
  title: 'Kubernetes NetworkPolicy',
  kinds: (version, platform) => (hasAdminPolicies(platform, version) ? OVN_KUBERNETES_KINDS : []),
  // Whoever reads policies renders none.
  limits: (graph, facts) => (require('./limits') as typeof Limits).limits(graph, facts),
  render: (graph, facts) => {
    const { DEFAULT_DENY, render } = require('./render') as typeof Render;
    return render(graph, facts).map((manifest) => withOrigin(manifest, DEFAULT_DENY));
  },
  compose,
};

function withOrigin(manifest: Render.NetworkPolicyManifest, defaultDeny: string): PolicyManifest {
  const { name, namespace } = manifest.metadata;
  const of: ManifestOrigin =
    name === defaultDeny ? { kind: 'namespace', namespace } : { kind: 'tier', namespace, name };
  return { ...manifest, of };
}
