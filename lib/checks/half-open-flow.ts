import { explain } from '../analysis';
import type { ClassIds } from '../analysis/connectivity/selected';
import type { FieldPath } from '../kinds/field';
import type { Direction, Layer, Plane, Rule } from '../model/layer';
import type { PodSet } from '../model/pod-set';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { remembered } from '../model/remembered';
import type { Workload } from '../model/world';
import type { Check, CheckFinding } from './check';
import { isolatedClasses } from './default-deny-missing';
import { objectOfReading } from './engine-problems';
import { networkPolicies, peersField, rulePath } from './network-policies';
import { podsSeen } from './pods-seen';
import { isAllUnserved } from './port-not-served';
import type { Seen, SeenObject } from './seen';

/** Beyond so many pairs of ends nothing is said: what is about half the cluster is no flow that somebody forgot. */
const MOST_PAIRS = 1000;

export const halfOpenFlow: Check = {
  id: 'half-open-flow',
  level: 'warning',
  title: 'a flow that one end allows and the other does not',
  why: 'A connection needs the egress of its source and the ingress of its destination, so that what one end alone allows does not pass',
  fix: 'Allow it at the other end too, or take the rule out.',
  avoid: `apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: agents, labels: { app: agent } }
spec: { containers: [{ name: agent }] }
---
apiVersion: v1
kind: Pod
metadata: { name: weaviate, namespace: data, labels: { app: weaviate } }
spec: { containers: [{ name: weaviate }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: data }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: agent, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress:
    - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: data } } }]
      ports: [{ port: 8080 }]
`,
  prefer: `apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: agents, labels: { app: agent } }
spec: { containers: [{ name: agent }] }
---
apiVersion: v1
kind: Pod
metadata: { name: weaviate, namespace: data, labels: { app: weaviate } }
spec: { containers: [{ name: weaviate }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: weaviate, namespace: data }
spec:
  podSelector: { matchLabels: { app: weaviate } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: agents } } }]
      ports: [{ port: 8080 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: agent, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress:
    - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: data } } }]
      ports: [{ port: 8080 }]
`,
  source: 'Kubernetes documentation, "Network Policies": the two sorts of pod isolation',
  *find(seen) {
    for (const { object, rules } of networkPolicies(seen)) {
      for (const rule of rules) {
        yield* halves(seen, object, rule, [...rulePath(rule), peersField(rule.direction)], isAllUnserved);
      }
    }
    for (const reading of seen.reading.others) {
      const object = reading.isStaged ? undefined : objectOfReading(seen, reading);
      if (object === undefined) continue;
      for (const rule of reading.rules) yield* halves(seen, object, rule, ['spec']);
    }
  },
};

/**
 * The peers of a rule with whom nothing passes, in one finding.
 *
 * @param isToldElsewhere whether the rule names ports on which the destination does not listen, of which another rule tells:
 * to open the other end for them would help nobody
 */
function* halves(
  seen: Seen,
  object: SeenObject,
  rule: Rule,
  path: FieldPath,
  isToldElsewhere: typeof isAllUnserved = () => false,
): Generator<CheckFinding> {
  if (rule.action !== 'allow' || rule.isUncertain) return;
  const dead = rule.peers
    .flatMap((peer) => (peer.kind === 'pods' && isDead(seen, rule, peer.pods) ? [peer.pods] : []))
    .filter((peer) => !isToldElsewhere(seen, rule, rule.direction === 'egress' ? peer : rule.subject));
  if (dead.length === 0) return;
  const { text } = podsSeen(seen);
  const [subject, others] = [text([rule.subject]), text(dead)];
  const [clients, servers] = rule.direction === 'egress' ? [subject, others] : [others, subject];
  const other = OTHER[rule.direction];
  const closed = other === 'ingress' ? servers : clients;
  yield {
    object,
    path,
    // The ends are in the sentence, and no part of what the finding is known by: pods come and go.
    what: `the rule allows ${clients} -> ${servers} ${ports.portsText(rule.ports)}, and no policy allows the ${other} of ${closed}, which is isolated, so that nothing passes`,
    fix: `Allow ${other === 'ingress' ? `ingress from ${clients}` : `egress to ${servers}`} in a policy for ${closed}, or take the rule out.`,
  };
}

