import type { Layout, Line, Point } from './layout';
import type { Picture } from './picture';
import { type Plan, type PlanBox, type PlanFrame, type PlanLine, SMALL, widthOf } from './plan';
import { xmlText } from './xml';

/** Around everything, so that no border is cut. */
const MARGIN = 8;

/**
 * A plan as SVG, by its layout. Its looks are in the style; what can be pointed at has the id of what it
 * stands for. `said` are sentences above it.
 */
export function drawing(
  plan: Plan,
  layout: Layout,
  picture: Picture,
  attributes: string,
  { style = '', said = [] }: { readonly style?: string; readonly said?: readonly string[] } = {},
): string {
  const kinds = kindsOf(picture);
  const widest = Math.max(layout.width, ...said.map((sentence) => widthOf(sentence, SMALL)));
  const above = said.length * SAID_HEIGHT;
  const [width, height] = [widest, above + layout.height].map((size) => round(size + 2 * MARGIN));
  const frames = plan.frames.map((frame) => frameSvg(frame, layout, kinds));
  const lines = plan.lines.flatMap((line) => lineSvg(line, layout));
  const boxes = [...plan.frames.flatMap((frame) => frame.boxes), ...plan.boxes].map((box) =>
    boxSvg(box, layout, kinds),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-MARGIN} ${-MARGIN - above} ${width} ${height}" width="${width}" height="${height}" ${attributes}>${style}`,
    ...frames,
    ...lines,
    ...boxes,
    ...said.map((sentence, i) => saidSvg(sentence, (i + 1) * SAID_HEIGHT - above)),
    '</svg>',
  ].join('\n');
}

/** Of a line of what is said above the drawing: a very large one is many screens high. */
const SAID_HEIGHT = 18;

function saidSvg(sentence: string, y: number): string {
  return `<text class="said" x="0" y="${round(y - 4)}">${xmlText(sentence)}</text>`;
}

/** Classes of islands and boxes, by id. */
function kindsOf({ islands, boxes }: Picture): ReadonlyMap<string, string> {
  const found = (findings: readonly number[]) => (findings.length > 0 ? ' found' : '');
  return new Map([
    ...islands.map(({ id, kind, findings }) => [id, `island ${kind}${found(findings)}`] as const),
    ...boxes.map(({ id, kind, findings }) => [id, `box ${kind}${found(findings)}`] as const),
  ]);
}

function frameSvg({ id, title }: PlanFrame, { frames }: Layout, kinds: ReadonlyMap<string, string>): string {
  const { x, y, width, height } = frames.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
  return [
    `<g class="frame ${kinds.get(id)}" data-id="${id}">`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/>`,
    `<text x="${round(x + width / 2)}" y="${round(y + 23)}">${xmlText(title)}</text>`,
    '</g>',
  ].join('');
}

function boxSvg({ id, name, small, width, height }: PlanBox, layout: Layout, kinds: ReadonlyMap<string, string>) {
  const { x, y } = layout.boxes.get(id) ?? { x: 0, y: 0 };
  const label = small === '' ? name : `${name}, ${small}`;
  return [
    `<g class="node ${kinds.get(id)}" data-id="${id}" tabindex="-1" role="button" aria-label="${xmlText(label)}">`,
    `<rect x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${width}" height="${height}" rx="6"/>`,
    `<text x="${x}" y="${round(small === '' ? y + 4.5 : y - 2)}">${xmlText(name)}</text>`,
    ...(small === '' ? [] : [`<text class="small" x="${x}" y="${round(y + 13)}">${xmlText(small)}</text>`]),
    '</g>',
  ].join('');
}

function lineSvg({ id, label, classes, arrows, title }: PlanLine, { lines }: Layout): string[] {
  const line = lines.get(id);
  if (line === undefined) return [];
  const curve = curveOf(line);
  return [
    [
      `<g class="${['line', ...classes].join(' ')}" data-id="${id}" data-arrows="${arrows.join(' ')}">`,
      `<title>${xmlText(title)}</title>`,
      `<path class="wide" d="${curve}"/>`,
      `<path class="curve" d="${curve}"/>`,
      `<path class="tip" d="${tipOf(line)}"/>`,
      ...(line.label === undefined
        ? []
        : [`<text class="ports" x="${line.label.x}" y="${round(line.label.y + 4)}">${xmlText(label)}</text>`]),
      '</g>',
    ].join(''),
  ];
}

function curveOf({ points: [first, ...rest] }: Line): string {
  return `M${pair(first)}C${rest.map(pair).join(' ')}`;
}

/** A triangle from the end of the curve to what it points at. */
function tipOf({ points, tip }: Line): string {
  const from = points[points.length - 1];
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const [across, along] = [(tip.x - from.x) / length, (tip.y - from.y) / length];
  const side = (sign: number): Point => ({
    x: round(from.x - along * 4 * sign),
    y: round(from.y + across * 4 * sign),
  });
  return `M${pair(side(1))}L${pair(tip)}L${pair(side(-1))}Z`;
}

function pair({ x, y }: Point): string {
  return `${x},${y}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
