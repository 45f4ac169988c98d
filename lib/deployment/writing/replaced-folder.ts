import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { withSignalsHeld } from './held-signals';
import { refuseForeignFiles, refuseSurroundings } from './refused-folders';

/**
 * Puts what `write` makes in the place of a folder, as a whole or not at all: it is written beside the folder, on the same
 * file system, and comes in by a rename. An error leaves the folder as it was.
 *
 * There is no portable way to exchange two folders at once, so the former one is moved away first. Signals wait for that
 * long, and who was killed all the same finds the former folder in its place when this runs again.
 */
export function replacedFolder<T>(folder: string, write: (fresh: string) => T): T {
  const target = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  const beside = besideOf(target);
  refuseSurroundings(target);
  restore(target, beside.former);
  refuseForeignFiles(target);
  clearAway(target);
  try {
    mkdirSync(beside.fresh, { recursive: true });
    const made = write(beside.fresh);
    withSignalsHeld(() => swap(target, beside));
    return made;
  } finally {
    rmSync(beside.fresh, { recursive: true, force: true });
  }
}

interface Beside {
  /** Of one process, so that two that render at once do not write into each other. */
  readonly fresh: string;
  /** The same for all, so that any of them can put it back. */
  readonly former: string;
}

function besideOf(target: string): Beside {
  const start = join(dirname(target), `.${basename(target)}`);
  return { fresh: `${start}.fresh-${process.pid}`, former: `${start}.former` };
}

/** Puts back what somebody had moved away and was killed before the new folder came. */
function restore(target: string, former: string): void {
  if (!existsSync(target) && existsSync(former)) renameSync(former, target);
}

/** What is left of processes that are no more. */
function clearAway(target: string): void {
  const start = `.${basename(target)}.fresh-`;
  const parent = dirname(target);
  for (const name of existsSync(parent) ? readdirSync(parent) : []) {
    const pid = name.startsWith(start) ? Number(name.slice(start.length)) : Number.NaN;
    if (Number.isInteger(pid) && pid > 0 && (pid === process.pid || !isAlive(pid)))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function swap(target: string, { fresh, former }: Beside): void {
  if (existsSync(target)) {
    rmSync(former, { recursive: true, force: true });
    renameSync(target, former);
  }
  try {
    renameSync(fresh, target);
  } catch (error) {
    restore(target, former);
    throw error;
  }
  // What is called former is whole, and wanted back; this is neither.
  if (existsSync(former)) renameSync(former, fresh);
}
