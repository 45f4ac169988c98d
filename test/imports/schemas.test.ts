import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';

const imports = join(__dirname, '../../imports');
const schemas = readdirSync(join(imports, 'schemas'));
/** Schemas of the projects themselves, where they lie beside this repository. */
const upstream = join(__dirname, '../../../shared/crds');

interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

interface Definition {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

function text(schema: string): string {
  return readFileSync(join(imports, 'schemas', schema), 'utf8');
}

function definition(schema: string): Definition {
  return load(text(schema)) as Definition;
}

/** Every field of a schema with its type, as `spec.source.path: string`. */
function fields(schema: Schema, at = ''): string[] {
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, value]) =>
    fields(value, at === '' ? name : `${at}.${name}`),
  );
  const items = schema.items === undefined ? [] : fields(schema.items, `${at}[]`);
  return [...(at === '' ? [] : [`${at}: ${schema.type}`]), ...below, ...items];
}

/** Every field that must be there, among those that both know. */
function required(schema: Schema, at = ''): string[] {
  const own = (schema.required ?? []).map((name) => `${at}${name}`);
  return [
    ...own,
    ...Object.entries(schema.properties ?? {}).flatMap(([name, value]) => required(value, `${at}${name}.`)),
  ];
}

describe.each(schemas)('the schema %s', (schema) => {
  it('names the group, the version and the place where the truth stands', () => {
    const { spec } = definition(schema);
    expect(text(schema)).toContain(`# group:   ${spec.group}`);
    expect(text(schema)).toMatch(new RegExp(`^# version: ${spec.versions[0]?.name}\\b`, 'm'));
    expect(text(schema)).toMatch(/^# truth: {3}\S+\/\S+, \S+/m);
  });

  it('says of every field below spec what it is for', () => {
    const undescribed = (value: Schema, at: string): string[] => [
      ...(value.description === undefined ? [at] : []),
      ...Object.entries(value.properties ?? {}).flatMap(([name, field]) => undescribed(field, `${at}.${name}`)),
    ];
    const spec = definition(schema).spec.versions[0]?.schema.openAPIV3Schema.properties?.['spec'];
    expect(Object.entries(spec?.properties ?? {}).flatMap(([name, field]) => undescribed(field, name))).toEqual([]);
  });

  it('has its generated classes beside it', () => {
    const { group, names } = definition(schema).spec;
    expect(readFileSync(join(imports, `${group}.ts`), 'utf8')).toContain(
      `export class ${names.kind} extends ApiObject`,
    );
  });
});

it('every generated file comes from a schema that is still here', () => {
  const groups = schemas.map((schema) => `${definition(schema).spec.group}.ts`);
  expect(readdirSync(imports).filter((name) => name.endsWith('.ts'))).toEqual([...new Set(groups)].sort());
});

const beside = existsSync(upstream);
const given = beside
  ? readdirSync(upstream)
      .filter((name) => name.endsWith('.yaml'))
      .flatMap((name) => loadAll(readFileSync(join(upstream, name), 'utf8')) as Definition[])
  : [];

const known = new Set(given.map(({ metadata }) => metadata?.name));
/** agent-sandbox generates its schema and keeps it elsewhere: there is nothing to hold ours against. */
const held = beside ? schemas.filter((schema) => known.has(definition(schema).metadata.name)) : schemas;

(beside ? describe : describe.skip)(
  "the projects' own schemas (skipped where ../shared/crds is not beside this repository)",
  () => {
    it('are there for every schema but one', () => {
      expect(schemas.filter((schema) => !held.includes(schema))).toEqual(['agent-sandbox-template.yaml']);
    });

    it.each(held)('have every field of %s, with its type, in its group, scope and version', (schema) => {
      const ours = definition(schema);
      const theirs = given.find(({ metadata }) => metadata?.name === ours.metadata.name);
      expect(theirs?.spec.scope).toBe(ours.spec.scope);
      for (const { name, schema: version } of ours.spec.versions) {
        const twin = theirs?.spec.versions.find((candidate) => candidate.name === name);
        const known = new Set(fields(twin?.schema.openAPIV3Schema ?? {}));
        const strange = fields(version.openAPIV3Schema).filter((field) => !known.has(field));
        expect(strange).toEqual([]);
        expect(fields(version.openAPIV3Schema).length).toBeGreaterThan(0);
      }
    });

    it.each(held)('demand nothing of what %s knows that it leaves open', (schema) => {
      const ours = definition(schema);
      const theirs = given.find(({ metadata }) => metadata?.name === ours.metadata.name);
      const [version] = ours.spec.versions;
      const twin = theirs?.spec.versions.find(({ name }) => name === version?.name);
      const known = new Set(fields(version?.schema.openAPIV3Schema ?? {}).map((field) => field.replace(/: .*/, '')));
      const demanded = required(twin?.schema.openAPIV3Schema ?? {}).filter((field) => {
        const parent = field.replace(/\.?[^.]+$/, '');
        return parent === '' || known.has(parent);
      });
      const own = new Set(required(version?.schema.openAPIV3Schema ?? {}));
      expect(demanded.filter((field) => !own.has(field))).toEqual([]);
    });
  },
);
