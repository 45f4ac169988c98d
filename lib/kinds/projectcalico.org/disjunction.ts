import type { Expression, LabelCondition, TextCondition } from './selector-expression';

/** One condition of a conjunction. `negated`: there is such a label, and its value does not have the text there. */
export type Literal = LabelCondition | (TextCondition & { readonly negated: boolean });

/** The conditions that all must hold. */
export type Conjunction = readonly Literal[];

/** The conjunctions of a selector at most: one of 1024 characters can have more than any machine holds. */
const MOST = 64;

/** Conjunctions of which any must hold, none for what nobody meets; undefined where there are more than is workable. */
export function conjunctionsOf(expression: Expression): readonly Conjunction[] | undefined {
  try {
    return conjunctions(expression, false);
  } catch (error) {
    if (error instanceof TooMany) return undefined;
    throw error;
  }
}

class TooMany extends Error {}

/** A negation is brought down to the single conditions. */
function conjunctions(expression: Expression, negated: boolean): readonly Conjunction[] {
  switch (expression.kind) {
    case 'not':
      return conjunctions(expression.of, !negated);
    case 'all':
      return negated ? [] : [[]];
    case 'global':
      throw new Error('global() is replaced where it is read');
    case 'label':
      return [[negated ? without(expression) : expression]];
    case 'text':
      return negated ? [[absent(expression.key)], [{ ...expression, negated }]] : [[{ ...expression, negated }]];
    default: {
      const parts = expression.of.map((of) => conjunctions(of, negated));
      return (expression.kind === 'or') === negated ? parts.reduce(each, [[]]) : parts.reduce(either, []);
    }
  }
}

function either(a: readonly Conjunction[], b: readonly Conjunction[]): readonly Conjunction[] {
  return workable([...a, ...b]);
}

function each(a: readonly Conjunction[], b: readonly Conjunction[]): readonly Conjunction[] {
  if (a.length * b.length > MOST) throw new TooMany();
  return a.flatMap((one) => b.map((other) => [...one, ...other]));
}

function workable(all: readonly Conjunction[]): readonly Conjunction[] {
  if (all.length > MOST) throw new TooMany();
  return all;
}

function without({ excluded, mayBeAbsent, ...condition }: LabelCondition): LabelCondition {
  return { ...condition, excluded: !excluded, mayBeAbsent: !mayBeAbsent };
}

function absent(key: string): LabelCondition {
  return { kind: 'label', key, values: [], excluded: false, mayBeAbsent: true };
}
