import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { isMap, isScalar, LineCounter, type Node, parseDocument, stringify } from 'yaml';
import { lineOf } from '../../lib/analysis/files/document';
import { type DocumentText, documentTexts } from '../../lib/analysis/files/document-text';
import { lineTree } from '../../lib/analysis/files/line-tree';
import { readYaml } from '../../lib/analysis/files/yaml-text';
import { howMany } from '../how-many';

type Path = readonly (string | number)[];

/** The line of a path, looked for anew each time in what `yaml` composes. */
function composedLine(text: string): (path: Path) => number {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  const at = (path: Path) => {
    const parent = document.getIn(path.slice(0, -1));
    const key = String(path[path.length - 1]);
    if (!isMap(parent)) return document.getIn(path, true) as Node | undefined;
    return parent.items.find((item) => isScalar(item.key) && String(item.key.value) === key)?.key as Node | undefined;
  };
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const range = at(path.slice(0, length))?.range;
      if (range) return lines.linePos(range[0]).line;
    }
    const start = document.contents?.range?.[0];
    return start === undefined ? 1 : lines.linePos(start).line;
  };
}

/** Every path of a value, and at each one that is not there; what aliases repeat too, but not for ever. */
function pathsOf(value: unknown, above: Path = []): Path[] {
  if (above.length > 12) return [];
  const entries = Array.isArray(value)
    ? value.map((item, i) => [i, item] as const)
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : [];
  return [above, [...above, 'absent'], ...entries.flatMap(([key, of]) => pathsOf(of, [...above, key]))];
}

function expectSameLines(stream: string): void {
  documentTexts(stream).forEach(expectSameLinesIn);
}

function expectSameLinesIn(part: DocumentText): void {
  const { text, line: above } = part;
  let value: unknown;
  try {
    value = load(text);
  } catch {
    return;
  }
  // What js-yaml reads and yaml refuses, as text in quotes that is not indented, js-yaml alone can tell the lines of.
  if (lineTree(text) !== undefined && parseDocument(text, { logLevel: 'silent' }).errors.length > 0) return;
  const paths = pathsOf(value);
  const composed = composedLine(text);
  const document = { file: 'a.yaml', number: 1, object: value, part };
  const places = (line: (path: Path) => number | undefined) => paths.map((path) => `${path.join('/')}: ${line(path)}`);
  const [found, expected] = [places((path) => lineOf(document, path)), places((path) => composed(path) + above - 1)];
  if (found.join() !== expected.join()) expect({ text, places: found }).toEqual({ text, places: expected });
}

const texts = fc.oneof(
  fc.constantFrom('a', 'yes', ' a', 'a ', 'a: b', '- a', '# a', 'a #b', '&a', '*a', "it's", '', '|', 'a\nb\n', '\n'),
  fc.constantFrom('word '.repeat(30), '  indented\ntext', 'http://a:80/#b', '1e3', '{}', 'é', '\u2028', '!a', '? a'),
);
const keys = fc.constantFrom(
  'a',
  'b',
  'k8s:c',
  'app.io/name',
  'a b',
  '0',
  'true',
  '-',
  '#',
  '<<',
  'k'.repeat(90),
  'a\nb',
);
const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(texts, fc.constantFrom(null, true, 80)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 3 }),
    // What stands twice is written as an anchor and its alias.
    tie('value').map((one) => ({ a: one, b: [one, one] })),
    tie('value').map((one) => [one, one]),
  ),
}));
const jsYamlWritten = fc
  .tuple(
    values,
    fc.record({
      noArrayIndent: fc.boolean(),
      noRefs: fc.boolean(),
      condenseFlow: fc.boolean(),
      forceQuotes: fc.boolean(),
      flowLevel: fc.constantFrom(-1, -1, 0, 1, 2, 3),
      lineWidth: fc.constantFrom(-1, 20, 80),
      indent: fc.constantFrom(2, 3, 4),
    }),
  )
  .map(([value, options]) => dump(value, options));
const yamlWritten = fc
  .tuple(
    values,
    fc.record({
      collectionStyle: fc.constantFrom('any' as const, 'flow' as const, 'block' as const),
      indentSeq: fc.boolean(),
      lineWidth: fc.constantFrom(0, 20, 80),
      aliasDuplicateObjects: fc.boolean(),
      defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'BLOCK_LITERAL' as const),
      defaultKeyType: fc.constantFrom('PLAIN' as const, 'QUOTE_SINGLE' as const),
      nullStr: fc.constantFrom('null', '', '~'),
    }),
  )
  .map(([value, options]) => stringify(value, options));
const extra = fc.array(
  fc.tuple(fc.nat(20), fc.constantFrom('', '  ', '# a', '   # a: b', '---', '? c', 'c: &x', '- &y')),
  {
    maxLength: 2,
  },
);

