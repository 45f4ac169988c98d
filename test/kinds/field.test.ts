import { Field, type FieldProblem, pathText, shown } from '../../lib/kinds/field';
import { groupOf, objectText, placed, refOf } from '../../lib/kinds/manifest';
import { labelsOf, nameOf, namespaceOf } from '../../lib/kinds/metadata';
import { ZeroTrustError } from '../../lib/model/problem';

/** What reading gives, and what it reported: path, rule, what is allowed. */
function reading<T>(value: unknown, read: (top: Field) => T): { readonly read: T; readonly problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  return { read: read(Field.top(value, problems)), problems };
}

const places = (problems: readonly FieldProblem[]) => problems.map(({ path, rule }) => `${pathText(path)} ${rule}`);

describe('a field of an object', () => {
  it('has the children that the object itself has, and no others', () => {
    const { read, problems } = reading({ a: { b: 1 } }, (top) => [
      top.child('a').child('b').value,
      top.child('a').child('b').child('c').value,
      top.child('toString').value,
      top.child('length').value,
    ]);
    expect(read).toEqual([1, undefined, undefined, undefined]);
    expect(problems).toEqual([]);
    expect(reading(['a'], (top) => top.child('0').value).read).toBeUndefined();
  });

  it('is absent where it is null, and not where it is empty', () => {
    const absent = (value: unknown) => reading(value, (top) => top.isAbsent).read;
    expect([undefined, null, '', 0, false, {}, []].map(absent)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('names what it has, nulls left out', () => {
    expect(reading({ a: 1, b: null, c: undefined, d: {} }, (top) => top.names())).toEqual({
      read: ['a', 'd'],
      problems: [],
    });
    expect(reading(null, (top) => top.names())).toEqual({ read: [], problems: [] });
  });

  it('reports every field that is none of the known, also where it is null, and says which was meant', () => {
    const { problems } = reading({ spec: { podselector: {}, Ingress: null, egress: [], other: undefined } }, (top) =>
      top.child('spec').only(['podSelector', 'egress']),
    );
    expect(places(problems)).toEqual(['spec.podselector unknown-field', 'spec.Ingress unknown-field']);
    expect(problems).toMatchObject([
      { value: 'podselector', allowed: 'podSelector, egress', fix: "Write 'podSelector': case matters." },
      { value: 'Ingress', fix: 'Take it out, or move it to where it belongs.' },
    ]);
  });

  it.each<[string, unknown, (top: Field) => unknown, unknown, string]>([
    ['a list for an object', ['a'], (top) => top.names(), [], 'an object'],
    ['text for an object', 'a', (top) => top.only(['a']).value, 'a', 'an object'],
    ['an object for a list', { a: 1 }, (top) => top.items(), [], 'a list'],
    ['text for a list', 'abc', (top) => top.items(), [], 'a list'],
    ['a number for text', 8080, (top) => top.text(), undefined, 'text, in quotes'],
    ['a truth value for text', true, (top) => top.text(), undefined, 'text, in quotes'],
  ])('refuses %s, and reads on', (_, value, read, instead, allowed) => {
    const { read: result, problems } = reading(value, read);
    expect(result).toEqual(instead);
    expect(problems).toMatchObject([
      { path: [], rule: 'field-type', value: shown(value), allowed, fix: `Write ${allowed}.` },
    ]);
  });

  it('calls what it refuses by its kind', () => {
    const said = (value: unknown) => reading(value, (top) => top.text()).problems[0]?.what;
    expect([[1], { a: 1 }, 8080, true].map(said)).toEqual([
      'The value [1] is a list, which the API server refuses here',
      'The value {"a":1} is an object, which the API server refuses here',
      'The value 8080 is a number, which the API server refuses here',
      'The value true is a boolean, which the API server refuses here',
    ]);
  });

  it('has no items, text or texts where it is absent', () => {
    expect(reading(null, (top) => [top.items(), top.text(), top.texts()])).toEqual({
      read: [[], undefined, {}],
      problems: [],
    });
  });

  it('has the texts that are texts, and reports the others where they stand', () => {
    const { read, problems } = reading({ a: 'x', b: 1, c: '', d: null }, (top) => top.texts());
    expect(read).toEqual({ a: 'x', c: '' });
    expect(places(problems)).toEqual(['b field-type']);
  });

  it('reports what a reader refuses at its own place, and lets other errors through', () => {
    const { read, problems } = reading({ a: [1] }, (top) =>
      top
        .child('a')
        .items()[0]
        .try(() => {
          throw new ZeroTrustError({ rule: 'one', what: 'one' }, { rule: 'two', what: 'two' });
        }),
    );
    expect(read).toBeUndefined();
    expect(places(problems)).toEqual(['a[0] one', 'a[0] two']);
    const broken = () => {
      throw new TypeError('broken');
    };
    expect(() => reading(1, (top) => top.try(broken))).toThrow('broken');
    expect(reading(2, (top) => top.try((value) => Number(value) + 1)).read).toBe(3);
  });

  it('counts the problems of the whole object', () => {
    const { read } = reading({ a: 1, b: 2 }, (top) => {
      const before = top.problemCount;
      top.child('a').text();
      return [before, top.child('b').problemCount];
    });
    expect(read).toEqual([0, 1]);
  });
});

describe('the text of a path', () => {
  it('is what people write, with what is no word in quotes', () => {
    expect(pathText(['spec', 'ingress', 0, 'from'])).toBe('spec.ingress[0].from');
    expect(pathText(['metadata', 'labels', 'example.com/a'])).toBe("metadata.labels['example.com/a']");
    expect(pathText(['my-field', 1, 2])).toBe('my-field[1][2]');
    expect(pathText([])).toBe('');
  });
});

describe('a value in a sentence', () => {
  it('is cut where it is long, and not a character before', () => {
    expect(shown('a'.repeat(58))).toBe(`'${'a'.repeat(58)}'`);
    expect(shown('a'.repeat(59))).toBe(`'${'a'.repeat(59)}…`);
    expect(shown(8080)).toBe('8080');
  });
});

describe('what names an object', () => {
  const nowhere = () => false;

  it('is its kind, its namespace and its name', () => {
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'own' } };
    expect(refOf(object, 'default', nowhere)).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'web',
      namespace: 'own',
    });
    expect(objectText({ kind: 'Deployment', namespace: 'own', name: 'web' })).toBe('Deployment own/web');
    expect(objectText({ kind: 'Namespace', name: 'own' })).toBe('Namespace own');
  });

  it.each<[string, unknown, object]>([
    ['without a namespace goes to the default one', { name: 'p' }, { name: 'p', namespace: 'default' }],
    ['with an empty namespace too', { name: 'p', namespace: '' }, { name: 'p', namespace: 'default' }],
    ['with a namespace that is no text too', { name: 'p', namespace: 1 }, { name: 'p', namespace: 'default' }],
    ['may have a name that is to be generated', { generateName: 'p-' }, { name: 'p-*', namespace: 'default' }],
    ['may have no name', { name: 5 }, { name: '(no name)', namespace: 'default' }],
    ['may have no metadata', 'none', { name: '(no name)', namespace: 'default' }],
  ])('%s', (_, metadata, expected) => {
    expect(refOf({ apiVersion: 'v1', kind: 'Pod', metadata }, 'default', nowhere)).toMatchObject(expected);
  });

  it('has no namespace where the kind is cluster-wide, which its group and kind tell', () => {
    const asked: string[][] = [];
    const object = { apiVersion: 'policy.example.com/v1', kind: 'Guard', metadata: { name: 'g', namespace: 'own' } };
    const ref = refOf(object, 'default', (...question) => asked.push(question) > 0);
    expect(ref?.namespace).toBeUndefined();
    expect(asked).toEqual([['policy.example.com', 'Guard']]);
    expect(groupOf('v1')).toBe('');
  });

  it.each([
    [null],
    ['text'],
    [{ kind: 'Pod' }],
    [{ apiVersion: 'v1' }],
    [{ apiVersion: '', kind: 'Pod' }],
    [{ apiVersion: 'v1', kind: '' }],
    [{ apiVersion: 1, kind: 'Pod' }],
    [{ apiVersion: 'v1', kind: 2 }],
  ])('is missing from %j', (object) => {
    expect(refOf(object, 'default', nowhere)).toBeUndefined();
  });

  it('stands before what is wrong, with the file before and the field after', () => {
    const problem = { rule: 'r', what: 'w', path: ['spec', 0] };
    expect(placed(problem, 'Pod own/p', 'a.yaml').where).toBe('a.yaml: Pod own/p: spec[0]');
    expect(placed({ ...problem, path: [] }, 'Pod own/p').where).toBe('Pod own/p');
  });
});

