import { explain } from '../analysis';
import { PairMemo } from '../analysis/connectivity/pair-memo';
import type { SelectedClasses } from '../analysis/connectivity/selected';
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
import { numbering, PairAnswers } from './pair-answers';
import { podsSeen } from './pods-seen';
import { isAllUnserved } from './port-not-served';
import type { Seen } from './seen';

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
        const said = halves(seen, rule, isAllUnserved);
        if (said !== undefined) yield { object, path: [...rulePath(rule), peersField(rule.direction)], ...said };
      }
    }
    for (const reading of seen.reading.others) {
      const object = reading.isStaged ? undefined : objectOfReading(seen, reading);
      if (object === undefined) continue;
      for (const rule of reading.rules) {
        const said = halves(seen, rule);
        if (said !== undefined) yield { object, path: ['spec'], ...said };
      }
    }
  },
};

/**
 * The peers of a rule with whom nothing passes, in one finding.
 *
 * @param isToldElsewhere whether the rule names ports on which the destination does not listen, of which another rule tells:
 * to open the other end for them would help nobody
 */
function halves(
  seen: Seen,
  rule: Rule,
  isToldElsewhere: typeof isAllUnserved = () => false,
): Pick<CheckFinding, 'what' | 'fix'> | undefined {
  if (rule.action !== 'allow' || rule.isUncertain) return undefined;
  const dead: PodSet[] = [];
  for (const peer of rule.peers) {
    if (peer.kind !== 'pods' || !isDead(seen, rule, peer.pods)) continue;
    if (!isToldElsewhere(seen, rule, rule.direction === 'egress' ? peer.pods : rule.subject)) dead.push(peer.pods);
  }
  if (dead.length === 0) return undefined;
  const { text } = podsSeen(seen);
  const [subject, others] = [text([rule.subject]), text(dead)];
  const [clients, servers] = rule.direction === 'egress' ? [subject, others] : [others, subject];
  const other = OTHER[rule.direction];
  const closed = other === 'ingress' ? servers : clients;
  return {
    // The ends are in the sentence, and no part of what the finding is known by: pods come and go.
    what: `the rule allows ${clients} -> ${servers} ${ports.portsText(rule.ports)}, and no policy allows the ${other} of ${closed}, which is isolated, so that nothing passes`,
    fix: `Allow ${other === 'ingress' ? `ingress from ${clients}` : `egress to ${servers}`} in a policy for ${closed}, or take the rule out.`,
  };
}

const OTHER: Readonly<Record<Direction, Direction>> = { ingress: 'egress', egress: 'ingress' };

/** Whether every pod of the peer is isolated at its end, and nothing of what the rule allows passes with any of them. */
function isDead(seen: Seen, rule: Rule, peer: PodSet): boolean {
  const { find } = podsSeen(seen);
  const { isClosed, areDead } = answers(seen)[rule.direction];
  const peers = find(peer);
  return isClosed(peers) && areDead(peers, find(rule.subject), rule.ports, () => areAllDead(seen, rule, peer));
}

/** What is known by the direction of the rule. */
const answers = remembered((seen: Seen): Readonly<Record<Direction, Answers>> => {
  const isolated = isolatedClasses(seen);
  return { ingress: answersAt(isolated.egress), egress: answersAt(isolated.ingress) };
});

interface Answers {
  readonly isClosed: (peers: SelectedClasses) => boolean;
  /** Policies of many apps repeat each other's pods, peers and ports: for each of these it is worked out once. */
  readonly areDead: (peers: SelectedClasses, own: SelectedClasses, asked: PortSet, work: () => boolean) => boolean;
}

function answersAt(isolated: ReadonlySet<number>): Answers {
  const numberOf = numbering();
  const ends = new PairMemo();
  const known = new PairAnswers();
  return {
    isClosed: remembered(
      ({ surely, perhaps }: SelectedClasses) =>
        surely.length > 0 && perhaps.length === 0 && surely.every((id) => isolated.has(id)),
    ),
    areDead: (peers, own, asked, work) => {
      const [a, b] = [numberOf(peers), numberOf(own)];
      const before = ends.get(a, b);
      return known.of(before < 0 ? ends.keep(a, b, ends.size) : before, numberOf(asked), work);
    },
  };
}

function areAllDead(seen: Seen, rule: Rule, peer: PodSet): boolean {
  const { ids } = podsSeen(seen);
  const [subject, others] = [ids(rule.subject), ids(peer)];
  if (subject.length === 0 || subject.length * others.length > MOST_PAIRS) return false;
  const passes = passing(seen)(rule.ports);
  return subject.every((own) =>
    others.every((other) => {
      const [from, to] = rule.direction === 'egress' ? [own, other] : [other, own];
      return !passes(from, to) && isOtherEnd(seen, rule, from, to);
    }),
  );
}

/** Whether something of the ports passes from one class of pods to another: asked of very many pairs. */
const passing = remembered((seen: Seen): ((asked: PortSet) => (from: number, to: number) => boolean) => {
  const { ofWorkload, between, verdict } = seen.connectivity().byClass;
  const { classes, exampleOf } = podsSeen(seen);
  const classOf = classes.map(({ workloads }) => ofWorkload[workloads[0]]);
  // What passes and what is asked for are few sets.
  const numberOf = numbering();
  const known = new PairAnswers();
  return (asked) => {
    const isNamed = ports.hasNames(asked);
    const numberOfAsked = numberOf(asked);
    return (from, to) => {
      const id = between(classOf[from], classOf[to]);
      const numbers = isNamed ? numbersAt(asked, exampleOf(to)) : asked;
      return known.of(isNamed ? numberOf(numbers) : numberOfAsked, id, () => areMet(verdict(id).may, numbers));
    };
  };
});

function areMet(may: PortSet, numbers: PortSet): boolean {
  // A name that the pod does not have opens nothing at either end, and another rule tells of it.
  return ports.isEmpty(numbers) || !ports.isEmpty(ports.intersection(may, numbers).possible);
}

/** Where policies can deny, it may be the end of the rule itself that does. */
function isOtherEnd(seen: Seen, { direction, ports: asked }: Rule, fromClass: number, toClass: number): boolean {
  const { reading, plane } = seen;
  if (denying(plane.plane).length === 0) return true;
  const [from, to] = [fromClass, toClass].map(podsSeen(seen).exampleOf);
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
