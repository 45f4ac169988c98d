import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Problem } from '../../model/problem';
import { emptyFolderProblem, failureProblem, loopProblem, notAFileProblem } from './file-problems';

export interface FoundFiles {
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

const EXTENSIONS = ['.yaml', '.yml', '.json'];

/**
 * The files to read: those that are named, and the YAML and JSON files in folders that are named, at any depth, in order
 * of their names. What is reached on two ways is read once.
 */
export function findFiles(paths: readonly string[]): FoundFiles {
  const seen = new Set<string>();
  const found = paths.map((path) => {
    const before = seen.size;
    const { files, problems } = visit(path, { isNamed: true, above: [], seen });
    const isEmpty = files.length + problems.length === 0 && seen.size > before;
    return { files, problems: isEmpty ? [emptyFolderProblem(path)] : problems };
  });
  return joined(found);
}

interface Visit {
  readonly isNamed: boolean;
  /** Real paths of the folders that led here. */
  readonly above: readonly string[];
  /** Real paths of everything that was visited. */
  readonly seen: Set<string>;
}

function visit(path: string, { isNamed, above, seen }: Visit): FoundFiles {
  try {
    const real = realpathSync(path);
    if (above.includes(real)) return { files: [], problems: [loopProblem(path, real)] };
    const stat = statSync(real);
    if (!isWanted(path, stat, isNamed) || seen.has(real)) return NONE;
    seen.add(real);
    if (stat.isFile()) return { files: [path], problems: [] };
    if (!stat.isDirectory()) return { files: [], problems: [notAFileProblem(path)] };
    const names = readdirSync(path).sort();
    return joined(names.map((name) => visit(join(path, name), { isNamed: false, above: [...above, real], seen })));
  } catch (error) {
    return { files: [], problems: [failureProblem(path, error)] };
  }
}

const NONE: FoundFiles = { files: [], problems: [] };

function isWanted(path: string, stat: Stats, isNamed: boolean): boolean {
  return isNamed || stat.isDirectory() || EXTENSIONS.includes(extname(path));
}

function joined(found: readonly FoundFiles[]): FoundFiles {
  return { files: found.flatMap(({ files }) => files), problems: found.flatMap(({ problems }) => problems) };
}
