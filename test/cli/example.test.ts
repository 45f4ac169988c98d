import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run';

describe('the example that comes with the package', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nothing-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('can be asked about from an empty folder, wherever paths are given', async () => {
    const { code, out } = await run(['check', 'example:guide'], { cwd: folder });
    expect([code, out]).toEqual([0, expect.stringContaining('half-open-flow')]);
    const asked = await run(['can', 'ai-agents/agent', 'ai-data/weaviate', '8080', '-f', 'example:guide'], {
      cwd: folder,
    });
    expect([asked.code, asked.out]).toEqual([1, expect.stringMatching(/^no/)]);
    expect((await run(['diff', 'example:guide', 'example:guide'], { cwd: folder })).code).toBe(0);
  });

  it('has to be one that there is', async () => {
    const { code, err } = await run(['list', 'example:../test'], { cwd: folder });
    expect([code, err]).toEqual([3, expect.stringContaining("There is no example '../test'")]);
  });
});
