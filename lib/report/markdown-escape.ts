import { printable } from '../model/printable';

/** What begins something in Markdown of GitHub and GitLab: markup, HTML, cells, formulas, references. */
const ACTIVE = /[\\`*_{}[\]<>#|~$^!]/g;

/** Text of somebody else on one line of Markdown, in which nothing of it is markup, a mention, a link or HTML. */
export function plainMarkdown(text: string): string {
  const escaped = printable(text)
    .replace(/&/g, '&amp;')
    .replace(ACTIVE, (character) => (character === '<' ? '&lt;' : character === '>' ? '&gt;' : `\\${character}`));
  return withoutLinks(escaped).replace(/^([-+]|\d+[.)]|=+|-+)(?=\s|$)/, (mark) => `\\${mark}`);
}

/** The same as code: no backslash is needed in it, and entities are. */
export function codeMarkdown(text: string): string {
  const escaped = printable(text).replace(/[&<>"'`*_{}[\]()#|~$^!\\]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<code>${withoutLinks(escaped)}</code>`;
}

/** Addresses and mentions become links by themselves; as entities they read the same and do not. */
function withoutLinks(text: string): string {
  return text
    .replace(/@/g, '&#64;')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/(www)\./gi, '$1&#46;');
}

/** A block of code that no text in it can leave. */
export function codeBlock(language: string, lines: readonly string[]): string {
  const longest = Math.max(
    2,
    ...lines.map((line) => Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length))),
  );
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].join('\n');
}
