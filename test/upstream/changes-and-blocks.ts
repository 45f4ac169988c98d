import type { Behaviour, Step } from './behaviour';
import { denyAll } from './isolation';
import { apply, egress, ingress, pods } from './policies';
import { allEgress, allIngress, pair, peers, probe } from './reachability';
import { addressOf } from './world';

/** What changes: the policy, its deletion, the labels of namespaces and pods. */
export const changeBehaviours: readonly Behaviour[] = [
  behaviour(
    'should enforce updated policy',
    { changes: apply(ingress('x', 'allow-all-mutate-to-deny-all', {}, {})), probes: [probe('TCP', 81)] },
    {
      changes: apply(ingress('x', 'allow-all-mutate-to-deny-all', {})),
      probes: [probe('TCP', 81, peers('*', 'x', false))],
    },
  ),
  behaviour(
    'should allow ingress access from updated namespace',
    {
      changes: apply(
        ingress('x', 'allow-client-a-via-ns-selector', pods('a'), {
          from: [{ namespaceSelector: { matchLabels: { ns2: 'updated' } } }],
        }),
      ),
      probes: [probe('TCP', 80, allIngress('x/a', false))],
    },
    {
      changes: [{ kind: 'label-namespace', namespace: 'y', labels: { ns2: 'updated' } }],
      probes: [probe('TCP', 80, allIngress('x/a', false), peers('y', '*', true))],
    },
  ),
  behaviour(
    'should allow ingress access from updated pod',
    {
      changes: apply(
        ingress('x', 'allow-client-a-via-pod-selector', pods('a'), {
          from: [{ podSelector: { matchLabels: { pod: 'b', pod2: 'updated' } } }],
        }),
      ),
      probes: [probe('TCP', 80, allIngress('x/a', false))],
    },
    {
      changes: [{ kind: 'label-pod', pod: 'x/b', labels: { pod: 'b', pod2: 'updated' } }],
      probes: [probe('TCP', 80, allIngress('x/a', false), pair('x/b', 'x/a', true))],
    },
  ),
  behaviour(
    'should deny ingress access to updated pod',
    {
      changes: apply(ingress('x', 'deny-ingress-via-label-selector', { matchLabels: { target: 'isolated' } })),
      probes: [probe('TCP', 80)],
    },
    {
      changes: [{ kind: 'label-pod', pod: 'x/a', labels: { target: 'isolated' } }],
      probes: [probe('TCP', 80, allIngress('x/a', false))],
    },
  ),
  behaviour(
    'should stop enforcing policies after they are deleted',
    { changes: apply(denyAll()), probes: [probe('TCP', 80, peers('x', '*', false), peers('*', 'x', false))] },
    { changes: [{ kind: 'delete-all-policies' }], probes: [probe('TCP', 80)] },
  ),
];

/**
 * Upstream writes the address of a pod with `/4` behind it, host bits and all; later versions of the test mask them, as
 * does this, since newer API servers warn of the other form. It means the same.
 */
const largeBlockAroundPods = '0.0.0.0/4';
const onlyXb = `${addressOf('x/b')}/32`;

/** Blocks that hold addresses of pods: upstream requires of a cluster that they match those pods. */
export const blockBehaviours: readonly Behaviour[] = [
  behaviour('should allow egress access to server in CIDR block', {
    changes: apply(
      egress('x', 'allow-client-a-via-cidr-egress-rule', pods('a'), {
        to: [{ ipBlock: { cidr: `${addressOf('y/b')}/32` } }],
      }),
    ),
    probes: [probe('TCP', 80, allEgress('x/a', false), pair('x/a', 'y/b', true))],
  }),
  behaviour('should enforce except clause while egress access to server in CIDR block', {
    changes: apply(allButXb()),
    probes: [probe('TCP', 80, pair('x/a', 'x/b', false))],
  }),
  behaviour(
    'should ensure an IP overlapping both IPBlock.CIDR and IPBlock.Except is allowed',
    { changes: apply(allButXb()), probes: [probe('TCP', 80, pair('x/a', 'x/b', false))] },
    {
      // The same name: upstream replaces the policy, whatever the title of its test says.
      changes: apply(
        egress('x', 'allow-client-a-via-cidr-egress-rule', pods('a'), { to: [{ ipBlock: { cidr: onlyXb } }] }),
      ),
      probes: [probe('TCP', 80, allEgress('x/a', false), pair('x/a', 'x/b', true))],
    },
  ),
];

function allButXb() {
  return egress('x', 'allow-client-a-via-cidr-egress-rule', pods('a'), {
    to: [{ ipBlock: { cidr: largeBlockAroundPods, except: [onlyXb] } }],
  });
}

function behaviour(name: string, ...steps: readonly Step[]): Behaviour {
  return { context: 'NetworkPolicy between server and client', name, steps };
}
