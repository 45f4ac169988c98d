import { objectText } from '../../kinds/manifest';
import type { PolicyRef, Rule } from '../../model/layer';
import { sentText } from '../../model/sent';
import type { Decision } from './decided';
import { type Doubt, doubtText, remedyOf } from './doubts';
import type { Explanation, Nearest, Side } from './explain';
import { endText, type Lack } from './what-is-missing';

/** The explanation as a person reads it: the verdict, then a paragraph for each end. */
export function explanationText({ connection, allowed, egress, ingress }: Explanation): string {
  const { from, to, protocol, port, sent } = connection;
  const request = sent === undefined ? '' : ` with ${sentText(sent)}`;
  const verdict = allowed.must ? 'allowed' : allowed.may ? 'may be allowed' : 'denied';
  const told = new Set<string>();
  return [
    `${endText(from)} to ${endText(to)} on ${protocol}/${port}${request}: ${verdict}`,
    ...[egress, ingress].map((side) => `  ${sideText(side, told)}`),
  ].join('\n');
}

/** @param told of policies that are not read: why that is, which is told once. */
function sideText(side: Side, told: Set<string>): string {
  const { end, decisions } = side;
  const subject = `${side.direction} of ${endText(end)}`;
  switch (side.verdict) {
    case 'unbound':
      return `${subject}: no policy binds it${end.kind === 'pod' ? ', since it is on the host network' : ''}`;
    case 'open':
      if (decisions.length === 1) return `${subject}: open, since no policy isolates it`;
      return [`${subject}: open, since no policy decides in the end`, ...decisions.flatMap(decisionText)].join('\n');
    case 'allowed':
      return [`${subject}: allowed by`, ...decisions.flatMap(decisionText)].join('\n');
    case 'perhaps':
      return [
        `${subject}: allowed or denied, by what is not known here`,
        ...decisions.flatMap((it) => perhapsText(it, told)),
      ].join('\n');
    case 'denied':
      return deniedText(subject, side);
  }
}

function deniedText(subject: string, { decisions, nearest }: Side): string {
  const isolation = decisions.find((it) => it.kind === 'isolation' && it.doubts.length === 0);
  if (isolation?.kind !== 'isolation')
    return [`${subject}: denied by`, ...decisions.filter(isSure).flatMap(decisionText)].join('\n');
  const before = decisions.slice(0, decisions.indexOf(isolation));
  return [
    `${subject}: ${isolationText(isolation)}, and no rule allows it`,
    ...(nearest === undefined ? [] : [`    ${nearestText(nearest)}`]),
    ...before.flatMap(decisionText),
  ].join('\n');
}

/** Not one that matches perhaps, as those of policies that are not read do: it decides nothing here. */
function isSure(decision: Decision): boolean {
  return decision.kind === 'rule' && decision.match === 'surely';
}

/** A rule by where it is written; what it does where that is not what the paragraph is about. */
function decisionText(decision: Decision): string[] {
  if (decision.kind !== 'rule') return [];
  const passes = decision.rule.action === 'pass' ? ' passes it on' : '';
  return [`    ${ruleText(decision.rule)}${inLayer(decision.layer.name, decision.rule.policy)}${passes}`];
}

const DOES = { allow: 'allows', deny: 'denies', pass: 'passes on' } as const;
const MAY_DO = { allow: 'may allow', deny: 'may deny', pass: 'may pass on' } as const;

