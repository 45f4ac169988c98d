import type { Engine } from '../engine';
import { compose } from './compose';
import { hasAdminPolicies, OVN_KUBERNETES_KINDS } from './compose-ovn-kubernetes';
import { limits } from './limits';
import { render } from './render';
import { withOrigin } from './with-origin';

/** NetworkPolicy alone, on any network plugin that enforces it; what a platform's own has besides is read. */
export const kubernetes: Engine = {
  name: 'kubernetes',
  title: 'Kubernetes NetworkPolicy',
  kinds: (version, platform) => (hasAdminPolicies(platform, version) ? OVN_KUBERNETES_KINDS : []),
  limits,
  render: (graph, facts) => render(graph, facts).map(withOrigin),
  compose,
};
