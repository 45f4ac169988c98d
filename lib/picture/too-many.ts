// What is not drawn of a very large picture, and how that is said.

/** With more arrows than this no reader would find one, and a layout of all takes long: namespaces alone are drawn. */
export const MOST_DRAWN = 2500;

export const TOO_MANY = `There are more than ${MOST_DRAWN} connections, so that only namespaces are drawn. --focus, --to and --port of the command draw a part of them.`;

/** Of lines between namespaces that are left out; `elsewhere` is what has all of them. */
export function leftText(left: number, elsewhere: string): readonly string[] {
  if (left === 0) return [];
  return [`${left} further pairs of namespaces are connected than are drawn; ${elsewhere} has every connection.`];
}