function perhapsText(decision: Decision, told: Set<string>): string[] {
  switch (decision.kind) {
    case 'default':
      return ['    passes where none of these denies it'];
    case 'own-node':
      return [
        '    passes where the two are on one node, since a node always reaches the pods that it runs, and they it',
        '      That is certain only for pods with a network of their own: take the workload off the host network.',
      ];
    case 'isolation': {
      const { doubts } = decision;
      if (doubts.length === 0) return [`    ${isolationText(decision)}, and denied otherwise`];
      return [
        `    perhaps ${isolationText(decision)}, and denied otherwise (${doubtsText(decision)})`,
        ...remedies(doubts),
      ];
    }
    case 'rule': {
      const { rule, doubts, layer } = decision;
      const why = rule.doubt && `${policyText(rule.policy)} ${rule.doubt.what}`;
      if (why !== undefined && told.has(why))
        return [`    ${policyText(rule.policy)} ${MAY_DO[rule.action]} it, for the same reason`];
      if (why !== undefined) told.add(why);
      // Where its policy is not read, the rule stands for whatever it says.
      const [which, does] =
        rule.doubt === undefined
          ? [`${ruleText(rule)}${inLayer(layer.name, rule.policy)}`, DOES]
          : [policyText(rule.policy), MAY_DO];
      return [`    ${which} ${does[rule.action]} ${whatItDoesTo(doubts, rule.policy)}`, ...remedies(doubts)];
    }
  }
}

function whatItDoesTo(doubts: readonly Doubt[], policy: PolicyRef): string {
  if (doubts.length === 0) return 'it';
  const [only] = doubts;
  if (doubts.length === 1 && only.kind === 'requests') return `requests only: ${only.requests.join(', ')}`;
  return `it${only.kind === 'policy' && only.problem ? ':' : ','} ${doubts.map((doubt) => doubtText(doubt, policy)).join('; ')}`;
}

/** Of one policy that isolates, which the text has named. */
function doubtsText({ doubts, isolatedBy }: Extract<Decision, { kind: 'isolation' }>): string {
  const named = isolatedBy.length === 1 ? isolatedBy[0] : undefined;
  return doubts.map((doubt) => doubtText(doubt, named)).join('; ');
}

/** What would make it certain, each once. */
function remedies(doubts: readonly Doubt[]): string[] {
  return [...new Set(doubts.flatMap((doubt) => remedyOf(doubt) ?? []))].map((remedy) => `      ${remedy}`);
}

function isolationText({ layer, isolatedBy }: Extract<Decision, { kind: 'isolation' }>): string {
  return `isolated by ${isolatedBy.map(policyText).join(', ')}${inLayer(layer.name, isolatedBy[0])}`;
}

/** Left out where the layer is called like the kind of its policies. */
function inLayer(layer: string, { kind }: PolicyRef): string {
  return layer === kind ? '' : ` in ${layer}`;
}

function nearestText({ direction, rule, lacks }: Nearest): string {
  if (rule === undefined) return `there is no rule for ${direction} about it at all`;
  return `nearest is ${ruleText(rule)}, which ${lacks.map(lackText).join(', and ')}`;
}

export function lackText(lack: Lack): string {
  switch (lack.kind) {
    case 'pod-label':
    case 'namespace-label': {
      const whose = lack.kind === 'pod-label' ? 'the pod' : 'its namespace';
      const has = lack.has === undefined ? `${whose} has no '${lack.key}'` : `${whose} has ${lack.key}=${lack.has}`;
      return `wants ${lack.wants} where ${has}`;
    }
    case 'port':
      return `has the ports ${lack.wants} and not ${lack.has}`;
    case 'request':
      return `is about the requests ${lack.wants} and not ${lack.has}`;
    case 'host':
      return `is about the hosts ${lack.wants} and not ${lack.has}`;
    case 'address':
      return `has the addresses ${lack.wants} and not ${lack.has}`;
    case 'peer':
      return `has no peer that could be ${lack.has}`;
    case 'rule':
      return 'is missing';
    case 'deny':
      return 'denies it';
  }
}

function ruleText({ policy, direction, index }: Rule): string {
  return `${policyText(policy)} spec.${direction}[${index}]`;
}

function policyText(policy: PolicyRef): string {
  return `${objectText(policy)}${policy.source === undefined ? '' : ` (${policy.source})`}`;
}
