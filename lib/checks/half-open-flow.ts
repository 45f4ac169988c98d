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
import { networkPolicies, peersField } from './network-policies';
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
        if (said === undefined) continue;
        yield { object, path: ['spec', rule.direction, rule.index, peersField(rule.direction)], ...said };
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
  const dead = deadPeers(seen)(rule).filter(
    (pods) => !isToldElsewhere(seen, rule, rule.direction === 'egress' ? pods : rule.subject),
  );
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

/** Finds the peers of a rule that are isolated at their end, all pods of them, and with none of whom anything passes. */
const deadPeers = remembered((seen: Seen): ((rule: Rule) => readonly PodSet[]) => {
  const isolated = isolatedClasses(seen);
  const [ingress, egress] = [deadAt(seen, isolated.egress), deadAt(seen, isolated.ingress)];
  return (rule) => (rule.direction === 'ingress' ? ingress(rule) : egress(rule));
});

/** The same for rules of one direction, whose peers are isolated where these classes are. */
function deadAt(seen: Seen, isolated: ReadonlySet<number>): (rule: Rule) => readonly PodSet[] {
  const { find } = podsSeen(seen);
  const isClosed = remembered(
    ({ surely, perhaps }: SelectedClasses) =>
      surely.length > 0 && perhaps.length === 0 && surely.every((id) => isolated.has(id)),
  );
  // Policies of many apps repeat each other's pods, peers and ports: for each of these it is worked out once.
  const numberOf = numbering();
  const meant = new PairMemo();
  const known = new PairAnswers();
  return (rule) => {
    const own = find(rule.subject);
    if (own.surely.length + own.perhaps.length === 0) return NOBODY;
    const [subject, asked] = [numberOf(own), numberOf(rule.ports)];
    const before = meant.get(subject, asked);
    const number = before < 0 ? meant.keep(subject, asked, meant.size) : before;
    const dead: PodSet[] = [];
    for (const peer of rule.peers) {
      if (peer.kind !== 'pods') continue;
      const peers = find(peer.pods);
      if (isClosed(peers) && known.of(number, numberOf(peers), () => areAllDead(seen, rule, own, peers)))
        dead.push(peer.pods);
    }
    return dead;
  };
}

const NOBODY: readonly PodSet[] = [];

function areAllDead(seen: Seen, rule: Rule, own: SelectedClasses, others: SelectedClasses): boolean {
  const { idsIn } = podsSeen(seen);
  const [subject, peers] = [idsIn(own), idsIn(others)];
  if (subject.length * peers.length > MOST_PAIRS) return false;
  const [from, to] = rule.direction === 'egress' ? [subject, peers] : [peers, subject];
  return nothingPasses(seen)(from, to, rule.ports) && areOtherEnds(seen, rule, from, to);
}

/** Whether none of the ports is open from any of some classes of pods to any of others: it is asked about very many. */
const nothingPasses = remembered(
  (seen: Seen): ((from: readonly number[], to: readonly number[], asked: PortSet) => boolean) => {
    const { ofWorkload, between, verdict } = seen.connectivity().byClass;
    const { classes, exampleOf } = podsSeen(seen);
    const classOf = Int32Array.from(classes, ({ workloads }) => ofWorkload[workloads[0]]);
    // What passes and what is asked for are few sets.
    const numberOf = numbering();
    const known = new PairMemo();
    const isOpen = (id: number, numbers: PortSet, number: number) => {
      const before = known.get(number, id);
      return (before < 0 ? known.keep(number, id, areMet(verdict(id).may, numbers) ? 1 : 0) : before) === 1;
    };
    return (from, to, asked) => {
      const isNamed = ports.hasNames(asked);
      const number = numberOf(asked);
      for (const source of from) {
        for (const destination of to) {
          const id = between(classOf[source], classOf[destination]);
          if (!isNamed) {
            if (isOpen(id, asked, number)) return false;
            continue;
          }
          const numbers = numbersAt(asked, exampleOf(destination));
          if (isOpen(id, numbers, numberOf(numbers))) return false;
        }
      }
      return true;
    };
  },
);

function areMet(may: PortSet, numbers: PortSet): boolean {
  // A name that the pod does not have opens nothing at either end, and another rule tells of it.
  return ports.isEmpty(numbers) || !ports.isEmpty(ports.intersection(may, numbers).possible);
}

/** Where policies can deny, it may be the end of the rule itself that does. */
function areOtherEnds(seen: Seen, rule: Rule, from: readonly number[], to: readonly number[]): boolean {
  if (denying(seen.plane.plane).length === 0) return true;
  return from.every((source) => to.every((destination) => isOtherEnd(seen, rule, source, destination)));
}

function isOtherEnd(seen: Seen, { direction, ports: asked }: Rule, fromClass: number, toClass: number): boolean {
  const { reading, plane } = seen;
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
