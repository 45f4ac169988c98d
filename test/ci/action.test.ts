// The action as a runner carries it out: its own conditions, inputs and outputs around its own scripts, in a repository, with
// a site that comments are written to.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mesh, webhook } from '../report/meshes';
import { write } from '../validation/project';
import { type Ran, runComposite } from './composite-run';
import { ownNpx } from './own-npx';

const root = join(__dirname, '../..');
jest.setTimeout(180_000);

let folder: string;
let workspace: string;
let site: Server;
let asked: { readonly call: string; readonly body?: string }[];
/** What the site answers with. */
let status: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'action-'));
  workspace = join(folder, 'repository');
  mkdirSync(workspace);
  asked = [];
  status = 200;
  site = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      asked.push({ call: `${request.method} ${request.url}`, ...(text !== '' && JSON.parse(text)) });
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end('[]');
    });
  });
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
});
afterEach(() => {
  site.closeAllConnections();
  site.close();
  rmSync(folder, { recursive: true });
});

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: workspace, encoding: 'utf8' }).trim();
}

/** A policy that selects none of the mesh, which is a finding. */
const NOBODY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: nobody, namespace: ai-agents }
spec: { podSelector: { matchLabels: { app: nobody } }, policyTypes: [Ingress] }
`;

/** Commits the mesh below the folder, and gives the pull request that opens a path in it. */
function opened(below: string) {
  write(join(workspace, below, 'dist/m.yaml'), mesh);
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'base');
  write(join(workspace, below, 'dist/m.yaml'), mesh + webhook);
  write(join(workspace, below, 'dist/nobody.yaml'), NOBODY);
  return { number: 7, base: { sha: git('rev-parse', 'HEAD') } };
}

function run(
  inputs: Readonly<Record<string, string>>,
  event: object,
  others?: (uses: string) => boolean,
): Promise<Ran> {
  return runComposite(root, inputs, {
    workspace,
    github: { event, token: 'secret' },
    env: {
      PATH: `${ownNpx(folder)}:${process.env['PATH']}`,
      HOME: folder,
      GITHUB_API_URL: `http://127.0.0.1:${(site.address() as AddressInfo).port}`,
      GITHUB_REPOSITORY: 'org/repo',
    },
    ...(others && { others }),
  });
}

const FORBIDDEN = 403;
const isSarif = (uses: string) => uses.startsWith('github/codeql-action/upload-sarif@');

describe('the action in a pull request', () => {
  it('compares with the base, comments, hands findings over, and fails for what opens', async () => {
    const inputs = { 'working-directory': 'infra', 'fail-on': 'none', 'fail-on-change': 'widened' };
    const { ok, log, outputs, steps, summary } = await run(inputs, { pull_request: opened('infra') });
    expect([ok, outputs['check'], outputs['diff'], outputs['prove']]).toEqual([false, '0', '1', '']);
    expect(log).toContain('::error::paths changed, or could not be compared (diff ended with 1)');
    const comment = readFileSync(outputs['comment'] ?? '', 'utf8');
    expect(comment).toContain('1 reaches the internet');
    expect(summary).toBe(comment);
    expect(asked.map(({ call }) => call)).toEqual([
      'GET /repos/org/repo/issues/7/comments?per_page=100&page=1',
      'POST /repos/org/repo/issues/7/comments',
    ]);
    expect(asked[1].body).toBe(`<!-- cdk8s-zero-trust: infra/dist -->\n${comment}`);
    // Two uses in one job, each for its folder, are two categories.
    expect(steps.find(({ step }) => isSarif(step))?.given).toEqual({
      sarif_file: outputs['sarif'],
      category: 'cdk8s-zero-trust infra/dist',
    });
    // Code scanning and annotations take paths from the top of the repository.
    const { runs } = JSON.parse(readFileSync(outputs['sarif'] ?? '', 'utf8'));
    const files = runs[0].results.map(
      ({ locations }: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
        locations[0].physicalLocation.artifactLocation.uri,
    );
    expect([...new Set(files)]).toEqual(['infra/dist/nobody.yaml']);
    expect(log).toMatch(/^::\w+ file=infra\/dist\/nobody\.yaml,line=\d+,/m);
  });

  it('says why it fails where nothing may be written, as in one of a fork', async () => {
    const event = { pull_request: opened('.') };
    status = FORBIDDEN;
    const { ok, log, summary } = await run(
      { 'fail-on': 'none', 'fail-on-change': 'any' },
      event,
      (uses) => !isSarif(uses),
    );
    expect([ok, log]).toEqual([false, expect.stringContaining('::notice::The comment cannot be written')]);
    expect(log).toContain('::error::paths changed');
    expect(summary).toContain('1 reaches the internet');
  });
});

it('The action outside of a pull request checks, writes no comment, and passes.', async () => {
  opened('.');
  const { ok, log, steps, outputs } = await run({ 'fail-on': 'none', sarif: 'false' }, {});
  expect([ok, outputs['diff'], asked]).toEqual([true, '', []]);
  expect(log).toContain('::notice::This is no pull request');
  expect(steps.map(({ step }) => step)).toEqual([
    'bash "$GITHUB_ACTION_PATH/ci/github/base.sh"',
    'bash "$GITHUB_ACTION_PATH/ci/github/judge.sh"',
  ]);
});
