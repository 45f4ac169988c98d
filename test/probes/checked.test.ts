import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IsolationTestRunner, ZeroTrust } from '../../lib';
import { run } from '../cli/run';
import { CLUSTERS, platform } from './scenario';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checked-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the manifests of an app with a test', () => {
  it.each(
    Object.keys(CLUSTERS).flatMap((engine) =>
      [IsolationTestRunner.ARGO_CD, IsolationTestRunner.HELM].map((runner) => [engine, runner] as const),
    ),
  )('say themselves why strangers are in a namespace without policies: %s, %s', async (engine, runner) => {
    const { app } = platform({ runner }, CLUSTERS[engine]?.());
    ZeroTrust.render(app, { folder });
    const { out } = await run(['check', folder, '--format', 'json', '--acknowledged'], { cwd: folder });
    const { findings, acknowledged } = JSON.parse(out);
    const isDefaultDeny = ({ rule }: { rule: string }) => rule === 'default-deny-missing';
    expect(findings.filter(isDefaultDeny)).toEqual([]);
    expect(acknowledged.filter(isDefaultDeny).length).toBeGreaterThan(0);
  });
});
