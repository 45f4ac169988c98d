import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { apps } from './main';
import { type Apps, renderAll } from './render';

/** Renders the apps beside `outdir` and puts them in its place when all of them are there; an error changes nothing. */
export function synthInto(outdir: string, all: Apps): string[] {
  const target = resolve(outdir);
  const fresh = join(dirname(target), `.synth-${process.pid}`);
  try {
    rmSync(fresh, { recursive: true, force: true });
    const proved = renderAll(all, fresh);
    replace(target, fresh);
    return proved;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Two renames, so that there is no moment with half of each; what was there comes back if the second one fails. */
function replace(target: string, fresh: string): void {
  if (!existsSync(fresh)) throw new Error('there are no apps, so there is nothing to put into the output folder');
  const former = `${fresh}-former`;
  if (existsSync(target)) renameSync(target, former);
  try {
    renameSync(fresh, target);
  } catch (error) {
    if (existsSync(former)) renameSync(former, target);
    throw error;
  }
  rmSync(former, { recursive: true, force: true });
}

if (require.main === module) {
  try {
    for (const line of synthInto('dist', apps)) console.log(line);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\ndist is as it was.`);
    process.exitCode = 1;
  }
}
