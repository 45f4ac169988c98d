import { complement, type KeyConstraint, keyConstraint } from '../../model/key-constraint';
import { labelKeyProblem, labelValueProblem } from '../../model/labels';
import { type Token, tokensOf } from './selector-tokens';

/** One condition of a conjunction. `nothing` holds for nobody. */
export type Condition =
  | { readonly kind: 'label'; readonly constraint: KeyConstraint }
  | { readonly kind: 'all' | 'global' | 'nothing' };

export type Expression =
  | { readonly conditions: readonly Condition[] }
  /** Calico's own parser refuses it. */
  | { readonly wrong: string }
  /** Calico takes it, and it is no conjunction of conditions on single labels. */
  | { readonly unread: string };

type Node =
  | { readonly kind: 'condition'; readonly condition: Condition }
  | { readonly kind: 'unread'; readonly what: string }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Node[] };

/**
 * A selector of Calico as the conditions that all must hold; empty text holds for everything. `!` binds first, then `&&`,
 * then `||` (libcalico-go/lib/selector/parser).
 */
export function expressionOf(text: string): Expression {
  const cut = tokensOf(text);
  if ('wrong' in cut) return cut;
  if (cut.tokens.length === 0) return { conditions: [] };
  const parser = new Parser(cut.tokens);
  try {
    return conjunction(parser.whole(), false);
  } catch (error) {
    if (error instanceof Wrong) return { wrong: error.message };
    throw error;
  }
}

class Wrong extends Error {}

class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Node {
    const node = this.list('||', 'or', () => this.list('&&', 'and', () => this.operation()));
    if (this.position < this.tokens.length) throw new Wrong('goes on after its end');
    return node;
  }

  private list(sign: string, kind: 'and' | 'or', read: () => Node): Node {
    const of = [read()];
    while (this.takes(sign)) of.push(read());
    return of.length === 1 ? of[0] : { kind, of };
  }

  private operation(): Node {
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
        return { kind: 'condition', condition: { kind: token.kind } };
      case 'has':
        return onLabel(token.key, [], { excluded: true, mayBeAbsent: false });
      case 'label':
        return this.comparison(token.key);
      default:
        throw new Wrong(token === undefined ? 'ends where a condition should stand' : 'has no condition at some place');
    }
  }

  private comparison(key: string): Node {
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
        this.text();
        return { kind: 'unread', what: `'${operator.replace(/with$/, ' with')}'` };
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

/** Values that Kubernetes refuses are left out: no label has them. */
function onLabel(key: string, values: readonly string[], how: { excluded: boolean; mayBeAbsent: boolean }): Node {
  if (labelKeyProblem(key) !== undefined) return { kind: 'unread', what: `'${key}', which is no key of Kubernetes` };
  const possible = values.filter((value) => labelValueProblem(value) === undefined);
  return { kind: 'condition', condition: { kind: 'label', constraint: keyConstraint(key, possible, how) } };
}

/** A negation is brought down to the single conditions, so that only a choice that is left is not understood. */
function conjunction(node: Node, negated: boolean): Expression {
  switch (node.kind) {
    case 'unread':
      return { unread: node.what };
    case 'not':
      return conjunction(node.of, !negated);
    case 'condition':
      return negated ? negation(node.condition) : { conditions: [node.condition] };
    default:
      if ((node.kind === 'or') !== negated) return { unread: negated ? "'!' before '&&'" : "'||'" };
      return joined(node.of.map((of) => conjunction(of, negated)));
  }
}

function negation(condition: Condition): Expression {
  switch (condition.kind) {
    case 'label':
      return { conditions: [{ kind: 'label', constraint: complement(condition.constraint) }] };
    case 'global':
      return { unread: "'!' before global()" };
    case 'all':
      return { conditions: [{ kind: 'nothing' }] };
    case 'nothing':
      return { conditions: [] };
  }
}

function joined(parts: readonly Expression[]): Expression {
  const bad = parts.find((part) => !('conditions' in part));
  return bad ?? { conditions: parts.flatMap((part) => ('conditions' in part ? part.conditions : [])) };
}
