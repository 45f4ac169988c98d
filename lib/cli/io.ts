import type { LiveCluster, LiveTarget } from '../live/transport';
import type { Kubectl } from './kubectl-run';

/** Everything that a command touches of the outside, so that a test needs no process. */
export interface Io {
  /** Results. */
  readonly out: (text: string) => void;
  /** Messages. */
  readonly err: (text: string) => void;
  /** All of standard input, as text. */
  readonly stdin: () => Promise<string> | string;
  /** Standard input as it comes, for what may be long or never end. @default `stdin`, at once */
  readonly stdinBytes?: () => AsyncIterable<Uint8Array | string>;
  /**
   * Calls back where the user interrupts, instead of ending, once for each way of doing so; what it gives back ends that.
   *
   * @default nobody interrupts
   */
  readonly onInterrupt?: (interrupted: () => void) => () => void;
  /** Messages go to a terminal, so that progress can be shown there. @default false */
  readonly isErrTerminal?: boolean;
  /** Asks a person at the terminal for a line. Absent where nobody is there to answer. */
  readonly ask?: (question: string) => Promise<string>;
  /** Calls kubectl, for what writes to a cluster. @default the program of the user */
  readonly kubectl?: Kubectl;
  /** Waits. @default by the clock */
  readonly pause?: (ms: number) => Promise<void>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Results go to a terminal. */
  readonly isTerminal: boolean;
  /** Width of the terminal; 80 where there is none. */
  readonly columns: number;
  /** What the program is called by. @default 'cdk8s-zero-trust' */
  readonly program?: string;
  /** How a cluster is reached. @default by kubectl */
  readonly cluster?: (target: LiveTarget) => Promise<LiveCluster>;
}

/** Whether results are coloured: in a terminal that can, unless `NO_COLOR` says no (no-color.org). */
export function isColoured({ isTerminal, env }: Io): boolean {
  return isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}

const COLOURS: Readonly<Record<string, string>> = { yes: '32', no: '31' };

/** Paints the word of a verdict, where results are coloured. */
export function painted(io: Io): (verdict: string) => string {
  if (!isColoured(io)) return (verdict) => verdict;
  return (verdict) => `\u001b[1;${COLOURS[verdict] ?? '33'}m${verdict}\u001b[0m`;
}
