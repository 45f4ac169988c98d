import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import type { RequestMatch } from '../model/request-match';
import type { KnownWorld } from './known-world';
import { ownNode } from './own-node';
import { notSure, type PairAsked, possible } from './pair';
import { type PairsAsked, pairsAsked } from './pairs';
import type { ResolvedEnd } from './resolved-end';
import { servicePortHints } from './service-ports';
import { takenFor } from './taken-for';

/** What is asked: whether one end reaches the other. */
export interface Question {
  readonly from: ResolvedEnd;
  readonly to: ResolvedEnd;
  /** @default whether anything passes, and what */
  readonly ports?: PortSet;
  /** @default not known: rules about requests are perhaps about them */
  readonly requests?: readonly RequestMatch[];
  /** A request of one method and one path means that alone, without a query. @default with any query */
  readonly areWhole?: boolean;
}

/**
 * `yes`: all of it surely passes, between all workloads of both ends. `no`: nothing of it may. `perhaps`: that depends on
 * what is not known. `partly`: some of the ports or requests, and surely not others. `differs`: between some workloads,
 * and not between others.
 */
export type AnswerVerdict = 'yes' | 'no' | 'perhaps' | 'partly' | 'differs';

/** The answer about two single ends. */
export interface PairAnswer {
  readonly pair: PairAsked;
  readonly verdict: Exclude<AnswerVerdict, 'differs'>;
  /** Of what was asked, what surely passes. */
  readonly surely: PortSet;
  /** Of what was asked, what may pass beside that. */
  readonly perhaps: PortSet;
}

export interface Answer {
  readonly question: Question;
  readonly verdict: AnswerVerdict;
  readonly answers: readonly PairAnswer[];
  readonly asked: PairsAsked;
  /** Ports are asked for by a name that no container of the destination has, so that there is nothing to ask about. */
  readonly isUnknownPort: boolean;
  /** What was probably meant, where it does not surely pass: sentences without their full stops. */
  readonly hints: readonly string[];
  /** What the answer takes for granted without being told: sentences. */
  readonly assumed: readonly string[];
}

/** Asks about every pair of workloads that the ends stand for. */
export function answerTo(question: Question, known: KnownWorld): Answer {
  const { from, to, ports: set, requests, areWhole } = question;
  const asked = pairsAsked(known, from, to, set ?? ports.everything, requests, areWhole);
  const answers = asked.pairs.map((pair) => pairAnswer(pair, set !== undefined));
  const verdict = verdictOfAll(answers, asked.elsewhere !== undefined, set !== undefined);
  const targets = answers.map(({ pair }) => pair.to);
  return {
    question,
    verdict,
    hints: set === undefined || verdict === 'yes' ? [] : servicePortHints(set, targets, known.world),
    assumed: [...takenFor(question, verdict === 'no', known), ...(verdict === 'yes' ? [] : ownNode(question, known))],
    answers,
    asked,
    isUnknownPort: set !== undefined && ports.hasNames(set) && asked.pairs.every(({ wanted }) => ports.isEmpty(wanted)),
  };
}

/** The ports that the verdict is about: those that pass, that may, or that were asked for and do not. */
export function telling({ verdict, surely, perhaps, pair }: PairAnswer, { question, asked }: Answer): PortSet {
  switch (verdict) {
    case 'yes':
      return surely;
    case 'perhaps':
      return perhaps;
    case 'partly':
      return ports.difference(pair.wanted, surely);
    case 'no':
      return question.ports === undefined ? usualPorts(pair.to, asked) : pair.wanted;
  }
}

/** Of an end about which no port was asked: those that its containers declare; HTTPS where they declare none. */
function usualPorts(id: string, { world }: PairsAsked): PortSet {
  const declared = world.workloads.find((workload) => workload.id === id)?.ports ?? [];
  return declared.length === 0
    ? ports.number('TCP', HTTPS)
    : ports.unionOf(declared.map(({ protocol, number }) => ports.number(protocol, number)));
}

const HTTPS = 443;

function pairAnswer(pair: PairAsked, isAboutPorts: boolean): PairAnswer {
  const surely = pair.isPerhaps ? ports.none : ports.intersection(pair.must, pair.wanted).certain;
  const may = possible(pair);
  return {
    pair,
    surely,
    perhaps: ports.difference(may, surely),
    verdict: ports.isEmpty(may) ? 'no' : isAboutPorts ? aboutPorts(pair, surely, may) : aboutAny(surely),
  };
}

/** All of the ports that were asked for must pass. */
function aboutPorts(pair: PairAsked, surely: PortSet, may: PortSet): PairAnswer['verdict'] {
  if (pair.isPerhaps) return 'perhaps';
  if (ports.isEmpty(notSure(pair))) return 'yes';
  return ports.isEmpty(ports.difference(may, surely)) ? 'partly' : 'perhaps';
}

/** Whether it passes if the end is what it may be. */
function passesSurely(pair: PairAsked, isAboutPorts: boolean): boolean {
  if (isAboutPorts) return ports.isEmpty(notSure(pair));
  return !ports.isEmpty(ports.intersection(pair.must, pair.wanted).certain);
}

/** Anything will do. */
function aboutAny(surely: PortSet): PairAnswer['verdict'] {
  return ports.isEmpty(surely) ? 'perhaps' : 'yes';
}

/** What an end may be beside what it is taken for speaks against a no and against a yes. */
function verdictOfAll(answers: readonly PairAnswer[], mayMeetElsewhere: boolean, isAboutPorts: boolean): AnswerVerdict {
  const isYes = ({ pair, verdict }: PairAnswer) =>
    verdict === 'yes' || (pair.isPerhaps && passesSurely(pair, isAboutPorts));
  const certain = new Set(answers.filter(({ pair }) => !pair.isPerhaps).map(({ verdict }) => verdict));
  const isEverywhere = (verdict: AnswerVerdict) => answers.every((answer) => answer.verdict === verdict);
  if (certain.size === 1 && certain.has('yes')) return answers.every(isYes) ? 'yes' : 'perhaps';
  if (isEverywhere('no')) return mayMeetElsewhere ? 'perhaps' : 'no';
  if (certain.has('perhaps') || certain.size === 0 || (certain.size === 1 && certain.has('no'))) return 'perhaps';
  return certain.size === 1 ? 'partly' : 'differs';
}
