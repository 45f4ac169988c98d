import { Command as Parser } from 'commander';
import { toolVersion } from '../model/tool-version';
import { wrapped } from '../report/wrapped';
import type { Command, Given, OptionSpec } from './command';
import type { CommandEntry } from './commands';
import { givenOf, type Met } from './given';
import type { Io } from './io';
import { COMMON_OPTIONS, formatOptions, LIVE_OPTIONS, PATH_OPTION, READING_OPTIONS } from './options';
import { unknownName } from './usage-error';

/** What a command line asks for. */
export interface Asked {
  readonly command: Command;
  readonly given: Given;
}

/** The program as its help and its errors call it. */
export function programName({ program = 'cdk8s-zero-trust' }: Io): string {
  return program;
}

/** The parser of a command line. `found` is called with the command that it asks for; help and the version are printed. */
export function programOf(
  argv: readonly string[],
  io: Io,
  commands: readonly CommandEntry[],
  found: (asked: Asked) => void,
): Parser {
  const name = askedName(argv, commands, io);
  const program = new Parser(programName(io))
    .description(DESCRIPTION)
    .usage('<command> [options]')
    .version(toolVersion(), '-V, --version', 'prints the version')
    .helpOption('-h, --help', 'prints this')
    .helpCommand('help [command]', 'prints the help of a command')
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: io.out,
      writeErr: () => undefined,
      getOutHelpWidth: () => io.columns,
      getOutHasColors: () => false,
    })
    .configureHelp({ formatItem: (term, width, text) => helpItem(term, width, text, io.columns) })
    .addHelpText('after', `\n${EXIT_CODES}`);
  for (const entry of commands) {
    // The others are only there for their line in the help.
    if (entry.name === name) addCommand(program, entry.load(), io, found);
    else program.command(entry.name).description(entry.summary);
  }
  return program;
}

const DESCRIPTION =
  'Asks manifests of Kubernetes who reaches whom, and why: NetworkPolicy, Cilium, Calico, Antrea and ClusterNetworkPolicy, from folders, files or a pipe.';

const EXIT_CODES = `Exit codes of every command:
  0  yes, clean, same, proved
  1  no, findings, difference, not proved
  2  perhaps, undecided
  3  could not read, wrong usage`;

/** The command that is asked for, or asked about: the first word that is no option, and what comes after `help`. */
function askedName(argv: readonly string[], commands: readonly CommandEntry[], io: Io): string | undefined {
  const words = argv.filter((word) => !word.startsWith('-'));
  const name = words[0] === 'help' ? words[1] : words[0];
  const names = commands.map((entry) => entry.name);
  if (name === undefined || names.includes(name)) return name;
  throw unknownName('command', name, names, `Ask for the list of commands: ${programName(io)} --help`);
}

function addCommand(program: Parser, command: Command, io: Io, found: (asked: Asked) => void): void {
  const met: Met[] = [];
  const parser = program.command(command.usage).description(command.summary);
  for (const spec of optionsOf(command)) {
    const option = parser.createOption(spec.flags, spec.description);
    parser.addOption(option);
    // In the order that they are met: a format goes with the output behind it.
    parser.on(`option:${option.name()}`, (value: string | null) => {
      met.push({ option: option.name(), value: chosen(spec, option.name(), value ?? undefined) });
    });
  }
  parser.helpOption('-h, --help', 'prints this');
  parser.addHelpText('after', () => helpBelow(command, io));
  parser.action(() => found({ command, given: givenOf(command, parser.args, met) }));
}

function optionsOf({ options, reads, formats }: Command): readonly OptionSpec[] {
  return [
    ...options,
    ...(reads === 'option' ? [PATH_OPTION] : []),
    ...(reads === undefined ? [] : [...READING_OPTIONS, ...LIVE_OPTIONS]),
    ...(formats === undefined ? [] : formatOptions(formats)),
    ...COMMON_OPTIONS,
  ];
}

function chosen({ choices }: OptionSpec, name: string, value: string | undefined): string | undefined {
  if (choices === undefined || value === undefined || choices.includes(value)) return value;
  throw unknownName(`value of --${name}`, value, choices);
}

/** Side by side; one below the other where that leaves too little room for the text. */
function helpItem(term: string, width: number, text: string, columns: number): string {
  const left = width + 4;
  if (text === '') return `  ${term}`;
  if (columns - left < LEAST_COLUMNS) return `  ${term}\n${wrapped(text, columns, '      ').join('\n')}`;
  return `  ${term.padEnd(width)}  ${wrapped(text, columns - left, '').join(`\n${' '.repeat(left)}`)}`;
}

const LEAST_COLUMNS = 30;

function helpBelow({ notes = [], examples }: Command, io: Io): string {
  return [
    ...notes.map((note) => `\n${wrapped(note, io.columns, '').join('\n')}`),
    '\nExamples:',
    ...examples.map((example) => `  ${example.replaceAll('cdk8s-zero-trust', programName(io))}`),
  ].join('\n');
}
