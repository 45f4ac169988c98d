// How the README shows an example and what it gives, so that both can be checked. A comment before a fenced block says
// what the block is:
//
//   <!-- example mesh -->                                               TypeScript that is run as it stands
//   <!-- example mesh: graph -->                                        what it prints
//   <!-- example mesh: manifest ai-inference/vllm -->                   a document that it renders, by namespace/name
//   <!-- example mesh: manifest ai-inference/vllm without annotations -->
//   <!-- fragment -->                                                   TypeScript that is part of something, and not run
//
// Every block of TypeScript has one of them.

export interface Example {
  readonly name: string;
  readonly code: string;
  readonly graphs: readonly string[];
  readonly manifests: readonly ShownManifest[];
}

export interface ShownManifest {
  /** `namespace/name`; a name alone for what has no namespace. */
  readonly object: string;
  readonly withoutAnnotations: boolean;
  readonly text: string;
}

interface Block {
  readonly line: number;
  readonly language: string;
  readonly text: string;
  readonly marker: string | undefined;
}

const FENCE = /^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm;
const MARKER = /<!--\s*((?:example|fragment)\b[^>]*?)\s*-->\s*$/;
const SHOWN = /^example (\S+): (?:graph|manifest (\S+?)( without annotations)?)$/;

/** The examples of a text, each with what it shows; throws for a marker that means nothing, naming its line. */
export function examplesIn(markdown: string): Example[] {
  const blocks = blocksOf(markdown);
  for (const { marker, language, line } of blocks) {
    if (marker === undefined && /^(ts|typescript)$/.test(language)) {
      throw new Error(`line ${line}: a block of TypeScript with no marker before it, so nobody runs it`);
    }
  }
  const marked = blocks.flatMap((block) => (block.marker === undefined ? [] : [{ ...block, marker: block.marker }]));
  const markers = markdown.match(/<!--\s*(example|fragment)\b/g) ?? [];
  if (markers.length !== marked.length) {
    throw new Error(`${markers.length} markers, but ${marked.length} stand right before a fenced block`);
  }
  const codes = marked.filter(({ marker }) => /^example \S+$/.test(marker) && !marker.endsWith(':'));
  const shown = marked.filter((block) => block.marker !== 'fragment' && !codes.includes(block));
  const examples = codes.map(({ marker, text }) => exampleOf(marker.replace('example ', ''), text, shown));
  for (const { marker, line } of shown) {
    const name = SHOWN.exec(marker)?.[1];
    if (name === undefined) throw new Error(`line ${line}: "${marker}" is not a marker`);
    if (!examples.some((example) => example.name === name)) throw new Error(`line ${line}: no example ${name}`);
  }
  return examples;
}

function exampleOf(name: string, code: string, shown: readonly (Block & { readonly marker: string })[]): Example {
  const own = shown.filter(({ marker }) => marker.startsWith(`example ${name}:`));
  return {
    name,
    code,
    graphs: own.filter(({ marker }) => marker.endsWith(': graph')).map(({ text }) => text),
    manifests: own.flatMap(({ marker, text }) => {
      const [, , object, without] = SHOWN.exec(marker) ?? [];
      return object === undefined ? [] : [{ object, withoutAnnotations: without !== undefined, text }];
    }),
  };
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(FENCE)].map(({ index, 1: language = '', 2: text = '' }) => {
    const before = markdown.slice(0, index);
    return { line: before.split('\n').length, language, text, marker: MARKER.exec(before)?.[1] };
  });
}
