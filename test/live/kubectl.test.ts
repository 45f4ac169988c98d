import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterByKubectl, statusOf } from '../../lib/live/kubectl';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubectl-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that notes what it is called with, and answers as it is told to. */
function program(script: string): string {
  const path = join(folder, 'kubectl');
  writeFileSync(path, `#!/bin/sh\necho "$@" >> '${join(folder, 'called')}'\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

function called(): readonly string[] {
  return readFileSync(join(folder, 'called'), 'utf8').trim().split('\n');
}

const around = () => ({ cwd: folder, env: { PATH: process.env.PATH } });

describe('a cluster that kubectl reaches', () => {
  it('is asked with get --raw alone, in the context that is named', async () => {
    const kubectl = program(`echo '{"kind":"APIGroupList"}'`);
    const cluster = await clusterByKubectl({ context: 'staging', kubectl }, around());
    expect(await cluster.get('/apis')).toEqual({ status: 200, body: '{"kind":"APIGroupList"}\n' });
    expect([cluster.name, called()]).toEqual(['staging', ['--context=staging get --raw /apis']]);
  });

  it('is called by the current context where none is named', async () => {
    const cluster = await clusterByKubectl({ kubectl: program('echo kind-dev') }, around());
    expect([cluster.name, called()]).toEqual(['kind-dev', ['config current-context']]);
  });

  it('is that of the pod where there is no context', async () => {
    const kubectl = program('echo "error: current-context is not set" >&2; exit 1');
    const of = { cwd: folder, env: { PATH: process.env.PATH, KUBERNETES_SERVICE_HOST: '10.96.0.1' } };
    expect((await clusterByKubectl({ kubectl }, of)).name).toBe('of this pod');
  });

  it('says by the words of kubectl why there is no answer', async () => {
    const kubectl = program(`echo 'Error from server (Forbidden): pods is forbidden' >&2; exit 1`);
    const cluster = await clusterByKubectl({ context: 'staging', kubectl }, around());
    expect(await cluster.get('/api/v1/pods')).toEqual({
      status: 403,
      body: 'Error from server (Forbidden): pods is forbidden',
    });
  });

  it('is an error where there is no kubectl', async () => {
    const cluster = await clusterByKubectl({ context: 'a', kubectl: join(folder, 'none') }, around());
    await expect(cluster.get('/apis')).rejects.toThrow(/There is no .*none that could be run/);
  });
});

describe('the words of kubectl', () => {
  it.each([
    ['Error from server (NotFound): the server could not find the requested resource', 404],
    ['Error from server (Forbidden): forbidden: User "system:anonymous" cannot get path', 403],
    ['Error from server (Expired): The provided continue parameter is too old', 410],
    ['error: You must be logged in to the server (Unauthorized)', 401],
    ['Error from server (ServiceUnavailable): the server is currently unable to handle the request', 503],
    ['Error from server (BadRequest): continue key is not valid', 400],
    ['Error from server (InternalError): an error on the server', 500],
    ['Error from server: etcdserver: request timed out', 500],
    ['error: context "zzz" does not exist', 0],
    ['The connection to the server 192.0.2.1:6443 was refused - did you specify the right host or port?', 0],
  ])('%s mean %d', (words, status) => {
    expect(statusOf(words)).toBe(status);
  });
});
