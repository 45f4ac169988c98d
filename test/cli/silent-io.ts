import type { Io } from '../../lib/cli/io';

/** A terminal that nobody reads, for what parses a command line and does not run it. */
export const SILENT: Io = {
  out: () => undefined,
  err: () => undefined,
  stdin: () => '',
  env: {},
  cwd: '.',
  isTerminal: false,
  columns: 80,
};
