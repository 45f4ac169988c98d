import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deployment, fiveHundred, mesh, retrieval, webhook } from '../report/meshes';
import { run } from './run';

let folder: string;
const home = process.cwd();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-comment-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

function written(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const comment = (...argv: string[]) => run(['comment', ...argv]);

async function compared(before: Files, after: Files): Promise<string> {
  const inFolder = (name: string, files: Files) =>
    Object.fromEntries(Object.entries(files).map(([file, text]) => [`${name}/${file}`, text]));
  written({ ...inFolder('before', before), ...inFolder('after', after) });
  const { code, out, err } = await comment('before', 'after', '--quiet');
  expect([code, err]).toEqual([0, '']);
  return out;
}

type Files = Readonly<Record<string, string>>;

const commentOf = (before: string, after: string) => compared({ 'm.yaml': before }, { 'm.yaml': after });

const workloads = [
  deployment('ai-gateway', 'envoy-gateway'),
  deployment('ai-inference', 'vllm'),
  deployment('ai-agents', 'ai-agent'),
  deployment('ai-data', 'weaviate'),
  deployment('ai-data', 'model-storage'),
].join('');

/** A platform as our constructs render it, with its graph, and the workloads that run there. */
function platform(engine: string): Files {
  const from = join(home, `dist/portable-${engine}`);
  const text = (file: string) => readFileSync(join(from, file), 'utf8');
  return {
    'policies.yaml': text('ai-service-mesh.k8s.yaml'),
    'graph.json': text('graph.json'),
    'workloads.yaml': workloads,
  };
}

/** Without the rules of both halves of the retrieval, and what its policies say of it. */
function withoutRetrieval(files: Files): Files {
  const policies = (files['policies.yaml'] ?? '')
    .replace(/^ {6}(out|in) TCP\/8080 .*retrieval looks up passages\n/gm, '')
    .replace(/^ {4}- ports:\n {8}- port: 8080\n(?: {6,}.*\n)+/m, '')
    .replace(/^ {2}ingress:\n {4}- from:\n(?: {8,}.*\n)+ {6}ports:\n {8}- port: 8080\n {10}protocol: TCP\n/m, '');
  return { ...files, 'policies.yaml': policies };
}

const folded = (text: string) => text.match(/<details>[\s\S]*?<\/details>/g) ?? [];

/** Read before they are accepted: WRITE_GOLDEN=1 writes them. */
describe.each<readonly [name: string, before: () => Files, after: () => Files]>([
  ['nothing-changed', () => platform('kubernetes'), () => platform('kubernetes')],
  ['one-flow-added', () => withoutRetrieval(platform('kubernetes')), () => platform('kubernetes')],
  ['engine-changed', () => platform('kubernetes'), () => platform('cilium')],
  [
    'five-hundred-changes',
    () => ({ 'm.yaml': fiveHundred().replaceAll(/port: 1(\d\d\d)/g, 'port: 3$1') }),
    () => ({ 'm.yaml': fiveHundred() }),
  ],
])('the comment where it is %s', (name, before, after) => {
  it('is as the golden file has it, and fits', async () => {
    const path = join(__dirname, 'golden', `comment-${name}.md`);
    const text = await compared(before(), after());
    if (process.env['WRITE_GOLDEN'] !== undefined) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    expect(text).toBe(readFileSync(path, 'utf8'));
    expect(text.length).toBeLessThan(60_000);
  });
});

describe('the comment', () => {
  it('has one verdict in bold, what opens without a click, and the proof at the end', async () => {
    const text = await commentOf(mesh, mesh + retrieval() + webhook);
    const lines = text.trimEnd().split('\n');
    expect(lines[0]).toBe('<!-- cdk8s-zero-trust: differences -->');
    expect(text.match(/^\*\*.*\*\*$/gm)).toEqual([
      expect.stringMatching(/^\*\*2 new paths, 0 wider, 0 lost; 1 reaches the internet; \d+ new findings? \(/),
    ]);
    expect(lines.at(-1)).toMatch(/^<code>after<\/code>: (Consistent|Not consistent): /);
    expect(text.indexOf('| new |')).toBeLessThan(text.indexOf('<details>'));
  });

  it('tells findings that were not there before, and no other', async () => {
    const idle = (name: string) => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ai-data }
spec: { podSelector: { matchLabels: { app: nobody } }, policyTypes: [Ingress] }
`;
    const text = await commentOf(mesh + idle('old'), mesh + idle('old') + idle('young'));
    const [findings = ''] = folded(text).filter((fold) => fold.includes('new finding'));
    expect(findings).toContain('ai-data/young');
    expect(findings).not.toContain('ai-data/old');
    expect((await commentOf(mesh + idle('old'), mesh)).split('\n')[2]).toMatch(/findings? gone\*\*$/);
  });

  it('proves the new folder against the graph in it', async () => {
    const app = join(home, 'dist/ai-service-mesh');
    const { code, out } = await comment(app, app, '--engine', 'kubernetes');
    expect(code).toBe(0);
    expect(out).toContain('Proved: the manifests allow exactly what');
  });

  it('says that nothing is proved where no policy says what it is to allow', async () => {
    expect(await commentOf(mesh, mesh)).toMatch(/\nNothing is proved: .*\n$/);
  });

  it('has nothing of hostile words as markup, and stays under its size', async () => {
    const reason = `</details> | @everyone <script> [x](http://y) **bold** ${'x'.repeat(50_000)}`;
    const many = Array.from({ length: 300 }, (_, i) =>
      webhook.replace('name: tools', `name: tools-${i}-${'y'.repeat(200)}`),
    );
    const text = await commentOf(mesh, mesh + retrieval(reason) + many.join(''));
    expect(text.length).toBeLessThan(60_000);
    expect(text).not.toMatch(/@everyone|<script>|(?<!\\)\]\(|\*\*bold/);
    expect(text.match(/<\/details>/g)?.length).toBe(text.match(/<details>/g)?.length);
  });

  it('says what is not there', async () => {
    written({ 'before/m.yaml': mesh });
    const { code, err } = await comment('before', 'nowhere');
    expect([code, err]).toEqual([3, expect.stringContaining('nowhere')]);
  });
});
