import { objectsOf, readManifests } from '../../lib/analysis';

const pod = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } });
const [a, b, c] = ['a', 'b', 'c'].map(pod);
const list = (items: unknown, kind: unknown = 'List') => ({ apiVersion: 'v1', kind, items });
const objects = (...documents: readonly unknown[]) => objectsOf(documents).map(({ object }) => object);

describe('a List of more objects than a call can have arguments', () => {
  it('is opened', () => {
    const items = Array.from({ length: 200_000 }, (_, i) => ({ kind: 'Pod', metadata: { name: `p-${i}` } }));
    expect(objectsOf([{ kind: 'List', items }])).toHaveLength(200_000);
  });
});

describe('the objects of documents', () => {
  it('are those in Lists in their place, at any depth, each with where it stands', () => {
    expect(objectsOf([a, list([b, list([c, a]), c]), b])).toEqual([
      { object: a, index: 0, path: [] },
      { object: b, index: 1, path: ['items', 0] },
      { object: c, index: 1, path: ['items', 1, 'items', 0] },
      { object: a, index: 1, path: ['items', 1, 'items', 1] },
      { object: c, index: 1, path: ['items', 2] },
      { object: b, index: 2, path: [] },
    ]);
  });

  it('take the kind and the version of the list that keeps them to itself, and keep their own', () => {
    const bare = { metadata: { name: 'a' } };
    const given = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'b' } };
    const items = [bare, { ...bare, kind: '' }, { ...bare, kind: null }, given, 'text'];
    expect(objects(list(items, 'PodList'))).toEqual([
      { ...bare, apiVersion: 'v1', kind: 'Pod' },
      { ...bare, apiVersion: 'v1', kind: 'Pod' },
      { ...bare, apiVersion: 'v1', kind: 'Pod' },
      given,
      'text',
    ]);
  });

  it.each(['List', 'Anything', 5, undefined])('are of their own kind in a list of the kind %p', (kind) => {
    const bare = { metadata: { name: 'a' } };
    expect(objects(list([bare], kind))).toEqual([bare]);
  });

  it.each([null, undefined])('are none in a list without items: %p', (items) => {
    expect(objects(list(items), list(items, 'PodList'), a)).toEqual([a]);
  });

  it.each([null, undefined, 'text', {}])('are what has items that are no list, unless it is one: %p', (items) => {
    const widget = list(items, 'Widget');
    expect(objects(widget)).toEqual([widget]);
  });

  it('are what holds text, numbers and nothing, as they stand', () => {
    expect(objects('text', 5, null, { items: 'text', kind: 'List' })).toEqual([
      'text',
      5,
      null,
      { items: 'text', kind: 'List' },
    ]);
  });

  it('are met once in a List that holds itself', () => {
    const endless: { kind: string; items: unknown[] } = { kind: 'List', items: [a] };
    endless.items.push(endless, b);
    expect(objects(endless)).toEqual([a, b]);
  });
});

describe('a list that brings nothing', () => {
  const refusal = (object: object) =>
    readManifests([object], { fileOf: () => 'lists.yaml' }).problems.map(({ rule, what }) => [rule, what]);

  it.each([
    ['without items', { apiVersion: 'v1', kind: 'List' }, 'This List has no items'],
    ['with items that are no list', list({ a }), 'The items of this List are an object'],
    ['with text for items', list('text'), 'The items of this List are text'],
    [
      'of one kind that is known, without items',
      { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicyList', item: [] },
      'This NetworkPolicyList has no items',
    ],
    ['in a List', list([{ apiVersion: 'v1', kind: 'List' }]), 'This List has no items'],
  ])('is refused %s', (_, object, what) => {
    expect(refusal(object)).toEqual([
      ['not-kubernetes', `${what}, and what it was to bring is not read: kubectl refuses it as well`],
    ]);
  });

  it('is no object of a kind that only ends like one, and none whose items are empty', () => {
    expect(refusal({ apiVersion: 'example.com/v1', kind: 'Blocklist' })).toEqual([]);
    expect(refusal({ apiVersion: 'example.com/v1', kind: 'ShoppingList' })).toEqual([]);
    expect(refusal(list([]))).toEqual([]);
    expect(refusal(list(null))).toEqual([]);
    // An app leaves out what is null.
    expect(readManifests([{ apiVersion: 'v1', kind: 'List' }]).problems).toEqual([]);
  });
});
