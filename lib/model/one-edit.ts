/**
 * Whether one slip of the fingers makes one name the other: a letter that is added, left out, changed, or swapped with its
 * neighbour. Names that differ in a number or in a short word between dashes (`tenant-a`, `tenant-b`) differ on purpose.
 */
export function isOneEditApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  const start = sharedStart(a, b);
  const end = Math.min(sharedStart(reversed(a), reversed(b)), Math.min(a.length, b.length) - start);
  const [inA, inB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const isSwap = inA.length === 2 && inA === reversed(inB);
  if (!isSwap && (inA.length > 1 || inB.length > 1)) return false;
  if (inA + inB === '-' || isDoubled(a, b, start, inA + inB)) return true;
  return /^[a-z-]*$/.test(inA + inB) && wordAt(a, start).length >= 4 && wordAt(b, start).length >= 4;
}

/** A letter that was struck twice, which is a slip also in a short word. */
function isDoubled(a: string, b: string, position: number, letter: string): boolean {
  if (a.length === b.length || !/^[a-z]$/.test(letter) || position === 0) return false;
  return a[position - 1] === letter && Math.min(a.length, b.length) >= 3;
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** The word between dashes that the position is in, or at the end of. */
function wordAt(text: string, position: number): string {
  const before = text.slice(0, position).split('-').pop() ?? '';
  const after = text.slice(position).split('-', 1)[0];
  return before + after;
}
