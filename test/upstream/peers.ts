import type { Behaviour, Manifest, Probe } from './behaviour';
import { apply, egress, ingress, namespaceNamed, namespaces, pods } from './policies';
import { allEgress, allIngress, pair, peers, probe } from './reachability';

/** Who is let in or out: pods, namespaces, both, either. */
export const peerBehaviours: readonly Behaviour[] = [
  behaviour(
    'should enforce policy to allow traffic from pods within server namespace based on PodSelector',
    [ingress('x', 'x-a-allows-x-b', pods('a'), { from: [{ podSelector: pods('b') }] })],
    [probe('TCP', 80, allIngress('x/a', false), pair('x/b', 'x/a', true))],
  ),
  behaviour(
    'should enforce policy to allow ingress traffic from pods in all namespaces',
    [ingress('x', 'allow-from-another-ns', pods('a'), { from: [{ namespaceSelector: { matchLabels: {} } }] })],
    [probe('TCP', 80)],
  ),
  behaviour(
    'should enforce policy to allow traffic only from a different namespace, based on NamespaceSelector',
    [ingress('x', 'allow-client-a-via-ns-selector', pods('a'), { from: [{ namespaceSelector: namespaceNamed('y') }] })],
    [probe('TCP', 80, peers('x', 'x/a', false), peers('z', 'x/a', false))],
  ),
  behaviour(
    'should enforce policy based on PodSelector with MatchExpressions',
    [
      ingress('x', 'x-a-allows-x-b', pods('a'), {
        from: [{ podSelector: { matchExpressions: [{ key: 'pod', operator: 'In', values: ['b'] }] } }],
      }),
    ],
    [probe('TCP', 80, allIngress('x/a', false), pair('x/b', 'x/a', true))],
  ),
  behaviour(
    'should enforce policy based on NamespaceSelector with MatchExpressions',
    [ingress('x', 'allow-ns-y-match-selector', pods('a'), { from: [{ namespaceSelector: namespaces('In', 'y') }] })],
    [probe('TCP', 80, peers('x', 'x/a', false), peers('z', 'x/a', false))],
  ),
  behaviour(
    'should enforce policy based on PodSelector or NamespaceSelector',
    [
      ingress('x', 'allow-ns-y-match-selector', pods('a'), {
        from: [{ namespaceSelector: namespaces('NotIn', 'x') }, { podSelector: pods('b') }],
      }),
    ],
    [probe('TCP', 80, pair('x/a', 'x/a', false), pair('x/c', 'x/a', false))],
  ),
  behaviour(
    'should enforce policy based on PodSelector and NamespaceSelector',
    [
      ingress('x', 'allow-ns-y-podselector-and-nsselector', pods('a'), {
        from: [{ namespaceSelector: namespaces('NotIn', 'x'), podSelector: pods('b') }],
      }),
    ],
    [probe('TCP', 80, allIngress('x/a', false), pair('y/b', 'x/a', true), pair('z/b', 'x/a', true))],
  ),
  behaviour(
    'should enforce policy based on Multiple PodSelectors and NamespaceSelectors',
    [
      ingress('x', 'allow-ns-y-z-pod-b-c', pods('a'), {
        from: [{ namespaceSelector: namespaces('NotIn', 'x'), podSelector: pods('b', 'c') }],
      }),
    ],
    [probe('TCP', 80, peers('x', 'x/a', false), pair('y/a', 'x/a', false), pair('z/a', 'x/a', false))],
  ),
  behaviour(
    'should enforce policy based on any PodSelectors',
    [
      ingress('x', 'allow-ns-x-pod-b-c', pods('a'), {
        from: [{ podSelector: pods('b') }, { podSelector: pods('c') }],
      }),
    ],
    [probe('TCP', 80, allIngress('x/a', false), pair('x/b', 'x/a', true), pair('x/c', 'x/a', true))],
  ),
  behaviour(
    'should enforce policy to allow traffic only from a pod in a different namespace based on PodSelector and NamespaceSelector',
    [
      ingress('x', 'allow-ns-y-pod-a-via-namespace-pod-selector', pods('a'), {
        from: [{ namespaceSelector: namespaceNamed('y'), podSelector: pods('a') }],
      }),
    ],
    [probe('TCP', 80, allIngress('x/a', false), pair('y/a', 'x/a', true))],
  ),
  behaviour(
    'should deny ingress from pods on other namespaces',
    [ingress('x', 'deny-empty-policy', {}, { from: [{ podSelector: { matchLabels: {} } }] })],
    [probe('TCP', 80, peers('y', 'x', false), peers('z', 'x', false))],
  ),
  behaviour(
    'should enforce egress policy allowing traffic to a server in a different namespace based on PodSelector and NamespaceSelector',
    [
      egress('x', 'allow-to-ns-y-pod-a', pods('a'), {
        to: [{ namespaceSelector: namespaceNamed('y'), podSelector: pods('a') }],
      }),
    ],
    [probe('TCP', 80, allEgress('x/a', false), pair('x/a', 'y/a', true))],
  ),
  behaviour(
    'should enforce policy to allow traffic based on NamespaceSelector with MatchLabels using default ns label',
    [
      ingress('x', 'allow-client-a-via-ns-selector-for-immutable-ns-label', pods('a'), {
        from: [{ namespaceSelector: namespaceNamed('y') }],
      }),
    ],
    [probe('TCP', 80, peers('x', 'x/a', false), peers('z', 'x/a', false))],
  ),
  behaviour(
    'should enforce policy based on NamespaceSelector with MatchExpressions using default ns label',
    [
      egress('x', 'allow-ns-y-match-selector-for-immutable-ns-label', pods('a'), {
        to: [{ namespaceSelector: namespaces('NotIn', 'y') }],
      }),
    ],
    [probe('TCP', 80, peers('x/a', 'y', false))],
  ),
];

function behaviour(name: string, policies: readonly Manifest[], probes: readonly Probe[]): Behaviour {
  return { context: 'NetworkPolicy between server and client', name, steps: [{ changes: apply(...policies), probes }] };
}
