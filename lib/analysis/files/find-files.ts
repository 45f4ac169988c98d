import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Problem } from '../../model/problem';
import { emptyFolderProblem, failureProblem, loopProblem, notAFileProblem } from './file-problems';

export interface FoundFiles {
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

const EXTENSIONS: readonly string[] = ['.yaml', '.yml', '.json'];

/** Whether a file is read that is in a folder: YAML and JSON by its name, and the one of kustomize that has no ending. */
export function isReadInFolders(path: string): boolean {
  return EXTENSIONS.includes(extname(path)) || basename(path) === 'Kustomization';
}

/**
 * The files to read: those that are named, and the YAML and JSON files in folders that are named, at any depth, in order
 * of their names. What is reached on two ways is read once.
 *
 * @param isPassedOver of folders in those that are named, by their own name. By default none is.
 */
export function findFiles(
  paths: readonly string[],
  isPassedOver: (folder: string) => boolean = () => false,
): FoundFiles {
  const seen = new Set<string>();
  const found = paths.map((path) => {
    const visited = visit(path, { isNamed: true, above: [], seen, isPassedOver });
    const isEmpty = visited.met === 0 && visited.problems.length === 0;
    return isEmpty ? { ...visited, problems: [emptyFolderProblem(path)] } : visited;
  });
  const { files, problems } = joined(found);
  return { files, problems };
}

interface Visit {
  readonly isNamed: boolean;
  /** Real paths of the folders that led here. */
  readonly above: readonly string[];
  /** Real paths of everything that was visited. */
  readonly seen: Set<string>;
  readonly isPassedOver: (folder: string) => boolean;
}

interface Visited extends FoundFiles {
  /** How many files there are to read, those that are read already counted. */
  readonly met: number;
}

function visit(path: string, { isNamed, above, seen, isPassedOver }: Visit): Visited {
  try {
    const real = realpathSync(path);
    if (above.includes(real)) return { ...NONE, problems: [loopProblem(path, real)] };
    const stat = statSync(real);
    if (!isWanted(path, stat, isNamed) || (!isNamed && stat.isDirectory() && isPassedOver(basename(path)))) return NONE;
    if (seen.has(real)) return { ...NONE, met: 1 };
    seen.add(real);
    if (stat.isFile()) return { ...NONE, files: [path], met: 1 };
    if (!stat.isDirectory()) return { ...NONE, problems: [notAFileProblem(path)] };
    const names = readdirSync(path).sort();
    const inside = { isNamed: false, above: [...above, real], seen, isPassedOver };
    return joined(names.map((name) => visit(join(path, name), inside)));
  } catch (error) {
    return { ...NONE, problems: [failureProblem(path, error)] };
  }
}

const NONE: Visited = { files: [], problems: [], met: 0 };

function isWanted(path: string, stat: Stats, isNamed: boolean): boolean {
  return isNamed || stat.isDirectory() || isReadInFolders(path);
}

function joined(visited: readonly Visited[]): Visited {
  return {
    files: visited.flatMap(({ files }) => files),
    problems: visited.flatMap(({ problems }) => problems),
    met: visited.reduce((sum, { met }) => sum + met, 0),
  };
}
