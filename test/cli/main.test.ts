import type { Command, Given } from '../../lib/cli/command';
import type { CommandEntry } from '../../lib/cli/commands';
import { COMMANDS } from '../../lib/cli/commands';
import { ExitCode } from '../../lib/cli/exit-codes';
import { printed } from '../../lib/cli/output';
import { type Around, type Ended, run } from './run';

/** What a made-up command is asked for. */
let asked: Given | undefined;

const greet: Command = {
  name: 'greet',
  summary: 'greets somebody',
  usage: 'greet <who> [how]',
  examples: ['cdk8s-zero-trust greet world'],
  options: [
    { flags: '--loud', description: 'in capitals' },
    { flags: '--tone <tone>', description: 'how it sounds', choices: ['warm', 'cold'] },
    { flags: '--also <who>', description: 'others', isRepeatable: true },
  ],
  reads: 'option',
  formats: ['text', 'json'],
  run: (given, io) => {
    asked = given;
    if (given.args[0] === 'nobody') throw new TypeError('nobody is there\nand never was');
    printed(given, io, { text: () => `hello ${given.args[0]}\n`, json: () => JSON.stringify(given.args) });
    return ExitCode.NO;
  },
};

const entries: readonly CommandEntry[] = [
  { name: 'greet', summary: greet.summary, load: () => greet },
  {
    name: 'grow',
    summary: 'grows',
    load: () => {
      throw new Error('nobody asked for it');
    },
  },
];

function greeting(argv: readonly string[], around: Around = {}): Promise<Ended> {
  asked = undefined;
  return run(argv, { commands: entries, ...around });
}

describe('the command line', () => {
  it('hands a command its arguments and options, and ends with its exit code', async () => {
    const ended = await greeting([
      'greet',
      'world',
      'softly',
      '--loud',
      '--also',
      'a',
      '--also',
      'b',
      '-f',
      'x',
      '-f',
      'y',
    ]);
    expect(ended).toEqual({ code: 1, out: 'hello world\n', err: '' });
    expect(asked?.args).toEqual(['world', 'softly']);
    expect(asked?.paths).toEqual(['x', 'y']);
    expect(asked?.has('loud')).toBe(true);
    expect(asked?.has('tone')).toBe(false);
    expect(asked?.values('also')).toEqual(['a', 'b']);
    expect(asked?.value('also')).toBe('b');
  });

  it('reads the folder that it is in where no path is given', async () => {
    await greeting(['greet', 'world']);
    expect(asked?.paths).toEqual(['.']);
  });

  it('prints help with every command and the exit codes, without loading one', async () => {
    const { code, out, err } = await greeting(['--help'], { commands: entries.slice(1) });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('grow            grows');
    expect(out).toContain('  3  could not read, wrong usage');
  });

  it('prints the help of a command with its examples, in both ways of asking', async () => {
    const { code, out } = await greeting(['greet', '--help'], { program: 'kubectl zero-trust' });
    expect(code).toBe(0);
    expect(out).toContain('kubectl zero-trust greet [options] <who> [how]');
    expect(out).toContain('  kubectl zero-trust greet world');
    expect((await greeting(['help', 'greet'], { program: 'kubectl zero-trust' })).out).toBe(out);
  });

  it('fits its help into a narrow terminal', async () => {
    const { out } = await greeting(['greet', '--help'], { columns: 40 });
    const [above] = out.slice(out.indexOf('\n')).split('Examples:');
    const widest = Math.max(...above.split('\n').map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(40);
  });

  it('prints its version', async () => {
    expect(await greeting(['--version'])).toEqual({ code: 0, out: '0.1.0\n', err: '' });
  });

  it.each([
    [
      ['gret'],
      "There is no command 'gret'; did you mean 'greet'?\nAllowed: greet, grow.\nAsk for the list of commands: cdk8s-zero-trust --help",
    ],
    [['help', 'grew'], "There is no command 'grew'; did you mean 'grow'?"],
    [['greet', 'x', '--lout'], "There is no option '--lout'; did you mean '--loud'?"],
    [['--lout'], "There is no option '--lout'."],
    [['greet'], "'cdk8s-zero-trust greet' needs <who>."],
    [['greet', 'a', 'b', 'c'], "'cdk8s-zero-trust greet' takes fewer arguments than it was given."],
    [['greet', 'a', '--tone'], "The option '--tone <tone>' has no value."],
    [
      ['greet', 'a', '--tone', 'warn'],
      "There is no value of --tone 'warn'; did you mean 'warm'?\nAllowed: warm, cold.",
    ],
    [['greet', 'a', '--format', 'jsn'], "There is no format 'jsn'; did you mean 'json'?\nAllowed: text, json."],
    [['greet', 'a', '--format', 'json', '--format', 'text'], 'Standard output would have json and text in one.'],
    [['greet', 'a', '--output', 'a', '--output', 'b'], "There is no format for the output 'b'."],
    [[], 'No command was given.\ncdk8s-zero-trust --help'],
  ])('refuses %j in a sentence', async (argv, message) => {
    const { code, out, err } = await greeting(argv);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain(message);
  });

  it('says of what it did not expect that this is a defect, without a stack unless asked', async () => {
    const { code, err } = await greeting(['greet', 'nobody']);
    expect(code).toBe(3);
    expect(err).toBe(
      'This is a defect of cdk8s-zero-trust, and no fault of what it was given: nobody is there\n' +
        'CDK8S_ZERO_TRUST_DEBUG=1 prints where it happened; please report it with that.\n',
    );
    const { err: longer } = await greeting(['greet', 'nobody'], { env: { CDK8S_ZERO_TRUST_DEBUG: '1' } });
    expect(longer).toContain('main.test.ts');
  });
});

describe('the list of commands', () => {
  it('says of each command what the command says of itself', () => {
    for (const { name, summary, load } of COMMANDS) {
      const command = load();
      expect(command).toMatchObject({ name, summary });
      expect(command.usage.split(' ')[0]).toBe(name);
      expect(command.examples.length).toBeGreaterThan(0);
    }
  });

  it('has each once', () => {
    const names = COMMANDS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
