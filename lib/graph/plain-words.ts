/** What ends a remark or a column in the text form, and the words that begin a remark: text that holds them is quoted. */
const UNSAFE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp};"\\]|(?! )\p{Zs}|^ | {2}| $|^(?:except |acknowledged |note: )|^encrypted$/u;

/** Everything that a reader cannot see, or that would move the cursor (control, format, odd spaces), by code unit. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/**
 * Free text on one line, so that no reason can forge a line, a column or a remark of another: as it is where it is
 * plain, else as a JSON string in which every invisible character is escaped. Different texts stay different.
 */
export function inline(text: string): string {
  return text === '' || UNSAFE.test(text) ? quoted(text) : text;
}

/** Whether every character of the text is seen, and moves no cursor. */
export function isPlain(text: string): boolean {
  return text.search(UNSEEN) < 0;
}

/** The text that `inline` wrote; undefined for what is no JSON string and begins as one. */
export function unquoted(text: string): string | undefined {
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text as a JSON string that shows every character. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(UNSEEN, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(''),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** A short name or version: as it is if it is one word of ordinary characters, else quoted. */
export function word(text: string): string {
  return /^[\w.+-]+$/.test(text) ? text : quoted(text);
}
