import type { LineCounter, ParsedNode, Document as YamlDocument } from 'yaml';
import type { FieldPath } from '../../kinds/field';
import { printable } from '../../model/printable';
import type { DocumentText } from './document-text';
import { yaml } from './parsers';

/** A document that was read. */
export interface FileDocument {
  readonly file: string;
  /** From 1, as they stand in the file. */
  readonly number: number;
  readonly object: unknown;
  /** Absent for what is in no file: `source` says where it is. */
  readonly part?: DocumentText;
  readonly source?: string;
}

/** Beyond this, looking for a line costs more than it helps (`yaml` reads some 1.5 MB in a second). */
const LONGEST_SEARCHED = 1_000_000;

/** `file, document 2, line 14`: the line of the field, or of the nearest one above it that is there. */
export function sourceText(document: FileDocument, path?: FieldPath): string {
  if (document.source !== undefined) return printable(document.source);
  const place = `${printable(document.file)}, document ${document.number}`;
  const line = path === undefined ? undefined : lineOf(document, path);
  return line === undefined ? place : `${place}, line ${line}`;
}

/** The line of the file, from 1, of the field or of the nearest one above it; undefined where it cannot be told. */
export function lineOf({ part }: FileDocument, path: FieldPath): number | undefined {
  if (part === undefined || part.text.length > LONGEST_SEARCHED) return undefined;
  return part.line + lineWithin(part.text, path) - 1;
}

function lineWithin(text: string, path: FieldPath): number {
  const { document, lines } = parsed(text);
  for (let length = path.length; length > 0; length--) {
    const node = keyOrValue(document, path.slice(0, length));
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  const start = document.contents?.range?.[0];
  return start === undefined ? 1 : lines.linePos(start).line;
}

/** The key of a field: a value that spans lines may begin below it. */
function keyOrValue(document: YamlDocument.Parsed, path: FieldPath): ParsedNode | undefined {
  const { isMap, isScalar } = yaml();
  const parent = document.getIn(path.slice(0, -1));
  const key = path[path.length - 1];
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
    return pair?.key as ParsedNode | undefined;
  }
  return document.getIn(path, true) as ParsedNode | undefined;
}

// The problems of one document come one after another.
let latest: { readonly text: string; readonly document: YamlDocument.Parsed; readonly lines: LineCounter } | undefined;

/** With the place of everything in it. */
export function parsed(text: string): NonNullable<typeof latest> {
  if (latest?.text === text) return latest;
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  latest = { text, document: parseDocument(text, { lineCounter: lines, logLevel: 'silent' }), lines };
  return latest;
}
