import type { PageDocument, PageElement } from './page-dom';
import type { PictureSeen } from './page-logic';

/**
 * Draws the connections of folded namespaces: straight lines between frames and boxes, one for everything between two of
 * them. It runs in the page, from its own text: it needs nothing beside itself.
 */
export function drawFolds(
  document: PageDocument,
  svg: PageElement,
  { boxes, arrows }: PictureSeen,
  folded: ReadonlySet<string>,
  shown: ReadonlySet<string>,
): void {
  const islandOf = new Map(boxes.map(({ id, island }) => [id, island]));
  svg.querySelector('.folds')?.replaceChildren();
  for (const node of svg.querySelectorAll('.frame, .node')) {
    const { id = '' } = node.dataset;
    const island = islandOf.get(id);
    if (island === undefined) node.classList.toggle('is-folded', folded.has(id));
    else node.classList.toggle('is-hidden', folded.has(island));
  }
  const between = new Map<string, string[]>();
  for (const arrow of arrows) {
    const [from, to] = [endOf(arrow.from), endOf(arrow.to)];
    const isFolded = from !== arrow.from || to !== arrow.to;
    const line = svg.querySelector(`.line[data-arrows="${arrow.id}"]`);
    line?.classList.toggle('is-hidden', isFolded);
    if (!isFolded || from === to || !shown.has(arrow.id)) continue;
    const key = `${from} ${to}`;
    between.set(key, [...(between.get(key) ?? []), arrow.id]);
  }
  if (between.size === 0) return;
  const group = svg.querySelector('.folds') ?? made('g', { class: 'folds' }, svg);
  for (const [key, ids] of between) {
    const [from, to] = key.split(' ').map(rectangleOf);
    if (from === undefined || to === undefined) continue;
    const [start, end] = [edgeOf(from, to), edgeOf(to, from)];
    const line = made('g', { class: 'line fold', 'data-arrows': ids.join(' ') }, group);
    made('path', { class: 'curve', d: `M${start.x},${start.y}L${end.x},${end.y}` }, line);
    made('path', { class: 'tip', d: tipOf(start, end) }, line);
    if (ids.length > 1) {
      const place = { class: 'ports', x: `${(start.x + end.x) / 2}`, y: `${(start.y + end.y) / 2 - 3}` };
      made('text', place, line).textContent = `${ids.length}`;
    }
  }

  function endOf(box: string): string {
    const island = islandOf.get(box);
    return island !== undefined && folded.has(island) ? island : box;
  }

  function made(name: string, attributes: Record<string, string>, parent: PageElement): PageElement {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    parent.append(element);
    return element;
  }

  function rectangleOf(id: string) {
    const rect = svg.querySelector(`[data-id="${id}"] rect`);
    if (rect === null) return undefined;
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(rect.getAttribute(name)));
    return { x: x + width / 2, y: y + height / 2, width, height };
  }

  /** Where the line to the other leaves the rectangle. */
  function edgeOf(
    own: { x: number; y: number; width: number; height: number },
    other: { readonly x: number; readonly y: number },
  ) {
    const [dx, dy] = [other.x - own.x, other.y - own.y];
    const part = Math.min(own.width / 2 / (Math.abs(dx) || 1e-9), own.height / 2 / (Math.abs(dy) || 1e-9), 0.5);
    return { x: own.x + dx * part, y: own.y + dy * part };
  }

  function tipOf(start: { x: number; y: number }, end: { x: number; y: number }): string {
    const length = Math.hypot(end.x - start.x, end.y - start.y) || 1;
    const [across, along] = [(end.x - start.x) / length, (end.y - start.y) / length];
    const [x, y] = [end.x - across * 9, end.y - along * 9];
    return `M${x - along * 4},${y + across * 4}L${end.x},${end.y}L${x + along * 4},${y - across * 4}Z`;
  }
}
