import type { CommandEntry } from '../../lib/cli/commands';
import type { Io } from '../../lib/cli/io';
import { main } from '../../lib/cli/main';

/** How a command line ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Around
  extends Partial<Pick<Io, 'cwd' | 'env' | 'isTerminal' | 'columns' | 'program' | 'ask' | 'cluster'>> {
  readonly stdin?: string;
  readonly commands?: readonly CommandEntry[];
  /** Further parts of the outside. */
  readonly more?: Partial<Io>;
}

/** Runs a command line in this process. */
export async function run(
  argv: readonly string[],
  { stdin = '', commands, more, ...around }: Around = {},
): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    stdin: () => stdin,
    env: {},
    cwd: process.cwd(),
    isTerminal: false,
    columns: 80,
    ...around,
    ...more,
  };
  const code = await main(argv, io, commands);
  return { code, out: out.join(''), err: err.join('') };
}
