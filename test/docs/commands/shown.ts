// The commands that guides show: lines of blocks of `sh`, and calls of our own in the text.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ShownCommand {
  readonly page: string;
  /** Without what is said of it behind `#`. */
  readonly line: string;
}

/** Pages about the code, and pages of more than a reader types. */
const NOT_GUIDES = /^docs\/(architecture|decisions|quality|api\/.*)\.md$/;

export function shownCommands(): readonly ShownCommand[] {
  const inDocs = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  const pages = ['README.md', ...inDocs.map((name) => join('docs', name)).sort()].filter(
    (page) => !NOT_GUIDES.test(page),
  );
  return pages.flatMap((page) => linesOf(readFileSync(page, 'utf8')).map((line) => ({ page, line })));
}

function linesOf(markdown: string): readonly string[] {
  const blocks = [...markdown.matchAll(/^```(?:sh|bash|shell|console)\n([\s\S]*?)^```/gm)].map(([, text]) => text);
  const text = markdown.replace(/^```[\s\S]*?^```/gm, '');
  const inText = [...text.matchAll(/`((?:[^`\n]*npx )?cdk8s-zero-trust [^`\n]+)`/g)].map(([, line]) => line);
  return [...blocks.flatMap((block) => block.replace(/\\\n\s*/g, '').split('\n')), ...inText]
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '');
}