test('every line of documents of many styles is the one that composing tells', () => {
  let told = 0;
  fc.assert(
    fc.property(fc.oneof(jsYamlWritten, yamlWritten), extra, (text, lines) => {
      const all = text.split('\n');
      for (const [at, line] of lines) all.splice(at, 0, line);
      if (lineTree(all.join('\n')) !== undefined) told++;
      expectSameLines(all.join('\n'));
    }),
    { numRuns: howMany(2000) },
  );
  expect(told).toBeGreaterThan(howMany(300));
});

test('so it is in every document of the repository', () => {
  const texts = ['examples', 'dist', 'test']
    .flatMap(yamlFiles)
    .flatMap((file) => documentTexts(readFileSync(file, 'utf8')));
  for (const { text } of texts) if (text.length < 200_000) expectSameLines(text);
  expect(texts.length).toBeGreaterThan(100);
});

/** Each document says the line that it stands on: `@` becomes that. */
function expectOwnLines(lines: readonly string[], lineEnd: string): void {
  const text = lines.map((line, i) => line.replace('@', `at: ${i + 1}`)).join(lineEnd);
  const { documents, problems } = readYaml(text, 'a.yaml');
  const said = documents.map(({ object }) => (object as { readonly at: number }).at);
  const expected = lines.flatMap((line, i) => (line.includes('@') ? [i + 1] : []));
  const seen = { text, said, found: documents.map((each) => lineOf(each, ['at'])), problems };
  expect(seen).toEqual({ text, said: expected, found: expected, problems: [] });
  const numbers = documents.map(({ number }) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
}

describe.each([
  ['of Unix', '\n'],
  ['of Windows', '\r\n'],
])('with line ends %s', (_, lineEnd) => {
  test.each([
    ['another without a beginning of its own', ['@', '...', '@']],
    ['the beginning of another', ['@', '...', '---', '@']],
    ['comments and another', ['# a', '---', '@', '... # b', '', '# c', '@', '...', '# d', '---', '@']],
    ['a second end', ['@', '...', '...', '@', '...', '']],
    ['directives', ['@', '...', '', '%YAML 1.2', '---', '@']],
    ['nothing', ['---', '@', '...', '# a', '']],
  ])('lines are those of the file where after the end of a document comes %s', (__, lines) => {
    expectOwnLines(lines, lineEnd);
  });

  test('so they are in any stream of documents', () => {
    const between = fc.array(fc.constantFrom('', '# a', '  # a'), { maxLength: 2 });
    const parting = fc.constantFrom(['---'], ['...'], ['...', '---'], ['... # a'], ['...', '%YAML 1.2', '---']);
    const piece = fc
      .tuple(between, parting, between, fc.constantFrom('@', '@', ''))
      .map(([above, by, below, object]) => [...above, ...by, ...below, ...(object === '' ? [] : [object])]);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        // The first has something to end.
        expectOwnLines(['@', ...pieces.flat()], lineEnd);
      }),
      { numRuns: howMany(300) },
    );
  });
});

test('a document after the end of another that cannot be read is told by its own line, and the others are read', () => {
  const { documents, problems } = readYaml('a: 1\n...\nb: [\n...\nc: 1\n', 'a.yaml');
  expect(problems.map(({ rule, where }) => [rule, where])).toEqual([['yaml', 'a.yaml, document 2, line 4']]);
  expect(documents.map((each) => [each.object, each.number, lineOf(each, ['c'])])).toEqual([
    [{ a: 1 }, 1, 1],
    [{ c: 1 }, 3, 5],
  ]);
});

test.each([
  ['a policy as kubectl writes it', 'a:\n- b: 1\n  c: {}\n', true],
  ['an anchor of an object below its dash, and its alias', '- &a\n  b: 1\n- *a\n', true],
  ['brackets over lines', 'a: [\n  b,\n  {c: d,\n   e: f}\n]\n', true],
  ['an anchor before a bracket', '- &a [b,\n  c]\n', false],
  ['a merge key', 'a: &a\n  b: 1\nc:\n  <<: *a\n', false],
  ['a key with a mark', '? a\n: b\n', false],
  ['an empty item', '-\n- a\n', false],
  ['a tag', '- !!str\n  a\n', false],
  ['line ends of Windows', 'a: 1\r\nb: 2\r\n', false],
  ['a number as key', '1: a\n2:\n  - b\n', false],
])('%s', (_, text, isTold) => {
  expect(lineTree(text) !== undefined).toBe(isTold);
  expectSameLines(text);
});

function yamlFiles(folder: string): string[] {
  return readdirSync(join(__dirname, '../..', folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name) && !name.includes('node_modules'))
    .map((name) => join(__dirname, '../..', folder, name));
}
