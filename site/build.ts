// `npm run site`: docs/ as static files in build/site, which need no network. Links are looked at while it is built: one that
// leads nowhere stops it.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import MarkdownIt, { type Token } from 'markdown-it';
import { anchorsIn, headingIds } from './headings';
import { type Navigation, page } from './page';
import { type Section, searchIndex } from './search-index';
import { sectionsOf } from './sections';

const root = join(__dirname, '..');
const docs = join(root, 'docs');
const out = join(root, 'build', 'site');
/** What is no page of the site is read where the code is. */
const REPOSITORY = 'https://github.com/cdk8s-zero-trust/cdk8s-zero-trust/blob/main/';

interface Problem {
  readonly page: string;
  readonly link: string;
}

if (require.main === module) {
  const { pages, problems } = build();
  for (const { page: of, link } of problems) console.log(`docs/${of}: the link ${link} leads nowhere`);
  console.log(`${pages} pages in build/site`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

export function build(folder = out): { readonly pages: number; readonly problems: readonly Problem[] } {
  const navigation: Navigation = JSON.parse(readFileSync(join(docs, 'site.json'), 'utf8'));
  const pages = Object.values(navigation).flat();
  const known = new Set(pages.map((each) => each.page));
  const problems: Problem[] = [];
  const sections: Section[] = [];
  rmSync(folder, { recursive: true, force: true });
  for (const { page: name, title } of pages) {
    const target = join(folder, htmlOf(name));
    mkdirSync(dirname(target), { recursive: true });
    const text = readFileSync(join(docs, name), 'utf8');
    const { body, tokens } = rendered(text, (link) => linkOf(name, link, known, problems));
    sections.push(...sectionsOf(tokens, htmlOf(name), title));
    writeFileSync(target, page({ name, title, body, navigation, upTo: relative(dirname(htmlOf(name)), '.') || '.' }));
  }
  cpSync(join(docs, 'images'), join(folder, 'images'), { recursive: true });
  cpSync(join(docs, 'schemas'), join(folder, 'schemas'), { recursive: true });
  cpSync(join(__dirname, 'search-box.js'), join(folder, 'search-box.js'));
  writeFileSync(join(folder, 'search-index.js'), searchIndex(sections));
  const [first] = pages;
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${htmlOf(first.page)}"><a href="${htmlOf(first.page)}">${first.title}</a>\n`,
  );
  return { pages: pages.length, problems };
}

/** HTML of a page, with the links as they are in the site; HTML in it, such as the anchors of the API, stays HTML. */
function rendered(
  text: string,
  linkFor: (link: string) => string,
): { readonly body: string; readonly tokens: readonly Token[] } {
  const markdown = new MarkdownIt({ html: true });
  markdown.core.ruler.push('links', ({ tokens }) => {
    const opened = tokens.flatMap((token, position) => (token.type === 'heading_open' ? [position] : []));
    const ids = headingIds(opened.map((position) => tokens[position + 1].content));
    for (const [order, position] of opened.entries()) {
      const id = ids[order];
      if (id !== undefined) tokens[position].attrSet('id', id);
    }
    for (const token of tokens) {
      for (const child of token.children ?? []) {
        for (const name of ['href', 'src']) {
          const link = child.attrGet(name);
          if (link !== null) child.attrSet(name, linkFor(link));
        }
      }
    }
  });
  const tokens = markdown.parse(text, {});
  return { body: markdown.renderer.render(tokens, markdown.options, {}), tokens };
}

function linkOf(from: string, link: string, known: ReadonlySet<string>, problems: Problem[]): string {
  if (/^[a-z]+:/.test(link)) return link;
  const [path, anchor] = link.split('#');
  const target = path === '' ? from : posix.normalize(posix.join(posix.dirname(from), path));
  const file = join(docs, target);
  const isThere = existsSync(file);
  if (!isThere || (anchor !== undefined && target.endsWith('.md') && !anchorsOf(file).has(anchor))) {
    problems.push({ page: from, link });
    return link;
  }
  const behind = anchor === undefined ? '' : `#${anchor}`;
  if (known.has(target))
    return `${posix.relative(posix.dirname(from), htmlOf(target)) || posix.basename(htmlOf(target))}${behind}`;
  if (target.startsWith('images/') || target.startsWith('schemas/')) return link;
  return `${REPOSITORY}${posix.normalize(posix.join('docs', target))}${behind}`;
}

function anchorsOf(file: string): ReadonlySet<string> {
  return anchorsIn(readFileSync(file, 'utf8'));
}

function htmlOf(name: string): string {
  return name.replace(/\.md$/, '.html');
}
