import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMATS } from '../../lib/flow-logs/formats';
import { run } from '../cli/run';
import { platform } from './platform';

// What the command says of the sample log of each format, against one platform. WRITE_GOLDEN=1 writes the files, each of
// which is read before it is committed.

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flows-'));
  writeFileSync(join(folder, 'graph.json'), platform().graph);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(FORMATS.map(({ name }) => name))('the sample log of %s', (name) => {
  it('says what its golden file has', async () => {
    const { code, out, err } = await run([
      'flows',
      `test/flow-logs/logs/${name}.log`,
      '--graph',
      join(folder, 'graph.json'),
      '-f',
      'test/flow-logs/golden/workloads.yaml',
      '--verbose',
    ]);
    const text = `${out}${err === '' ? '' : `messages:\n${err}`}exit code ${code}\n`;
    const file = `test/flow-logs/golden/${name}.txt`;
    if (process.env['WRITE_GOLDEN'] !== undefined) writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });
});
