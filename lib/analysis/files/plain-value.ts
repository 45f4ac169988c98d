/**
 * What kubectl, Helm and Argo CD make of a scalar without quotes: they read YAML with sigs.k8s.io/yaml, whose parser takes
 * the words of YAML 1.1 for true and false, and numbers as Go writes them (goyaml.v2, `resolve.go`). Dates are text there,
 * and so are numbers in base 60.
 */
export function plainValue(text: string): string | number | boolean | null {
  if (text.length <= LONGEST_WORD && WORDS.has(text)) return WORDS.get(text) as number | boolean | null;
  if (!/^[-+.\d]/.test(text)) return text;
  if (text.startsWith('.')) return FLOAT.test(text) ? Number(text) : text;
  const digits = text.replaceAll('_', '');
  return integer(digits) ?? (FLOAT.test(digits) ? Number(digits) : text);
}

/** Whether readers of YAML 1.1, of 1.2 and of Go take it for different values. */
export function isAmbiguous(text: string): boolean {
  return AMBIGUOUS.test(text);
}

const WORDS = new Map<string, number | boolean | null>([
  ...eachOf(true, 'y Y yes Yes YES true True TRUE on On ON'),
  ...eachOf(false, 'n N no No NO false False FALSE off Off OFF'),
  ...eachOf(null, ' ~ null Null NULL'),
  ...eachOf(Number.NaN, '.nan .NaN .NAN'),
  ...eachOf(Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...eachOf(Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF'),
]);

const LONGEST_WORD = Math.max(...[...WORDS.keys()].map(({ length }) => length));

const AMBIGUOUS =
  /^(?:y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|[-+]?0[0-9_]+|[-+]?[1-9][0-9]*_[0-9_]*|[-+]?0b[01_]+)$/;

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Integers of Go, by prefix: a zero at the beginning means base 8, also without a letter. */
const BASES: readonly (readonly [RegExp, number])[] = [
  [/^([-+]?)0[bB]([01]+)$/, 2],
  [/^([-+]?)0[oO]?([0-7]+)$/, 8],
  [/^([-+]?)0[xX]([0-9a-fA-F]+)$/, 16],
  [/^([-+]?)(0|[1-9][0-9]*)$/, 10],
];

function integer(digits: string): number | undefined {
  for (const [pattern, base] of BASES) {
    const match = pattern.exec(digits);
    if (match !== null) return (match[1] === '-' ? -1 : 1) * Number.parseInt(match[2], base);
  }
  return undefined;
}

function eachOf<T>(value: T, texts: string): [string, T][] {
  return texts.split(' ').map((text) => [text, value]);
}