describe('metadata', () => {
  const rules = (metadata: unknown, read: (top: Field) => unknown) => places(reading(metadata, read).problems);

  it('gives a name, or one that is to be generated', () => {
    expect(reading({ name: 'p' }, nameOf)).toEqual({ read: 'p', problems: [] });
    expect(reading({ generateName: 'p-' }, nameOf)).toEqual({ read: 'p-*', problems: [] });
    expect(reading({ name: 'p', generateName: 'q-' }, nameOf)).toEqual({ read: 'p', problems: [] });
    expect(reading({ generateName: 5 }, nameOf).read).toBe('*');
  });

  it('is refused once for a name that is missing, none, or no text', () => {
    expect(rules({}, nameOf)).toEqual(['name object-name']);
    expect(rules({ name: 'A b' }, nameOf)).toEqual(['name object-name']);
    expect(rules({ name: 5 }, nameOf)).toEqual(['name field-type']);
  });

  it('gives a namespace, which is the default one unless it is said', () => {
    expect(reading({ namespace: 'own' }, (top) => namespaceOf(top))).toEqual({ read: 'own', problems: [] });
    expect(reading({}, (top) => namespaceOf(top)).read).toBe('default');
    expect(reading({ namespace: '' }, (top) => namespaceOf(top, 'apart')).read).toBe('apart');
    expect(rules({ namespace: 'a.b' }, (top) => namespaceOf(top))).toEqual(['namespace namespace-name']);
  });

  it('gives labels, and reports wrong keys and wrong values at their key', () => {
    expect(reading({ labels: { app: 'web', tier: '' } }, labelsOf)).toEqual({
      read: { app: 'web', tier: '' },
      problems: [],
    });
    expect(rules({ labels: { 'a b': 'c', d: 'e f' } }, labelsOf)).toEqual([
      "labels['a b'] label-key",
      'labels.d label-value',
    ]);
  });
});
