/** A selector of Calico, parsed: `!` binds first, then `&&`, then `||` (libcalico-go/lib/selector/parser). */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'has'; readonly key: string }
  | { readonly kind: 'in'; readonly key: string; readonly values: readonly string[] };

/** What is asked of the labels of one thing; a truth is a formula, or true or false. */
export interface Meaning<Truth> {
  readonly all: (parts: readonly Truth[]) => Truth;
  readonly any: (parts: readonly Truth[]) => Truth;
  readonly not: (truth: Truth) => Truth;
  readonly has: (key: string) => Truth;
  readonly is: (key: string, value: string) => Truth;
}

/** `!=` and `not in` hold where there is no such label. */
export function meaningOf<Truth>(expression: Expression, meaning: Meaning<Truth>): Truth {
  switch (expression.kind) {
    case 'and':
      return meaning.all(expression.of.map((each) => meaningOf(each, meaning)));
    case 'or':
      return meaning.any(expression.of.map((each) => meaningOf(each, meaning)));
    case 'not':
      return meaning.not(meaningOf(expression.of, meaning));
    case 'has':
      return meaning.has(expression.key);
    case 'in':
      return meaning.any(expression.values.map((value) => meaning.is(expression.key, value)));
  }
}

const TOKEN = /\s*(?:(&&|\|\||==|!=|[!(){},])|'([^']*)'|"([^"]*)"|([A-Za-z0-9._/-]+))/y;

interface Token {
  readonly sign?: string;
  readonly text?: string;
  readonly word?: string;
}

/** Empty text holds for everything. */
export function parsed(text: string): Expression {
  const tokens = tokensOf(text);
  let at = 0;
  if (tokens.length === 0) return { kind: 'and', of: [] };
  const whole = either();
  if (at < tokens.length) throw new Error(`not a selector: ${text}`);
  return whole;

  function either(): Expression {
    return list('||', 'or', () => list('&&', 'and', single));
  }

  function list(sign: string, kind: 'and' | 'or', read: () => Expression): Expression {
    const of = [read()];
    while (takes(sign)) of.push(read());
    return of.length === 1 ? (of[0] as Expression) : { kind, of };
  }

  function single(): Expression {
    if (takes('!')) return { kind: 'not', of: single() };
    if (takes('(')) {
      const inner = either();
      needs(')');
      return inner;
    }
    const word = tokens[at++]?.word ?? '';
    if (word === 'all' && takes('(')) {
      needs(')');
      return { kind: 'and', of: [] };
    }
    if (word === 'has' && takes('(')) {
      const key = tokens[at++]?.word ?? '';
      needs(')');
      return { kind: 'has', key };
    }
    return comparison(word);
  }

  function comparison(key: string): Expression {
    if (takes('==')) return { kind: 'in', key, values: [value()] };
    if (takes('!=')) return { kind: 'not', of: { kind: 'in', key, values: [value()] } };
    const operator = tokens[at++]?.word;
    if (operator === 'in') return { kind: 'in', key, values: values() };
    if (operator === 'not' && tokens[at++]?.word === 'in')
      return { kind: 'not', of: { kind: 'in', key, values: values() } };
    throw new Error(`not a selector that is encoded: ${text}`);
  }

  function values(): string[] {
    needs('{');
    const all: string[] = [];
    while (!takes('}')) {
      all.push(value());
      takes(',');
    }
    return all;
  }

  function value(): string {
    const found = tokens[at++]?.text;
    if (found === undefined) throw new Error(`not a selector: ${text}`);
    return found;
  }

  function takes(sign: string): boolean {
    if (tokens[at]?.sign !== sign) return false;
    at++;
    return true;
  }

  function needs(sign: string): void {
    if (!takes(sign)) throw new Error(`not a selector: ${text}`);
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.trimEnd().length) {
    const match = pattern.exec(text);
    if (match === null) throw new Error(`not a selector: ${text}`);
    const [, sign, single, double, word] = match;
    tokens.push({ sign, text: single ?? double, word });
  }
  return tokens;
}
