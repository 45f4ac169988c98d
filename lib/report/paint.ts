/** What makes text stand out on a terminal. */
export type Painter = Readonly<Record<keyof typeof CODES, (text: string) => string>>;

/** Select Graphic Rendition (ECMA-48, 8.3.117): what begins each, and what ends it. */
const CODES = {
  bold: [1, 22],
  faint: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
} as const;

/** Paints, or leaves text as it is. */
export function painterOf(isColoured: boolean): Painter {
  const entries = Object.entries(CODES).map(([name, [begin, end]]) => [
    name,
    (text: string) => (isColoured ? `\u001b[${begin}m${text}\u001b[${end}m` : text),
  ]);
  return Object.fromEntries(entries);
}
