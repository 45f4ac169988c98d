import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from './run';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-diff-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const diff = (...argv: string[]) => run(['diff', ...argv], { cwd: folder, env: process.env });

const pods = `
apiVersion: v1
kind: Pod
metadata: { name: a, namespace: x, labels: { app: a } }
spec: { containers: [{ name: c }] }
---
apiVersion: v1
kind: Pod
metadata: { name: b, namespace: x, labels: { app: b } }
spec: { containers: [{ name: c }] }
`;

const closed = (port: number) => `${pods}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: in, namespace: x }
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: a } } }], ports: [{ port: ${port} }] }]
`;

function git(...args: string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore' });
}

describe('diff of two folders', () => {
  it('ends with 0 where nothing changed, with 1 where something did', async () => {
    written({ 'a/m.yaml': closed(80), 'b/m.yaml': closed(80), 'c/m.yaml': closed(81) });
    expect(await diff('a', 'b')).toEqual({ code: 0, out: 'No path changed\n', err: '' });
    const { code, out } = await diff('a', 'c');
    expect([code, out]).toEqual([
      1,
      [
        '0 new paths, 0 wider, 0 lost, 1 on other ports',
        '',
        'other ports',
        '  ~ x/Pod/a -> x/Pod/b TCP/81, was TCP/80',
        '      NetworkPolicy x/in changed',
        '',
      ].join('\n'),
    ]);
  });

  it('fails on what is asked for', async () => {
    written({ 'open/m.yaml': pods, 'closed/m.yaml': closed(80) });
    expect((await diff('open', 'closed')).code).toBe(1);
    expect((await diff('open', 'closed', '--fail-on', 'widened')).code).toBe(0);
    expect((await diff('closed', 'open', '--fail-on', 'widened')).code).toBe(1);
    expect((await diff('closed', 'open', '--fail-on', 'none')).code).toBe(0);
    const wrong = await diff('closed', 'open', '--fail-on', 'wide');
    expect(wrong.code).toBe(3);
    expect(wrong.err).toContain('any, widened, none');
  });

  it('writes a comment beside the text', async () => {
    written({ 'a/m.yaml': closed(80), 'b/m.yaml': closed(81) });
    const { out } = await diff('a', 'b', '--format', 'markdown', '--output', 'comment.md', '--format', 'json');
    expect(JSON.parse(out).schema).toBe('cdk8s-zero-trust/differences/v1');
    expect(readFileSync(join(folder, 'comment.md'), 'utf8')).toContain(
      '**0 new paths, 0 wider, 0 lost, 1 on other ports**',
    );
  });

  it('takes one of them from standard input, and not both', async () => {
    written({ 'a/m.yaml': closed(80) });
    const { code, out } = await run(['diff', 'a', '-'], { cwd: folder, stdin: closed(81) });
    expect([code, out.split('\n')[0]]).toEqual([1, '0 new paths, 0 wider, 0 lost, 1 on other ports']);
    const both = await run(['diff', '-', '-'], { cwd: folder });
    expect([both.code, both.err]).toEqual([3, expect.stringContaining('Standard input cannot be both sides')]);
  });

  it('ends with 2 where only requests changed', async () => {
    const http = (path: string) => `${pods}
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: in, namespace: x }
spec:
  endpointSelector: { matchLabels: { app: b } }
  ingress: [{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ path: ${path} }] } }] }]
`;
    written({ 'a/m.yaml': http('/a'), 'b/m.yaml': http('/b') });
    const { code, out } = await diff('a', 'b');
    expect(code).toBe(2);
    expect(out).toContain('CiliumNetworkPolicy x/in');
  });

  it('says what is not there', async () => {
    written({ 'a/m.yaml': pods });
    const { code, err } = await diff('a', 'nowhere');
    expect([code, err]).toEqual([3, expect.stringContaining('nowhere')]);
    expect((await diff('a')).code).toBe(3);
  });
});

