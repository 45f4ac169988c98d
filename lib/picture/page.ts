import { createHash } from 'node:crypto';
import { drawing } from './drawing';
import type { LayOut } from './graphviz';
import { drawFolds } from './page-folds';
import { type Wanted, wantedArrows } from './page-logic';
import { findingList, legend, options, tableRows } from './page-parts';
import { type PackedArrow, type PageData, startPage } from './page-script';
import { PAGE_STYLE } from './page-style';
import { MARK_WORDS, type Picture } from './picture';
import { islandsPlan, wholePlan } from './plan';
import { leftText, MOST_DRAWN, tooManyText } from './too-many';
import { scriptJson, xmlText } from './xml';

/** With more workloads than this, namespaces are shown first. */
const MOST_AT_FIRST = 60;

const NOTHING_ASKED: Wanted = { search: '', island: '', role: '', port: '', engine: '', only: '', around: '' };

/** The script of the page, as its own text: the functions that it is made of, and what starts them. */
const SCRIPT = `'use strict';
(${startPage})(document, { nothingAsked: ${JSON.stringify(NOTHING_ASKED)}, wantedArrows: ${wantedArrows}, drawFolds: ${drawFolds} });
`;

/**
 * The picture as one HTML file that opens from disk: drawings, table, data, style and script are in it, and its policy
 * (Content-Security-Policy) lets nothing else in and no other script run.
 */
export function page(picture: Picture, layOut: LayOut): string {
  const isWhole = picture.arrows.length <= MOST_DRAWN;
  const isLarge = picture.boxes.filter(({ kind }) => kind === 'one').length > MOST_AT_FIRST;
  const first = isLarge || !isWhole ? 'islands' : 'whole';
  const { left } = islandsPlan(picture);
  const notes = [...picture.notes, ...(isWhole ? [] : [tooManyText(picture)]), ...leftText(left, 'the table')];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${xmlText(picture.title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<a class="skip" href="#table">To the table of connections</a>
<header>
<h1>${xmlText(picture.title)}</h1>
<p>${xmlText(picture.about)}</p>
</header>
<form id="asked" role="search" aria-label="What is shown">
<label>Search <input id="search" type="search" autocomplete="off"></label>
<label>Namespace <select id="island">${options(picture.islands.map(({ id, name }) => [id, name]))}</select></label>
<label>Role <select id="role">${options(unique(picture.boxes.map(({ role }) => role)))}</select></label>
<label>Port <input id="port" size="9" placeholder="8080, UDP/53" autocomplete="off"></label>
<label>Decided by <select id="engine">${options(unique(picture.arrows.flatMap(({ engines }) => engines)))}</select></label>
<label>Only <select id="only">${options(ONLY)}</select></label>
<fieldset><legend>Layout</legend>
${radio('islands', 'Namespaces', first)}
${isWhole ? radio('whole', 'Everything', first) : ''}
</fieldset>
<button type="button" id="fold-all" class="of-whole" hidden>Fold all</button>
<button type="button" id="unfold-all" class="of-whole" hidden>Unfold all</button>
<button type="button" id="larger" aria-label="Larger" hidden>+</button>
<button type="button" id="smaller" aria-label="Smaller" hidden>−</button>
<button type="button" id="fit" hidden>Fit</button>
<button type="button" id="clear" hidden>Clear</button>
</form>
<p id="status" role="status" aria-live="polite"></p>
<main>
<div id="drawings" role="group" aria-label="Drawing: the arrow keys go from one to the next, Enter chooses">
${figure('islands', first, drawn(picture, layOut, 'islands'))}
${isWhole ? figure('whole', first, drawn(picture, layOut, 'whole')) : ''}
</div>
<aside id="details" tabindex="-1" aria-label="Details" aria-live="polite">
<p>Choose a namespace, a workload or an arrow: what is known of it is shown here.</p>
</aside>
</main>
<section aria-label="Legend">${legend(picture)}</section>
${notes.length === 0 ? '' : `<div id="notes">${notes.map((note) => `<p>${xmlText(note)}</p>`).join('')}</div>`}
${findingList(picture)}
<section>
<table id="table">
<caption><h2>Connections</h2></caption>
<thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">Ports</th><th scope="col">Why</th><th scope="col">Decided by</th></tr></thead>
<tbody id="rows">
${tableRows(picture)}
</tbody>
</table>
</section>
<script type="application/json" id="data">${scriptJson(packed(picture))}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

const ONLY: readonly (readonly [string, string])[] = [
  ['internet', 'paths to the internet'],
  ['found', 'with findings'],
  ['marked', 'marked'],
  ['perhaps', 'perhaps'],
];

function drawn(picture: Picture, layOut: LayOut, layout: 'islands' | 'whole'): string {
  const plan = layout === 'islands' ? islandsPlan(picture) : wholePlan(picture);
  return drawing(plan, layOut(plan), picture, 'role="group"');
}

function figure(layout: string, first: string, svg: string): string {
  const name = layout === 'islands' ? 'Namespaces and what passes between them' : 'Every workload and connection';
  return `<figure data-layout="${layout}" aria-label="${name}"${layout === first ? '' : ' hidden'}>${svg}</figure>`;
}

function radio(layout: string, text: string, first: string): string {
  return `<label><input type="radio" name="layout" value="${layout}"${layout === first ? ' checked' : ''}> ${text}</label>`;
}

/** Nothing is loaded, nothing is sent, and only the script and the style of the page itself count. */
function policy(): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(SCRIPT)}'`,
    `style-src '${hashOf(PAGE_STYLE)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function unique(texts: readonly string[]): readonly (readonly [string, string])[] {
  return [...new Set(texts)]
    .filter((text) => text !== '')
    .sort()
    .map((text) => [text, text]);
}

/** Texts that many arrows have are there once. */
function packed(picture: Picture): PageData {
  const numbers = new Map<string, number>();
  const numbersOf = (texts: readonly string[]) =>
    texts.map((text) => {
      const number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      return number;
    });
  const arrows = picture.arrows.map(
    (arrow): PackedArrow => ({
      ...arrow,
      reasons: numbersOf(arrow.reasons),
      policies: numbersOf(arrow.policies),
      explanation: numbersOf(arrow.explanation),
    }),
  );
  return { ...picture, arrows, texts: [...numbers.keys()], marks: MARK_WORDS };
}
