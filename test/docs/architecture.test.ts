import { existsSync, readFileSync } from 'node:fs';

const page = readFileSync('docs/architecture.md', 'utf8');

describe('the page about the architecture', () => {
  const paths = [...page.matchAll(/`(lib\/[^`*]+)`/g)].map(([, path]) => path);

  it('names files and folders that are there', () => {
    expect(paths.length).toBeGreaterThan(50);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  const rows = [...page.matchAll(/^\| (.+) \| `(lib\/.+)` \| `(\w+)` \|$/gm)].map(([, question, file, name]) => ({
    question,
    file,
    name,
  }));

  it('says where twenty things or more are decided', () => {
    expect(rows.length).toBeGreaterThanOrEqual(20);
  });

  it.each(rows)('says that $file decides $question, by $name, which it exports', ({ file, name }) => {
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^export (async )?(function|const|class) ${name}\\b`, 'm'));
  });

  it('has a row in its glossary for each word of our own', () => {
    const words = [...page.matchAll(/^\| ((?:\*\w+\*(?:, )?)+) \|/gm)].map(([, word]) => word);
    expect(words).toEqual([
      '*tier*',
      '*plane*',
      '*layer*',
      '*isolation*',
      '*end*',
      '*half*',
      '*cell*',
      '*box*',
      '*must*, *may*',
      '*witness*',
      '*waiver*',
    ]);
  });
});