describe('diff of a revision of git', () => {
  beforeEach(() => {
    git('init', '-b', 'main');
    written({
      'dist/m.yaml': closed(80),
      'dist/node_modules/m.yaml': 'not: [yaml',
      'dist/notes.txt': 'not YAML: [',
      'with space/ö.yaml': closed(80),
    });
    git('add', '-A');
    git('commit', '-m', 'one');
    written({ 'dist/m.yaml': closed(81) });
  });

  it('reads the files of the commit, and those of the folder', async () => {
    const { code, out, err } = await diff('git:main:dist', 'dist/m.yaml');
    expect([code, out.split('\n')[3], err]).toEqual([1, '  ~ x/Pod/a -> x/Pod/b TCP/81, was TCP/80', '']);
    expect((await diff('git:HEAD:dist', 'git:main:dist/m.yaml')).code).toBe(0);
    expect((await diff('git:HEAD:with space/ö.yaml', 'git:main:./dist/')).code).toBe(0);
  });

  it('counts paths from the top of the repository, or from where one is', async () => {
    const inside = (text: string) =>
      run(['diff', text, 'git:main:dist'], { cwd: join(folder, 'dist'), env: process.env });
    expect((await inside('git:main:./m.yaml')).code).toBe(0);
    expect((await inside('git:main:dist/m.yaml')).code).toBe(0);
    expect((await inside('git:main:m.yaml')).code).toBe(3);
  });

  it('calls its files by their revision in problems', async () => {
    written({ 'bad/m.yaml': 'kind: [' });
    git('add', '-A');
    git('commit', '-m', 'two');
    const { code, err } = await diff('git:main:bad', 'dist/m.yaml');
    expect([code, err]).toEqual([3, expect.stringContaining('main:bad/m.yaml')]);
  });

  it.each([
    ['git:nowhere:dist', "There is no revision 'nowhere' in this repository"],
    ['git:--output=x:dist', "There is no revision '--output=x' in this repository"],
    ['git::dist', "There is no revision '' in this repository"],
    ['git:main:nowhere', "There is no YAML or JSON file in 'nowhere' of the revision 'main'"],
  ])('refuses %s', async (text, what) => {
    const { code, out, err } = await diff(text, 'dist/m.yaml');
    expect([code, out, err]).toEqual([3, '', expect.stringContaining(what)]);
  });

  it('says where there is no git, and where there is no repository', async () => {
    const none = await run(['diff', 'git:main:dist', 'dist/m.yaml'], { cwd: folder, env: { PATH: folder } });
    expect([none.code, none.err]).toEqual([3, expect.stringContaining('There is no git to ask')]);
    rmSync(join(folder, '.git'), { recursive: true });
    const outside = await run(['diff', 'git:main:dist', 'dist/m.yaml'], {
      cwd: folder,
      env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
    });
    expect([outside.code, outside.err]).toEqual([3, expect.stringContaining('in no repository of git')]);
  });
});

describe('a diff of what no manifest shows', () => {
  const policy = (rule: string, namespace = 'x') => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: in, namespace: ${namespace} }
spec:
  podSelector: { matchLabels: { app: a } }
  policyTypes: [Ingress, Egress]
${rule}
`;
  const from = (peer: string, port = 80) => `  ingress: [{ from: [${peer}], ports: [{ port: ${port} }] }]`;
  const named = (name: string) => `{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } } }`;

  it('tells what policies open where there is no workload at all', async () => {
    written({ 'a/p.yaml': policy(from(named('front'))), 'b/p.yaml': policy(from(named('front'), 81)) });
    const { code, out } = await diff('a', 'b');
    expect([code, out]).toEqual([
      1,
      [
        '0 new paths, 0 wider, 0 lost, 1 on other ports',
        '',
        'other ports',
        '  ~ front/* -> x/app=a TCP/81, was TCP/80',
        '      NetworkPolicy x/in changed',
        '',
      ].join('\n'),
    ]);
  });

  it.each([
    ['a namespace that others deploy', from(named('contractors')), '+ contractors/* -> x/Pod/a TCP/80'],
    [
      'one more of several namespaces',
      from(
        '{ namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: In, values: [front, contractors] }] } }',
      ),
      '+ contractors/* -> x/Pod/a TCP/80',
    ],
    [
      'namespaces by a label',
      from('{ namespaceSelector: { matchLabels: { team: ml } } }'),
      '+ {team=ml}/* -> x/Pod/a TCP/80',
    ],
    ['every namespace', from('{ namespaceSelector: {} }'), '*/*'],
  ])('tells what is opened to %s', async (_, rule, line) => {
    written({ 'a/p.yaml': `${pods}---${policy(from(named('front')))}`, 'b/p.yaml': `${pods}---${policy(rule)}` });
    const { code, out } = await diff('a', 'b', '--fail-on', 'widened');
    expect(out).toContain(line);
    expect(code).toBe(1);
  });

  it('tells what is opened to a namespace that is kept out no more', async () => {
    const but = (names: string) =>
      from(
        `{ namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: NotIn, values: [${names}] }] } }`,
      );
    written({ 'a/p.yaml': policy(but('front, lab')), 'b/p.yaml': policy(but('front')) });
    const { code, out } = await diff('a', 'b', '--fail-on', 'widened');
    expect([code, out]).toEqual([1, expect.stringContaining('+ lab/* -> x/app=a TCP/80\n')]);
  });

  it('tells where pods may go that no manifest shows', async () => {
    const to = (app: string) =>
      `  egress: [{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: vault } }, podSelector: { matchLabels: { app.kubernetes.io/name: ${app} } } }] }]`;
    written({ 'a/p.yaml': `${pods}---${policy(to('vault'))}`, 'b/p.yaml': `${pods}---${policy(to('other'))}` });
    const { code, out } = await diff('a', 'b');
    expect(code).toBe(1);
    expect(out).toContain('+ x/Pod/a -> vault/app.kubernetes.io/name=other everything\n');
    expect(out).toContain('- x/Pod/a -> vault/app.kubernetes.io/name=vault no longer everything\n');
    for (const format of ['json', 'markdown', 'svg', 'html'])
      expect((await diff('a', 'b', '--format', format)).out).toContain('app.kubernetes.io/name=other');
  });
});
