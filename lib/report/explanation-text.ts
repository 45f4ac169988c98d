import type { Side } from '../analysis';
import type { LayerStep } from '../analysis/explanation/walkthrough';
import type { Answer } from '../asking/answer';
import { type Explained, explainedOf } from '../asking/explained';
import { printable } from '../model/printable';
import { questionText, VERDICT_WORDS } from './answer-text';
import { explainedText, nearestLine, sideHeading, stepLines, type Told } from './explanation-lines';
import { missingPolicies } from './missing-policy';
import type { Places } from './places';
import { yamlText } from './yaml';

/** The explanation as a person reads it: the verdict; each end, layer by layer; and what is missing, to be pasted. */
export function explanationReport(
  answer: Answer,
  places: Places,
  isCilium: boolean,
  painted: (verdict: string) => string = (verdict) => verdict,
): string {
  const explained = explainedOf(answer);
  return [
    `${painted(VERDICT_WORDS[answer.verdict])}: ${printable(questionText(answer))}`,
    ...[...answer.hints, ...answer.assumed].map((line) => `  ${printable(line)}`),
    ...explained.flatMap((one) => ['', ...pairLines(one, places, isCilium, answer.hints.length > 0)]),
    ...(explained.length === 0 && answer.assumed.length === 0 ? ['No single port stands for what was asked.'] : []),
    '',
  ].join('\n');
}

/** @param isOther another port was probably meant: a policy for this one would help nobody. */
function pairLines(one: Explained, places: Places, isCilium: boolean, isOther: boolean): string[] {
  const { explanation, egress, ingress, alike } = one;
  const more = alike === 0 ? '' : ` (and ${alike} more pairs alike)`;
  const told: Told = new Set();
  return [
    printable(`${explainedText(explanation)}${more}`),
    ...sideLines(explanation.egress, egress, places, told),
    ...sideLines(explanation.ingress, ingress, places, told),
    ...(isOther ? [] : missingPolicies(one, isCilium)).flatMap((missing) =>
      'advice' in missing
        ? [`  ${printable(missing.advice)}`]
        : [
            ...(missing.caution === undefined ? [] : [`  ${printable(missing.caution)}`]),
            '  To allow it, add:',
            ...yamlText(missing.object).map((line) => `    ${line}`),
          ],
    ),
  ];
}

function sideLines(side: Side, steps: readonly LayerStep[], places: Places, told: Told): string[] {
  const width = Math.max(...steps.map(({ layer }) => layer.length));
  const nearest = nearestLine(side, places);
  return [
    `  ${printable(sideHeading(side))}`,
    ...steps.flatMap((step) =>
      stepLines(step, places, told).map(
        (line, i) => `    ${(i === 0 ? printable(step.layer) : '').padEnd(width)}  ${printable(line)}`,
      ),
    ),
    ...(side.decisions.some(({ kind }) => kind === 'own-node')
      ? ['    passes where the two are on one node, since a node always reaches the pods that it runs']
      : []),
    ...(nearest === undefined ? [] : [`    ${''.padEnd(width)}  ${printable(nearest)}`]),
  ];
}
