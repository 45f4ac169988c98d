import { type Problem, ZeroTrustError } from '../model/problem';
import { shallowJson } from '../model/shallow-json';

/** Names of fields and positions in lists, from the top of an object. */
export type FieldPath = readonly (string | number)[];

/** A problem of one object, with the field that it stands in. */
export interface FieldProblem extends Problem {
  readonly path: FieldPath;
}

/**
 * A value in an object with its place there. Reading through it keeps two promises: what is wrong is reported with its
 * place, and reading goes on, so that all that is wrong is reported at once.
 */
export class Field {
  /** The field that holds a whole object; what is wrong below goes to `problems`. */
  public static top(value: unknown, problems: FieldProblem[]): Field {
    return new Field(value, undefined, '', problems);
  }

  private constructor(
    public readonly value: unknown,
    private readonly parent: Field | undefined,
    private readonly key: string | number,
    private readonly problems: FieldProblem[],
  ) {}

  /** Absent or null: Kubernetes takes both for the same, and neither for what is empty. */
  public get isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  public get path(): FieldPath {
    return this.parent === undefined ? [] : [...this.parent.path, this.key];
  }

  /** How many problems were reported in the whole object so far. */
  public get problemCount(): number {
    return this.problems.length;
  }

  /** The field of that name; absent where this is not an object. */
  public child(name: string): Field {
    const value = isObject(this.value) && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return new Field(value, this, name, this.problems);
  }

  /** The same field, after reporting what is there and is no object: its fields would be taken for absent. */
  public object(): this {
    if (!this.isAbsent && !isObject(this.value) && !this.isRefused()) this.refuseShape('an object', undefined);
    return this;
  }

  /** Whether something was said of it already. */
  private isRefused(): boolean {
    const own = pathText(this.path);
    return this.problems.some(({ path }) => pathText(path) === own);
  }

  /** The names of the fields of an object that are not null; anything else is reported, and has none. */
  public names(): string[] {
    const { value } = this;
    return this.writtenNames().filter((name) => isObject(value) && value[name] !== null);
  }

  /** With those that are null: under a name that is not known, null is as wrong as anything else. */
  private writtenNames(): string[] {
    if (this.isAbsent) return [];
    if (!isObject(this.value)) return this.refuseShape('an object', []);
    const { value } = this;
    return Object.keys(value).filter((name) => value[name] !== undefined);
  }

  /** The same field, after reporting every field of it that is none of `known`. */
  public only(known: readonly string[]): this {
    const names = isObject(this.value) ? Object.keys(this.value) : this.writtenNames();
    for (const name of names) {
      // In a loop of its own: nearly all names are known, and what is undefined is not written.
      if (known.includes(name) || (isObject(this.value) && this.value[name] === undefined)) continue;
      this.child(name).refuse(strangerProblem(name, known));
    }
    return this;
  }

  /** The items of a list; none where it is absent. */
  public items(): Field[] {
    if (this.isAbsent) return [];
    if (!Array.isArray(this.value)) return this.refuseShape('a list', []);
    return this.value.map((item, i) => new Field(item, this, i, this.problems));
  }

  /** The text; undefined where it is absent, or reported since it is no text. */
  public text(): string | undefined {
    if (this.isAbsent) return undefined;
    return typeof this.value === 'string' ? this.value : this.refuseShape('text, in quotes', undefined);
  }

  /** The names and texts of an object such as `labels`. */
  public texts(): Readonly<Record<string, string>> {
    if (this.isAbsent) return {};
    const pairs: [string, string][] = [];
    for (const name of this.writtenNames()) {
      const value = (this.value as Readonly<Record<string, unknown>>)[name];
      // A place is only made for what is reported there.
      const text = typeof value === 'string' ? value : this.child(name).text();
      if (text !== undefined) pairs.push([name, text]);
    }
    return Object.fromEntries(pairs);
  }

  /** What `read` makes of the value; undefined, with its problems reported here, where it throws a ZeroTrustError. */
  public try<T>(read: (value: unknown) => T): T | undefined {
    try {
      return read(this.value);
    } catch (error) {
      if (!(error instanceof ZeroTrustError)) throw error;
      for (const problem of error.problems) this.refuse(problem);
      return undefined;
    }
  }

  public refuse(problem: Problem): void {
    this.problems.push({ ...problem, path: this.path });
  }

  private refuseShape<T>(allowed: string, instead: T): T {
    const given = shown(this.value);
    this.refuse({
      rule: 'field-type',
      what: `The value ${given} is ${kindOf(this.value)}, which the API server refuses here`,
      value: given,
      allowed,
      fix: `Write ${allowed}.`,
    });
    return instead;
  }
}

/** The path as people write it: `spec.ingress[0].from[1].ipBlock.cidr`. */
export function pathText(path: FieldPath): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    if (/[^\w-]/.test(key)) return `${text}['${key}']`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as a sentence can hold it: short, on one line. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : shallowJson(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

const LONGEST_SHOWN = 60;

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function strangerProblem(name: string, known: readonly string[]): Problem {
  const meant = known.find((field) => field.toLowerCase() === name.toLowerCase());
  return {
    rule: 'unknown-field',
    what: `There is no field '${name}' here, so what it asks for would be lost`,
    value: name,
    allowed: known.join(', '),
    fix: meant === undefined ? 'Take it out, or move it to where it belongs.' : `Write '${meant}': case matters.`,
  };
}
