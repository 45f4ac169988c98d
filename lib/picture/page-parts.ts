import { MARK_WORDS, type Picture } from './picture';
import { xmlText } from './xml';

/** Choices of a filter, with one for none of them. */
export function options(all: readonly (readonly [value: string, text: string])[]): string {
  const own = all.map(([value, text]) => `<option value="${xmlText(value)}">${xmlText(text)}</option>`);
  return ['<option value="">any</option>', ...own].join('');
}

/** Every connection in words: for who cannot see the drawing, or reads it on paper. */
export function tableRows({ islands, boxes, arrows }: Picture): string {
  const islandById = new Map(islands.map((island) => [island.id, island]));
  const names = new Map(
    boxes.map(({ id, name, island }) => {
      const own = islandById.get(island);
      return [id, own?.kind === 'namespace' ? `${own.name}/${name}` : name];
    }),
  );
  const cell = (text: string) => `<td>${xmlText(text)}</td>`;
  return arrows
    .map(({ id, from, to, ports, mark, reasons, policies }) => {
      const passing = mark === undefined ? ports : `${ports} (${MARK_WORDS[mark]})`;
      return [
        `<tr data-id="${id}">`,
        ...[names.get(from) ?? '', names.get(to) ?? '', passing, reasons.join('; '), policies.join('; ')].map(cell),
        '</tr>',
      ].join('');
    })
    .join('\n');
}

/** What `check` finds, in its order; nothing where there is nothing. */
export function findingList({ findings }: Picture): string {
  if (findings.length === 0) return '';
  const items = findings.map(({ level, rule, what, why, fix, where, link }) => {
    const name = link === '' ? xmlText(rule) : `<a href="${xmlText(link)}" rel="noreferrer">${xmlText(rule)}</a>`;
    const rest = [what, why].filter((text) => text !== '').map((text) => `${xmlText(text)}.`);
    return `<li><strong class="level-${level}">${level}</strong> ${name} ${xmlText(where)}: ${rest.join(' ')} ${xmlText(fix)}</li>`;
  });
  return `<section><h2>Findings</h2><ul id="findings">${items.join('\n')}</ul></section>`;
}

/** The looks of lines that are there. */
export function legend({ arrows }: Picture): string {
  const marks = new Set(arrows.flatMap(({ mark }) => mark ?? []));
  const kinds: (readonly [string, string])[] = [
    ['', 'passes'],
    ...(arrows.some(({ isPerhaps }) => isPerhaps) ? [['perhaps', 'passes perhaps'] as const] : []),
    ...(arrows.some(({ findings, mark }) => findings.length > 0 && mark === undefined)
      ? [['found', 'has a finding'] as const]
      : []),
    ...[...marks].map((mark) => [`mark-${mark}`, MARK_WORDS[mark]] as const),
  ];
  const items = kinds.map(
    ([name, text]) =>
      `<li><svg viewBox="0 0 34 10" aria-hidden="true"><g class="line ${name}"><path class="curve" d="M1,5C10,5 20,5 26,5"/><path class="tip" d="M26,1L34,5L26,9Z"/></g></svg> ${text}</li>`,
  );
  return `<ul id="legend">${items.join('')}</ul>`;
}
