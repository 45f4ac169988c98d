// The search of the site: its index is built with the pages, finds what somebody looks for, and leads to headings that are there.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { build } from '../../site/build';

interface Found {
  readonly id: string;
  readonly heading: string;
  readonly page: string;
}

let folder: string;
let search: (words: string) => readonly Found[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'search-'));
  build(folder);
  const script = readFileSync(join(folder, 'search-index.js'), 'utf8');
  const index = runInNewContext(`${script}\nsiteSearch()`, { self: {} });
  search = (words) => index.search(words);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['wide-egress', 'rules.html#wide-egress'],
  ['webhook API server', 'how-to/metrics-webhooks-load-balancers-dns.html'],
  ['load balancer', 'load-balancers.html'],
  ['exit code', 'command-line.html#what-is-printed'],
  ['allowFrom', 'api/typescript.html#cdk8s-zero-trust.Connections'],
  ['connections allow_from', 'api/python.html#cdk8s-zero-trust.Connections'],
  ['no such thing as kryptonite', undefined],
  ['weihts', 'how-to/keep-weights-in.html'],
  ['qdrant', 'catalog.html#qdrant'],
  ['baselin', 'check.html#starting-where-there-is-much-to-find'],
])('%s leads to %s, among the first ten', (words, link) => {
  const found = search(words).map(({ id }) => id);
  if (link === undefined) expect(found).toEqual([]);
  else expect(found.slice(0, 10)).toContain(link);
});

it('leads to pages and headings that are there', () => {
  // Every section has a word of these, so that nothing in the index is passed over.
  const all = new Set(['a', 'e', 'i', 'o', 'u', 'c', 's', 't'].flatMap((letter) => search(letter).map(({ id }) => id)));
  expect(all.size).toBeGreaterThan(700);
  const ids = new Map<string, ReadonlySet<string>>();
  const idsOf = (page: string) => {
    const known = ids.get(page);
    if (known !== undefined) return known;
    const text = readFileSync(join(folder, page), 'utf8');
    const made = new Set([...text.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id));
    ids.set(page, made);
    return made;
  };
  const nowhere = [...all].filter((link) => {
    const [page, anchor] = link.split('#');
    return !existsSync(join(folder, page)) || (anchor !== undefined && !idsOf(page).has(anchor));
  });
  expect(nowhere).toEqual([]);
});

it('shows nothing to who has no scripts, and asks no other host', () => {
  const page = readFileSync(join(folder, 'how-to/keep-weights-in.html'), 'utf8');
  expect(page).toMatch(/<form id="search" role="search" data-top="\.\." hidden>/);
  expect(page).toContain('<script src="../search-box.js"></script>');
  expect(readFileSync(join(folder, 'search-box.js'), 'utf8')).not.toMatch(/fetch\(|XMLHttpRequest|import\(|https?:/);
});
