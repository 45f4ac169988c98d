import { tierKey } from '../graph/graph-data';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { PolicyRef } from '../model/layer';
import { type Problem, problemText } from '../model/problem';
import type { Labels } from '../model/selector';
import type { Sent } from '../model/sent';
import { endName } from './assumptions';
import type { Apart } from './paths/keep-apart';
import type { Proof } from './prove';
import type { NotProved } from './questions/inquiry';
import { type Address, type Connection, namespaceName, type Pod } from './space/cell';
import { CLUSTER_RANGE } from './terms/facts';
import type { Lack } from './two-repositories';
import type { DecidedBy, Witness } from './witness';

/** What speaks against a proof, as the problems of an error. */
export function proofProblems({ witnesses, notProved }: Proof): Problem[] {
  return [...witnesses.map(witnessProblem), ...notProved.map(notProvedProblem)];
}

/**
 * A proof as a person reads it: what was proved, or what speaks against it; then what it leaves out.
 *
 * @param against what speaks against it beside the proof itself: with any of these nothing is proved.
 */
export function proofText(proof: Proof, against: readonly Problem[] = []): string {
  const { namespaces, rules, flows, cells } = proof.counts;
  const size = `${namespaces} namespaces, ${rules} rules, ${flows} flows, ${cells} cells`;
  return [
    against.length > 0 ? `Not proved (${size}).` : verdictText(proof, size),
    ...[...against, ...proofProblems(proof)].map(problemText),
    ['Outside the proof:', ...proof.assumptions.map((assumption) => `- ${assumption}`)].join('\n'),
  ].join('\n\n');
}

function verdictText({ outcome, audited }: Proof, size: string): string {
  switch (outcome) {
    case 'proved':
      return `Proved: the manifests allow exactly what is declared (${size}).`;
    case 'would-allow':
      return `Not enforced: the manifests would allow exactly what is declared, but policies of ${audited.join(', ')} are only tried out (${size}).`;
    case 'not-proved':
      return `Not proved (${size}).`;
  }
}

/** A witness as a problem with its fix. */
export function witnessProblem(witness: Witness): Problem {
  const { connection, direction, decidedBy, flow, promise } = witness;
  const where = witness.namespace;
  const by = decidedBy.map((each) => decidedByText(each, direction)).join(' and ');
  const isPerhaps = decidedBy.some(({ isUncertain }) => isUncertain);
  switch (witness.statement) {
    case 'undeclared':
      return {
        rule: 'proof-undeclared',
        where,
        what: `${by} ${isPerhaps ? 'may let' : 'lets'} ${direction === 'ingress' ? 'in' : 'out'} what no flow declares: ${connectionText(connection, decidedBy)}`,
        fix: isPodByAddress(witness) ? GIVE_POD_RANGES : DECLARE_OR_REMOVE,
      };
    case 'missing':
      return {
        rule: 'proof-missing',
        where,
        what: `The flow from ${flow ? endName(flow.from) : '?'} to ${flow ? endName(flow.to) : '?'} is declared, and its ${direction} half ${isPerhaps ? 'may be' : 'is'} stopped by ${by === '' ? 'no rule that allows it' : by}: ${connectionText(connection, [])}`,
        fix: decidedBy.some(({ denies }) => denies)
          ? 'A denial wins over the declared flow: narrow the denial, or declare no more than is meant.'
          : 'Let the policy of this end allow the whole flow, or declare no more than is meant.',
      };
    case 'open':
      return {
        rule: 'proof-open',
        where,
        what: `${isPerhaps ? `Only ${decidedBy.map(({ policy }) => policyText(policy)).join(' and ')}, which may be missing or say less, isolates` : 'No policy isolates'} the pod {${labelsText(connection.subject.labels)}} for ${direction}, so it ${direction === 'ingress' ? 'is reached from' : 'reaches'} everywhere: ${connectionText(connection, [])}`,
        fix: `Isolate every pod of the namespace: a policy with an empty podSelector and the type ${direction === 'ingress' ? 'Ingress' : 'Egress'}.`,
      };
    case 'promise':
      return {
        rule: promise?.rule ?? 'proof-promise',
        where: promise ? tierKey(promise.tier) : where,
        what: `${by} ${isPerhaps ? 'may let' : 'lets'} through what the role of the tier rules out, because ${promise?.because}: ${connectionText(connection, decidedBy)}`,
        fix: `Take it out, or acknowledge it on the tier, or on the flow of the tier that opens it: acknowledge: [{ rule: '${promise?.rule}', because: '…' }]`,
      };
    case 'guardrail':
      return {
        rule: 'proof-guardrail',
        where: `guardrail ${witness.guardrail}`,
        what: `${by === '' ? 'Nothing that comes first stops' : `${by} ${isPerhaps ? 'may let' : 'lets'} through`} what the guardrail rules out for every namespace: ${connectionText(connection, decidedBy)}`,
        fix: 'Deny it by a cluster-wide policy that is asked before every other; policies of namespaces can be changed by their owners.',
      };
  }
}

const DECLARE_OR_REMOVE =
  'Declare the flow if it is meant (of a policy that others wrote, with ForeignPolicy.declare); otherwise take it out of the policy.';

const GIVE_POD_RANGES = [
  'The block may hold pods. Give the pod ranges of the cluster (podCidrs), and they are taken out of blocks that are declared;',
  `or acknowledge it on the flow: acknowledge: [{ rule: '${CLUSTER_RANGE}', because: '…' }]`,
].join('\n');

function isPodByAddress({ connection, decidedBy }: Witness): boolean {
  return connection.peer.kind === 'pod' && decidedBy.some(({ byAddress }) => byAddress);
}

