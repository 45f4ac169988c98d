import { readText } from '../../lib/analysis';
import { plainValue } from '../../lib/analysis/files/plain-value';
import { readYaml } from '../../lib/analysis/files/yaml-text';

// What gopkg.in/yaml.v2 and its fork in sigs.k8s.io/yaml make of plain scalars (goyaml.v2/resolve.go, decode.go).
const VALUES: readonly (readonly [string, unknown])[] = [
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((text) => [text, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((text) => [text, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((text) => [text, null] as const),
  ...['yEs', 'oN', 'nULL', 'tRUE', 'yess', 'offf'].map((text) => [text, text] as const),
  ['80', 80],
  ['+80', 80],
  ['-80', -80],
  ['0', 0],
  ['017', 15],
  ['-017', -15],
  ['0o17', 15],
  ['0O17', 15],
  ['0x1F', 31],
  ['0b101', 5],
  ['-0b101', -5],
  ['1_000', 1000],
  ['0x_ff', 255],
  ['080', 80],
  ['09', 9],
  ['0_8', 8],
  ['12', 12],
  ['120', 120],
  ['-0x1F', -31],
  ['0755', 493],
  ['0b1101', 13],
  ['.55', 0.55],
  ['1.25', 1.25],
  ['1e3', 1000],
  ['1e+3', 1000],
  ['1E-3', 0.001],
  ['1e10', 1e10],
  ['1.5', 1.5],
  ['1.', 1],
  ['.5', 0.5],
  ['-.5', -0.5],
  ['.5_0', '.5_0'],
  ['.inf', Number.POSITIVE_INFINITY],
  ['-.Inf', Number.NEGATIVE_INFINITY],
  ['.NaN', Number.NaN],
  // Base 60 is left out on purpose, and dates are text wherever no type of Go wants them.
  ['1:30', '1:30'],
  ['2001-01-01', '2001-01-01'],
  ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'],
  ...['10x0b1', '0b1x', '0b101z', '017x', '0x1Fg', '10x0x1', '1e3x', '1e^3', 'x1', '12x'].map(
    (text) => [text, text] as const,
  ),
  ...['_1', '0x', '0b2', '0o8', '1e', '-', '+', '.', '1.2.3', '10.0.0.0/8', '0xfg'].map(
    (text) => [text, text] as const,
  ),
];

describe('a plain scalar', () => {
  it.each(VALUES)('%s is what kubectl reads', (text, value) => {
    expect(plainValue(text)).toEqual(value);
  });

  it('is the same in a document, with anchors in it and without', () => {
    for (const [text, value] of VALUES.filter(([text]) => text !== '-' && text !== '+')) {
      const pod = `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  a: ${text}\n  b: [${text === '' ? '' : `${text}, `}"${text}"]\n`;
      const read = (yaml: string) => objectIn(yaml).spec as Record<string, unknown>;
      expect(read(pod)).toEqual({ a: value, b: text === '' ? [''] : [value, text] });
      expect(read(`${pod}  c: &c 1\n  d: *c\n`)).toMatchObject({ a: value, c: 1, d: 1 });
    }
  });

  it('that is a key is the name that kubectl makes of it', () => {
    const pod = 'spec:\n  on: 1\n  no: 2\n  010: 3\n  "off": 4\n';
    const names = ['true', 'false', '8', 'off'];
    expect(Object.keys(objectIn(pod).spec as object).sort()).toEqual([...names].sort());
    expect(Object.keys(objectIn(`a: &a 1\nb: *a\n${pod}`).spec as object).sort()).toEqual([...names].sort());
  });

  it('with a tag is of the type that the tag names', () => {
    for (const more of ['', 'a: &a 1\nb: *a\n']) {
      expect(objectIn(`${more}spec: { a: !!str yes, b: !!int "80", c: !!bool "on", d: ! yes }`).spec).toMatchObject({
        a: 'yes',
        b: 80,
        c: true,
      });
    }
  });
});

describe('a tag', () => {
  const spec = (text: string) => objectIn(`spec: { a: ${text} }`).spec as { readonly a: unknown };
  it.each([
    ['!!null "~"', null],
    ['!!null ""', null],
    ['!!float "1.5"', 1.5],
    ['!!int "0x1F"', 31],
    ['!!bool "off"', false],
    ['!!str 1', '1'],
  ])('makes of %s what it says', (text, value) => {
    expect(spec(text)).toEqual({ a: value });
  });

  it.each(['!!null x', '!!bool 1', '!!int 1.5', '!!int x', '!!float x'])(
    'that does not fit is reported: %s',
    (text) => {
      expect(readYaml(`a: ${text}`, 'a.yaml').problems).toMatchObject([{ rule: 'yaml' }]);
    },
  );
});

describe('a merge key', () => {
  it('is one wherever a key may stand', () => {
    expect(objectIn('<<: { a: 1 }\nb: 2\n')).toEqual({ a: 1, b: 2 });
    expect(objectIn('a: {<<: { b: 1 }, c: 2}\n')).toEqual({ a: { b: 1, c: 2 } });
    expect(objectIn('a: { c: 2,<<: { b: 1 } }\n')).toEqual({ a: { b: 1, c: 2 } });
  });
});

describe('a pod that says yes to the host network', () => {
  it('is on it, as on the cluster', () => {
    const pod = (word: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  hostNetwork: ${word}\n  containers: [{ name: a }]\n`;
    const isOnHost = (word: string) => readText(pod(word), 'a.yaml').world.workloads[0].hostNetwork;
    expect(['yes', 'on', 'y', 'True', 'true'].map(isOnHost)).toEqual([true, true, true, true, true]);
    expect(['no', 'off', '"yes"', '~'].map(isOnHost)).toEqual([false, false, false, false]);
  });
});

describe('the warning of scalars that readers take for different values', () => {
  const warned = (text: string) => readText(text, 'a.yaml').warnings.map(({ where, value }) => [where, value]);
  const pod = (rest: string) => `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n${rest}`;

  it('finds them wherever they stand: in lists and objects in one line, as keys, behind anchors', () => {
    expect(warned(pod('  a: [yes, 010]\n  b: {no: 1_0}\n  c: &c on\n  d: *c\n'))).toEqual([
      ['a.yaml, document 1, line 5', 'yes'],
      ['a.yaml, document 1, line 5', '010'],
      ['a.yaml, document 1, line 6', 'no'],
      ['a.yaml, document 1, line 6', '1_0'],
      ['a.yaml, document 1, line 7', 'on'],
    ]);
  });

  const AMBIGUOUS = [
    ...['y', 'N', 'Yes', 'NO', 'on', 'Off'],
    ...['00', '010', '+010', '-0755', '0_7', '08', '1_0', '12_345', '+1_0', '-1_000_', '0b1', '-0b101', '+0b1_0'],
  ];

  it.each(AMBIGUOUS)('finds %s wherever it may stand', (text) => {
    const value = [
      `  a: ${text}\n`,
      `  a:\n  - ${text}\n`,
      `  a: [${text}]\n`,
      `  a: [1, ${text}, 2]\n`,
      `  a: {b: ${text}}\n`,
      `  ${text}: 1\n`,
      `${text}: 1\n`,
    ];
    expect(value.map((it) => warned(pod(`${it}`)).map(([, found]) => found))).toEqual(value.map(() => [text]));
  });

  it.each(['0', '10', '1', '0x10', '0b', '0b2', '0o7', '_1', '1_a', 'yes1', 'ano', '^010', '1.0_', 'a_1', '10:30'])(
    'says nothing of %s, which is the same to all',
    (text) => expect(warned(pod(`  a: ${text}\n  b: [${text}, 1]\n`))).toEqual([]),
  );

  it('says nothing of the same words in quotes, blocks, longer text and comments', () => {
    expect(
      warned(pod('  a: |\n    x: yes\n    - no\n  b: "on"\n  c: say yes\n  d: 1 # no\n  e: >-\n    off\n')),
    ).toEqual([]);
  });

  it('says nothing of what has a tag, nor of what is no object', () => {
    expect(warned(pod('  a: !!str yes\n  b: !!bool "on"\n'))).toEqual([]);
    expect(warned('- yes\n')).toEqual([]);
  });

  it('says nothing of ConfigMaps, Secrets and definitions of kinds, also in a List', () => {
    const map = (kind: string) => `{apiVersion: v1, kind: ${kind}, metadata: {name: a}, data: {a: yes}}`;
    expect(warned(map('ConfigMap'))).toEqual([]);
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${map('Secret')}\n- ${map('CustomResourceDefinition')}\n- ${map('Pod')}\n`;
    expect(warned(list)).toEqual([['a.yaml, document 1, line 6', 'yes']]);
  });
});

function objectIn(text: string): Record<string, unknown> {
  const { documents, problems } = readYaml(text, 'a.yaml');
  expect(problems).toEqual([]);
  return documents[0].object as Record<string, unknown>;
}
