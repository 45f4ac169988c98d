import { isObject } from '../kinds/field';
import type { Check, CheckFinding } from './check';
import { hasGroup, type SeenObject } from './seen';

export const hostNamesDenied: Check = {
  id: 'host-names-denied',
  level: 'warning',
  title: 'a denial by host name',
  why: 'The engine knows a name by the answers that it saw, so that an address which was learned elsewhere, or has changed, gets through',
  fix: 'Allow the names that are needed, and deny everything else.',
  avoid: names('Drop', 'example.com'),
  prefer: names('Allow', 'example.com'),
  source:
    'Antrea "Antrea Network Policy CRDs", FQDN based filtering; network-policy-api 0.3.0 (domainNames with Accept alone)',
  *find(seen) {
    if (!hasGroup(seen, ['crd.antrea.io'])) return;
    for (const object of seen.objects)
      if (object.group === 'crd.antrea.io' && isObject(object.json.spec)) yield* found(object);
  },
};

/** By what is written: what such a rule lets through is not worked out, so that the policy is not read whole. */
function* found(object: SeenObject): Generator<CheckFinding> {
  const rules = isObject(object.json.spec) ? object.json.spec.egress : undefined;
  for (const [index, rule] of (Array.isArray(rules) ? rules : []).entries()) {
    if (!isObject(rule) || !['Drop', 'Reject'].includes(String(rule.action)) || !Array.isArray(rule.to)) continue;
    const denied = rule.to.flatMap((peer) => (isObject(peer) && typeof peer.fqdn === 'string' ? [peer.fqdn] : []));
    if (denied.length === 0) continue;
    const value = denied.join(', ');
    const path = ['spec', 'egress', index];
    yield { object, path, what: `${value} is denied by name`, value, allowed: 'names in rules that allow' };
  }
}

function names(action: string, name: string): string {
  return `apiVersion: crd.antrea.io/v1beta1
kind: ClusterNetworkPolicy
metadata: { name: no-uploads }
spec:
  priority: 5
  appliedTo: [{ podSelector: { matchLabels: { app: agent } } }]
  egress:
    - name: uploads
      action: ${action}
      to: [{ fqdn: ${name} }]
    - name: rest
      action: Drop
`;
}
