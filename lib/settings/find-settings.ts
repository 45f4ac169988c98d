import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS_FILE } from '../analysis/files/own-files';

/**
 * The settings of a command line that names none: in the first folder that it reads, else in the one that it runs in.
 *
 * @param here the path that they have in the latter.
 */
export function findSettings(paths: readonly string[], here: string): string | undefined {
  const folder = paths.find((path) => existsSync(path) && statSync(path).isDirectory());
  const places = [...(folder === undefined ? [] : [join(folder, SETTINGS_FILE)]), here];
  return places.find((path) => existsSync(path));
}
