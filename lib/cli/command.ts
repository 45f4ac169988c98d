import type { ExitCode } from './exit-codes';
import type { Io } from './io';

/** One command of the command line. Its options for reading and printing come from `reads` and `formats`. */
export interface Command {
  /** `list` */
  readonly name: string;
  /** What it gives, as one line of the list of commands. */
  readonly summary: string;
  /** How it is called, without the name of the program: `can <from> <to> [port]`. The arguments are read off it. */
  readonly usage: string;
  /** Whole command lines. */
  readonly examples: readonly string[];
  /** Those that are the command's own. */
  readonly options: readonly OptionSpec[];
  /**
   * Where the paths of manifests are given, for a command that reads any. `arguments`: after the command; `option`: with
   * `-f`, since it has arguments of its own; `own`: its arguments say what is read. @default it reads none
   */
  readonly reads?: 'arguments' | 'option' | 'own';
  /** The formats of its results, the first of them unless another is asked for. @default it has none, and prints text */
  readonly formats?: readonly string[];
  /** More for its help, below the options: sentences. */
  readonly notes?: readonly string[];
  run(given: Given, io: Io): Promise<ExitCode> | ExitCode;
}

/** An option: `--focus <end>` with a value, `--summary` without. */
export interface OptionSpec {
  readonly flags: string;
  /** What it does, with the default where it has one. */
  readonly description: string;
  /** It may be given several times. @default the last one counts */
  readonly isRepeatable?: true;
  /** All values that it takes. @default any text */
  readonly choices?: readonly string[];
}

/** A command line, taken apart. Options go by their long name without dashes: `fail-on`. */
export interface Given {
  /** The command's own arguments, in their order. Of a command that reads `arguments` these are `paths`. */
  readonly args: readonly string[];
  /** Paths of manifests: folders, files, globs, `-`. The folder that one is in where none is given, and no cluster is read. */
  readonly paths: readonly string[];
  /** The words of the line, without the name of the program, with what `renamed` gives in place of each path that is read. */
  line(renamed: (path: string) => string): readonly string[];
  /** What is to be printed where; never empty for a command that has formats. */
  readonly outputs: readonly Output[];
  /** Whether the option is there. */
  has(option: string): boolean;
  /** The value of the option; the last one where it was given several times. */
  value(option: string): string | undefined;
  /** All of its values, in their order. */
  values(option: string): readonly string[];
}

/** One format of the results, and the file that it goes to. */
export interface Output {
  readonly format: string;
  /** @default standard output */
  readonly file?: string;
}
