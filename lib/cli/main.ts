import { CommanderError, type Command as Parser } from 'commander';
import { ZeroTrustError } from '../model/problem';
import { COMMANDS, type CommandEntry } from './commands';
import { ExitCode } from './exit-codes';
import type { Io } from './io';
import { parserError } from './parser-errors';
import { type Asked, programName, programOf } from './program';

/** Runs a command line, and says how it ends. Nothing is thrown: whatever goes wrong is a message, and an exit code. */
export async function main(
  argv: readonly string[],
  io: Io,
  commands: readonly CommandEntry[] = COMMANDS,
): Promise<ExitCode> {
  try {
    const asked = parsed(argv, io, commands);
    return asked === undefined ? ExitCode.YES : await asked.command.run(asked.given, io);
  } catch (error) {
    io.err(`${error instanceof ZeroTrustError ? error.message : defectText(error, io)}\n`);
    return ExitCode.UNREADABLE;
  }
}

/** What is asked for; undefined where it was help or the version, which are printed by then. */
function parsed(argv: readonly string[], io: Io, commands: readonly CommandEntry[]): Asked | undefined {
  let asked: Asked | undefined;
  const program = programOf(argv, io, commands, (found) => {
    asked = found;
  });
  if (argv.length === 0) {
    io.err(program.helpInformation());
    throw new ZeroTrustError({ rule: 'usage', what: 'No command was given', fix: `${programName(io)} --help` });
  }
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw parserError(error, commandOf(argv, program));
  }
  return asked;
}

function commandOf(argv: readonly string[], program: Parser): Parser {
  const name = argv.find((word) => !word.startsWith('-'));
  return program.commands.find((command) => command.name() === name) ?? program;
}

/** The variable that asks for the stack of a defect. */
const DEBUG = 'CDK8S_ZERO_TRUST_DEBUG';

/** Of an error that is none of the input: a defect of ours, and the user's manifests are not at fault. */
function defectText(error: unknown, { env }: Io): string {
  const isError = typeof error === 'object' && error !== null && 'message' in error;
  const message = isError ? String(error.message).split('\n')[0] : String(error);
  const stack = isError && 'stack' in error ? String(error.stack) : message;
  return [
    `This is a defect of cdk8s-zero-trust, and no fault of what it was given: ${message}`,
    env[DEBUG] ? stack : `${DEBUG}=1 prints where it happened; please report it with that.`,
  ].join('\n');
}
