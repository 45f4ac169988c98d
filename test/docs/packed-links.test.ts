import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import MarkdownIt from 'markdown-it';

/** What `npm pack` takes, by its path in the package. */
const packed = new Set(
  (
    JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' })) as [
      { readonly files: readonly { readonly path: string }[] },
    ]
  )[0].files.map(({ path }) => path),
);

const pages = [...packed].filter((path) => path.endsWith('.md') && !path.startsWith('node_modules/'));

/** Every link and picture of a page that is no address: paths from the page. */
function linksOf(page: string): readonly string[] {
  const tokens = new MarkdownIt({ html: true }).parse(readFileSync(page, 'utf8'), {});
  const links = tokens
    .flatMap(({ children }) => children ?? [])
    .flatMap((token) => [token.attrGet('href'), token.attrGet('src')])
    .filter((link) => link !== null);
  return links.filter((link) => !/^(?:[a-z]+:|#)/.test(link));
}

function leadsTo(page: string, link: string): string {
  return posix.normalize(posix.join(posix.dirname(page), decodeURI(link.split('#')[0] ?? '')));
}

/** Folders are what something is in. */
function isPacked(path: string): boolean {
  return packed.has(path) || [...packed].some((each) => each.startsWith(path.endsWith('/') ? path : `${path}/`));
}

describe('the packed documentation', () => {
  it('has the pages that a user reads', () => {
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/checks.md', 'docs/start/ten-minutes.md']));
    expect(pages.flatMap(linksOf).length).toBeGreaterThan(50);
  });

  it('leads to nothing that is not packed', () => {
    const dead = pages.flatMap((page) =>
      linksOf(page)
        .filter((link) => !isPacked(leadsTo(page, link)))
        .map((link) => `${page}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  it('has none of what only makes the site', () => {
    expect([...packed].filter((path) => /site\.json$|[.]png$|^docs[/]api/.test(path))).toEqual([]);
  });
});
