import type { LineCounter, ParsedNode, Document as YamlDocument } from 'yaml';
import type { FieldPath } from '../../kinds/field';
import { printable } from '../../model/printable';
import { remembered } from '../../model/remembered';
import type { DocumentText } from './document-text';
import { lineTree, nearest, type Placed } from './line-tree';
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
  return part.line + nearest(placesOf(part), path).line - 1;
}

/** Lines alone: findings of one document come apart, and what a parser makes of all documents is large. */
const placesOf = remembered(({ text }: DocumentText): Placed => lineTree(text) ?? parsedLines(parsed(text)));

/** Where everything stands as `yaml` tells it, by keys: a value that spans lines may begin below its key. */
function parsedLines({ document: { contents }, lines }: NonNullable<typeof latest>): Placed {
  const { isMap, isScalar, isSeq } = yaml();
  const lineOfNode = (node: ParsedNode) => lines.linePos(node.range[0]).line;
  const inside = (node: ParsedNode | null): Omit<Placed, 'line'> => {
    if (isSeq(node)) {
      return {
        items: node.items.map((item) => ({ line: lineOfNode(item as ParsedNode), ...inside(item as ParsedNode) })),
      };
    }
    if (!isMap(node)) return {};
    const fields = new Map<string, Placed>();
    for (const { key, value } of node.items as { key: ParsedNode; value: ParsedNode | null }[]) {
      if (!isScalar(key) || fields.has(String(key.value))) continue;
      // What is below a key that is no text stands where the key does.
      const isText = typeof key.value === 'string';
      fields.set(String(key.value), { line: lineOfNode(key), ...(isText && inside(value)) });
    }
    return { fields };
  };
  return { line: contents === null ? 1 : lineOfNode(contents), ...inside(contents) };
}

// Values that may be read otherwise and lines are looked for in the same document.
let latest: { readonly text: string; readonly document: YamlDocument.Parsed; readonly lines: LineCounter } | undefined;

/** With the place of everything in it. */
export function parsed(text: string): NonNullable<typeof latest> {
  if (latest?.text === text) return latest;
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  latest = { text, document: parseDocument(text, { lineCounter: lines, logLevel: 'silent' }), lines };
  return latest;
}
