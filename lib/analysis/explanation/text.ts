import { objectText } from '../../kinds/manifest';
import type { PolicyRef } from '../../model/layer';
import type { Explanation, Nearest, Side } from './explain';
import { endText, type Lack } from './lacks';

/** The explanation as a person reads it: the verdict, then a paragraph for each end. */
export function explanationText({ connection, allowed, egress, ingress }: Explanation): string {
  const { from, to, protocol, port } = connection;
  const verdict = allowed.must ? 'allowed' : allowed.may ? 'may be allowed' : 'denied';
  return [
    `${endText(from)} to ${endText(to)} on ${protocol}/${port}: ${verdict}`,
    ...[egress, ingress].map((side) => `  ${sideText(side)}`),
  ].join('\n');
}

function sideText(side: Side): string {
  const { direction, end, isolatedBy, allowedBy, nearest } = side;
  const subject = `${direction} of ${endText(end)}`;
  switch (side.verdict) {
    case 'unbound':
      return `${subject}: no policy binds it${end.kind === 'pod' ? ', since it is on the host network' : ''}`;
    case 'open':
      return `${subject}: open, since no policy isolates it`;
    case 'allowed':
    case 'perhaps': {
      const rules = allowedBy.map(({ rule }) => `    ${ruleText(rule.policy, direction, rule.index)}`);
      const certainty = side.verdict === 'allowed' ? 'allowed by' : 'allowed, if blocks match pods by address here, by';
      return [`${subject}: ${certainty}`, ...rules].join('\n');
    }
    case 'denied':
      return [
        `${subject}: isolated by ${isolatedBy.map(policyText).join(', ')}, and no rule allows it`,
        ...(nearest === undefined ? [] : [`    ${nearestText(nearest)}`]),
      ].join('\n');
  }
}

function nearestText({ policy, direction, rule, lacks }: Nearest): string {
  if (rule === undefined) return `there is no rule for ${direction} about it at all`;
  return `nearest is ${ruleText(policy, direction, rule.index)}, which ${lacks.map(lackText).join(', and ')}`;
}

function lackText(lack: Lack): string {
  switch (lack.kind) {
    case 'pod-label':
    case 'namespace-label': {
      const whose = lack.kind === 'pod-label' ? 'the pod' : 'its namespace';
      const has = lack.has === undefined ? `${whose} has no '${lack.key}'` : `${whose} has ${lack.key}=${lack.has}`;
      return `wants ${lack.wants} where ${has}`;
    }
    case 'port':
      return `has the ports ${lack.wants} and not ${lack.has}`;
    case 'address':
      return `has the addresses ${lack.wants} and not ${lack.has}`;
    case 'peer':
      return `has no peer that could be ${lack.has}`;
    case 'rule':
      return 'is missing';
  }
}

function ruleText(policy: PolicyRef, direction: string, index: number): string {
  return `${policyText(policy)} spec.${direction}[${index}]`;
}

function policyText(policy: PolicyRef): string {
  return `${objectText(policy)}${policy.source === undefined ? '' : ` (${policy.source})`}`;
}