const OTHER: Readonly<Record<Direction, Direction>> = { ingress: 'egress', egress: 'ingress' };

/** Whether every pod of the peer is isolated at its end, and nothing of what the rule allows passes with any of them. */
function isDead(seen: Seen, rule: Rule, peer: PodSet): boolean {
  const { find } = podsSeen(seen);
  const { surely, perhaps } = find(peer);
  const isolated = isolatedClasses(seen)[OTHER[rule.direction]];
  if (surely.length === 0 || perhaps.length > 0 || surely.some((id) => !isolated.has(id))) return false;
  // Policies of many apps repeat each other's pods, peers and ports.
  const byPeer = answers(seen)[rule.direction];
  const bySubject = byPeer.get(surely) ?? new Map<ClassIds, Map<PortSet, boolean>>();
  byPeer.set(surely, bySubject);
  const subject = find(rule.subject).surely;
  const byPorts = bySubject.get(subject) ?? new Map<PortSet, boolean>();
  bySubject.set(subject, byPorts);
  const answer = byPorts.get(rule.ports) ?? areAllDead(seen, rule, peer);
  byPorts.set(rule.ports, answer);
  return answer;
}

type Answers = Map<ClassIds, Map<ClassIds, Map<PortSet, boolean>>>;

const answers = remembered(
  (_: Seen): Readonly<Record<Direction, Answers>> => ({ ingress: new Map(), egress: new Map() }),
);

function areAllDead(seen: Seen, rule: Rule, peer: PodSet): boolean {
  const { examples } = podsSeen(seen);
  const [subject, others] = [examples(rule.subject), examples(peer)];
  if (subject.length === 0 || subject.length * others.length > MOST_PAIRS) return false;
  return subject.every((own) =>
    others.every((other) => {
      const [from, to] = rule.direction === 'egress' ? [own, other] : [other, own];
      return !passes(seen, rule, from, to) && isOtherEnd(seen, rule, from, to);
    }),
  );
}

function passes(seen: Seen, { ports: asked }: Rule, from: Workload, to: Workload): boolean {
  const { may } = seen.connectivity().between(from.id, to.id);
  const numbers = numbersAt(asked, to);
  const known = overlaps(may);
  const found = known.get(numbers) ?? areMet(may, numbers);
  known.set(numbers, found);
  return found;
}

/** What passes and what is asked for are few sets, and meet at very many pairs. */
const overlaps = remembered((_: PortSet) => new Map<PortSet, boolean>());

function areMet(may: PortSet, numbers: PortSet): boolean {
  // A name that the pod does not have opens nothing at either end, and another rule tells of it.
  return ports.isEmpty(numbers) || !ports.isEmpty(ports.intersection(may, numbers).possible);
}

/** Where policies can deny, it may be the end of the rule itself that does. */
function isOtherEnd(
  { reading, plane }: Seen,
  { direction, ports: asked }: Rule,
  from: Workload,
  to: Workload,
): boolean {
  if (denying(plane.plane).length === 0) return true;
  const numbers = numbersAt(asked, to);
  const protocol = ports.PROTOCOLS.find((one) => numbers[one].ranges.length > 0);
  if (protocol === undefined) return false;
  const port = numbers[protocol].ranges[0][0];
  const explained = explain(reading.world, plane.plane, { from: from.id, to: to.id, protocol, port });
  return explained[direction].verdict === 'allowed' && explained[OTHER[direction]].verdict === 'denied';
}

/** The ports as the pod calls them; any where it may have ports that no manifest shows. */
function numbersAt(asked: PortSet, { ports: declared, mayHaveMorePorts }: Workload): PortSet {
  return mayHaveMorePorts ? ports.withAnyNumber(asked) : ports.resolve(asked, declared);
}

/** The layers that can deny what another one allows, or hand it on. */
const denying = remembered(({ layers }: Plane): readonly Layer[] =>
  layers.filter(({ rules }) => rules.some(({ action }) => action !== 'allow')),
);
