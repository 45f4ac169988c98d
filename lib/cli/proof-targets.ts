import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { findFiles } from '../analysis/files/find-files';
import type { Given } from './command';
import type { Io } from './io';
import { expanded, inFolder, isPassedOver, STDIN } from './paths';

/** What the graph is called that lies beside manifests. */
export const GRAPH_FILE = 'graph.json';

/** What is in no folder that has a graph. */
export const REST = 'the rest';

/** Manifests that are proved together. */
export interface ProofTarget {
  /** What they are called in results. */
  readonly name: string;
  readonly paths: readonly string[];
  /** The file of the graph that they are held against; absent where there is none. */
  readonly graph?: string;
}

/**
 * What a command line asks to be proved: with a graph that it names, everything against that; otherwise every folder that
 * has a graph in it against that one, and what is in no such folder without any.
 *
 * @throws for a path that is none.
 */
export function proofTargets(given: Given, io: Io): readonly ProofTarget[] {
  const graph = given.value('graph');
  if (graph !== undefined) return [{ name: nameOf(given), paths: given.paths, graph: graphFile(inFolder(graph, io)) }];
  const paths = expanded(given.paths, io);
  const files = paths.flatMap((path) => filesBelow(path));
  const folders = [...new Set(files.filter((file) => basename(file) === GRAPH_FILE).map((file) => dirname(file)))];
  const besides = paths.filter((path) => path !== STDIN && isFile(path) && existsSync(join(dirname(path), GRAPH_FILE)));
  const all = [...new Set([...folders, ...besides.map((path) => dirname(path))])];
  if (all.length === 0) return [{ name: nameOf(given), paths: given.paths }];
  const targets = all.map((folder) => targetOf(folder, folders.includes(folder), besides));
  const rest = files.filter((file) => !all.some((folder) => isBelow(file, folder)));
  const others = [...rest, ...paths.filter((path) => path === STDIN)];
  return others.length === 0 ? targets : [...targets, { name: REST, paths: others }];
}

function nameOf({ paths }: Given): string {
  return paths.length === 0 ? 'the live cluster' : paths.join(', ');
}

/** As the graph is given: the file, or the folder that it is in. */
function graphFile(path: string): string {
  return existsSync(path) && statSync(path).isDirectory() ? join(path, GRAPH_FILE) : path;
}

function targetOf(folder: string, isWhole: boolean, besides: readonly string[]): ProofTarget {
  const graph = join(folder, GRAPH_FILE);
  if (isWhole) return { name: folder, paths: [folder], graph };
  const files = besides.filter((path) => dirname(path) === folder);
  return { name: files.join(', '), paths: files, graph };
}

function filesBelow(path: string): readonly string[] {
  // What is not there is told by whoever reads it.
  return path === STDIN ? [] : findFiles([path], isPassedOver).files;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function isBelow(file: string, folder: string): boolean {
  return folder === '.' || file === folder || file.startsWith(`${folder}/`) || dirname(file) === folder;
}
