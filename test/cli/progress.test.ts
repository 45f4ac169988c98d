import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../../lib/cli/io';
import { Progress } from '../../lib/cli/progress';
import { run } from './run';

afterEach(() => jest.restoreAllMocks());

/** A clock that goes on by so much whenever it is looked at. */
function clockWithSteps(ms: number): void {
  let now = 1_000_000;
  jest.spyOn(Date, 'now').mockImplementation(() => {
    now += ms;
    return now;
  });
}

function progressOn(around: Partial<Io> = {}, options: readonly string[] = []) {
  const said: string[] = [];
  const io = {
    env: {},
    columns: 80,
    isErrTerminal: true,
    err: (text: string) => void said.push(text),
    ...around,
  } as Io;
  return { said, made: (isLong?: boolean) => new Progress({ has: (option) => options.includes(option) }, io, isLong) };
}

describe('progress', () => {
  it('is a line that the next one covers, and that is taken back', () => {
    clockWithSteps(600);
    const { said, made } = progressOn();
    const progress = made();
    progress.show(() => '10 of 12 files');
    progress.show(() => 'done');
    progress.end();
    progress.end();
    expect(said).toEqual(['\r10 of 12 files', `\rdone${' '.repeat(10)}`, `\r${' '.repeat(14)}\r`]);
  });

  it('is not shown of what is short, but at once of what is known to be long', () => {
    clockWithSteps(10);
    const { said, made } = progressOn();
    made().show(() => 'a');
    expect(said).toEqual([]);
    made(true).show(() => 'b');
    expect(said).toEqual(['\rb']);
  });

  it.each<[string, Partial<Io>, string[]]>([
    ['to no terminal', { isErrTerminal: false }, []],
    ['in a pipeline', { env: { CI: 'true' } }, []],
    ['in quiet', {}, ['quiet']],
  ])('is not shown %s, and no text is made', (_, around, options) => {
    const { said, made } = progressOn(around, options);
    const progress = made(true);
    progress.show(() => {
      throw new Error('made');
    });
    progress.end();
    expect(said).toEqual([]);
  });

  it('is shown where CI says that it is none, and fits into the line', () => {
    const { said, made } = progressOn({ env: { CI: 'false' }, columns: 8 });
    made(true).show(() => '0123456789');
    expect(said).toEqual(['\r0123456']);
  });
});

describe('long commands on a terminal', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'progress-'));
    for (const name of ['one', 'two'])
      writeFileSync(
        join(folder, `${name}.yaml`),
        `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: a, labels: { app: ${name} } }\nspec: { containers: [] }\n`,
      );
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const shown = ({ err }: { readonly err: string }) =>
    err
      .split('\r')
      .map((line) => line.trim())
      .filter((line) => line !== '');

  it('list says how many files were read, what it works out, and how far the list is', async () => {
    clockWithSteps(600);
    expect(shown(await run(['list', folder], { more: { isErrTerminal: true } }))).toEqual([
      '0 of 2 files read',
      '1 of 2 files read',
      'who reaches whom among 2 workloads',
      '0 of 2 workloads listed',
      '1 of 2 workloads listed',
    ]);
  });

  it('list does not write into its own results', async () => {
    clockWithSteps(600);
    const said = shown(await run(['list', folder], { isTerminal: true, more: { isErrTerminal: true } }));
    expect(said.at(-1)).toBe('who reaches whom among 2 workloads');
  });

  it('check says which rule is asked, and ends with nothing on the line', async () => {
    clockWithSteps(600);
    const ended = await run(['check', folder, '--rule', 'default-deny-missing'], { more: { isErrTerminal: true } });
    expect(shown(ended)).toEqual([
      '0 of 2 files read',
      '1 of 2 files read',
      '0 of 1 rules asked; next: default-deny-missing',
    ]);
    expect(ended.err).toMatch(/\r +\r$/);
  });

  it('say nothing of it elsewhere', async () => {
    clockWithSteps(600);
    for (const command of ['list', 'check']) expect((await run([command, folder])).err).not.toContain('\r');
  });
});
