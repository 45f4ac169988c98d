import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PolicyGraph } from '../../lib';
import { readFiles, readText } from '../../lib/analysis';
import { readBaselineFile } from '../../lib/settings/baseline-file';
import { readClusterFile } from '../../lib/settings/cluster-file';
import { run } from './run';
import { RETRIEVAL } from './worlds';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mark-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As an editor on Windows saves it. */
function marked(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `\ufeff${text}`);
  return path;
}

/** A folder that `ZeroTrust.render` wrote. */
function rendered(): string {
  const path = join(folder, 'app');
  cpSync('dist/portable-kubernetes', path, { recursive: true });
  return path;
}

describe('a byte order mark at the beginning of a file', () => {
  const entangled = RETRIEVAL.replace('labels: { app: agent }', 'labels: &it { app: agent }, annotations: *it');

  it.each([
    ['manifests', RETRIEVAL],
    ['manifests that begin with a separator', `---\n${RETRIEVAL}`],
    ['manifests that begin with a comment', `# these\n---\n${RETRIEVAL}`],
    ['manifests with an anchor', entangled],
    [
      'manifests in JSON',
      JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'b' }, spec: {} }),
    ],
  ])('is no part of %s, of files, texts and pipes alike', async (_, text) => {
    const plain = readText(text, 'a.yaml');
    expect(plain.problems).toEqual([]);
    const path = marked('a.yaml', text);
    for (const read of [
      readFiles([path]),
      readText(`\ufeff${text}`, 'a.yaml'),
      readFiles([], { texts: [{ name: 'a.yaml', text: `\ufeff${text}` }] }),
    ]) {
      expect([read.problems, read.objects]).toEqual([[], plain.objects]);
      expect(read.world.workloads).toEqual(plain.world.workloads);
    }
  });

  it('is no part of settings, facts of a cluster and a baseline', async () => {
    marked('a.yaml', RETRIEVAL);
    marked('zero-trust.yaml', 'failOn: none\nengine: cilium@1.20\n');
    expect((await run(['check', '.'], { cwd: folder })).code).toBe(0);
    expect(
      readClusterFile(marked('facts.yaml', 'engine: kubernetes\npodCidrs: [10.244.0.0/16]\n')).facts.podRanges,
    ).toBeDefined();
    expect(readClusterFile(marked('facts.json', '{"engine": "kubernetes"}')).facts.engine).toBe('kubernetes');
    const baseline = '{"schema": "cdk8s-zero-trust/baseline/v1", "findings": []}';
    expect(readBaselineFile(marked('baseline.json', baseline))).toEqual([]);
  });

  it('is no part of a graph and of the record of a proof', async () => {
    const app = rendered();
    const text = readFileSync(join(app, 'graph.json'), 'utf8');
    expect(PolicyGraph.parse(`\ufeff${text}`).toText()).toBe(PolicyGraph.parse(text).toText());
    writeFileSync(join(app, 'graph.json'), `\ufeff${text}`);
    expect(PolicyGraph.ofFolder(app).toText()).toBe(PolicyGraph.parse(text).toText());
    expect((await run(['prove', app])).code).toBe(0);
    // The record is of the bytes, which are others: it is read, and says so.
    const record = readFileSync(join(app, 'proof.json'), 'utf8');
    writeFileSync(join(app, 'proof.json'), `\ufeff${record}`);
    expect((await run(['prove', '--verify', join(app, 'proof.json')])).code).toBe(1);
  });
});

describe('a key that stands twice', () => {
  it('is refused in a graph, by its name', async () => {
    const app = rendered();
    const text = readFileSync(join(app, 'graph.json'), 'utf8').replace('"flows":', '"flows": [], "flows":');
    writeFileSync(join(app, 'graph.json'), text);
    const { code, err } = await run(['prove', app]);
    expect(code).toBe(3);
    expect(err).toContain(`${join(app, 'graph.json')}: $.flows: this key stands twice in one object`);
    expect(() => PolicyGraph.parse(text)).toThrow('$.flows: this key stands twice');
  });

  it('is refused in a record', async () => {
    const app = rendered();
    const file = join(app, 'proof.json');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('"predicateType":', '"predicateType": "x", "predicateType":'),
    );
    const { code, err } = await run(['prove', '--verify', file]);
    expect([code, err]).toEqual([3, expect.stringContaining('The key $.predicateType stands twice')]);
  });

  it.each([
    ['settings', 'zero-trust.yaml', '{"failOn": "none", "failOn": "error"}', ['check', '.']],
    [
      'facts of a cluster',
      'facts.yaml',
      '{"engine": "kubernetes", "engine": "cilium"}',
      ['list', '.', '--cluster', 'facts.yaml'],
    ],
    ['manifests', 'b.json', '{"apiVersion": "v1", "kind": "Pod", "kind": "Service"}', ['list', '.']],
  ])('is refused in %s', async (_, name, text, words) => {
    writeFileSync(join(folder, 'a.yaml'), RETRIEVAL);
    writeFileSync(join(folder, name), text);
    const { code, err } = await run(words, { cwd: folder });
    expect([code, err]).toEqual([3, expect.stringContaining('A key stands twice')]);
  });
});
