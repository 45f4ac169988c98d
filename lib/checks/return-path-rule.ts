import type { SelectedClasses } from '../analysis/connectivity/selected';
import type { Rule } from '../model/layer';
import { type PodSet, podSetText } from '../model/pod-set';
import * as ports from '../model/port-set';
import { remembered } from '../model/remembered';
import { within } from '../model/within';
import type { Workload } from '../model/world';
import type { Check } from './check';
import { networkPolicies, rulePath } from './network-policies';
import { podsSeen } from './pods-seen';
import type { Seen } from './seen';

/** The first of the ports that clients of Linux, Windows and BSD connect from (RFC 6335; Linux ip_local_port_range). */
const EPHEMERAL = 32768;
const LAST_PORT = 65535;

export const returnPathRule: Check = {
  id: 'return-path-rule',
  level: 'note',
  title: 'a rule for the way back, which needs none',
  why: 'Policies are stateful: replies pass with the connection that they answer, so that such a rule only lets the other end be connected to',
  fix: 'Take the rule out.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: gateway } } }]
      ports: [{ port: 8000 }]
  egress:
    - to: [{ podSelector: { matchLabels: { app: gateway } } }]
      ports: [{ port: 32768, endPort: 60999 }]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: gateway } } }]
      ports: [{ port: 8000 }]
`,
  source: 'Kubernetes documentation, "Network Policies": reply traffic is implicitly allowed',
  *find(seen) {
    for (const { object, rules } of networkPolicies(seen)) {
      // A reply goes the other way.
      if (!rules.some(({ direction }) => direction === 'ingress')) continue;
      if (!rules.some(({ direction }) => direction === 'egress')) continue;
      for (const rule of rules) {
        const forward = rules.find((other) => other.direction !== rule.direction && isWayBack(seen, rule, other));
        if (forward === undefined) continue;
        yield {
          object,
          path: rulePath(rule),
          what: `the rule allows ${rule.direction} on ${ports.portsText(rule.ports)} with the peer of spec.${forward.direction}[${forward.index}], whose replies pass without it`,
          value: ports.portsText(rule.ports),
        };
      }
    }
  },
};

/** Whether a rule is about the replies of another: the same peer, and ports that nobody at its end serves. */
function isWayBack(seen: Seen, rule: Rule, forward: Rule): boolean {
  const [only] = rule.peers;
  if (rule.peers.length !== 1 || only.kind !== 'pods') return false;
  const peer = only.pods;
  if (!peersOf(forward).some((other) => podSetText(other) === podSetText(peer))) return false;
  if (isEphemeral(rule)) return !isEphemeral(forward);
  if (rule.ports.other || !ports.equal(rule.ports, forward.ports)) return false;
  const [ends, starts] = rule.direction === 'egress' ? [peer, rule.subject] : [rule.subject, peer];
  return serves(seen, ends, rule) === false && serves(seen, starts, rule) === true;
}

function peersOf({ peers }: Rule): readonly PodSet[] {
  return peers.flatMap((peer) => (peer.kind === 'pods' ? [peer.pods] : []));
}

function isEphemeral({ ports: set }: Rule): boolean {
  const ranges = ports.PROTOCOLS.flatMap((protocol) => set[protocol].ranges);
  return (
    ranges.length > 0 &&
    !ports.hasNames(set) &&
    ranges.every(([first, last]) => first >= EPHEMERAL - 1 && last <= LAST_PORT && last - first > 1000)
  );
}

/** Whether some pod declares one of the ports; undefined where one declares none, or may have more. */
function serves(seen: Seen, set: PodSet, { ports: asked }: Rule): boolean | undefined {
  const found = podsSeen(seen).find(set);
  const ofPods = within(served(seen), found);
  if (!ofPods.has(asked)) ofPods.set(asked, isServed(podsSeen(seen).examples(set), asked));
  return ofPods.get(asked);
}

/** Many rules are about the same pods and ports. */
const served = remembered((_: Seen) => new Map<SelectedClasses, Map<ports.PortSet, boolean | undefined>>());

function isServed(pods: readonly Workload[], asked: ports.PortSet): boolean | undefined {
  const declares = pods.some((pod) =>
    pod.ports.some(
      ({ protocol, number, name }) =>
        ports.hasNumber(asked, protocol, number) || (name !== undefined && ports.hasName(asked, protocol, name)),
    ),
  );
  if (declares) return true;
  const isKnown = pods.length > 0 && pods.every((pod) => pod.ports.length > 0 && !pod.mayHaveMorePorts);
  return isKnown ? false : undefined;
}
