import type { Behaviour, Step } from './behaviour';
import { apply, egress, ingress, namespaceNamed, pods } from './policies';
import { allIngress, pair, peers, probe } from './reachability';

const context = 'NetworkPolicy between server and client';
const fromY = [{ namespaceSelector: namespaceNamed('y') }];
/** Only pods of `y` reach `x/a`. */
const onlyFromY = [peers('x', 'x/a', false), peers('y', 'x/a', true), peers('z', 'x/a', false)];

/** On which ports: numbers, names, protocols. */
export const portBehaviours: readonly Behaviour[] = [
  behaviour('should enforce policy based on Ports', {
    changes: apply(
      ingress('x', 'allow-client-a-via-ns-selector', pods('a'), {
        from: fromY,
        ports: [{ port: 81, protocol: 'TCP' }],
      }),
    ),
    probes: [probe('TCP', 81, ...onlyFromY)],
  }),
  behaviour(
    'should enforce multiple, stacked policies with overlapping podSelectors',
    {
      changes: apply(
        ingress('x', 'allow-client-a-via-ns-selector', pods('a'), {
          from: fromY,
          ports: [{ port: 81, protocol: 'TCP' }],
        }),
      ),
      probes: [probe('TCP', 81, ...onlyFromY), probe('TCP', 80, allIngress('x/a', false))],
    },
    {
      changes: apply(
        ingress('x', 'allow-client-a-via-ns-selector-80', pods('a'), {
          from: fromY,
          ports: [{ port: 80, protocol: 'TCP' }],
        }),
      ),
      probes: [probe('TCP', 80, ...onlyFromY)],
    },
  ),
  behaviour('should allow ingress access on one named port', {
    changes: apply(ingress('x', 'allow-all', {}, { ports: [{ port: 'serve-81-tcp' }] })),
    probes: [probe('TCP', 81), probe('TCP', 80, peers('*', 'x', false))],
  }),
  behaviour('should allow ingress access from namespace on one named port', {
    changes: apply(
      ingress('x', 'allow-client-a-via-ns-selector-80', pods('a'), {
        from: fromY,
        ports: [{ port: 'serve-80-tcp', protocol: 'TCP' }],
      }),
    ),
    probes: [
      probe('TCP', 80, peers('x', 'x/a', false), peers('z', 'x/a', false)),
      probe('TCP', 81, allIngress('x/a', false)),
    ],
  }),
  behaviour('should allow egress access on one named port', {
    changes: apply(egress('x', 'allow-egress', {}, { ports: [{ port: 'serve-80-tcp' }] })),
    probes: [probe('TCP', 80), probe('TCP', 81, peers('x', '*', false))],
  }),
  behaviour('should enforce ingress policy allowing any port traffic to a server on a specific protocol', {
    changes: apply(ingress('x', 'allow-ingress-by-proto', pods('a'), { ports: [{ protocol: 'TCP' }] })),
    probes: [probe('TCP', 80), probe('UDP', 80, peers('*', 'x/a', false))],
  }),
  behaviour(
    "should not mistakenly treat 'protocol: SCTP' as 'protocol: TCP', even if the plugin doesn't support SCTP",
    {
      changes: apply(
        ingress('x', 'deny-ingress', {}),
        ingress('x', 'allow-only-sctp-ingress-on-port-81', pods('a'), { ports: [{ port: 81, protocol: 'SCTP' }] }),
      ),
      probes: [probe('TCP', 81, peers('*', 'x', false))],
    },
  ),
  behaviour(
    "should properly isolate pods that are selected by a policy allowing SCTP, even if the plugin doesn't support SCTP",
    {
      changes: apply(
        ingress('x', 'allow-only-sctp-ingress-on-port-80', pods('a'), { ports: [{ port: 80, protocol: 'SCTP' }] }),
      ),
      probes: [probe('TCP', 81, allIngress('x/a', false))],
    },
  ),
  behaviour('should not allow access by TCP when a policy specifies only UDP', {
    changes: apply(
      ingress('x', 'allow-only-udp-ingress-on-port-81', pods('a'), { ports: [{ port: 81, protocol: 'UDP' }] }),
    ),
    probes: [probe('TCP', 81, allIngress('x/a', false))],
  }),
  ...(['UDP', 'SCTP'] as const).flatMap(overProtocol),
];

/** The three tests that upstream repeats for each protocol that is not TCP. */
function overProtocol(protocol: 'UDP' | 'SCTP'): Behaviour[] {
  const repeated = (name: string, ...steps: readonly Step[]) => ({
    context: `${context} using ${protocol}`,
    name,
    steps,
  });
  return [
    repeated("should support a 'default-deny-ingress' policy", {
      changes: apply(ingress('x', 'deny-all', {})),
      probes: [probe(protocol, 80, peers('*', 'x', false))],
    }),
    repeated('should enforce policy based on Ports', {
      changes: apply(
        ingress('x', 'allow-ingress-on-port-81-ns-x', pods('a'), { from: fromY, ports: [{ port: 81, protocol }] }),
      ),
      probes: [probe(protocol, 81, peers('x', 'x/a', false), peers('z', 'x/a', false))],
    }),
    repeated(
      'should enforce policy to allow traffic only from a pod in a different namespace based on PodSelector and NamespaceSelector',
      {
        changes: apply(
          ingress('x', 'allow-ns-y-pod-a-via-namespace-pod-selector', pods('a'), {
            from: [{ namespaceSelector: namespaceNamed('y'), podSelector: pods('a') }],
          }),
        ),
        probes: [probe(protocol, 80, allIngress('x/a', false), pair('y/a', 'x/a', true))],
      },
    ),
  ];
}

function behaviour(name: string, ...steps: readonly Step[]): Behaviour {
  return { context, name, steps };
}
