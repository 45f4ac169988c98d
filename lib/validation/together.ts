import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FileReading, type PlaneReading, planeOf, readFiles } from '../analysis';
import type { GraphData } from '../graph/graph-data';
import { graphIn } from '../graph/graph-file';
import type { ClusterFacts } from '../model/cluster-facts';
import { into } from '../model/into';
import { clusterKnown, planeOptions } from '../settings/plane-options';
import type { Given } from './given';

/** Manifests that are of one cluster. */
export interface Together {
  /** What they are called: their folder. */
  readonly name: string;
  readonly paths: readonly string[];
  /** The file of the graph that they are proved against. */
  readonly graph?: string;
}

const GRAPH_FILE = 'graph.json';

/**
 * Manifests by the graph that lies in their folder, or in the nearest one above it that they have in common. Several graphs
 * are of several deployments, so that what is in no folder of theirs stands by itself; with one, it belongs to that.
 *
 * @param graph the one that everything is held against.
 */
export function together(manifests: readonly string[], graph?: string): readonly Together[] {
  const top = commonFolder(manifests);
  if (graph !== undefined) return [{ name: top, paths: manifests, graph }];
  const byFolder = new Map<string | undefined, string[]>();
  for (const path of manifests) {
    into(byFolder, folderWithGraph(dirname(path), top), path);
  }
  const folders = [...byFolder.keys()].filter((folder) => folder !== undefined);
  if (folders.length <= 1)
    return [{ name: top, paths: manifests, ...(folders.length === 1 && { graph: join(folders[0], GRAPH_FILE) }) }];
  return [...byFolder].map(([folder, paths]) =>
    folder === undefined ? { name: 'the rest', paths } : { name: folder, paths, graph: join(folder, GRAPH_FILE) },
  );
}

function folderWithGraph(folder: string, top: string): string | undefined {
  if (existsSync(join(folder, GRAPH_FILE))) return folder;
  const above = dirname(folder);
  return folder === top || above === folder ? undefined : folderWithGraph(above, top);
}

function commonFolder(manifests: readonly string[]): string {
  const [first = '.', ...others] = manifests.map((path) => dirname(path));
  return others.reduce((common, folder) => {
    let shorter = common;
    while (!isIn(folder, shorter) && dirname(shorter) !== shorter) shorter = dirname(shorter);
    return shorter;
  }, first);
}

function isIn(folder: string, above: string): boolean {
  return above === '.' || folder === above || folder.startsWith(above.endsWith('/') ? above : `${above}/`);
}

/** Manifests as they were read, and how they decide. */
export interface ReadTogether {
  readonly reading: FileReading;
  readonly plane: PlaneReading;
  readonly facts?: ClusterFacts;
  /** Absent where there is none. */
  readonly graph?: GraphData;
}

/** @throws for a graph that is none. */
export function readTogether({ paths, graph: file }: Together, given: Given): ReadTogether {
  const graph = file === undefined ? undefined : graphIn(file);
  const reading = readFiles(paths);
  const cluster = given.cluster ?? (graph && clusterKnown(graph.cluster));
  const plane = planeOf(reading, planeOptions(cluster));
  return {
    reading,
    plane,
    ...(cluster && { facts: { ...cluster.facts, engine: plane.engine } }),
    ...(graph && { graph }),
  };
}
