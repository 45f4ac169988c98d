import type { PageDocument, PageElement } from './page-dom';
import type { drawFolds } from './page-folds';
import type { Wanted, wantedArrows } from './page-logic';
import type { Arrow, Picture } from './picture';

/** What the page has beside its own words: the picture, with texts by their number. */
export interface PageData extends Omit<Picture, 'arrows'> {
  readonly arrows: readonly PackedArrow[];
  readonly texts: readonly string[];
  readonly marks: Readonly<Record<string, string>>;
}

export interface PackedArrow extends Omit<Arrow, 'reasons' | 'policies' | 'explanation'> {
  readonly reasons: readonly number[];
  readonly policies: readonly number[];
  readonly explanation: readonly number[];
}

/** What the script is given: functions that run in the page from their own text. */
export interface PageTools {
  /** No filter at all. */
  readonly nothingAsked: Wanted;
  readonly wantedArrows: typeof wantedArrows;
  readonly drawFolds: typeof drawFolds;
}

/**
 * Makes the page answer: search, filters, layouts, folding, details, keys. It runs in the page, from its own text: it needs
 * nothing beside itself. Every word of others is put in as text, never as markup.
 */
export function startPage(document: PageDocument, tools: PageTools): void {
  const data: PageData = JSON.parse(byId('data').textContent ?? '');
  const textsOf = (numbers: readonly number[]) => numbers.map((number) => data.texts[number]);
  const arrows: readonly Arrow[] = data.arrows.map((arrow) => ({
    ...arrow,
    reasons: textsOf(arrow.reasons),
    policies: textsOf(arrow.policies),
    explanation: textsOf(arrow.explanation),
  }));
  const seen = { ...data, arrows };
  const arrowById = new Map(arrows.map((arrow) => [arrow.id, arrow]));
  const boxById = new Map(data.boxes.map((box) => [box.id, box]));
  const islandById = new Map(data.islands.map((island) => [island.id, island]));
  const figures = [...document.querySelectorAll('figure[data-layout]')];
  const folded = new Set<string>();
  let around = '';
  let selected = '';
  let zoom = 0;

  for (const id of ['search', 'island', 'role', 'port', 'engine', 'only']) byId(id).addEventListener('input', update);
  for (const radio of document.querySelectorAll('input[name="layout"]')) radio.addEventListener('change', update);
  byId('asked').addEventListener('submit', (event) => event.preventDefault());
  onClick('clear', clear);
  onClick('fold-all', () => foldAll(true));
  onClick('unfold-all', () => foldAll(false));
  onClick('larger', () => zoomBy(1));
  onClick('smaller', () => zoomBy(-1));
  onClick('fit', () => zoomBy(0));
  byId('drawings').addEventListener('click', ({ target }) => select(target.closest('[data-id], [data-arrows]')));
  byId('rows').addEventListener('click', ({ target }) => showArrows([target.closest('tr')?.dataset['id'] ?? '']));
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') clear();
    const node = event.target.closest('.node, .frame');
    if (node === null) return;
    if (event.key === 'Enter' || event.key === ' ') select(node);
    else if (!event.key.startsWith('Arrow')) return;
    else nextNode(node, event.key)?.focus();
    event.preventDefault();
  });
  for (const id of ['larger', 'smaller', 'fit', 'clear', 'fold-all', 'unfold-all']) byId(id).hidden = false;
  update();

  function byId(id: string): PageElement {
    return document.getElementById(id) as PageElement;
  }

  function onClick(id: string, run: () => void): void {
    byId(id).addEventListener('click', run);
  }

  function wanted(): Wanted {
    const value = (id: string) => byId(id).value;
    return {
      search: value('search'),
      island: value('island'),
      role: value('role'),
      port: value('port'),
      engine: value('engine'),
      only: value('only') as Wanted['only'],
      around,
    };
  }

  /** Shows what is wanted, in the drawing and in the table, and says how much it is. */
  function update(): void {
    const shown = new Set(tools.wantedArrows(seen, wanted()));
    const isAll = shown.size === arrows.length && around === '';
    const ends = new Set<string>();
    for (const { id, from, to } of arrows) {
      if (!shown.has(id)) continue;
      for (const end of [from, to]) ends.add(end).add(boxById.get(end)?.island ?? '');
    }
    const layout = document.querySelector('input[name="layout"]:checked')?.value ?? 'whole';
    for (const figure of figures) figure.hidden = figure.dataset['layout'] !== layout;
    const whole = figures.find((figure) => figure.dataset['layout'] === 'whole')?.querySelector('svg');
    if (whole) tools.drawFolds(document, whole, seen, folded, shown);
    for (const figure of figures) {
      for (const line of figure.querySelectorAll('.line')) {
        line.classList.toggle('is-off', !(line.dataset['arrows'] ?? '').split(' ').some((id) => shown.has(id)));
      }
      for (const node of figure.querySelectorAll('.node, .frame'))
        node.classList.toggle('is-off', !isAll && !ends.has(node.dataset['id'] ?? ''));
    }
    for (const row of byId('rows').querySelectorAll('tr')) row.hidden = !shown.has(row.dataset['id'] ?? '');
    for (const button of document.querySelectorAll('.of-whole')) button.hidden = layout !== 'whole';
    const about = around === '' ? '' : ` to and from ${nameOf(around)}`;
    byId('status').textContent =
      shown.size === arrows.length
        ? `All ${arrows.length} connections are shown.`
        : `${shown.size} of ${arrows.length} connections are shown${about}.`;
    oneTabStop();
  }

  function clear(): void {
    for (const id of ['search', 'island', 'role', 'port', 'engine', 'only']) byId(id).value = '';
    around = '';
    mark('');
    byId('details').replaceChildren(...hint());
    update();
  }

  function hint(): PageElement[] {
    return [element('p', 'Choose a namespace, a workload or an arrow: what is known of it is shown here.')];
  }

  function foldAll(isFolded: boolean): void {
    folded.clear();
    if (isFolded) for (const { id, kind } of data.islands) if (kind === 'namespace') folded.add(id);
    update();
  }

  function zoomBy(step: -1 | 0 | 1): void {
    zoom = step === 0 ? 0 : zoom + step;
    for (const figure of figures) {
      const svg = figure.querySelector('svg');
      if (svg === null) continue;
      const natural = Number(svg.getAttribute('width'));
      svg.style['width'] = zoom === 0 ? '' : `${Math.round(natural * 1.25 ** zoom)}px`;
      svg.style['maxWidth'] = zoom === 0 ? '' : 'none';
    }
  }

  /** One node of each drawing is reached by the tab key, the others from there by arrows. */
  function oneTabStop(): void {
    for (const figure of figures) {
      const nodes = nodesOf(figure);
      for (const node of figure.querySelectorAll('.node, .frame')) node.setAttribute('tabindex', '-1');
      const first = nodes.find((node) => node.dataset['id'] === selected) ?? nodes[0];
      first?.setAttribute('tabindex', '0');
    }
  }

  function nodesOf(figure: PageElement): PageElement[] {
    return [...figure.querySelectorAll('.node:not(.is-off):not(.is-hidden), .frame:not(.is-off)')];
  }

  function nextNode(from: PageElement, key: string): PageElement | undefined {
    const figure = from.closest('figure');
    if (figure === null) return undefined;
    const own = centreOf(from);
    const sideways = key === 'ArrowLeft' || key === 'ArrowRight';
    const sign = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
    const far = (node: PageElement) => {
      const { x, y } = centreOf(node);
      const [ahead, aside] = sideways ? [x - own.x, y - own.y] : [y - own.y, x - own.x];
      return ahead * sign <= 1 ? Number.POSITIVE_INFINITY : Math.abs(ahead) + 2 * Math.abs(aside);
    };
    const others = nodesOf(figure).filter((node) => node !== from && Number.isFinite(far(node)));
    return others.sort((a, b) => far(a) - far(b))[0];
  }

  function centreOf(node: PageElement): { readonly x: number; readonly y: number } {
    const rect = node.querySelector('rect');
    const number = (name: string) => Number(rect?.getAttribute(name) ?? 0);
    return { x: number('x') + number('width') / 2, y: number('y') + number('height') / 2 };
  }

  function select(target: PageElement | null): void {
    if (target === null) return;
    const { id = '', arrows: ids } = target.dataset;
    if (ids !== undefined) showArrows(ids.split(' '));
    else showNode(id);
  }

  /** Marks what is selected in every drawing. */
  function mark(id: string, ids: readonly string[] = []): void {
    selected = id;
    for (const figure of figures) {
      for (const node of figure.querySelectorAll('.node, .frame'))
        node.classList.toggle('is-selected', node.dataset['id'] === id);
      for (const line of figure.querySelectorAll('.line'))
        line.classList.toggle(
          'is-selected',
          (line.dataset['arrows'] ?? '').split(' ').some((each) => ids.includes(each)),
        );
    }
    oneTabStop();
  }

  function showNode(id: string): void {
    const [box, island] = [boxById.get(id), islandById.get(id)];
    const about = box ?? island;
    if (about === undefined) return;
    const ids = tools.wantedArrows(seen, { ...tools.nothingAsked, around: id });
    mark(id, ids);
    const own = ids.flatMap((each) => arrowById.get(each) ?? []);
    const isOwn = (end: string) => end === id || boxById.get(end)?.island === id;
    byId('details').replaceChildren(
      element('h2', box ? nameOf(id) : `Namespace ${about.name}`),
      ...(box && box.role !== '' ? [element('p', `Role: ${box.role}`)] : []),
      ...about.facts.map((fact) => element('p', fact)),
      button(around === id ? 'Show everything again' : 'Show only what is to and from it', () => {
        around = around === id ? '' : id;
        update();
        showNode(id);
      }),
      ...(island?.kind === 'namespace' ? foldButtons(id) : []),
      ...findingsOf(about.findings),
      ...arrowList(
        'To it',
        own.filter(({ to }) => isOwn(to)),
      ),
      ...arrowList(
        'From it',
        own.filter(({ from }) => isOwn(from)),
      ),
      ...arrowList(
        'With a group that has it',
        own.filter(({ from, to }) => !isOwn(from) && !isOwn(to)),
      ),
    );
  }

  function foldButtons(id: string): PageElement[] {
    return [
      button(folded.has(id) ? 'Unfold this namespace' : 'Fold this namespace', () => {
        if (folded.has(id)) folded.delete(id);
        else folded.add(id);
        toWhole();
        showNode(id);
      }),
      button('Unfold it and fold every other', () => {
        foldAll(true);
        folded.delete(id);
        toWhole();
        showNode(id);
      }),
    ];
  }

  function toWhole(): void {
    const radio = document.querySelector('input[name="layout"][value="whole"]');
    if (radio !== null) radio.checked = true;
    update();
  }

  function showArrows(ids: readonly string[]): void {
    const own = ids.flatMap((id) => arrowById.get(id) ?? []);
    if (own.length === 0) return;
    mark('', ids);
    const details = byId('details');
    if (own.length > 1) details.replaceChildren(...arrowList(`${own.length} connections`, own));
    else details.replaceChildren(...arrowDetails(own[0]));
    details.focus();
  }

  function arrowDetails({ from, to, ports, mark, reasons, policies, explanation, findings }: Arrow): PageElement[] {
    return [
      element('h2', `${nameOf(from)} to ${nameOf(to)}`),
      element('p', mark === undefined ? ports : `${ports} (${data.marks[mark]})`),
      ...list('Why it is there', reasons),
      ...findingsOf(findings),
      ...list('Decided by', policies),
      ...list('How it is decided', explanation),
      button('Look at where it comes from', () => showNode(from)),
      button('Look at where it goes', () => showNode(to)),
    ];
  }

  function arrowList(title: string, own: readonly Arrow[]): PageElement[] {
    if (own.length === 0) return [];
    const items = element('ul');
    for (const arrow of own.slice(0, 200)) {
      const item = element('li');
      item.append(button(`${nameOf(arrow.from)} to ${nameOf(arrow.to)}: ${arrow.ports}`, () => showArrows([arrow.id])));
      items.append(item);
    }
    return [element('h3', title), items];
  }

  function findingsOf(positions: readonly number[]): PageElement[] {
    if (positions.length === 0) return [];
    const items = element('ul');
    for (const { level, rule, what, why, fix, where } of positions.map((position) => data.findings[position])) {
      const item = element('li');
      item.classList.add(`level-${level}`);
      item.append(element('strong', rule), ` ${what}. ${why}. ${fix} ${where}`);
      items.append(item);
    }
    return [element('h3', 'What is wrong with it'), items];
  }

  function list(title: string, texts: readonly string[]): PageElement[] {
    if (texts.length === 0) return [];
    const items = element('ul');
    for (const text of texts) items.append(element('li', text));
    return [element('h3', title), items];
  }

  function nameOf(id: string): string {
    const [box, island] = [boxById.get(id), islandById.get(id)];
    if (box === undefined) return island?.name ?? '';
    const own = islandById.get(box.island);
    return own?.kind === 'namespace' ? `${own.name}/${box.name}` : box.name;
  }

  function button(text: string, run: () => void): PageElement {
    const made = element('button', text);
    made.type = 'button';
    made.addEventListener('click', run);
    return made;
  }

  function element(name: string, text = ''): PageElement {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }
}
