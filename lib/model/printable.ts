/**
 * Text of somebody else as a message can hold it, on one line: control characters, which a terminal would obey, and those
 * that turn the direction of writing or hide, are written as escapes.
 */
export function printable(text: string): string {
  // Asked of every name that is read, and nearly all are plain.
  return PLAIN.test(text) ? text : text.replace(UNPRINTABLE, escaped);
}

const PLAIN = /^[ -~]*$/;

/** The same for text that may have lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

// Control characters (C0, C1, DEL), separators of lines, marks of direction (Unicode 16, "Bidi_Control"), zero width, halves
// of pairs.
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
