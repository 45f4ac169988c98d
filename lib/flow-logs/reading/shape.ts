/** The part of JSON Schema that says what a line of our own may hold. A schema of this form can be published as it is. */
export type Shape =
  | {
      readonly type: 'string';
      readonly description?: string;
      readonly enum?: readonly string[];
      readonly pattern?: string;
      readonly minLength?: number;
    }
  | { readonly type: 'integer'; readonly description?: string; readonly minimum: number; readonly maximum: number }
  | { readonly type: 'boolean'; readonly description?: string }
  | { readonly type: 'array'; readonly description?: string; readonly items: Shape }
  | ObjectShape
  | MapShape;

export interface ObjectShape {
  readonly type: 'object';
  readonly description?: string;
  readonly properties: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

/** An object whose keys are free. */
export interface MapShape {
  readonly type: 'object';
  readonly description?: string;
  readonly additionalProperties: Shape;
}

/** What of a value is not of a shape, in a sentence that says where; undefined where all is. */
export function wrongFor(shape: Shape, value: unknown, path = 'it'): string | undefined {
  switch (shape.type) {
    case 'string':
      return wrongText(shape, value, path);
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && value >= shape.minimum && value <= shape.maximum
        ? undefined
        : `${path} is no whole number from ${shape.minimum} to ${shape.maximum}`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${path} is neither true nor false`;
    case 'array':
      return Array.isArray(value)
        ? firstOf(value, (one, at) => wrongFor(shape.items, one, `${path}[${at}]`))
        : `${path} is no list`;
    case 'object':
      return wrongObject(shape, value, path);
  }
}

const PATTERNS = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  const known = PATTERNS.get(pattern) ?? new RegExp(pattern, 'u');
  PATTERNS.set(pattern, known);
  return known;
}

function wrongText(shape: Shape & { readonly type: 'string' }, value: unknown, path: string): string | undefined {
  if (typeof value !== 'string') return `${path} is no text`;
  if (shape.enum !== undefined && !shape.enum.includes(value))
    return `${path} is ${JSON.stringify(value.slice(0, 40))}, none of ${shape.enum.join(', ')}`;
  if (value.length < (shape.minLength ?? 0)) return `${path} is empty`;
  if (shape.pattern !== undefined && !compiled(shape.pattern).test(value)) {
    return `${path} is not of the form ${shape.pattern}`;
  }
  return undefined;
}

function wrongObject(shape: ObjectShape | MapShape, value: unknown, path: string): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${path} is no object`;
  const entries = Object.entries(value);
  if (!('properties' in shape)) {
    return firstOf(entries, ([key, one]) => wrongFor(shape.additionalProperties, one, under(path, key)));
  }
  const missing = shape.required?.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) return `${under(path, missing)} is missing`;
  return firstOf(entries, ([key, one]) => {
    const own = Object.hasOwn(shape.properties, key) ? shape.properties[key] : undefined;
    return own === undefined
      ? `${under(path, key)} is no field: there are ${Object.keys(shape.properties).join(', ')}`
      : wrongFor(own, one, under(path, key));
  });
}

function under(path: string, key: string): string {
  return path === 'it' ? key : `${path}.${key}`;
}

function firstOf<T>(values: readonly T[], find: (value: T, at: number) => string | undefined): string | undefined {
  for (const [at, value] of values.entries()) {
    const found = find(value, at);
    if (found !== undefined) return found;
  }
  return undefined;
}
