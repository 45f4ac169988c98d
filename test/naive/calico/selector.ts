/**
 * Calico's selectors as their parser evaluates them (libcalico-go/lib/selector/parser), on the labels of one endpoint: cut
 * by one pattern, and decided while they are read.
 */
export type LabelsOfEndpoint = Readonly<Record<string, string>>;

const TOKENS =
  /\s*(?:(&&|\|\||==|!=|[!(){},])|"([^"]*)"|'([^']*)'|(has|all|global)\(\s*([\w./-]*)\s*\)|(contains|starts\s*with|ends\s*with|not\s*in|in)(?=[\s'"{])|([\w./-]+))/y;

interface Token {
  readonly sign?: string;
  readonly text?: string;
  readonly call?: string;
  readonly word?: string;
  readonly key?: string;
}

export function selectorHolds(selector: string, labels: LabelsOfEndpoint): boolean {
  const tokens = known.get(selector) ?? cut(selector);
  known.set(selector, tokens);
  if (tokens.length === 0) return true;
  let at = 0;
  const takes = (sign: string) => tokens[at]?.sign === sign && ++at > 0;

  function any(): boolean {
    let holds = every();
    while (takes('||')) holds = every() || holds;
    return holds;
  }
  function every(): boolean {
    let holds = one();
    while (takes('&&')) holds = one() && holds;
    return holds;
  }
  function one(): boolean {
    if (takes('!')) return !one();
    if (takes('(')) {
      const holds = any();
      if (!takes(')')) throw new Error(`no ) in ${selector}`);
      return holds;
    }
    const { call, key = '' } = tokens[at++];
    if (call === 'all') return true;
    if (call === 'has') return Object.hasOwn(labels, key);
    return comparison(Object.hasOwn(labels, key) ? labels[key] : undefined);
  }
  function comparison(value: string | undefined): boolean {
    if (takes('==')) return value === text();
    if (takes('!=')) return value !== text();
    const word = tokens[at++].word?.replace(/\s/g, '');
    switch (word) {
      case 'contains':
        return value?.includes(text()) ?? skipped();
      case 'startswith':
        return value?.startsWith(text()) ?? skipped();
      case 'endswith':
        return value?.endsWith(text()) ?? skipped();
      default: {
        const isListed = list().some((it) => it === value);
        return word === 'in' ? isListed : !isListed;
      }
    }
  }
  function skipped(): boolean {
    at++;
    return false;
  }
  function text(): string {
    return tokens[at++].text ?? '';
  }
  function list(): string[] {
    const texts: string[] = [];
    takes('{');
    while (!takes('}')) {
      texts.push(text());
      takes(',');
    }
    return texts;
  }
  return any();
}

const known = new Map<string, readonly Token[]>();

function cut(selector: string): Token[] {
  const tokens: Token[] = [];
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < selector.trimEnd().length) {
    const found = TOKENS.exec(selector);
    if (found === null) throw new Error(`what is ${selector}?`);
    const [, sign, double, single, call, of, word, label] = found;
    // A label may be called as an operator is.
    const isOperator = word !== undefined && tokens.at(-1)?.key !== undefined && tokens.at(-1)?.call === undefined;
    if (sign !== undefined) tokens.push({ sign });
    else if (double !== undefined || single !== undefined) tokens.push({ text: double ?? single });
    else if (call !== undefined) tokens.push({ call, key: of });
    else if (isOperator) tokens.push({ word });
    else tokens.push({ key: word ?? label });
  }
  return tokens;
}
