import type { Side } from '../analysis';
import { doubtText } from '../analysis/explanation/doubts';
import { lackText } from '../analysis/explanation/text';
import type { LayerStep } from '../analysis/explanation/walkthrough';
import { endText } from '../analysis/explanation/what-is-missing';
import type { Answer } from '../asking/answer';
import { explainedOf } from '../asking/explained';
import { objectText } from '../kinds/manifest';
import type { PolicyRef, Rule } from '../model/layer';
import * as ports from '../model/port-set';
import { requestText } from '../model/request-match';
import { sentText } from '../model/sent';
import { missingPolicies } from './missing-policy';
import type { Places } from './places';

/** What the JSON of an explanation says that it is. */
export const EXPLANATION_SCHEMA = 'cdk8s-zero-trust/explanation/v1';

/** The explanation for programs. */
export function explanationJson(answer: Answer, places: Places, isCilium: boolean): string {
  const { question, verdict } = answer;
  const value = {
    schema: EXPLANATION_SCHEMA,
    from: question.from.name,
    to: question.to.name,
    ports: question.ports && ports.portsText(question.ports),
    requests: question.requests?.map(requestText),
    verdict,
    hints: answer.hints.length > 0 ? answer.hints : undefined,
    assumed: answer.assumed.length > 0 ? answer.assumed : undefined,
    explanations: explainedOf(answer).map((one) => {
      const { answer: of, explanation, egress, ingress, alike } = one;
      return {
        from: endText(explanation.connection.from),
        to: endText(explanation.connection.to),
        port: `${explanation.connection.protocol}/${explanation.connection.port}`,
        request: explanation.connection.sent && sentText(explanation.connection.sent),
        verdict: of.verdict,
        alike,
        egress: sideValue(explanation.egress, egress, places),
        ingress: sideValue(explanation.ingress, ingress, places),
        missing: answer.hints.length > 0 ? [] : missingPolicies(one, isCilium),
      };
    }),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function sideValue({ end, verdict, nearest }: Side, steps: readonly LayerStep[], places: Places): object {
  return {
    end: endText(end),
    verdict,
    layers: steps.map(({ layer, said, decisions }) => ({
      layer,
      said,
      rules: decisions.flatMap((it) =>
        it.kind === 'rule'
          ? [
              {
                ...ruleValue(it.rule, places),
                does: it.rule.action,
                doubts: it.doubts.map((doubt) => doubtText(doubt)),
              },
            ]
          : [],
      ),
      isolatedBy: decisions.flatMap((it) =>
        it.kind === 'isolation' ? it.isolatedBy.map((policy) => policyValue(policy, places)) : [],
      ),
    })),
    nearest: nearest && {
      ...(nearest.rule ? ruleValue(nearest.rule, places) : policyValue(nearest.policy, places)),
      lacks: nearest.lacks.map(lackText),
    },
  };
}

function policyValue(policy: PolicyRef, places: Places): object {
  return { policy: objectText(policy), ...places.of(policy) };
}

function ruleValue(rule: Rule, places: Places): object {
  const { policy, direction, index } = rule;
  return { policy: objectText(policy), field: `spec.${direction}[${index}]`, ...places.of(policy, rule) };
}
