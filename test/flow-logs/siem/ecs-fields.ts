import { isIP } from 'node:net';
import { EcsFlat, EcsVersion } from '@elastic/ecs';

// The Elastic Common Schema as Elastic publishes it: every field with its type and the values that it may have.

/** What the published schema says of a field, as far as it is held here. */
interface Field {
  readonly type: string;
  readonly normalize: readonly string[];
  readonly allowed_values?: readonly { readonly name: string; readonly expected_event_types?: readonly string[] }[];
  readonly expected_values?: readonly string[];
  readonly object_type?: string;
  readonly ignore_above?: number;
  readonly required?: boolean;
}

const FIELDS: Readonly<Record<string, Field>> = EcsFlat;

/** The version that the package holds. */
export const PUBLISHED_ECS = EcsVersion;

/** What in a document is not as the schema has it, each by the name of the field. */
export function ecsFaults(document: Readonly<Record<string, unknown>>): readonly string[] {
  const values = leaves(document);
  const missing = Object.entries(FIELDS)
    .filter(([name, { required }]) => required === true && !values.has(name))
    .map(([name]) => `${name} is missing`);
  return [...missing, ...[...values].flatMap(([name, value]) => faultsOf(name, value)), ...unexpectedTypes(values)];
}

/** The values by the dotted names of their fields; what a field of objects has below it is its value. */
function leaves(value: unknown, name = ''): ReadonlyMap<string, unknown> {
  if (!isObject(value) || FIELDS[name] !== undefined) return new Map([[name, value]]);
  const inner = Object.entries(value).map(([key, one]) => leaves(one, name === '' ? key : `${name}.${key}`));
  return new Map(inner.flatMap((each) => [...each]));
}

function faultsOf(name: string, value: unknown): readonly string[] {
  const field = FIELDS[name];
  if (field === undefined) return [`${name} is no field`];
  if (Array.isArray(value) !== field.normalize.includes('array')) return [`${name} is one value, or several: ${value}`];
  return [value]
    .flat()
    .filter((one) => !isOf(field, one))
    .map((one) => `${name} may not be ${JSON.stringify(one)}`);
}

function isOf(field: Field, value: unknown): boolean {
  const { allowed_values: allowed, expected_values: expected = allowed?.map(({ name }) => name) } = field;
  if (expected !== undefined && !(expected as readonly unknown[]).includes(value)) return false;
  switch (field.type) {
    case 'date':
      return typeof value === 'string' && /^\d{4}(-\d\d){2}T(\d\d:){2}\d\d[.]\d{3}Z$/.test(value);
    case 'ip':
      return typeof value === 'string' && isIP(value) !== 0;
    case 'long':
      return Number.isSafeInteger(value);
    case 'keyword':
    case 'match_only_text':
      return typeof value === 'string' && value.length <= (field.ignore_above ?? Number.POSITIVE_INFINITY);
    case 'object':
      return field.object_type === 'keyword' && isObject(value) && Object.values(value).every(isText);
    default:
      throw new Error(`A flow has a field of type ${field.type}, which is not held here yet.`);
  }
}

/** The types of events that their categories do not expect. */
function unexpectedTypes(values: ReadonlyMap<string, unknown>): readonly string[] {
  const categories = [values.get('event.category') ?? []].flat();
  const types = [values.get('event.type') ?? []].flat();
  const expected = (FIELDS['event.category']?.allowed_values ?? [])
    .filter(({ name }) => categories.includes(name))
    .flatMap(({ expected_event_types: each = [] }) => each);
  return types
    .filter((type) => !(expected as readonly unknown[]).includes(type))
    .map((type) => `event.type ${type} is not of ${categories}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
