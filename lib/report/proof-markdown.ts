import { printable } from '../model/printable';
import { problemText } from '../model/problem';
import type { ProofResult } from './proof-result';
import { verdictText } from './proof-text';

/** Results for a pull request: a verdict for each, and what speaks against it in blocks of text. */
export function proofsMarkdown(results: readonly ProofResult[]): string {
  return `${results.map(resultMarkdown).join('\n\n')}\n`;
}

function resultMarkdown(result: ProofResult): string {
  const { against, assumptions, notes } = result;
  const problems = against.map((problem) =>
    [problemText(problem), ...problem.places.map((place) => `  at ${printable(place)}`)].join('\n'),
  );
  return [
    `**${escaped(printable(result.name))}**: ${escaped(verdictText(result))}`,
    ...problems.map(block),
    ...(notes.length === 0 ? [] : [items(notes)]),
    `<details><summary>${assumptions.length} assumptions</summary>\n\n${items(assumptions)}\n\n</details>`,
  ].join('\n\n');
}

function items(texts: readonly string[]): string {
  return texts.map((text) => `- ${escaped(printable(text))}`).join('\n');
}

/** With more backticks than the text has in a row, so that nothing in it ends the block. */
function block(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** Nothing in the text is markup, a link, or a mention. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~&@:]/g, (character) =>
    character === '<' || character === '&' || character === '@' ? `&#${character.charCodeAt(0)};` : `\\${character}`,
  );
}
