import { inShell } from '../model/in-shell';
import type { Given } from './command';
import type { Io } from './io';
import { expanded, STDIN } from './paths';

/** What the text of standard input is called in messages. */
export const STDIN_NAME = 'standard input';

/**
 * The command line that the user gave, for the end of a pipe: with `-` in place of the path that the file is in. Undefined
 * where there is no such path, and where standard input is read already.
 */
export function pipedLine(file: string, given: Given, io: Io): string | undefined {
  const words = given.line((path) => (holds(path, file, io) ? STDIN : path));
  if (words.filter((word) => word === STDIN).length !== 1) return undefined;
  return [...runBy(io), ...words.map(inShell)].join(' ');
}

/** A file of a revision (`git:main:dist`) is called by its place in there. */
function holds(path: string, file: string, io: Io): boolean {
  if (path === STDIN) return file === STDIN_NAME;
  if (path.startsWith('git:')) return isIn(path.slice('git:'.length), file);
  return expanded([path], io).some((each) => each === '.' || isIn(each, file));
}

function isIn(path: string, file: string): boolean {
  return file === path || file.startsWith(/[/:\\]$/.test(path) ? path : `${path}/`);
}

/** As it is called where nobody installed it for all. */
function runBy({ program }: Io): readonly string[] {
  return program === undefined ? ['npx', 'cdk8s-zero-trust'] : program.split(' ');
}
