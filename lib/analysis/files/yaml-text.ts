import type { YAMLException } from 'js-yaml';
import type { Alias, Document } from 'yaml';
import type { Problem } from '../../model/problem';
import type { FileDocument } from './document';
import { type DocumentText, documentTexts } from './document-text';
import { jsYaml, yaml } from './parsers';
import { kubernetesSchema, resolveScalars } from './schema';
import { hasTemplate, isParsedTemplate as isTemplate, templateLine, templateProblem } from './templates';
import { type Around, NOTHING_AROUND } from './tool-output';

export interface YamlReading {
  readonly documents: readonly FileDocument[];
  readonly problems: readonly Problem[];
}

// What begins an anchor, an alias and a merge key; text that only looks like them costs time and nothing else.
const ANCHOR = /(^|[\s[{,:-])&[^\s,[\]{}]/m;
const ALIAS = /(^|[\s[{,:-])\*[^\s,[\]{}]/m;
const MERGE = /(^|[\s{,])<<\s*:/m;

/** As many as a person writes; a bomb needs many more. */
const MOST_ALIASES = 100;

/**
 * The documents of YAML or JSON text, their scalars read as kubectl reads them. Empty documents are left out. A document that cannot be read is reported, and the others are read all the same.
 */
export function readYaml(text: string, file: string, around = NOTHING_AROUND): YamlReading {
  const parts = documentTexts(text);
  if (!isEntangled(text)) {
    const objects = loadAll(text);
    if (objects?.length === parts.length && !isTemplate(text, objects))
      return { documents: documentsOf(objects, parts, file), problems: [] };
  }
  const read = parts.map((part, i) => readPart(part, file, i + 1, around));
  return { documents: read.flatMap((it) => it.documents), problems: read.flatMap((it) => it.problems) };
}

/** Whether parts of the text may stand for others: only `yaml` reads that safely, and as Kubernetes does. */
function isEntangled(text: string): boolean {
  return (text.includes('&') && ANCHOR.test(text) && ALIAS.test(text)) || (text.includes('<<') && MERGE.test(text));
}

/** All at once, which is fastest; undefined where one of them is wrong. */
function loadAll(text: string): unknown[] | undefined {
  const { loadAll: load, YAMLException } = jsYaml();
  try {
    return load(text, undefined, { schema: kubernetesSchema() });
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
}

function documentsOf(objects: readonly unknown[], parts: readonly DocumentText[], file: string): FileDocument[] {
  return objects.flatMap((object, i) => (isEmpty(object) ? [] : [{ file, number: i + 1, object, part: parts[i] }]));
}

function readPart(part: DocumentText, file: string, number: number, around: Around): YamlReading {
  const where = (line: number) => `${file}, document ${number}, line ${part.line + line - 1}`;
  const result = isEntangled(part.text) ? loadWithAnchors(part.text) : loadPlain(part.text);
  if ('reason' in result) {
    const problem = hasTemplate(part.text)
      ? templateProblem(where(result.line), file, around)
      : brokenProblem(where(result.line), result.reason, part.text, result.line);
    return { documents: [], problems: [problem] };
  }
  if (isTemplate(part.text, result.objects))
    return { documents: [], problems: [templateProblem(where(templateLine(part.text)), file, around)] };
  const documents = result.objects
    .filter((object) => !isEmpty(object))
    .map((object) => ({ file, number, object, part }));
  return { documents, problems: [] };
}

type Loaded = { readonly objects: readonly unknown[] } | { readonly reason: string; readonly line: number };

function loadPlain(text: string): Loaded {
  const { loadAll: load, YAMLException } = jsYaml();
  try {
    return { objects: load(text, undefined, { schema: kubernetesSchema() }) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { reason: error.reason, line: lineOf(error) };
  }
}

/** The message of the exception has the whole text in it: only its reason and line are of use. */
function lineOf(error: YAMLException): number {
  return (error.mark?.line ?? 0) + 1;
}

/** Merge keys are read as the tools of Kubernetes do, which take YAML 1.1 for that. */
function loadWithAnchors(text: string): Loaded {
  const { LineCounter, parseAllDocuments } = yaml();
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, merge: true, schema: 'failsafe', logLevel: 'silent' });
  const documents = Array.isArray(parsed) ? parsed : [];
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error !== undefined) {
    return { reason: error.message.split(/ at line |\n/)[0], line: lines.linePos(error.pos[0]).line };
  }
  for (const document of documents) {
    const alias = danglingAlias(document);
    if (alias !== undefined) {
      const { line } = lines.linePos(alias.range?.[0] ?? 0);
      return { reason: `the alias '*${alias.source}' has no anchor before it`, line };
    }
  }
  try {
    documents.forEach(resolveScalars);
    return { objects: documents.map((document) => document.toJS({ maxAliasCount: MOST_ALIASES })) };
  } catch (failure) {
    if (!(failure instanceof ReferenceError)) throw failure;
    return { reason: `its aliases repeat more than they may (${MOST_ALIASES} at most)`, line: 1 };
  }
}

/** In one walk: asking each alias for its anchor takes a walk for each. */
function danglingAlias(document: Document): Alias | undefined {
  const { isAlias, visit } = yaml();
  const anchors = new Set<string>();
  let dangling: Alias | undefined;
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node) && !anchors.has(node.source)) dangling ??= node;
      if (!isAlias(node) && node.anchor !== undefined) anchors.add(node.anchor);
    },
  });
  return dangling;
}

function brokenProblem(where: string, reason: string, text: string, line: number): Problem {
  if (!/duplicated mapping key|Map keys must be unique/.test(reason)) {
    return {
      rule: 'yaml',
      where,
      what: `This is not YAML that can be read: ${reason}`,
      allowed: 'YAML 1.2, or JSON',
      fix: 'Mend the document; the others of the file were read.',
    };
  }
  return {
    rule: 'duplicate-key',
    where,
    what: 'A key stands twice in one object, and which one counts depends on who reads it',
    allowed: 'each key once',
    fix: beginsObject(text, line)
      ? "Write '---' on a line of its own before this line: here another object begins."
      : 'Take one of the two out.',
  };
}

/** Whether files were put together without a separator: one of the keys that objects begin with, and the other follows. */
function beginsObject(text: string, line: number): boolean {
  const rest = text.split('\n').slice(line - 1);
  const begins = (key: string) => (each: string) => each.startsWith(`${key}:`);
  const [first, other] = begins('apiVersion')(rest[0] ?? '') ? ['apiVersion', 'kind'] : ['kind', 'apiVersion'];
  return begins(first)(rest[0] ?? '') && rest.slice(1).some(begins(other));
}

function isEmpty(object: unknown): boolean {
  return object === null || object === undefined;
}
