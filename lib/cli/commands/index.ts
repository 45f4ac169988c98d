import type { Command } from '../command';
import type * as Prove from './prove';

/** A command as the list of commands has it. Its module is loaded when it is asked for, so that help is fast. */
export interface CommandEntry {
  readonly name: string;
  /** As the command itself has it. */
  readonly summary: string;
  readonly load: () => Command;
}

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'prove',
    summary: 'whether manifests allow exactly what is declared',
    load: () => (require('./prove') as typeof Prove).prove,
  },
];