/** A path from one end to the other, a hop a line. */
export function pathText({ apart, path, why }: Apart): string {
  if (apart) return 'There is no path.';
  return [
    why ?? 'There is a path:',
    ...path.map(({ from, to, by, note }) => {
      const about = note === undefined ? '' : ` (${note})`;
      return `- ${endName(from)} reaches ${endName(to)}${about}: ${by}`;
    }),
  ].join('\n');
}

/** The half of a flow that the other repository lacks. */
export function lackProblem({ graph, flow, connection }: Lack): Problem {
  return {
    rule: 'other-half',
    where: connection.direction === 'ingress' ? endName(flow.to) : endName(flow.from),
    what: `The ${graph === 'other' ? 'other' : 'own'} graph does not declare the ${connection.direction} half of the flow from ${endName(flow.from)} to ${endName(flow.to)}: ${connectionText(connection, [])}`,
    fix: 'Declare the same flow on the side that owns these pods, with the same ports.',
  };
}

/**
 * `from pod {app=a} of ai-agents to pod {app=b} of ai-data on TCP 8080`.
 *
 * @param isAnywhere the subject is in any namespace, and not in one of a graph, which its name tells
 */
export function connectionText(
  connection: Connection,
  decidedBy: readonly DecidedBy[],
  isAnywhere: boolean = false,
): string {
  const { direction, subject, peer } = connection;
  const own = podText(subject, isAnywhere ? namespaceText(subject) : '');
  const isByAddress = decidedBy.some(({ byAddress }) => byAddress);
  const other = peerText();
  const [from, to] = direction === 'egress' ? [own, other] : [other, own];
  return `from ${from} to ${to} on ${portText(connection)}${sentText(connection.sent)}`;

  function peerText(): string {
    switch (peer.kind) {
      case 'address':
        return addressText(peer, connection);
      case 'pod':
        return podText(peer, `${namespaceText(peer)}${isByAddress ? ` at ${peer.address}` : ''}`);
      case 'entity':
        return `${ENTITIES[peer.entity]}${isByAddress ? ` at ${peer.address}` : ''}`;
    }
  }
}

const ENTITIES = { nodes: 'a node', 'api-server': 'the API server', ingress: 'the gateway of Cilium' } as const;

function notProvedProblem({ reason, what, witness, problem }: NotProved): Problem {
  switch (reason) {
    case 'vacuous':
      return {
        rule: 'proof-vacuous',
        what: `There is nothing that could be proved: ${what}`,
        fix: 'Declare who may talk to the tiers (tier.connections.allowFrom); where flows are declared, look for policies that were not rendered or not read.',
      };
    case 'unsupported':
      return {
        rule: 'proof-unsupported',
        what: `The proof cannot be made: ${what}`,
        fix: 'Leave it out, or teach the proof what it means.',
      };
    case 'budget':
      return {
        rule: 'proof-budget',
        what: `A question was given up, and what is not decided is not proved: ${what}`,
        fix: 'Use fewer labels or expressions in the selectors at hand.',
      };
    case 'unread':
      return problem ?? { rule: 'proof-unread', what: `It depends on a policy that is not read: ${what}` };
    case 'undefined':
      return problem ?? { rule: 'proof-undefined', what: `It is left open how the engine decides: ${what}` };
    case 'opaque':
      return {
        rule: 'proof-opaque',
        where: witness?.namespace,
        what: `What is not understood is not proved: ${what}. Not ruled out: ${witness === undefined ? '' : witnessProblem(witness).what}`,
        fix: 'Write names and requests in a form that is understood: whole names, wildcards of whole labels, literal paths.',
      };
  }
}

function decidedByText({ policy, index, denies }: DecidedBy, direction: Connection['direction']): string {
  if (index === undefined) return `${policyText(policy)}, which isolates the pod and has no rule for it`;
  return `${direction} rule ${index} of ${policyText(policy)}${denies ? ', which denies it' : ''}`;
}

function policyText({ kind, namespace, name, source }: PolicyRef): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}${source === undefined ? '' : ` (${source})`}`;
}

function podText(pod: Pick<Pod, 'namespace' | 'labels'>, more: string): string {
  return `pod {${labelsText(pod.labels)}} of ${namespaceName(pod)}${more}`;
}

/** The labels of a namespace beside its name: what lets it in may be one of them. */
function namespaceText({ namespace }: Pick<Pod, 'namespace'>): string {
  const others = Object.entries(namespace).filter(([key]) => key !== NAMESPACE_NAME_LABEL);
  return others.length === 0 ? '' : ` {${labelsText(Object.fromEntries(others))}}`;
}

function addressText({ address }: Address, { hosts = [] }: Connection): string {
  return `address ${address}${hosts.length === 0 ? '' : ` (${hosts.join(', ')})`}`;
}

function sentText(sent: Sent | undefined): string {
  switch (sent?.protocol) {
    case 'http': {
      const { method, path, host, headers } = sent.request;
      const with_ = headers.length === 0 ? '' : ` with ${headers.join(', ')}`;
      return `, ${method} ${path} for ${host}${with_}`;
    }
    case 'kafka':
      return `, to ${sent.role} ${sent.topic} by Kafka`;
    case 'dns':
      return `, a query${sent.patterns.length === 0 ? '' : ` for ${sent.patterns.join(' and ')}`}`;
    case 'other':
      return ', sending what is no known request';
    default:
      return '';
  }
}

function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');
}

function portText({ protocol, port, names }: Connection): string {
  if (protocol === 'other') return 'a protocol without ports';
  return `${protocol} ${port}${names.length === 0 ? '' : ` (named ${names.join(', ')})`}`;
}
