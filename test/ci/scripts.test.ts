import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mesh, webhook } from '../report/meshes';
import { write } from '../validation/project';
import { ownNpx } from './own-npx';

const root = join(__dirname, '../..');
jest.setTimeout(90_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci-'));
  write(join(folder, 'out'), '');
  write(join(folder, 'summary'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

function script(name: string, given: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync('bash', [join(root, 'ci/github', name)], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${ownNpx(folder)}:${process.env['PATH']}`,
      RUNNER_TEMP: folder,
      GITHUB_OUTPUT: join(folder, 'out'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      ...given,
    },
  });
  const lines = readFileSync(join(folder, 'out'), 'utf8').trim().split('\n');
  const outputs = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
  return { status, out: stdout, err: stderr, outputs: outputs as Readonly<Record<string, string>> };
}

const judged = {
  CLUSTER: '',
  CONFIG: '',
  ENGINE: '',
  FAIL_ON: 'none',
  FAIL_ON_CHANGE: 'widened',
  NEW: 'new',
  OLD: 'old',
  PROVE: 'auto',
  UNKNOWN: '',
  VERSION: '0.1.0',
  WHY: '',
};

describe('the judgement of a pull request', () => {
  it('fails for a path that opens, and has the comment and the findings', () => {
    write(join(folder, 'old/m.yaml'), mesh);
    write(join(folder, 'new/m.yaml'), mesh + webhook);
    const { status, outputs } = script('judge.sh', judged);
    expect(status).toBe(0);
    expect(outputs).toMatchObject({ check: '0', diff: '1', failed: expect.stringContaining('diff ended with 1') });
    expect(outputs['prove']).toBeUndefined();
    const comment = readFileSync(outputs['comment'] ?? '', 'utf8');
    expect(comment).toContain('1 reaches the internet');
    expect(readFileSync(join(folder, 'summary'), 'utf8')).toBe(comment);
    expect(JSON.parse(readFileSync(outputs['sarif'] ?? '', 'utf8')).version).toBe('2.1.0');
  });

  it('proves where a graph is, and takes no option from what users say', () => {
    for (const side of ['old', 'new; rm -rf *'])
      for (const file of ['ai-service-mesh.k8s.yaml', 'graph.json'])
        write(join(folder, side, file), readFileSync(join(root, 'dist/ai-service-mesh', file), 'utf8'));
    const { outputs } = script('judge.sh', { ...judged, NEW: 'new; rm -rf *', ENGINE: 'kubernetes' });
    expect(outputs).toMatchObject({ check: '0', diff: '0', prove: '0', failed: '' });
  });

  it('says why nothing is compared, and what could not be read', () => {
    write(join(folder, 'new/m.yaml'), 'kind: [');
    const { status, outputs } = script('judge.sh', { ...judged, OLD: '', WHY: 'The base has no new' });
    expect([status, outputs['check'], outputs['diff']]).toEqual([0, '3', undefined]);
    expect(outputs['failed']).toContain('check ended with 3');
    expect(readFileSync(outputs['comment'] ?? '', 'utf8')).toBe('**Nothing is compared.** The base has no new.\n');
  });

  it('fails where it is not known what changed, unless no change fails', () => {
    write(join(folder, 'new/m.yaml'), mesh);
    const unknown = { ...judged, OLD: '', UNKNOWN: 'true', WHY: 'The base cannot be rendered' };
    expect(script('judge.sh', unknown).outputs['failed']).toContain('the base could not be rendered');
    expect(script('judge.sh', { ...unknown, FAIL_ON_CHANGE: 'none' }).outputs['failed']).toBe('');
  });
});

describe('what a pull request is compared with', () => {
  const based = (given: Readonly<Record<string, string>>) =>
    script('base.sh', { BASE: commit(), NEW: 'dist', OLD: '', RENDER: '', ...given });

  function git(...args: string[]): string {
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' }).trim();
  }

  function commit(): string {
    write(join(folder, 'dist/m.yaml'), mesh);
    write(join(folder, 'source'), 'of the base');
    git('init', '-q');
    git('add', 'dist', 'source');
    git('commit', '-q', '--allow-empty', '-m', 'base');
    write(join(folder, 'source'), 'of the change');
    return git('rev-parse', 'HEAD');
  }

  it('is the folder that is named', () => {
    expect(based({ OLD: 'before' }).outputs['old']).toBe('before');
  });

  it('is what the base has committed', () => {
    expect(based({}).outputs['old']).toMatch(/^git:[0-9a-f]{40}:\.\/dist$/);
  });

  it('is nothing where the base has no such folder, or there is no base', () => {
    expect(based({ NEW: 'rendered' }).outputs).toEqual({ old: '', why: 'The base has no rendered' });
    expect(based({ BASE: '' }).outputs).toEqual({ old: '', why: 'This is no pull request' });
  });

  it('is not known where the base cannot be rendered', () => {
    const { status, outputs } = based({ RENDER: 'grep change source', NEW: 'made' });
    expect(status).toBe(0);
    expect(outputs).toEqual({ old: '', unknown: 'true', why: expect.stringContaining('cannot be rendered') });
  });

  it('fails where the base cannot be fetched, in place of saying that it has nothing', () => {
    const { status, err, outputs } = based({ BASE: '0'.repeat(40) });
    expect([status, outputs['old']]).toEqual([1, undefined]);
    expect(err).toContain('::error::The base 0000');
  });

  it('is rendered as often as a job asks for it', () => {
    const asked = { RENDER: 'mkdir -p made && cp source made/m.yaml', NEW: 'made' };
    const first = based(asked).outputs['old'];
    // A second use of the action in the same job, for the same commit.
    const { status, outputs } = script('base.sh', { BASE: git('rev-parse', 'HEAD'), OLD: '', ...asked });
    expect(status).toBe(0);
    expect(outputs['old']).not.toBe(first);
    expect(readFileSync(join(outputs['old'] ?? '', 'm.yaml'), 'utf8')).toBe('of the base');
  });

  it('is the base as the same command renders it', () => {
    const { outputs } = based({ RENDER: 'mkdir -p made && cp source made/m.yaml', NEW: 'made' });
    expect(readFileSync(join(outputs['old'] ?? '', 'm.yaml'), 'utf8')).toBe('of the base');
    expect(readFileSync(join(folder, 'made/m.yaml'), 'utf8')).toBe('of the change');
  });
});

describe('the comment on a pull request', () => {
  interface Asked {
    readonly call: string;
    readonly body?: string;
  }

  /** A site with these comments, asked once. */
  async function commented(comments: readonly { id: number; body: string }[], status = 200) {
    const asked: Asked[] = [];
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (part) => {
        text += part;
      });
      request.on('end', () => {
        asked.push({ call: `${request.method} ${request.url}`, ...(text !== '' && JSON.parse(text)) });
        const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? 1);
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(request.method === 'GET' ? comments.slice((page - 1) * 100, page * 100) : {}));
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    write(join(folder, 'comment.md'), 'what changed\n');
    const child = spawn(process.execPath, [join(root, 'ci/github/comment.mjs')], {
      env: {
        ...process.env,
        COMMENT: join(folder, 'comment.md'),
        KEY: './dist --> x',
        PULL_REQUEST: '7',
        TOKEN: 'secret',
        GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        GITHUB_REPOSITORY: 'org/repo',
      },
    });
    let out = '';
    child.stdout.on('data', (part) => {
      out += part;
    });
    const code = await new Promise((ended) => child.on('close', ended));
    server.closeAllConnections();
    server.close();
    return { asked, out, code };
  }

  const mark = '<!-- cdk8s-zero-trust: ./dist_x -->';
  const others = (count: number) => Array.from({ length: count }, (_, id) => ({ id, body: `about ${mark}` }));

  it('is written where there is none', async () => {
    const { asked, code } = await commented(others(2));
    expect([code, asked.at(-1)]).toEqual([
      0,
      { call: 'POST /repos/org/repo/issues/7/comments', body: `${mark}\nwhat changed\n` },
    ]);
  });

  it('is updated in place, on whatever page it is', async () => {
    const { asked } = await commented([...others(150), { id: 999, body: `${mark}\nbefore` }]);
    expect(asked.map(({ call }) => call)).toEqual([
      'GET /repos/org/repo/issues/7/comments?per_page=100&page=1',
      'GET /repos/org/repo/issues/7/comments?per_page=100&page=2',
      'PATCH /repos/org/repo/issues/comments/999',
    ]);
  });

  it('is passed over where the token may not write, and fails where the site does', async () => {
    const forbidden = await commented([], 403);
    expect([forbidden.code, forbidden.out]).toEqual([0, expect.stringContaining('::notice::')]);
    expect((await commented([], 500)).code).toBe(1);
  });
});

it('makes an archive for krew in which the binary can be run', () => {
  write(join(folder, 'package/build/lib/cli/bin.js'), '#!/usr/bin/env node\n');
  execFileSync('tar', ['-czf', 'packed.tgz', 'package'], { cwd: folder });
  execFileSync('bash', [join(root, 'krew/archive.sh'), 'packed.tgz', 'made.tar.gz'], { cwd: folder });
  const listed = execFileSync('tar', ['-tvzf', 'made.tar.gz'], { cwd: folder, encoding: 'utf8' });
  expect(listed).toMatch(/^-rwxr-xr-x .* package\/build\/lib\/cli\/bin[.]js$/m);
});
