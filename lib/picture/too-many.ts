// What is not drawn of a very large picture, and how that is said.

import type { Picture } from './picture';

/** With more arrows than this no reader would find one, and a layout of all takes long: namespaces alone are drawn. */
export const MOST_DRAWN = 2500;

/** @param elsewhere how to see the others, as whoever made the picture can: a sentence. */
export function tooManyText({ elsewhere }: Pick<Picture, 'elsewhere'>): string {
  return `There are more than ${MOST_DRAWN} connections, so that only namespaces are drawn. ${elsewhere}`;
}

/** Of lines between namespaces that are left out; `elsewhere` is what has all of them. */
export function leftText(left: number, elsewhere: string): readonly string[] {
  if (left === 0) return [];
  return [`${left} further pairs of namespaces are connected than are drawn; ${elsewhere} has every connection.`];
}
