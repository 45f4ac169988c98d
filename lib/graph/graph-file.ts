import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ZeroTrustError } from '../model/problem';
import type { GraphData } from './graph-data';
import { fromJson } from './json-read';

/** What the graph is called beside the manifests that it is of. */
const GRAPH_FILE = 'graph.json';

/** The graph that lies in a folder of manifests, or in a file; what is wrong with it names the file. */
export function graphIn(path: string): GraphData {
  const [file, json] = graphFile(path);
  try {
    return fromJson(json);
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    throw new ZeroTrustError(
      error.problems.map((problem) => ({
        ...problem,
        where: problem.where === undefined ? file : `${file}: ${problem.where}`,
      })),
    );
  }
}

function graphFile(path: string): readonly [string, string] {
  try {
    const file = statSync(path).isDirectory() ? join(path, GRAPH_FILE) : path;
    return [file, readFileSync(file, 'utf8')];
  } catch (error) {
    throw new ZeroTrustError({
      rule: 'graph-file',
      where: path,
      what: `there is no policy graph to read: ${failureWords(error)}`,
      value: path,
      allowed: `a folder that ZeroTrust.render wrote, or its ${GRAPH_FILE}`,
      fix: `For the graph of another branch: git show origin/main:dist/${GRAPH_FILE} > base.json`,
    });
  }
}

/** Failures of the file system, as a person says them. */
const FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'nothing is at this path',
  ENOTDIR: 'a part of this path is a file, and no folder',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
};

function failureWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return FAILURES[code] ?? (error instanceof Error ? error.message : String(error));
}
