import { spawnSync } from 'node:child_process';
import { closeSync, constants, lstatSync, openSync, readFileSync, readSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';
import { type Folder, folder, RETRIEVAL } from './worlds';

let here: Folder;
beforeEach(() => {
  here = folder();
  here.write('retrieval.yaml', RETRIEVAL);
});
afterEach(() => here.remove());

const list = (...argv: readonly string[]) => run(['list', 'retrieval.yaml', ...argv], { cwd: here.path });
const at = (name: string) => join(here.path, name);

describe('the output of a command', () => {
  it('is written into what is no file, such as a device or a named pipe, and leaves it what it is', async () => {
    spawnSync('mkfifo', [at('pipe')]);
    const reading = openSync(at('pipe'), constants.O_RDONLY | constants.O_NONBLOCK);
    const { code } = await list('--format', 'csv', '--output', 'pipe');
    const bytes = Buffer.alloc(1000);
    const length = readSync(reading, bytes);
    closeSync(reading);
    expect(code).toBe(0);
    expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
    expect(bytes.toString('utf8', 0, length)).toMatch(/^from,to,surely,perhaps\r\n/);
  });

  it('goes where a link leads, and the link stays', async () => {
    here.write('folder/result.csv', 'old');
    symlinkSync(join('folder', 'result.csv'), at('link'));
    symlinkSync(join('folder', 'none-yet.csv'), at('to-nothing'));
    expect((await list('--format', 'csv', '--output', 'link')).code).toBe(0);
    expect((await list('--format', 'csv', '--output', 'to-nothing')).code).toBe(0);
    expect([lstatSync(at('link')).isSymbolicLink(), lstatSync(at('to-nothing')).isSymbolicLink()]).toEqual([
      true,
      true,
    ]);
    expect(readFileSync(at('folder/result.csv'), 'utf8')).toMatch(/^from,to/);
    expect(readFileSync(at('folder/none-yet.csv'), 'utf8')).toMatch(/^from,to/);
  });

  it('leaves who may read a file as it was', async () => {
    here.write('result.csv', 'old');
    spawnSync('chmod', ['600', at('result.csv')]);
    expect((await list('--format', 'csv', '--output', 'result.csv')).code).toBe(0);
    expect(statSync(at('result.csv')).mode & 0o777).toBe(0o600);
  });

  it.each([
    [['--format', 'csv', '--output', 'x', '--format', 'json', '--output', './x'], "Two outputs go to one file, './x'"],
    [['--output', ''], 'The option --output has no file'],
  ])('is refused for %s', async (argv, message) => {
    const { code, err } = await list(...argv);
    expect(code).toBe(3);
    expect(err).toContain(message);
  });
});
