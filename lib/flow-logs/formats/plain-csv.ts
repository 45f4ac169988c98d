import type { Labels } from '../../model/labels';
import { nearestOf } from '../../model/near';
import type { LineRead, LogFormat, LogNote, LogReader } from '../flow-record';
import { csvValues } from '../reading/csv-values';
import { NOTHING, unreadable } from '../reading/line-read';
import type { ObjectShape, Shape } from '../reading/shape';
import { plainRead } from './plain-record';
import { PLAIN_FLOW } from './plain-shape';

/** Flows in CSV: a header with paths of the fields that JSONL has, and a flow a line. */
export const plainCsv: LogFormat = {
  name: 'csv',
  title: 'CSV of our own, with a header such as `source.namespace,source.labels,destination.address,port,verdict`',
  recognises: (line) => (headerOf(line) === undefined ? 0 : 2),
  reader: () => new CsvReader(),
  isUnordered: true,
  limits: [
    'What a line does not say, or leaves empty, is not known. Columns that are no field of the schema are left out.',
  ],
};

const SEPARATORS = [',', ';', '\t'];

/** A column: where its values go, and how they are read. */
interface Column {
  readonly path: readonly string[];
  readonly read: (text: string) => unknown;
}

/** Columns by their names: `port`, `source.namespace`, `source.workload.name`. */
const COLUMNS: ReadonlyMap<string, Column> = new Map(columnsOf(PLAIN_FLOW, []));

export const CSV_COLUMNS: readonly string[] = [...COLUMNS.keys()];

interface Header {
  readonly separator: string;
  readonly names: readonly string[];
}

class CsvReader implements LogReader {
  private header: Header | undefined;

  line(text: string, line: number): LineRead {
    if (text.trim() === '') return NOTHING;
    // Files that were put together have a header each.
    const header = headerOf(text);
    if (header !== undefined) return this.begin(header, line);
    if (this.header === undefined) return unreadable('no header names its columns', line);
    const values = csvValues(text, this.header.separator);
    if (values === undefined) return unreadable('a quote is not closed', line);
    if (values.length !== this.header.names.length) {
      return unreadable(`it has ${values.length} values for ${this.header.names.length} columns`, line);
    }
    return plainRead(flowOf(this.header.names, values), line);
  }

  end(): LineRead {
    return NOTHING;
  }

  private begin(header: Header, line: number): LineRead {
    this.header = header;
    const unknown = header.names.filter((name) => !COLUMNS.has(name));
    return { records: [], notes: unknown.map((name) => unknownColumn(name, line)) };
  }
}

function unknownColumn(name: string, line: number): LogNote {
  const what = `the column ${name}`;
  const meant = nearestOf(name, CSV_COLUMNS);
  if (meant === undefined) return { kind: 'passed-over', what, line };
  return { kind: 'passed-over', what, line, hint: `${what} is not known; did you mean ${meant}?` };
}

/** A header names the verdict and something of an end. */
function headerOf(line: string): Header | undefined {
  if (!line.includes('verdict')) return undefined;
  for (const separator of SEPARATORS) {
    const names = csvValues(line, separator)?.map((name) => name.trim());
    if (names?.includes('verdict') && names.some((name) => /^(source|destination)\./.test(name))) {
      return { separator, names };
    }
  }
  return undefined;
}

function flowOf(names: readonly string[], values: readonly string[]): unknown {
  const flow: Record<string, unknown> = { source: {}, destination: {} };
  for (const [at, name] of names.entries()) {
    const column = COLUMNS.get(name);
    const text = values[at]?.trim() ?? '';
    if (column !== undefined && text !== '') put(flow, column.path, column.read(text));
  }
  return flow;
}

function put(flow: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let into = flow;
  for (const key of path.slice(0, -1)) {
    into[key] ??= {};
    into = into[key] as Record<string, unknown>;
  }
  into[path.at(-1) as string] = value;
}

function columnsOf(shape: ObjectShape, path: readonly string[]): readonly [string, Column][] {
  return Object.entries(shape.properties).flatMap(([key, own]): readonly [string, Column][] => {
    const at = [...path, key];
    if ('properties' in own) return columnsOf(own, at);
    return [[at.join('.'), { path: at, read: (text) => valueIn(own, text) }]];
  });
}

/** Of a text that is not of its shape the text itself, which the shape then refuses. */
function valueIn(shape: Shape, text: string): unknown {
  switch (shape.type) {
    case 'integer':
      return /^\d{1,16}$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'array': {
      const texts = partsOf(text);
      return shape.items.type === 'object' ? texts.map(policyOf) : texts;
    }
    case 'object':
      return labelsIn(text) ?? text;
    case 'string':
      return text;
  }
}

/** `app=agent;tenant=blue`; undefined where a part is no label. */
function labelsIn(text: string): Labels | undefined {
  const labels = partsOf(text).map((part) => /^([^=]+)=(.*)$/.exec(part));
  if (labels.includes(null)) return undefined;
  return Object.fromEntries(labels.map((label) => [label?.[1], label?.[2]]));
}

/** Several values in one column have semicolons between them. */
function partsOf(text: string): readonly string[] {
  return text.split(';').map((part) => part.trim());
}

/** `NetworkPolicy:ai-data/redis`, `ai-data/redis` or `redis`. */
function policyOf(text: string): unknown {
  const parts = /^(?:([^:/]+):)?(?:([^/]+)\/)?([^/]+)$/.exec(text);
  if (parts === null) return text;
  const [, kind, namespace, name] = parts;
  return { ...(kind === undefined ? {} : { kind }), ...(namespace === undefined ? {} : { namespace }), name };
}
