import fc from 'fast-check';
import { dump } from 'js-yaml';
import { isCollection, isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { type Placed, plainLines } from '../../lib/analysis/files/plain-lines';
import { howMany } from '../how-many';

/** Every place as `path:line`, by a parser of the whole language. */
function parsedPlaces(text: string): string[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = ({ range }: Node) => lines.linePos(range?.[0] ?? 0).line;
  const below = (node: unknown, path: string): string[] => {
    if (!isCollection(node)) return [];
    if (!isMap(node)) {
      return node.items.flatMap((item, i) =>
        isNode(item) ? [`${path}/${i}:${lineOf(item)}`, ...below(item, `${path}/${i}`)] : [],
      );
    }
    return node.items.flatMap(({ key, value }) =>
      isScalar(key) ? [`${path}/${key.value}:${lineOf(key)}`, ...below(value, `${path}/${key.value}`)] : [],
    );
  };
  return document.contents === null ? [] : [`:${lineOf(document.contents)}`, ...below(document.contents, '')];
}

function plainPlaces(text: string): string[] | undefined {
  const below = ({ fields, items = [] }: Placed, path: string): string[] =>
    [...(fields ?? items).entries()].flatMap(([key, place]) => [
      `${path}/${key}:${place.line}`,
      ...below(place, `${path}/${key}`),
    ]);
  const root = plainLines(text);
  return root && [`:${root.line}`, ...below(root, '')];
}

test('a policy as kubectl and js-yaml write it', () => {
  const text = `---
# Source: chart/policy.yaml
kind: NetworkPolicy
metadata:
  annotations:
    note: |
      several: lines

       # of text
    k8s:by: 'it''s "us"' # who
spec:
  podSelector: {}
  ingress:
  - from: &peers
    - podSelector:
        matchLabels:
          app: a b
    -   namespaceSelector: {}
    ports:
      - port: 80
        protocol: -1
      - &second
        port: 81
  egress:
    - to: *peers
    - - nested
  policyTypes:
`;
  expect(plainPlaces(text)).toEqual([
    ':3',
    '/kind:3',
    '/metadata:4',
    '/metadata/annotations:5',
    '/metadata/annotations/note:6',
    '/metadata/annotations/k8s:by:10',
    '/spec:11',
    '/spec/podSelector:12',
    '/spec/ingress:13',
    '/spec/ingress/0:14',
    '/spec/ingress/0/from:14',
    '/spec/ingress/0/from/0:15',
    '/spec/ingress/0/from/0/podSelector:15',
    '/spec/ingress/0/from/0/podSelector/matchLabels:16',
    '/spec/ingress/0/from/0/podSelector/matchLabels/app:17',
    '/spec/ingress/0/from/1:18',
    '/spec/ingress/0/from/1/namespaceSelector:18',
    '/spec/ingress/0/ports:19',
    '/spec/ingress/0/ports/0:20',
    '/spec/ingress/0/ports/0/port:20',
    '/spec/ingress/0/ports/0/protocol:21',
    '/spec/ingress/0/ports/1:23',
    '/spec/ingress/0/ports/1/port:23',
    '/spec/egress:24',
    '/spec/egress/0:25',
    '/spec/egress/0/to:25',
    '/spec/egress/1:26',
    '/spec/egress/1/0:26',
    '/spec/policyTypes:27',
  ]);
  expect(plainPlaces(text)).toEqual(parsedPlaces(text));
});

test.each([
  ['a list in brackets', 'a: [b]\n'],
  ['an object in braces', 'a: { b: c }\n'],
  ['plain text that goes on', 'a: b\n  c d\n'],
  ['plain text that goes on like an item', '- a\n  - b\n'],
  ['quoted text that goes on', 'a: "b\n  c"\n'],
  ['a tag', 'a: !!str 1\n'],
  ['a key in quotes', '"a": 1\n'],
  ['a key with a mark', '? a\n: b\n'],
  ['a key that is no text', 'null: 1\n'],
  ['an item that begins below its dash', '-\n  a: 1\n'],
  ['an anchor on a key', '- &a b: 1\n'],
  ['an anchor of nothing', '- &a\n- b\n'],
  ['an anchor of nothing at the end', 'a:\n  - &a\n'],
  ['another document', 'a: 1\n...\n'],
  ['a tab', 'a:\t1\n'],
  ['line ends of Windows', 'a: 1\r\n'],
  ['JSON', '{"a":1}'],
  ['text alone', 'a\n'],
])('%s is left to the parser of the whole language', (_, text) => {
  expect(plainLines(text)).toBeUndefined();
});

const texts = fc.oneof(
  fc.constantFrom(
    'a',
    'yes',
    ' a',
    'a ',
    'a: b',
    '- a',
    '-a',
    '# a',
    'a #b',
    '&a',
    '*a',
    "it's",
    '',
    '|',
    'a\nb\n',
    '\n',
  ),
  fc.constantFrom('word '.repeat(30), '  indented\ntext', 'http://a:80/#b', '1e3', '{}', 'é', '\u2028'),
);
const keys = fc.constantFrom('a', 'b', 'k8s:c', 'app.kubernetes.io/name', 'a b', '0', 'true', '-', '#');
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(texts, fc.constantFrom(null, true, 80)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 3 }),
    // What stands twice is written as an anchor and its alias.
    tie('value').map((one) => ({ a: one, b: [one, one] })),
  ),
}));
const written = fc
  .tuple(value, fc.record({ noArrayIndent: fc.boolean(), noRefs: fc.boolean(), indent: fc.constantFrom(2, 3, 4) }))
  .map(([it, options]) => dump(it, options));
const extra = fc.array(fc.tuple(fc.nat(20), fc.constantFrom('', '  ', '# a', '   # a: b')), { maxLength: 2 });

test('every place is where the parser of the whole language finds it', () => {
  let read = 0;
  fc.assert(
    fc.property(written, extra, (text, lines) => {
      const all = text.split('\n');
      for (const [at, line] of lines) all.splice(at, 0, line);
      const places = plainPlaces(all.join('\n'));
      if (places === undefined) return;
      read++;
      expect(places).toEqual(parsedPlaces(all.join('\n')));
    }),
    { numRuns: howMany(2000) },
  );
  expect(read).toBeGreaterThan(howMany(300));
});
