import { failureProblem } from '../analysis/files/file-problems';
import { filePieces, type LogSource } from '../flow-logs/read-log';
import { ZeroTrustError } from '../model/problem';
import type { Io } from './io';
import { inFolder, STDIN } from './paths';

/** A log that a command line names. */
export interface NamedLog {
  readonly name: string;
  readonly source: LogSource;
}

/** Opened when it is read. @throws when it is read and cannot be. */
export function flowLog(path: string, io: Io): NamedLog {
  if (path !== STDIN) return { name: path, source: bytesOf(inFolder(path, io)) };
  return { name: 'standard input', source: io.stdinBytes?.() ?? textOf(io) };
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* filePieces(path);
  } catch (error) {
    throw new ZeroTrustError(failureProblem(path, error));
  }
}

async function* textOf(io: Io): AsyncGenerator<string> {
  yield await io.stdin();
}

/** What ends the reading of logs before they end. */
export class Stopping {
  isStopped = false;
  private current: LogSource | undefined;

  /** A stream that waits for more is closed, since nothing else wakes it. */
  stop(): void {
    this.isStopped = true;
    if (this.current !== undefined && 'destroy' in this.current) (this.current as { destroy(): void }).destroy();
  }

  /** The source until then. */
  async *until(source: LogSource): AsyncGenerator<Uint8Array | string> {
    this.current = source;
    try {
      for await (const piece of source) {
        if (this.isStopped) return;
        yield piece;
      }
    } catch (error) {
      // A stream that is closed while it is read says so.
      if (!this.isStopped) throw error;
    }
  }
}
