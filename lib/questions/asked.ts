import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Exit, type ReachEnd, reach } from '../analysis';
import { answerTo } from '../asking/answer';
import { withWorkloads } from '../asking/pairs';
import { type PodsFound, podsFound } from '../asking/pod-ends';
import { PolicyGraph } from '../graph';
import { isObject, reading } from '../model/checked';
import type { ClusterFacts } from '../model/cluster-facts';
import { podsIn } from '../model/pod-set';
import type { PortSet } from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import type { RequestMatch } from '../model/request-match';
import { questionText } from '../report/answer-text';
import { explanationReport } from '../report/explanation-text';
import { reachText } from '../report/reach-text';
import { stepEndWords } from '../report/reach-words';
import { Tier } from '../tiers';
import { apartAsked, apartOf, apartText } from './apart';
import { statementOf, unknownPortText, unknownText } from './connection';
import { resolveEnd, type TestEnd } from './ends';
import { PolicyAnswer, PolicyVerdict } from './policy-answer';
import { PolicyReach } from './policy-reach';
import { requestsAsked } from './requests';
import { manifests, type ReadSubject, readSubject } from './subject';
import { verdictOf } from './verdict';

// What the questions come to: read, asked of the analysis, and put into words.

export type { ReadSubject };

const STRANGER = "QuestionEnd.stranger('…').";

/** What an app or a chart renders, with a pod of each tier that no workload of it runs. */
export function readScope(scope: IConstruct): ReadSubject {
  const subject = scope instanceof Chart ? scope : scope.node.root;
  const read = readSubject(subject);
  return { ...read, world: withWorkloads(read.world, podsOfTiers(subject, read)) };
}

function podsOfTiers(scope: IConstruct, { world, plane }: ReadSubject): PodsFound[] {
  if (!scope.node.findAll().some((construct) => construct instanceof Tier)) return [];
  return PolicyGraph.of(scope)._data.tiers.map(({ namespace, name, pods }) =>
    podsFound(podsIn(namespace, pods.pods), name, true, world, plane),
  );
}

export function readFolder(folder: string, namespace?: string, facts?: ClusterFacts): ReadSubject {
  return readSubject(namespace === undefined ? folder : manifests(folder, { namespace }), facts);
}

export function stated(
  expected: 'allowed' | 'denied',
  read: ReadSubject,
  from: TestEnd,
  to: TestEnd,
  set: PortSet,
  requests: unknown,
): PolicyAnswer {
  const found = verdictOf(read, from, to, set, requestsIn(requests));
  const { holds, sentence, message } = statementOf(expected, found, STRANGER);
  if (holds === undefined) throw saysNothing(message());
  const otherwise = found.isPerhaps(expected) ? PolicyVerdict.PERHAPS : PolicyVerdict.NO;
  return PolicyAnswer._of(
    `${found.asked} is ${expected}`,
    holds ? PolicyVerdict.YES : otherwise,
    holds ? found.reason() : found.explanation(expected),
    sentence,
  );
}

/** Languages with named arguments hand over an empty struct where none is given. */
function requestsIn(given: unknown): readonly RequestMatch[] | undefined {
  const isEmpty = reading('requests', () => isObject(given) && Object.values(given).every((one) => one === undefined));
  return isEmpty ? undefined : requestsAsked(given);
}

export function explained(
  read: ReadSubject,
  from: TestEnd,
  to: TestEnd,
  set: PortSet | undefined,
  requests: unknown,
): PolicyAnswer {
  const ends = { from: resolveEnd(from, 'client', read), to: resolveEnd(to, 'server', read) };
  const unknown = [ends.from, ends.to].filter(({ isUnknown }) => isUnknown);
  if (unknown.length > 0) throw saysNothing(unknownText(unknown, STRANGER));
  const sent = requestsIn(requests);
  const answer = answerTo({ ...ends, ...(set && { ports: set }), ...(sent && { requests: sent }) }, read);
  if (set !== undefined && answer.isUnknownPort) throw saysNothing(unknownPortText(ends.to, set));
  const question = questionText(answer);
  const explanation = explanationReport(answer, read.places, read.facts.engine === 'cilium');
  return PolicyAnswer._of(
    `${question} is allowed`,
    VERDICTS[answer.verdict],
    explanation,
    `expected ${question} to be allowed`,
  );
}

/** What passes partly, or between some pods and not between others, is not allowed. */
const VERDICTS = {
  yes: PolicyVerdict.YES,
  no: PolicyVerdict.NO,
  partly: PolicyVerdict.NO,
  differs: PolicyVerdict.NO,
  perhaps: PolicyVerdict.PERHAPS,
};

export function reached(read: ReadSubject, from: TestEnd): PolicyReach {
  const end = resolveEnd(from, 'client', read);
  if (end.isUnknown) throw saysNothing(unknownText([end], STRANGER));
  if (end.endpoint.kind !== 'pods' || end.workloads.length === 0) throw noPods(end.name);
  const world = withWorkloads(read.world, [end]);
  const starts = end.workloads.map(({ id }) => id);
  const found = reach(world, read.plane, starts, read.podAddresses && { podAddresses: read.podAddresses });
  return PolicyReach._of(
    [...new Set(found.reached.flatMap(({ workloads }) => workloads))],
    [...new Set(found.exits.map(({ end }: Exit) => stepEndWords(end as ReachEnd)))],
    reachText(found),
  );
}

export function keptApart(read: ReadSubject, from: TestEnd, to: TestEnd, options: unknown): PolicyAnswer {
  const found = apartOf(read, from, to, apartAsked(options, read, 'the options of keepsApart'));
  const { apart } = found;
  const question = `${found.from.name} is kept apart from ${found.to.name}`;
  if (apart.apart) {
    return PolicyAnswer._of(
      question,
      PolicyVerdict.YES,
      'There is no path of any length from the one to the other.',
      '',
    );
  }
  const explanation = apartText(found, 'the option ignoringDns of keepsApart.');
  const isDoubtful = apart.why !== undefined && apart.path.length > 0;
  return PolicyAnswer._of(
    question,
    isDoubtful ? PolicyVerdict.PERHAPS : PolicyVerdict.NO,
    explanation,
    `expected ${found.from.name} to be kept apart from ${found.to.name}`,
  );
}

function saysNothing(message: string): ZeroTrustError {
  const [what, ...others] = message.split('\n');
  const fix = others.join('\n');
  return new ZeroTrustError({
    rule: 'question-about-nothing',
    what: what.replace(/\.$/, ''),
    ...(fix !== '' && { fix }),
  });
}

function noPods(name: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'test-end',
    what: `${name} is not a set of pods, and only pods can be taken over`,
    value: name,
    allowed: "a tier, Pods in a namespace, or a QuestionEnd: QuestionEnd.of('ai-agents/app=ai-agent')",
  });
}
