import { readText } from '../../lib/analysis';

/** Of a document in a file of that name: whether it is refused, passed over with a note, or read. */
function seenAs(text: string, file = 'a.yaml'): string {
  const { problems, notes, objects } = readText(text, file);
  expect(objects).toBe(notes.length > 0 ? 0 : 1);
  for (const { rule } of notes) expect(rule).toBe('not-kubernetes');
  return notes.length > 0 ? `noted: ${notes[0].what}` : problems.length > 0 ? `refused: ${problems[0].what}` : 'read';
}

const NO_OBJECT = 'This is not a Kubernetes object: it';

describe('a document that lies beside manifests', () => {
  it.each([
    ['values.yaml', 'a: 1'],
    ['values-dev.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: { labels: { app: a } }'],
    ['chart/values-prod.yml', 'kind: Pod'],
    ['chart\\values.yaml', 'a: 1'],
    ['Chart.yaml', 'metadata: 1'],
    ['Chart.lock', 'spec: 1'],
    ['package.json', '{"kind":"x"}'],
    ['package-lock.json', '{}'],
    ['tsconfig.dev.json', '{}'],
  ])('is passed over by the name that its tool gives it: %s', (file, text) => {
    expect(seenAs(text, file)).toBe(`noted: ${NO_OBJECT} has no apiVersion and kind`);
  });

  it.each<[string, string, string]>([
    ['values.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }', 'has a name'],
    ['values-of-policies.yml', 'apiVersion: v1\nkind: Pod\nmetadata: { generateName: a- }', 'gets one'],
    [
      'kustomization.yaml',
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a }',
      'is of Flux',
    ],
  ])('is read all the same where it is an object that kubectl would apply: %s', (file, text) => {
    expect(seenAs(text, file)).toBe('read');
  });

  it.each(['my-values.yaml', 'values.yaml.txt', 'Chart.yml', 'a-package.json'])(
    'is no other file, such as %s',
    (file) => {
      expect(seenAs('kind: Pod', file)).toBe(`refused: ${NO_OBJECT} has no apiVersion and kind`);
    },
  );

  it.each([
    ['an object of something else', 'a: 1', 'has no apiVersion and kind'],
    ['a list of something else', '- a\n- 1', 'is ["a",1]'],
    ['a list of objects of something else', '- a: 1', 'is ["…"]'],
  ])('is passed over where nothing in it is meant for a cluster: %s', (_, text, what) => {
    expect(seenAs(text)).toBe(`noted: ${NO_OBJECT} ${what}`);
  });

  it.each([
    ['has lost its apiVersion', 'kind: Pod', 'has no apiVersion and kind'],
    ['has lost its kind', 'metadata: { name: a }', 'has no apiVersion and kind'],
    ['has nothing but a spec', 'spec: {}', 'has no apiVersion and kind'],
    ['says its kind in other letters', 'Kind: Pod', 'has no apiVersion and kind'],
    ['is text, of a template that went wrong', 'text', "is 'text'"],
    ['is in a list', '- a: 1\n- kind: Pod', 'is ["…","…"]'],
  ])('is refused where it may be a manifest that %s', (_, text, what) => {
    expect(seenAs(text)).toBe(`refused: ${NO_OBJECT} ${what}`);
  });
});

describe('a file for kustomize', () => {
  const note = /^noted: This is a file for kustomize/;

  it.each([
    ['by its apiVersion', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization'],
    ['by that alone', 'apiVersion: kustomize.config.k8s.io/v1'],
    ...['resources', 'patches', 'patchesStrategicMerge', 'configMapGenerator', 'components'].map((field) => [
      `by what it lists under ${field}`,
      `${field}: [a.yaml]`,
    ]),
  ])('is told %s', (_, text) => {
    expect(seenAs(text)).toMatch(note);
    expect(seenAs(text, 'kustomization.yaml')).toMatch(note);
  });

  it.each([
    ['a field of that name holds no list', 'resources: a', 'noted'],
    ['it has a kind', 'kind: Pod\nresources: [a]', 'refused'],
    ['it has an apiVersion of its own', 'apiVersion: example.com/v1\nresources: [a]', 'noted'],
    ['its apiVersion is no text', 'apiVersion: 1\nresources: [a]', 'noted'],
  ])('is none where %s', (_, text, seen) => {
    expect(seenAs(text)).toBe(`${seen}: ${NO_OBJECT} has no apiVersion and kind`);
  });
});
