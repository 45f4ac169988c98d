/** What GitHub calls a heading: lower case, blanks as dashes, and without what is neither letter, digit, dash nor underscore. */
function headingId(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

/**
 * The names of the headings of a page, in their order: one that is there already gets a number, and a heading with an anchor
 * in it, as those of the API have, gets none.
 */
export function headingIds(headings: readonly string[]): (string | undefined)[] {
  const counted = new Map<string, number>();
  return headings.map((heading) => {
    if (/<a (?:name|id)="/.test(heading)) return undefined;
    const id = headingId(heading);
    const before = counted.get(id) ?? 0;
    counted.set(id, before + 1);
    return before === 0 ? id : `${id}-${before}`;
  });
}

/** Every anchor of a page: its headings outside of code, and names that its HTML gives. */
export function anchorsIn(markdown: string): ReadonlySet<string> {
  const text = markdown.replace(/^```[\s\S]*?^```/gm, '');
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => heading);
  const named = [...text.matchAll(/<a (?:name|id)="([^"]+)"/g)].map(([, name]) => name);
  return new Set([...named, ...headingIds(headings).filter((id) => id !== undefined)]);
}
