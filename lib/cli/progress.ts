import type { Given } from './command';
import type { Io } from './io';

/** Between two lines, and before the first one of work that may be short. */
const PAUSE_MS = 500;

/**
 * How far a long command is: one line on a terminal, at most twice a second, which is taken back in the end. Nothing is
 * shown where messages go to a file or a pipe, where a pipeline runs (`CI` is set), and with `--quiet`.
 */
export class Progress {
  readonly #isShown: boolean;
  readonly #io: Io;
  #last: number;
  #width = 0;

  /** @param isLong whether it is known to be long, so that the first line is shown at once. */
  public constructor(given: Pick<Given, 'has'>, io: Io, isLong = false) {
    this.#io = io;
    this.#isShown = io.isErrTerminal === true && !given.has('quiet') && !isPipeline(io);
    this.#last = isLong ? 0 : Date.now();
  }

  /** The text is asked for only where it is shown. */
  public show(text: () => string): void {
    if (!this.#isShown) return;
    const now = Date.now();
    if (now - this.#last < PAUSE_MS) return;
    this.#last = now;
    // A line that is too long would stand in the next one, and not be taken back.
    const line = text().slice(0, this.#io.columns - 1);
    this.#width = Math.max(this.#width, line.length);
    this.#io.err(`\r${line.padEnd(this.#width)}`);
  }

  /** Takes the line back: before a message, and where the work is done. */
  public end(): void {
    if (this.#width > 0) this.#io.err(`\r${' '.repeat(this.#width)}\r`);
    this.#width = 0;
  }
}

/** By the variable that every runner sets. */
function isPipeline({ env }: Io): boolean {
  const { CI = '' } = env;
  return CI !== '' && CI !== 'false' && CI !== '0';
}
