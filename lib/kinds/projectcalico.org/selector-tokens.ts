/** What a selector expression is made of, as Calico cuts it (libcalico-go/lib/selector/tokenizer, 3.32). */
export type Token =
  | { readonly kind: 'sign'; readonly sign: string }
  | { readonly kind: 'text'; readonly text: string }
  /** The name of a label. */
  | { readonly kind: 'label'; readonly key: string }
  /** What is said of the label before it: `in`, `starts with`. */
  | { readonly kind: 'operator'; readonly operator: string }
  | { readonly kind: 'has'; readonly key: string }
  | { readonly kind: 'all' | 'global' };

export type Tokens = { readonly tokens: readonly Token[] } | { readonly wrong: string };

const LONGEST_LABEL = 512;
const SIGN = /^(==|!=|&&|\|\||[(){},!])/;
/** A text has no way to hold the quote that it stands in. */
const TEXT = /^(?:"([^"]*)"|'([^']*)')/;
const OPERATOR = /^(contains|starts[ \t]*with|ends[ \t]*with|not[ \t]*in|in)[ \t]*(?![\w./-])/;
const WORD = /^(has|all|global)\(/;
const HAS = /^has\([ \t]*([\w./-]+)[ \t]*\)/;
const EMPTY_CALL = /^(all|global)\([ \t]*\)/;
const LABEL = /^[\w./-]+/;

/** A word means an operator after a label, and a label everywhere else: a label may be called `in`. */
export function tokensOf(expression: string): Tokens {
  const tokens: Token[] = [];
  let rest = expression;
  for (;;) {
    rest = rest.replace(/^[ \t]+/, '');
    if (rest === '') return { tokens };
    const next = nextToken(rest, tokens.at(-1)?.kind === 'label');
    if ('wrong' in next) return next;
    tokens.push(next.token);
    rest = rest.slice(next.length);
  }
}

type Next = { readonly token: Token; readonly length: number } | { readonly wrong: string };

function nextToken(rest: string, afterLabel: boolean): Next {
  const sign = SIGN.exec(rest);
  if (sign) return { token: { kind: 'sign', sign: sign[0] }, length: sign[0].length };
  const text = TEXT.exec(rest);
  if (text) return { token: { kind: 'text', text: text[1] ?? text[2] }, length: text[0].length };
  if (afterLabel) {
    const operator = OPERATOR.exec(rest);
    if (!operator) return { wrong: `has no operator before '${start(rest)}'` };
    const name = operator[1].replace(/[ \t]+/g, '');
    return { token: { kind: 'operator', operator: name }, length: operator[0].length };
  }
  return nextWord(rest);
}

function nextWord(rest: string): Next {
  const has = HAS.exec(rest);
  if (has) return labelled({ kind: 'has', key: has[1] }, has[1], has[0].length);
  const call = EMPTY_CALL.exec(rest);
  if (call) return { token: { kind: call[1] as 'all' | 'global' }, length: call[0].length };
  const word = WORD.exec(rest);
  if (word) return { wrong: `does not close '${word[0]}'` };
  const label = LABEL.exec(rest);
  if (!label) return { wrong: `has '${start(rest)}', which is no part of a selector` };
  return labelled({ kind: 'label', key: label[0] }, label[0], label[0].length);
}

function labelled(token: Token, key: string, length: number): Next {
  return key.length > LONGEST_LABEL ? { wrong: `has a label of ${key.length} characters` } : { token, length };
}

function start(rest: string): string {
  return rest.length > 12 ? `${rest.slice(0, 12)}…` : rest;
}
