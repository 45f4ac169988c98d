import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Around, run } from './run';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'piped-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const TEMPLATE = '{{- if .Values.a }}\napiVersion: v1\nkind: Pod\n{{- end }}\n';
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n';

function written(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** What the command line is told to do, without the folder that the test is in. */
async function told(words: readonly string[], around: Around = {}): Promise<readonly string[]> {
  const { out, err } = await run(words, { cwd: folder, ...around });
  return `${out}${err}`
    .replaceAll(`${folder}/`, '')
    .split('\n')
    .flatMap((line) => /Read what it (?:makes|builds): (.*)$/.exec(line)?.[1] ?? []);
}

describe('a template that nobody rendered', () => {
  it.each<[string, readonly string[], string]>([
    ['list', ['list', 'charts/agents'], 'list -'],
    ['list with options', ['list', 'charts/agents', '--to', 'internet', '--summary'], 'list - --to internet --summary'],
    ['check', ['check', 'charts/agents', '--fail-on', 'note'], 'check - --fail-on note'],
    ['one of two paths', ['graph', 'charts/agents', 'more'], 'graph - more'],
    ['a question with paths in an option', ['can', 'a/b', 'internet', '-f', 'charts/agents'], 'can a/b internet -f -'],
    [
      'words that a shell would take apart',
      ['can', 'a/app=b', '*.example.com', '443', '--http', 'GET /it s', '-f', 'charts/agents/'],
      "can a/app=b '*.example.com' 443 --http 'GET /it s' -f -",
    ],
    ['one side of a comparison', ['diff', 'more', 'charts/agents'], 'diff more -'],
    ['a file by its name', ['list', 'charts/agents/templates/pod.yaml'], 'list -'],
    ['a glob', ['list', 'charts/*/templates'], 'list -'],
  ])('names the chart and the command that was given: %s', async (_, words, line) => {
    written({
      'charts/agents/Chart.yaml': 'name: a\n',
      'charts/agents/templates/pod.yaml': TEMPLATE,
      'more/a.yaml': NAMESPACE,
    });
    expect(await told(words)).toEqual([`helm template charts/agents | npx cdk8s-zero-trust ${line}`]);
  });

  it('is of the chart that its own chart is a part of', async () => {
    written({
      'app/Chart.yaml': 'name: a\n',
      'app/charts/redis/Chart.yaml': 'name: redis\n',
      'app/charts/redis/templates/sub/pod.yaml': TEMPLATE,
    });
    expect(await told(['list', 'app'])).toEqual(['helm template app | npx cdk8s-zero-trust list -']);
    // Where nothing of the whole was read, nothing says that it is there.
    expect(await told(['list', 'app/charts/redis'])).toEqual([
      'helm template app/charts/redis | npx cdk8s-zero-trust list -',
    ]);
  });

  it('is called by the name of the program, and quoted where its folder would be taken apart', async () => {
    written({ 'my chart/templates/pod.yaml': TEMPLATE });
    expect(await told(['list', 'my chart'], { program: 'kubectl zero-trust' })).toEqual([
      `helm template '${folder}/my chart' | kubectl zero-trust list -`.replaceAll(`${folder}/`, ''),
    ]);
  });

  it('goes into a file where standard input is read already', async () => {
    written({ 'chart/templates/pod.yaml': TEMPLATE });
    expect(await told(['list', '-', 'chart'], { stdin: NAMESPACE })).toEqual(['helm template chart > manifests.yaml']);
    expect(await told(['list', '-'], { stdin: TEMPLATE })).toEqual(['helm template . | npx cdk8s-zero-trust list -']);
  });
});

test('A kustomization that nobody built names the folder and the command that was given.', async () => {
  written({ 'k/prod/kustomization.yaml': 'resources: []\npatches: [{ path: p.yaml }]\n', 'k/a.yaml': '' });
  expect(await told(['reach', 'a/b', '--to', 'internet', '-f', 'k'])).toEqual([
    'kustomize build k/prod | npx cdk8s-zero-trust reach a/b --to internet -f -',
  ]);
});

test('Values that hold objects name the chart and the command that was given.', async () => {
  const policy = '{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: a, namespace: b } }';
  written({
    'c/values.yaml': `extraObjects: [${policy}]\n`,
    'c/namespace.yaml': NAMESPACE,
  });
  expect(await told(['list', 'c'])).toEqual(['helm template c -f c/values.yaml | npx cdk8s-zero-trust list -']);
});
