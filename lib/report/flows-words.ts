import type { PolicySeen } from '../flow-logs/flow-record';
import type { FlowEntry, FlowsFound, NeverSeen, Sample } from '../flow-logs/judging/found';
import { seenTrafficText } from '../flow-logs/judging/traffic';
import { counted } from './counted';
import { explainedText, nearestLine, sideHeading } from './explanation-lines';
import type { Places } from './places';

// What is said of flows, for every format that has sentences. Sentences are without their full stop.

type Named = Pick<FlowEntry, 'from' | 'to' | 'protocol' | 'port' | 'request' | 'isServicePort'>;

/** `ai-agents/agent -> ai-data/redis TCP/6379`. */
export function flowText(entry: Named): string {
  const { from, to } = entry;
  return `${from.name} -> ${to.name}${addressText(to)} ${trafficOf(entry)}`;
}

/** The same without examples of addresses: what a flow is known by from one report to the next. */
export function flowKeyText(entry: Named): string {
  return `${entry.from.name} -> ${entry.to.name} ${trafficOf(entry)}`;
}

function trafficOf({ protocol, port, request, isServicePort }: Named): string {
  return seenTrafficText({
    portIs: isServicePort === true ? 'service' : 'pod',
    ...(protocol && { protocol }),
    ...(port !== undefined && { port }),
    ...(request !== undefined && { request }),
  });
}

/** Addresses are named where the name stands for more than one. */
function addressText({ kind, name, addresses }: FlowEntry['to']): string {
  return kind !== 'addresses' || addresses.length === 0 || addresses.includes(name) ? '' : ` (${addresses.join(', ')})`;
}

export function neverSeenText({ from, to, traffic }: NeverSeen): string {
  return `${from} -> ${to} ${traffic}`;
}

/** What is wrong, in one sentence. */
export function whatText(entry: FlowEntry, { against }: FlowsFound): string {
  const perhaps = entry.certainty === 'perhaps' ? 'perhaps ' : '';
  switch (entry.class) {
    case 'undeclared':
      return `it ${entry.verdict === 'passed' ? 'passed' : 'was seen'}, and ${perhaps}nothing declares it`;
    case 'dropped-though-declared':
      return `it was dropped${droppedAtText(entry)}, and ${perhaps}${against.graph ? 'is declared' : 'the manifests let it through'}`;
    case 'dropped-and-undeclared':
      return `it was dropped${droppedAtText(entry)}, and ${perhaps}${against.graph ? 'nothing declares it' : 'the manifests would drop it too'}`;
    case 'would-be-dropped':
      return `it passes today, and ${perhaps}would be dropped${declaredText(entry, against.graph)}`;
  }
}

function declaredText({ declared: { match } }: FlowEntry, hasGraph: boolean): string {
  if (!hasGraph) return '';
  if (match === 'surely') return ', though it is declared';
  return match === 'no' ? '; nothing declares it' : '; it is perhaps declared';
}

/** Which end's policies dropped it, as far as the log says. */
function droppedAtText({ droppedAt }: FlowEntry): string {
  if (droppedAt.length === 0) return '';
  return droppedAt.length > 1 ? ' at both ends' : ` at its ${droppedAt[0]}`;
}

/** What more there is to say, a sentence each. */
export function detailsOf(entry: FlowEntry, places: Places): readonly string[] {
  const { why, declared, policies, reasons, explanation } = entry;
  return [
    ...(declared.match === 'surely' ? declared.because.map((because) => `Declared: ${because}`) : []),
    ...why.map(sentence),
    ...(policies.length > 0 ? [`The log names ${policies.map(policyText).join(', ')}`] : []),
    ...(reasons.length > 0 ? [`The log says ${reasons.join(', ')}`] : []),
    ...explanationLines(explanation, places),
  ];
}

function explanationLines(explanation: FlowEntry['explanation'], places: Places): readonly string[] {
  if (explanation === undefined) return [];
  if (explanation.allowed.must) {
    return ['The manifests let it through at both ends: what is in the cluster is not what they say, or was not yet'];
  }
  const sides = [explanation.egress, explanation.ingress].filter(
    ({ verdict }) => verdict === 'denied' || verdict === 'perhaps',
  );
  return [
    `Of the manifests: ${explainedText(explanation)}`,
    ...sides.map((side) => {
      const nearest = nearestLine(side, places);
      return `${sideHeading(side)}${nearest === undefined ? '' : `; ${nearest}`}`;
    }),
  ];
}

function policyText({ kind, namespace, name }: PolicySeen): string {
  const path = namespace === undefined ? name : `${namespace}/${name}`;
  return kind === undefined ? path : `${kind} ${path}`;
}

/** What to do about it. */
export function fixText(entry: FlowEntry, { against }: FlowsFound): string {
  switch (entry.class) {
    case 'undeclared':
      return 'Declare it with its reason where it is needed (connections.allowTo). Where it is not, something lets through what nobody declared: ask which policies there are at both ends (explain), and whether they are enforced.';
    case 'dropped-though-declared':
      return 'Compare what is in the cluster with what is rendered: apply what is missing, and take out a policy of others that denies it.';
    case 'would-be-dropped':
      return against.graph && entry.declared.match === 'surely'
        ? 'Render and apply the policies of the graph before they are enforced.'
        : 'Declare it with its reason before the policies are enforced where it is needed; leave it where it is not.';
    case 'dropped-and-undeclared':
      return 'Ask who opens it: a flow that was forgotten is declared with its reason, anything else is looked into.';
  }
}

/** `412 times from 2026-11-27T10:00:00Z to 2026-11-27T11:00:00Z; hubble.jsonl:17`. */
export function seenText({
  count,
  first,
  last,
  sample,
}: Pick<FlowEntry, 'count' | 'first' | 'last' | 'sample'>): string {
  const times = count === 1 ? 'once' : `${count} times`;
  return `${times}${spanText(first, last)}; ${sampleText(sample)}`;
}

export function spanText(first: number | undefined, last: number | undefined): string {
  if (first === undefined || last === undefined) return '';
  const [from, to] = [timeText(first), timeText(last)];
  return from === to ? ` at ${from}` : ` from ${from} to ${to}`;
}

export function sampleText({ log, line }: Sample): string {
  return `${log}:${line}`;
}

/** To the second: logs of several nodes agree no better. */
export function timeText(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? 'an unknown time' : date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** `2 hours`: how long a window was. */
export function lengthText(first: number, last: number): string {
  const seconds = Math.round((last - first) / 1000);
  if (seconds < 120) return counted(seconds, 'second');
  if (seconds < 7200) return counted(Math.round(seconds / 60), 'minute');
  return seconds < 172_800 ? counted(Math.round(seconds / 3600), 'hour') : counted(Math.round(seconds / 86_400), 'day');
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}`;
}
