/** What GitHub calls a heading: lower case, blanks as dashes, and without what is neither letter, digit, dash nor underscore. */
export function headingId(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

/** Every anchor of a page: its headings outside of code, and names that its HTML gives. */
export function anchorsIn(markdown: string): ReadonlySet<string> {
  const text = markdown.replace(/^```[\s\S]*?^```/gm, '');
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => headingId(heading));
  const named = [...text.matchAll(/<a (?:name|id)="([^"]+)"/g)].map(([, name]) => name);
  const counted = new Map<string, number>();
  return new Set([
    ...named,
    ...headings.flatMap((id) => {
      const before = counted.get(id) ?? 0;
      counted.set(id, before + 1);
      return before === 0 ? [id] : [`${id}-${before}`];
    }),
  ]);
}
