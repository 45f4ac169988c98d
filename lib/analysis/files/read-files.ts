import { readFileSync, statSync } from 'node:fs';
import type { FieldPath } from '../../kinds/field';
import { type Problem, printableProblem } from '../../model/problem';
import { objectsOf } from '../lists';
import { type ManifestOptions, type ManifestReading, readManifests } from '../read-manifests';
import { ambiguousScalars } from './ambiguous-scalars';
import { type FileDocument, lineOf, sourceText } from './document';
import { failureProblem, notTextProblem, tooLargeProblem } from './file-problems';
import { findFiles } from './find-files';
import { unbuilt } from './kustomizations';
import { isOwnFile } from './own-files';
import { withRendering } from './templates';
import type { Around, PipedTo } from './tool-output';
import { objectsInValues } from './values-files';
import { readYaml, type YamlReading } from './yaml-text';

/** Manifests as files have them. */
export interface FileReading extends ManifestReading {
  /** What may be read otherwise by others; nothing that makes the reading wrong. */
  readonly warnings: readonly Problem[];
  /** How many files were read. */
  readonly files: number;
  /** Every object as it is written, those in Lists one by one. */
  readonly written: readonly WrittenObject[];
}

/** An object of a file. */
export interface WrittenObject {
  readonly object: unknown;
  /** File and document, with the line of the field where one is asked for. */
  readonly sourceOf: (path?: FieldPath) => string;
  readonly file: string;
  /** The line of the file, from 1, that the field is in, or the nearest one above it; undefined where it cannot be told. */
  readonly lineOf: (path: FieldPath) => number | undefined;
}

export interface FileOptions extends Pick<ManifestOptions, 'defaultNamespace' | 'addressesOf' | 'values'> {
  /** In bytes; larger files are reported and not read. @default 32 MB, which YAML readers take some seconds for */
  readonly largestFile?: number;
  /** Texts that are read after the files: what came through a pipe. @default none */
  readonly texts?: readonly GivenText[];
  /** Objects that are in no text, read after that: those of a cluster. @default none */
  readonly objects?: readonly GivenObject[];
  /** Folders that are passed over where they are in a folder that is named, by their own name. @default none */
  readonly isPassedOver?: (folder: string) => boolean;
  /** What reads, in place of a file, what a tool makes of it: fixes name it. @default they have it written to a file */
  readonly pipedTo?: PipedTo;
  /** Called before each file is read, with how many were. @default nobody is told */
  readonly progress?: (read: number, files: number) => void;
}

/** YAML or JSON that is in no file. */
export interface GivenText {
  /** What it is called in problems: `standard input`. */
  readonly name: string;
  readonly text: string;
}

/** An object that is in no text. */
export interface GivenObject {
  readonly object: unknown;
  /** What stands for its file: `live cluster staging`. */
  readonly file: string;
  /** Where it is, among all others: `live cluster staging: NetworkPolicy models/vllm`. */
  readonly source: string;
}

const LARGEST_FILE = 32_000_000;

/** Reads files, and folders of files at any depth: plain manifests, `helm template` output, `kubectl get -o yaml`. */
export function readFiles(paths: readonly string[], options: FileOptions = {}): FileReading {
  const { largestFile = LARGEST_FILE, texts = [], objects = [], isPassedOver, pipedTo, progress } = options;
  const found = findFiles(paths, isPassedOver);
  const around: Around = { files: [...found.files, ...texts.map(({ name }) => name)], ...(pipedTo && { pipedTo }) };
  const read = [
    ...found.files.map((file, i) => {
      progress?.(i, found.files.length);
      return readFile(file, largestFile, around);
    }),
    ...texts.map(({ text, name }) => readYaml(text, name, around)),
  ];
  const given = objects.map((each, i): FileDocument => ({ ...each, number: i + 1 }));
  const documents = [...read.flatMap((it) => it.documents), ...given];
  const problems = [...found.problems, ...read.flatMap((it) => it.problems)];
  return { ...readDocuments(documents, problems, options, around), files: read.length };
}

/** Reads YAML or JSON text; `file` is what it is called in problems. */
export function readText(text: string, file: string, options: FileOptions = {}): FileReading {
  const around: Around = { files: [file], ...(options.pipedTo && { pipedTo: options.pipedTo }) };
  const { documents, problems } = readYaml(text, file, around);
  return { ...readDocuments(documents, problems, options, around), files: 1 };
}

function readDocuments(
  found: readonly FileDocument[],
  problems: readonly Problem[],
  { defaultNamespace, addressesOf, values }: FileOptions,
  around: Around,
): Omit<FileReading, 'files'> {
  const kustomized = unbuilt(
    found.filter((document) => !isOwnFile(document)),
    defaultNamespace,
    around,
  );
  const { documents } = kustomized;
  const objects = documents.map(({ object }) => object);
  const reading = readManifests(objects, {
    defaultNamespace,
    addressesOf,
    values,
    sourceOf: (index, path) => sourceText(documents[index], path),
    fileOf: (index) => documents[index].file,
  });
  return {
    ...reading,
    written: objectsOf(objects).map(({ object, index, path: above }) => ({
      object,
      sourceOf: (path) => sourceText(documents[index], path && [...above, ...path]),
      file: documents[index].file,
      lineOf: (path) => lineOf(documents[index], [...above, ...path]),
    })),
    problems: [
      ...problems.map(printableProblem),
      ...kustomized.problems,
      ...reading.problems.map((problem) => withRendering(problem, around)),
    ],
    notes: [...kustomized.notes, ...reading.notes],
    warnings: [
      ...kustomized.warnings,
      ...objectsInValues(documents, around),
      ...documents.flatMap(ambiguousScalars).map(printableProblem),
    ],
  };
}

function readFile(path: string, largest: number, around: Around): YamlReading {
  try {
    const { size } = statSync(path);
    if (size > largest) return { documents: [], problems: [tooLargeProblem(path, size, largest)] };
    const text = decoded(readFileSync(path));
    return text === undefined ? { documents: [], problems: [notTextProblem(path)] } : readYaml(text, path, around);
  } catch (error) {
    return { documents: [], problems: [failureProblem(path, error)] };
  }
}

/** Without its byte order mark; undefined for what is no UTF-8, or has characters that no text has. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
