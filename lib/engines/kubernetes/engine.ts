import type { Engine } from '../engine';
import type { ManifestOrigin, PolicyManifest } from '../manifest';
import { compose } from './compose';
import { limits } from './limits';
import { DEFAULT_DENY, type NetworkPolicyManifest, render } from './render';

/** NetworkPolicy alone, on any network plugin that enforces it. */
export const kubernetes: Engine = {
  name: 'kubernetes',
  title: 'Kubernetes NetworkPolicy',
  kinds: () => [],
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
