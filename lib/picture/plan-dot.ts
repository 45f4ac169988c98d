import type { Plan, PlanBox, PlanLine } from './plan';

const POINTS_AN_INCH = 72;

/** With more lines than this no order of boxes makes them easy to follow, and to look for the best takes minutes. */
const MOST_AT_LEISURE = 400;
/** Graphviz gives its searches up early (attributes `nslimit`, `nslimit1`, `mclimit`), and draws lines straight. */
const HASTE = ', nslimit=0.5, nslimit1=0.5, mclimit=0.1, splines=line';

/**
 * The plan in the language of Graphviz, for its layout alone: ids and sizes, and not a word of anybody else's, so that no
 * name means anything there.
 */
export function planDot({ frames, boxes, lines }: Plan): string {
  return [
    'digraph plan {',
    `  graph [rankdir=LR, nodesep=0.22, ranksep=0.9, pad=0.2${lines.length > MOST_AT_LEISURE ? HASTE : ''}];`,
    '  node [shape=box, fixedsize=true, label=""];',
    ...frames.flatMap(({ id, width, boxes: own }) => [
      `  subgraph cluster_${id} {`,
      `    graph [margin=14, label=${spacer(width, 18)}];`,
      ...own.map((box) => `  ${boxLine(box)}`),
      '  }',
    ]),
    ...boxes.map(boxLine),
    ...lines.map(lineLine),
    '}',
    '',
  ].join('\n');
}

function boxLine({ id, width, height }: PlanBox): string {
  return `  ${id} [width=${inches(width)}, height=${inches(height)}];`;
}

function lineLine({ id, from, to, label, width }: PlanLine): string {
  const space = label === '' ? '' : `, label=${spacer(width, 14)}`;
  return `  ${from} -> ${to} [id=${id}${space}];`;
}

/** Room for text of a size that is known here and not there. */
function spacer(width: number, height: number): string {
  return `<<table border="0" fixedsize="true" width="${width}" height="${height}"><tr><td></td></tr></table>>`;
}

function inches(points: number): string {
  return (points / POINTS_AN_INCH).toFixed(3);
}
