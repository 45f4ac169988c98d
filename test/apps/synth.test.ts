import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { apps } from '../../apps/main';
import { type Apps, synthInto } from '../../apps/synth';
import { InferenceTier, Pods, Purpose, ZeroTrustNamespace } from '../../lib';

let folder: string;
let dist: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synth-'));
  dist = join(folder, 'dist');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lonelyModel: Apps[string] = (props) => {
  const app = new App(props);
  const namespace = new ZeroTrustNamespace(new Chart(app, 'models'), 'ai-models', { purpose: Purpose.INFERENCE });
  new InferenceTier(namespace, 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
  return app;
};

/** One that fails only when it is validated, after the apps before it are written. */
const invalidModel: Apps[string] = (props) => {
  const app = lonelyModel(props);
  app.node.addValidation({ validate: () => ['the model is not for sale'] });
  return app;
};

const brokenModel: Apps[string] = () => {
  throw new Error('no weights');
};

/** Every file below a folder with its bytes and the time of its last change. */
function contents(at: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(at, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path, `${statSync(path).mtimeMs} ${readFileSync(path, 'hex')}`];
      }),
  );
}

function formerDist(): Record<string, string> {
  mkdirSync(join(dist, 'models'), { recursive: true });
  writeFileSync(join(dist, 'models/models.k8s.yaml'), 'kind: Namespace\n');
  writeFileSync(join(dist, 'models/graph.txt'), 'as it was\n');
  return contents(dist);
}

describe('npm run synth', () => {
  it.each([
    ['throws while it is made', brokenModel, 'no weights'],
    ['is not valid', invalidModel, 'not for sale'],
    ['has no chart', (props) => new App(props), 'renders no manifest'],
  ] satisfies [string, Apps[string], string][])(
    'leaves dist as it was, byte for byte, when an app %s',
    (_, bad, message) => {
      const files = formerDist();
      expect(() => synthInto(dist, { models: lonelyModel, bad })).toThrow(message);
      expect(contents(dist)).toEqual(files);
      expect(readdirSync(folder)).toEqual(['dist']);
    },
  );

  it('makes no dist where there was none and an app throws', () => {
    expect(() => synthInto(dist, { models: lonelyModel, bad: brokenModel })).toThrow('no weights');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses to put nothing in the place of dist', () => {
    const files = formerDist();
    expect(() => synthInto(dist, {})).toThrow('at least one');
    expect(contents(dist)).toEqual(files);
  });

  it('replaces dist as a whole, so that what is no longer rendered is gone', () => {
    formerDist();
    synthInto(dist, { 'other-models': lonelyModel });
    expect(readdirSync(folder)).toEqual(['dist']);
    expect(readdirSync(dist)).toEqual(['other-models']);
  });

  it('writes the graph beside the manifests, as text, JSON and Mermaid', () => {
    synthInto(dist, { models: lonelyModel });
    expect(readdirSync(join(dist, 'models')).sort()).toEqual([
      'findings.json',
      'graph.json',
      'graph.mmd',
      'graph.txt',
      'models.k8s.yaml',
      'preconditions.txt',
      'proof.json',
    ]);
    expect(readFileSync(join(dist, 'models/graph.txt'), 'utf8')).toContain('ai-models/vllm');
  });

  it('gives the same bytes each time', () => {
    const bytes = () => Object.values(contents(dist)).map((text) => text.replace(/^\S+ /, ''));
    synthInto(dist, { models: lonelyModel });
    const first = bytes();
    synthInto(dist, { models: lonelyModel });
    expect(bytes()).toEqual(first);
  });
});

it('every app of the list renders', () => {
  synthInto(dist, apps);
  expect(readdirSync(dist).sort()).toEqual(Object.keys(apps).sort());
});
