import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { BlockYaml } from '../../lib/analysis/files/block-yaml';
import { kubernetesSchema } from '../../lib/analysis/files/schema';

describe('the reader of block YAML', () => {
  it('reads what tools of Kubernetes write', () => {
    const text = [
      '---',
      '# Source: chart/templates/policy.yaml',
      'apiVersion: networking.k8s.io/v1',
      'metadata:',
      '  name: vllm # the name',
      '  labels: {}',
      '  annotations:',
      "    checksum/config: '0123'",
      'spec:',
      '  ingress:',
      '  - from:',
      '    - ipBlock:',
      '        cidr: 10.0.0.0/8',
      '    - podSelector: {}',
      '    ports:',
      '      - port: 8080',
      '        protocol: "TCP"',
      '  egress: []',
      '  args:',
      '    -',
      '      a: http://b:80/c#d',
      '    - --model=x',
      '  rest:',
    ];
    // The comment behind a value is left to the parser.
    expect(readBlockYaml(text.join('\n'))).toBeUndefined();
    expect(readBlockYaml(text.join('\n').replace(' # the name', '  '))).toEqual({
      object: {
        apiVersion: 'networking.k8s.io/v1',
        metadata: { name: 'vllm', labels: {}, annotations: { 'checksum/config': '0123' } },
        spec: {
          ingress: [
            {
              from: [{ ipBlock: { cidr: '10.0.0.0/8' } }, { podSelector: {} }],
              ports: [{ port: 8080, protocol: 'TCP' }],
            },
          ],
          egress: [],
          args: [{ a: 'http://b:80/c#d' }, '--model=x'],
          rest: null,
        },
      },
      hasAmbiguous: false,
    });
  });

  it.each([
    ['a value', 'a: no', true],
    ['an item', '- 0755', true],
    ['text in quotes', "a: 'no'", false],
    ['a word that is part of text', 'a: no more', false],
  ])('tells whether a value may be meant otherwise: %s', (_, text, hasAmbiguous) => {
    expect(readBlockYaml(text)?.hasAmbiguous).toBe(hasAmbiguous);
  });

  it.each([
    ['a key that stands twice', 'a: 1\na: 2'],
    ['a key that is no text', '8080: a'],
    ['a key that an object takes for something else', '__proto__:\n  a: 1'],
    ['a flow map', 'a: {b: 1}'],
    ['a template', 'a: {{ .Values.b }}'],
    ['a block of text', 'a: |\n  b'],
    ['text of two lines', 'a: b\n  c'],
    ['an anchor', 'a: &b c'],
    ['an alias', 'a: *b'],
    ['a tag', 'a: !!str 1'],
    ['an escape', 'a: "\\n"'],
    ['a quote in quotes', "a: 'it''s'"],
    ['a tab', 'a:\tb'],
    ['a carriage return', 'a: b\r\n'],
    ['a map on the line of its key', 'a: b: c'],
    ['a list on the line of its key', 'a: - b'],
    ['what is indented too much', 'a: 1\n  b: 2'],
    ['what is indented too little', '  a: 1\n b: 2'],
    ['content on the line of the mark', '--- a'],
    ['the end of a document', 'a: 1\n...\n'],
    ['nothing but text', 'a'],
    ['nesting that nobody writes', Array.from({ length: 60 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('leaves to the parser: %s', (_, text) => {
    expect(readBlockYaml(text)).toBeUndefined();
  });

  it('reads nothing otherwise than the parser, of what is written by one', () => {
    let read = 0;
    fc.assert(
      fc.property(objects(), fc.boolean(), (object, noArrayIndent) => {
        const text = dump(object, { noRefs: true, lineWidth: -1, noArrayIndent });
        if (isReadAlike(text)) read++;
      }),
      { numRuns: 500 },
    );
    expect(read).toBeGreaterThan(50);
  });

  it('reads nothing otherwise than the parser, of lines put together at random', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.array(lines(), { maxLength: 8 }), (made) => {
        if (isReadAlike(made.join('\n'))) read++;
      }),
      { numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(1000);
  });

  it('reads nothing otherwise than the parser, of characters put together at random', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'ab:-  #\n\n"\'{}[]0.~|>&*!?,<='), { maxLength: 12 }), (made) => {
        isReadAlike(made.join(''));
      }),
      { numRuns: 20_000 },
    );
  });
});

function readBlockYaml(text: string) {
  return new BlockYaml(text).read(0, text.length);
}

/** Whether it is read at all; as the parser reads it, or the test fails. */
function isReadAlike(text: string): boolean {
  const read = readBlockYaml(text);
  if (read === undefined) return false;
  const documents = loadAll(text, undefined, { schema: kubernetesSchema() });
  expect(documents.length).toBeLessThan(2);
  expect([text, JSON.stringify(read.object), read.object]).toEqual([
    text,
    JSON.stringify(documents[0] ?? null),
    documents[0] ?? null,
  ]);
  return true;
}

/** What objects of Kubernetes hold, and what only looks like it. */
function objects(): fc.Arbitrary<unknown> {
  const text = fc.constantFrom(
    'app',
    'a/b.c',
    'no',
    'on',
    '0755',
    '1e3',
    '-1',
    'a: b',
    'a #b',
    '',
    ' a',
    '-',
    'toString',
  );
  const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.double({ noNaN: true }), fc.string());
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(text, fc.string()), tie('value'), { maxKeys: 3 }),
    ),
  }));
  return fc.oneof(
    fc.dictionary(fc.constantFrom('a', 'b', 'app.kubernetes.io/name', 'constructor'), value as fc.Arbitrary<unknown>),
    fc.array(value as fc.Arbitrary<unknown>),
  );
}

function lines(): fc.Arbitrary<string> {
  const dashes = fc.constantFrom('', '', '', '- ', '-  ', '- - ', '-');
  const keys = fc.constantFrom('', 'a:', 'b:', 'c/d.e: ', 'f: ', 'on:', '7:', 'a', '"g":', "'h': ", '? ', ': ');
  const values = fc.constantFrom(
    ...[
      '',
      '',
      ' ',
      '1',
      ' x',
      ' x y',
      " 'q'",
      ' "r"',
      ' {}',
      ' []',
      ' # c',
      '#c',
      ' x #c',
      ' |',
      ' >',
      ' &a',
      ' *a',
      ' ~',
    ],
    ...[
      ' -',
      ' - x',
      ' --- ',
      '---',
      '...',
      ' x:',
      ' x: y',
      ' x:y',
      '%A',
      ' 010',
      ' no',
      ' "',
      " '",
      ' {',
      ' é',
      '!t',
      '<<: ',
    ],
  );
  return fc
    .tuple(fc.constantFrom('', '', '', ' ', '  ', '  ', '    ', '---\n'), dashes, keys, values)
    .map((parts) => parts.join(''));
}
