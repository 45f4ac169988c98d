import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { WrittenObject } from '../analysis';
import { failureProblem } from '../analysis/files/file-problems';
import type { GraphData } from '../graph/graph-data';
import { graphIn } from '../graph/graph-file';
import { ZeroTrustError } from '../model/problem';
import { toolVersion } from '../model/tool-version';
import { type FilesProof, proveFiles } from '../proof';
import {
  fileDifferences,
  fileDigest,
  filesOf,
  isRecordable,
  type ProofRecord,
  proofRecord,
  readRecord,
  recordDifferences,
  recordJson,
} from '../proof/record';
import { type ProofResult, proofResult } from '../report/proof-result';
import type { Given } from './command';
import type { Io } from './io';
import { readManifestsGiven } from './manifests';
import { inFolder } from './paths';

/** What is recorded. */
export interface ToRecord {
  readonly graph: GraphData;
  /** Of the graph. */
  readonly file: string;
  readonly made: FilesProof;
  readonly written: readonly WrittenObject[];
}

/** The record as text, with names that begin at its own folder; undefined where nothing was proved. */
export function recordOf(path: string, { graph, file, made, written }: ToRecord, io: Io): string | undefined {
  if (!isRecordable(made)) return undefined;
  return recordJson(recorded(dirname(inFolder(path, io)), { graph, file, made, written }));
}

function recorded(folder: string, { graph, file, made, written }: ToRecord): ProofRecord {
  return proofRecord({
    graph,
    declaration: fileDigest(file, folder),
    files: filesOf(written).map((each) => fileDigest(each, folder)),
    proof: made,
    version: toolVersion(),
  });
}

/** What becomes of a record when everything that it says is found anew. */
export async function verified(path: string, given: Given, io: Io): Promise<ProofResult> {
  const file = inFolder(path, io);
  const record = readRecord(textOf(file), file);
  const folder = dirname(file);
  const graphFile = join(folder, record.predicate.declaration.name);
  const missing = [record.predicate.declaration, ...record.subject].filter(
    ({ name }) => !existsSync(join(folder, name)),
  );
  if (missing.length > 0)
    throw gone(
      file,
      missing.map(({ name }) => name),
    );
  const graph = graphIn(graphFile);
  const paths = isDefault(given) ? [join(folder, commonFolder(record))] : given.paths;
  const { reading } = await readManifestsGiven(given, io, { paths, cluster: graph.cluster });
  const made = proveFiles(graph, reading);
  const result = proofResult(made, { name: path, graph: graphFile, notes: [] }, reading.written);
  if (!isRecordable(made)) {
    const found = filesOf(reading.written).map((each) => fileDigest(each, folder));
    const against = [
      ...fileDifferences(record.subject, found),
      ...fileDifferences([record.predicate.declaration], [fileDigest(graphFile, folder)]),
      `it says that this is ${record.predicate.conclusion}, and it is not`,
    ];
    return { ...result, record: { files: record.subject.length, against } };
  }
  const { against, notes } = recordDifferences(
    record,
    recorded(folder, { graph, file: graphFile, made, written: reading.written }),
  );
  return { ...result, notes, record: { files: record.subject.length, against } };
}

/** Where no path was given, the files are looked for where the record says that they are. */
function isDefault({ paths }: Given): boolean {
  return paths.length === 1 && paths[0] === '.';
}

function commonFolder({ subject }: ProofRecord): string {
  const [first, ...others] = subject.map(({ name }) => posix.dirname(name).split('/'));
  const length = first.findIndex((part, i) => others.some((parts) => parts[i] !== part));
  return (length < 0 ? first : first.slice(0, length)).join('/') || '.';
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ZeroTrustError(failureProblem(file, error));
  }
}

function gone(file: string, names: readonly string[]): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'proof-record',
    where: file,
    what: `Of what it is about, ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not there`,
    value: names.join(', '),
    allowed: 'the files that were proved, by their names from the folder of the record',
    fix: 'Put the record where it was written, beside them, or make it anew.',
  });
}
