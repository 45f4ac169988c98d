import type { Side } from '../analysis';
import type { LayerStep } from '../analysis/explanation/walkthrough';
import type { Answer } from '../asking/answer';
import { type Explained, explainedOf } from '../asking/explained';
import { questionText, VERDICT_WORDS } from './answer-text';
import { explainedText, nearestLine, sideHeading, stepLines, type Told } from './explanation-lines';
import { codeBlock, plainMarkdown } from './markdown-escape';
import { missingPolicies } from './missing-policy';
import type { Places } from './places';
import { yamlText } from './yaml';

/** The explanation for a ticket or a comment: a verdict line, a table for each end, and what is missing as YAML. */
export function explanationMarkdown(answer: Answer, places: Places, isCilium: boolean): string {
  return [
    `**${VERDICT_WORDS[answer.verdict]}**: ${plainMarkdown(questionText(answer))}`,
    ...[...answer.hints, ...answer.assumed].map(plainMarkdown),
    ...explainedOf(answer).flatMap((one) => [
      ...pairParts(one, places),
      // Where another port was probably meant, a policy for this one would help nobody.
      ...(answer.hints.length > 0 ? [] : missingParts(one, isCilium)),
    ]),
    '',
  ].join('\n\n');
}

function pairParts({ explanation, egress, ingress, alike }: Explained, places: Places): string[] {
  const told: Told = new Set();
  return [
    `${plainMarkdown(explainedText(explanation))}${alike === 0 ? '' : ` (and ${alike} more pairs alike)`}`,
    ...sideParts(explanation.egress, egress, places, told),
    ...sideParts(explanation.ingress, ingress, places, told),
  ];
}

function missingParts(one: Explained, isCilium: boolean): string[] {
  return missingPolicies(one, isCilium).map((missing) =>
    'advice' in missing
      ? plainMarkdown(missing.advice)
      : [
          ...(missing.caution === undefined ? [] : [plainMarkdown(missing.caution)]),
          'To allow it, add:',
          codeBlock('yaml', yamlText(missing.object)),
        ].join('\n\n'),
  );
}

function sideParts(side: Side, steps: readonly LayerStep[], places: Places, told: Told): string[] {
  const nearest = nearestLine(side, places);
  const rows = steps.map((step) => {
    const said = stepLines(step, places, told).map(plainMarkdown).join('<br>');
    return `| ${plainMarkdown(step.layer)} | ${said} |`;
  });
  return [
    `- ${plainMarkdown(sideHeading(side))}${nearest === undefined ? '' : `; ${plainMarkdown(nearest)}`}`,
    ...(rows.length === 0 ? [] : [['| layer | says |', '|---|---|', ...rows].join('\n')]),
  ];
}
