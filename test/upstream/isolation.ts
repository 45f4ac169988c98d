import type { Behaviour, Step } from './behaviour';
import { apply, egress, ingress, namespaceNamed, pods, policy } from './policies';
import { allEgress, allIngress, pair, peers, probe } from './reachability';

/** Denying, and how policies come together: rules only ever add, and both ends must agree. */
export const isolationBehaviours: readonly Behaviour[] = [
  behaviour("should support a 'default-deny-ingress' policy", {
    changes: apply(ingress('x', 'deny-ingress', {})),
    probes: [probe('TCP', 80, peers('*', 'x', false))],
  }),
  behaviour("should support a 'default-deny-all' policy", {
    changes: apply(denyAll()),
    probes: [probe('TCP', 80, peers('*', 'x', false), peers('x', '*', false))],
  }),
  behaviour('should enforce policy to allow ingress traffic for a target', {
    changes: apply(
      ingress('x', 'deny-all', {}),
      ingress('x', 'allow-all-to-a', pods('a'), { from: [{ podSelector: {}, namespaceSelector: {} }] }),
    ),
    probes: [probe('TCP', 80, allIngress('x/a', true), allIngress('x/b', false), allIngress('x/c', false))],
  }),
  behaviour('should support allow-all policy', {
    changes: apply(ingress('x', 'allow-all', {}, {})),
    probes: [probe('TCP', 80), probe('TCP', 81)],
  }),
  behaviour('should deny egress from pods based on PodSelector', {
    changes: apply(egress('x', 'deny-egress-pod-a', pods('a'))),
    probes: [probe('TCP', 80, allEgress('x/a', false))],
  }),
  behaviour('should deny egress from all pods in a namespace', {
    changes: apply(egress('x', 'deny-egress-ns-x', {})),
    probes: [probe('TCP', 80, peers('x', '*', false))],
  }),
  behaviour('should work with Ingress, Egress specified together', {
    changes: apply(
      policy('x', 'allow-client-a-via-pod-selector', {
        podSelector: pods('a'),
        policyTypes: ['Egress', 'Ingress'],
        ingress: [{ from: [{ podSelector: pods('b') }] }],
        egress: [{ ports: [{ port: 80 }] }],
      }),
    ),
    probes: [
      probe('TCP', 80, allIngress('x/a', false), pair('x/b', 'x/a', true)),
      probe('TCP', 81, allIngress('x/a', false), allEgress('x/a', false), pair('x/b', 'x/a', true)),
    ],
  }),
  behaviour(
    'should support denying of egress traffic on the client side (even if the server explicitly allows this traffic)',
    {
      changes: apply(
        egress('x', 'allow-to-ns-y-pod-a', pods('a'), {
          to: [{ namespaceSelector: namespaceNamed('y'), podSelector: pods('a') }],
        }),
        ingress('y', 'allow-from-xa-on-ya-match-selector', pods('a'), {
          from: [{ namespaceSelector: namespaceNamed('x'), podSelector: pods('a') }],
        }),
        ingress('y', 'allow-from-xa-on-yb-match-selector', pods('b'), {
          from: [{ namespaceSelector: namespaceNamed('x'), podSelector: pods('a') }],
        }),
      ),
      probes: [
        probe(
          'TCP',
          80,
          peers('x/a', '*', false),
          peers('*', 'y/a', false),
          peers('x/a', 'y/a', true),
          peers('*', 'y/b', false),
        ),
      ],
    },
  ),
  behaviour(
    'should enforce policies to check ingress and egress policies can be controlled independently based on PodSelector',
    { changes: apply(egress('x', 'allow-egress-for-target', pods('a'), {})), probes: [probe('TCP', 80)] },
    {
      changes: apply(ingress('x', 'deny-ingress-via-label-selector', pods('a'))),
      probes: [probe('TCP', 80, allIngress('x/a', false))],
    },
  ),
  behaviour(
    'should enforce multiple ingress policies with ingress allow-all policy taking precedence',
    {
      changes: apply(ingress('x', 'allow-ingress-port-80', {}, { ports: [{ port: 80 }] })),
      probes: [probe('TCP', 81, peers('*', 'x', false))],
    },
    { changes: apply(ingress('x', 'allow-ingress', {}, {})), probes: [probe('TCP', 81)] },
  ),
  behaviour(
    'should enforce multiple egress policies with egress allow-all policy taking precedence',
    {
      changes: apply(egress('x', 'allow-egress-port-80', {}, { ports: [{ port: 80 }] })),
      probes: [probe('TCP', 81, peers('x', '*', false))],
    },
    { changes: apply(egress('x', 'allow-egress', {}, {})), probes: [probe('TCP', 81)] },
  ),
];

/** What upstream starts from where it tests that deleted policies are no longer enforced, too. */
export function denyAll() {
  return policy('x', 'deny-all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [], egress: [] });
}

function behaviour(name: string, ...steps: readonly Step[]): Behaviour {
  return { context: 'NetworkPolicy between server and client', name, steps };
}
