import type { Engine } from '../engine';
import { compose } from './compose';
import { hasAdminPolicies, OVN_KUBERNETES_KINDS } from './compose-ovn-kubernetes';
import type * as Limits from './limits';
import type * as Render from './render';
import { withOrigin } from './with-origin';

/** NetworkPolicy alone, on any network plugin that enforces it; what a platform's own has besides is read. */
export const kubernetes: Engine = {
  name: 'kubernetes',
  title: 'Kubernetes NetworkPolicy',
  kinds: (version, platform) => (hasAdminPolicies(platform, version) ? OVN_KUBERNETES_KINDS : []),
  // Whoever reads policies renders none.
  limits: (graph, facts) => (require('./limits') as typeof Limits).limits(graph, facts),
  render: (graph, facts) => (require('./render') as typeof Render).render(graph, facts).map(withOrigin),
  compose,
};
