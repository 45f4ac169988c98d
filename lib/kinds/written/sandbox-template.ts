import { isObject } from '../field';
import type { ObjectRef } from '../manifest';
import { valueAt } from '../unread';
import { networkPolicy, selecting } from './network-policy';

/** Its value is a hash of the name of the template, which differs among releases. */
const TEMPLATE_HASH = 'agents.x-k8s.io/sandbox-template-ref-hash';

/** Release 0.5 looks for the router here, later ones in the namespace of the template. */
const CONTROLLER_NAMESPACE = 'agent-sandbox-system';
const ROUTER = { podSelector: { matchLabels: { app: 'sandbox-router' } } };

/** What every release leaves out of the addresses that pods may reach. */
const NOT_PUBLIC = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'];

/**
 * One policy for all pods of a template: what the template says, or the router in and every port of public addresses out
 * (agent-sandbox `extensions/controllers/sandboxtemplate_controller.go`).
 */
export function sandboxPolicies(object: unknown, { namespace, name }: ObjectRef): readonly object[] {
  const own = valueAt(object, ['spec', 'networkPolicy']);
  const { ingress, egress } = isObject(own) ? own : DEFAULT;
  return [
    networkPolicy(namespace, `${name}-network-policy`, {
      podSelector: selecting({ [TEMPLATE_HASH]: undefined }),
      policyTypes: ['Ingress', 'Egress'],
      ingress,
      egress,
    }),
  ];
}

const DEFAULT = {
  ingress: [
    {
      from: [
        ROUTER,
        { ...ROUTER, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': CONTROLLER_NAMESPACE } } },
      ],
    },
  ],
  egress: [
    {
      to: [{ ipBlock: { cidr: '0.0.0.0/0', except: NOT_PUBLIC } }, { ipBlock: { cidr: '::/0', except: ['fc00::/7'] } }],
    },
  ],
};
