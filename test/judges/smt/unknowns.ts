import { and, between, bits, equal, type Formula, not } from './formula';

/** What may be said of a label: that it is there with a value, or not there at all. */
export interface LabelTerm {
  readonly is: (value: string) => Formula;
  readonly isAbsent: Formula;
}

/** Of labels by their keys. */
export type LabelTerms = (key: string) => LabelTerm;

type Value = string | bigint | boolean | undefined;

/** What a solver found for the unknowns of one question, by their names. */
export type Found = ReadonlyMap<string, Value>;

const WIDTH = 10;
const ABSENT = 0;
const ANOTHER = 1;
const FIRST = 2;

/**
 * The unknowns of one question. A label is one of finitely many choices: absent, another value than those that are spoken
 * of, or one of these; which are spoken of is known when the whole question is written.
 */
export class Unknowns {
  private readonly sorts = new Map<string, string>();
  private readonly values = new Map<string, string[]>();
  private readonly labels = new Map<string, string>();
  private readonly limits: (() => Formula)[] = [];

  public truth(name: string): Formula {
    return this.declare(name, 'Bool');
  }

  public number(name: string, width: number): Formula {
    return this.declare(name, `(_ BitVec ${width})`);
  }

  public label(of: string, key: string): LabelTerm {
    const term = this.termOf(of, key);
    return {
      is: (value) => equal(term, bits(this.choice(key, value), WIDTH)),
      isAbsent: equal(term, bits(ABSENT, WIDTH)),
    };
  }

  /** Keys of the labels of one thing that were spoken of so far. */
  public keysOf(of: string): string[] {
    return [...this.labels].flatMap(([name, key]) => (name === `${of} ${key}` ? [key] : []));
  }

  /** Both have the same value for a label, which is one that is spoken of: two other values may be different ones. */
  public sameValue(a: string, b: string, key: string): Formula {
    const term = this.termOf(a, key);
    return and(equal(term, this.termOf(b, key)), `(bvuge ${term} ${bits(FIRST, WIDTH)})`);
  }

  /** Both are alike in every label that was spoken of for either. */
  public sameLabels(a: string, b: string): Formula {
    const keys = new Set([...this.keysOf(a), ...this.keysOf(b)]);
    return and(...[...keys].map((key) => equal(this.termOf(a, key), this.termOf(b, key))));
  }

  /** Holds for whatever is found; asked for last, since it may speak of what the question does. */
  public always(limit: () => Formula): void {
    this.limits.push(limit);
  }

  /** The whole question whether a formula can hold, in SMT-LIB, and then the names in the order of their values. */
  public ask(formula: Formula): Question {
    const limits: Formula[] = [];
    // A limit may bring unknowns of its own, with limits of theirs.
    for (let i = 0; i < this.limits.length; i++) limits.push((this.limits[i] as () => Formula)());
    const again = this.limits.map((limit) => limit());
    const declarations = [...this.sorts].map(([name, sort]) => `(declare-const ${quoted(name)} ${sort})`);
    return {
      text: [...declarations, ...again.map(asserted), asserted(formula)].join('\n'),
      names: [...this.sorts.keys()].map(quoted),
      read: (values) => this.read(values),
    };
  }

  private termOf(of: string, key: string): Formula {
    const name = `${of} ${key}`;
    const term = this.number(name, WIDTH);
    if (!this.labels.has(name)) {
      this.labels.set(name, key);
      this.limits.push(() => between(term, ABSENT, FIRST - 1 + this.valuesOf(key).length, WIDTH));
    }
    return term;
  }

  private read(values: readonly string[]): Found {
    return new Map(
      [...this.sorts.keys()].map((name, i) => {
        const value = valueIn(values[i] as string);
        const key = this.labels.get(name);
        return [name, key === undefined ? value : this.chosen(name, key, Number(value))];
      }),
    );
  }

  private chosen(name: string, key: string, choice: number): string | undefined {
    const values = this.valuesOf(key);
    if (choice === ABSENT) return undefined;
    if (choice !== ANOTHER) return values[choice - FIRST];
    let another = `another-of-${name.split(' ')[0]}`;
    while (values.includes(another)) another += '-one';
    return another;
  }

  private choice(key: string, value: string): number {
    const values = this.valuesOf(key);
    if (!values.includes(value)) values.push(value);
    if (FIRST + values.length >= 2 ** WIDTH) throw new Error(`too many values of ${key}`);
    return FIRST + values.indexOf(value);
  }

  private valuesOf(key: string): string[] {
    const values = this.values.get(key) ?? [];
    this.values.set(key, values);
    return values;
  }

  private declare(name: string, sort: string): Formula {
    this.sorts.set(name, sort);
    return quoted(name);
  }
}

/** A formula with its unknowns, and how what is found for them is read. */
export interface Question {
  readonly text: string;
  readonly names: readonly string[];
  readonly read: (values: readonly string[]) => Found;
}

function asserted(formula: Formula): string {
  return `(assert ${formula})`;
}

function quoted(name: string): string {
  if (/[|\\]/.test(name)) throw new Error(`not a name for an unknown: ${name}`);
  return `|${name}|`;
}

function valueIn(text: string): boolean | bigint {
  if (text === 'true' || text === 'false') return text === 'true';
  return BigInt(text.replace('#', '0'));
}

/** Of a label whose value is known. */
export function knownLabel(value: string | undefined): LabelTerm {
  return { is: (other) => (value === other ? 'true' : 'false'), isAbsent: value === undefined ? 'true' : 'false' };
}

/** A label that is always there. */
export function present({ isAbsent }: LabelTerm): Formula {
  return not(isAbsent);
}
