import { printable } from '../model/printable';

/** Somebody's words in a line or a cell of Markdown: nothing in them is markup, and none ends the cell. */
export function inMarkdown(text: string): string {
  return printable(text).replace(
    /[\\`*_[\]#|<>~&@]|:(?=[/][/])/g,
    (character) => ESCAPED[character] ?? `\\${character}`,
  );
}

// What HTML and mentions would be made of even behind a backslash.
const ESCAPED: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '@': '&#64;',
  ':': '&#58;',
  '|': '&#124;',
};

/** A block of code that no text in it can leave. */
export function codeBlock(language: string, lines: readonly string[]): string {
  const longest = Math.max(
    2,
    ...lines.map((line) => Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length))),
  );
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].join('\n');
}
