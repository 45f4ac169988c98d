/** A formula or term of SMT-LIB 2.6, as text. */
export type Formula = string;

export const TRUE: Formula = 'true';
export const FALSE: Formula = 'false';

export function and(...all: readonly Formula[]): Formula {
  const parts = all.filter((each) => each !== TRUE);
  if (parts.includes(FALSE)) return FALSE;
  return parts.length < 2 ? (parts[0] ?? TRUE) : `(and ${parts.join(' ')})`;
}

export function or(...all: readonly Formula[]): Formula {
  const parts = all.filter((each) => each !== FALSE);
  if (parts.includes(TRUE)) return TRUE;
  return parts.length < 2 ? (parts[0] ?? FALSE) : `(or ${parts.join(' ')})`;
}

export function not(formula: Formula): Formula {
  if (formula === TRUE) return FALSE;
  return formula === FALSE ? TRUE : `(not ${formula})`;
}

export function implies(condition: Formula, consequence: Formula): Formula {
  return or(not(condition), consequence);
}

/** `then` where the condition holds, `otherwise` where it does not. */
export function ite(condition: Formula, then: Formula, otherwise: Formula): Formula {
  if (condition === TRUE || then === otherwise) return then;
  return condition === FALSE ? otherwise : `(ite ${condition} ${then} ${otherwise})`;
}

export function equal(a: Formula, b: Formula): Formula {
  return a === b ? TRUE : `(= ${a} ${b})`;
}

/** A number of so many bits. */
export function bits(value: number | bigint, width: number): Formula {
  return `(_ bv${value} ${width})`;
}

/** The first so many bits of a term of a width are those of a number of that width. */
export function startsLike(term: Formula, value: bigint, length: number, width: number): Formula {
  if (length === 0) return TRUE;
  const rest = width - length;
  return equal(`((_ extract ${width - 1} ${rest}) ${term})`, bits(value >> BigInt(rest), length));
}

/** Numbers without sign, both ends included. */
export function between(term: Formula, first: number, last: number, width: number): Formula {
  if (first === last) return equal(term, bits(first, width));
  return and(`(bvule ${bits(first, width)} ${term})`, `(bvule ${term} ${bits(last, width)})`);
}
