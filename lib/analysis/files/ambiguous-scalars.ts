import type { Node } from 'yaml';
import { isObject } from '../../kinds/field';
import type { Problem } from '../../model/problem';
import { type FileDocument, parsed } from './document';
import { yaml } from './parsers';
import { isAmbiguous } from './plain-value';

/**
 * A word or a number that may be meant, where a value begins; looking closer takes a slower parser. Every document is
 * searched, so cases are spelled out and there are no flags, which cost half of the time: an end of line is a space.
 */
const SUSPECT =
  /(?:^|[\s[{,:])(?:[yY](?:[eE][sS])?|[nN][oO]?|[oO](?:[nN]|[fF][fF])|[-+]?(?:0[0-9_]+|[1-9][0-9]*_[0-9_]*|0[bB][01_]+))(?=[\s,\]}:]|$)/;

/** Kinds that hold free text, in which such words are words, and kinds that only describe others. */
const FREE_TEXT = ['ConfigMap', 'Secret', 'CustomResourceDefinition'];

const FILE_MODES: ReadonlySet<string> = new Set(['defaultMode', 'mode']);

/**
 * Values without quotes that the cluster may read as another value than others do, by file, document and line. We read
 * them as kubectl does; kustomize and most readers of YAML 1.2 differ.
 */
export function ambiguousScalars({ file, number, object, part }: FileDocument): Problem[] {
  if (!isObject(object) || FREE_TEXT.includes(String(object.kind))) return [];
  if (part === undefined || !SUSPECT.test(part.text)) return [];
  const { document, lines } = parsed(part.text);
  return ambiguousIn(document.contents).map(({ source, offset }) => ({
    rule: 'ambiguous-scalar',
    where: `${file}, document ${number}, line ${part.line + lines.linePos(offset).line - 1}`,
    what: `The value ${source} without quotes is another value to some readers of YAML than to others`,
    value: source,
    allowed: 'text in quotes, numbers without leading zeros, true and false',
    fix: `Write '${source}' in quotes if it is text, or the number or truth value that is meant.`,
  }));
}

interface Found {
  readonly source: string;
  readonly offset: number;
}

function ambiguousIn(contents: Node | null): Found[] {
  const { visit } = yaml();
  const found: Found[] = [];
  visit(contents, {
    Map: (_, map) => (FREE_TEXT.includes(String(map.get('kind'))) ? visit.SKIP : undefined),
    // Modes of files are written in octal everywhere, as Kubernetes' own documentation does, and bear on no traffic.
    Pair: (_, { key }) => (FILE_MODES.has(String(key)) ? visit.SKIP : undefined),
    Scalar: (_, { type, tag, source, range }) => {
      const isPlain = type === 'PLAIN' && tag === undefined && source !== undefined;
      if (isPlain && isAmbiguous(source)) found.push({ source, offset: range?.[0] ?? 0 });
    },
  });
  return found;
}
