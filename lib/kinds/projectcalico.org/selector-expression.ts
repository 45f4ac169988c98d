import { type Token, tokensOf } from './selector-tokens';

/** What is said of the value of one label. */
export interface LabelCondition {
  readonly kind: 'label';
  readonly key: string;
  readonly values: readonly string[];
  /** Any value but these. */
  readonly excluded: boolean;
  /** It also holds where there is no such label. */
  readonly mayBeAbsent: boolean;
}

/** There is such a label, and its value has the text at that place. */
export interface TextCondition {
  readonly kind: 'text';
  readonly key: string;
  readonly operator: TextOperator;
  readonly text: string;
}

export type TextOperator = 'contains' | 'startswith' | 'endswith';

/** A selector of Calico as a tree. `global` is what is in no namespace, and stands only in selectors of namespaces. */
export type Expression =
  | LabelCondition
  | TextCondition
  | { readonly kind: 'all' | 'global' }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] };

/** `wrong`: Calico's own parser refuses it, and why. */
export type Parsed = { readonly expression: Expression } | { readonly wrong: string };

/**
 * What a selector says; empty text holds for everything. `!` binds first, then `&&`, then `||`
 * (libcalico-go/lib/selector/parser).
 */
export function expressionOf(text: string): Parsed {
  const cut = tokensOf(text);
  if ('wrong' in cut) return cut;
  if (cut.tokens.length === 0) return { expression: { kind: 'all' } };
  try {
    return { expression: new Parser(cut.tokens).whole() };
  } catch (error) {
    if (error instanceof Wrong) return { wrong: error.message };
    throw error;
  }
}

/** The same of labels whose keys begin with `prefix`. */
export function prefixed(expression: Expression, prefix: string): Expression {
  switch (expression.kind) {
    case 'label':
    case 'text':
      return { ...expression, key: prefix + expression.key };
    case 'not':
      return { kind: 'not', of: prefixed(expression.of, prefix) };
    case 'and':
    case 'or':
      return { ...expression, of: expression.of.map((of) => prefixed(of, prefix)) };
    default:
      return expression;
  }
}

/** Whether `global()` is anywhere in it. */
export function hasGlobal(expression: Expression): boolean {
  switch (expression.kind) {
    case 'not':
      return hasGlobal(expression.of);
    case 'and':
    case 'or':
      return expression.of.some(hasGlobal);
    default:
      return expression.kind === 'global';
  }
}

class Wrong extends Error {}

class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const node = this.list('||', 'or', () => this.list('&&', 'and', () => this.operation()));
    if (this.position < this.tokens.length) throw new Wrong('goes on after its end');
    return node;
  }

  private list(sign: string, kind: 'and' | 'or', read: () => Expression): Expression {
    const of = [read()];
    while (this.takes(sign)) of.push(read());
    return of.length === 1 ? of[0] : { kind, of };
  }

  private operation(): Expression {
    if (this.takes('!')) return { kind: 'not', of: this.operation() };
    if (this.takes('(')) {
      const node = this.list('||', 'or', () => this.list('&&', 'and', () => this.operation()));
      if (!this.takes(')')) throw new Wrong("has '(' without ')'");
      return node;
    }
    const token = this.tokens[this.position++];
    switch (token?.kind) {
      case 'all':
      case 'global':
        return { kind: token.kind };
      case 'has':
        return onLabel(token.key, [], { excluded: true, mayBeAbsent: false });
      case 'label':
        return this.comparison(token.key);
      default:
        throw new Wrong(token === undefined ? 'ends where a condition should stand' : 'has no condition at some place');
    }
  }

  private comparison(key: string): Expression {
    if (this.takes('==')) return onLabel(key, [this.text()], { excluded: false, mayBeAbsent: false });
    // Both hold where there is no such label (`LabelNeValueNode`, `LabelNotInSetNode`).
    if (this.takes('!=')) return onLabel(key, [this.text()], { excluded: true, mayBeAbsent: true });
    const token = this.tokens[this.position++];
    const operator = token?.kind === 'operator' ? token.operator : undefined;
    switch (operator) {
      case undefined:
        throw new Wrong(`says nothing of '${key}'`);
      case 'in':
        return onLabel(key, this.texts(), { excluded: false, mayBeAbsent: false });
      case 'notin':
        return onLabel(key, this.texts(), { excluded: true, mayBeAbsent: true });
      default:
        return { kind: 'text', key, operator: operator as TextOperator, text: this.text() };
    }
  }

  private texts(): string[] {
    if (!this.takes('{')) throw new Wrong("has no '{' after in");
    const texts: string[] = [];
    while (this.tokens[this.position]?.kind === 'text') {
      texts.push(this.text());
      if (!this.takes(',')) break;
    }
    if (!this.takes('}')) throw new Wrong("has '{' without '}'");
    return texts;
  }

  private text(): string {
    const token = this.tokens[this.position++];
    if (token?.kind !== 'text') throw new Wrong('has no text in quotes where one should stand');
    return token.text;
  }

  private takes(sign: string): boolean {
    const token = this.tokens[this.position];
    if (token?.kind !== 'sign' || token.sign !== sign) return false;
    this.position++;
    return true;
  }
}

function onLabel(
  key: string,
  values: readonly string[],
  how: { readonly excluded: boolean; readonly mayBeAbsent: boolean },
): LabelCondition {
  return { kind: 'label', key, values, ...how };
}
