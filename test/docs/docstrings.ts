import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Run as `npm run docstrings`, after a build: what the public surface leaves unsaid, read from the jsii assembly. Prints each
// gap with its place in the source; exits with 1 if there is one.

/** The part of a jsii assembly that is read here (jsii, `@jsii/spec`). */
export interface Assembly {
  readonly types?: Readonly<Record<string, Type>>;
}

interface Documented {
  readonly docs?: {
    readonly summary?: string;
    readonly remarks?: string;
    readonly default?: string;
    readonly custom?: Readonly<Record<string, string>>;
  };
  readonly locationInModule?: { readonly filename: string; readonly line: number };
}

interface Parameter extends Documented {
  readonly name: string;
  readonly optional?: boolean;
  readonly type?: { readonly fqn?: string };
}

interface Callable extends Documented {
  readonly parameters?: readonly Parameter[];
}

interface Method extends Callable {
  readonly name: string;
}

interface Property extends Documented {
  readonly name: string;
  readonly optional?: boolean;
}

interface Type extends Documented {
  readonly name: string;
  readonly fqn: string;
  /** Whether it is a struct: named options, each with its own docs. */
  readonly datatype?: boolean;
  readonly initializer?: Callable;
  readonly methods?: readonly Method[];
  readonly properties?: readonly Property[];
  readonly members?: readonly Property[];
}

/** What takes arguments of a user and refuses none: it has no `@throws`, and says so here. */
export const REFUSES_NOTHING: readonly string[] = [];

/** Every gap of the assembly, as `file:line Type.member: what is missing`. */
export function undocumented(assembly: Assembly, refusesNothing: readonly string[] = REFUSES_NOTHING): string[] {
  const types = Object.values(assembly.types ?? {});
  if (types.length === 0) return ['the assembly has no types'];
  const silent = types.flatMap(gapsOfCallables).filter(({ name }) => !refusesNothing.includes(name));
  const callables = types.flatMap(callablesOf);
  const structs = new Set(types.flatMap(({ fqn, datatype }) => (datatype ? [fqn] : [])));
  const stale = refusesNothing.filter(
    (name) => !callables.some((callable) => callable.name === name && !throws(callable)),
  );
  return [
    ...types.flatMap((type) => gapsOfType(type, structs)),
    ...silent.map(({ name, place }) => `${place} ${name}: no @throws, and it takes arguments`),
    ...stale.map((name) => `${name}: is listed as refusing nothing, but it has @throws, no arguments, or is not there`),
  ];
}

function gapsOfType(type: Type, structs: ReadonlySet<string>): string[] {
  return [
    ...noSummary(type, type.name),
    ...(type.members ?? []).flatMap((member) => noSummary(member, `${type.name}.${member.name}`, type)),
    ...(type.properties ?? []).flatMap((property) => [
      ...noSummary(property, `${type.name}.${property.name}`, type),
      ...noDefault(property, `${type.name}.${property.name}`, type),
    ]),
    ...callablesOf(type).flatMap((callable) => [
      ...noSummary(callable, callable.name, type),
      ...(callable.parameters ?? []).flatMap((parameter) => {
        const name = `${callable.name}(${parameter.name})`;
        const speaksForItself = structs.has(parameter.type?.fqn ?? '');
        return [
          ...noSummary(parameter, name, callable),
          ...(speaksForItself ? [] : noDefault(parameter, name, callable)),
        ];
      }),
    ]),
  ];
}

function gapsOfCallables(type: Type): { readonly name: string; readonly place: string }[] {
  return callablesOf(type)
    .filter((callable) => !throws(callable) && (callable.parameters ?? []).length > 0)
    .map((callable) => ({ name: callable.name, place: placeOf(callable, type) }));
}

/** Constructors and methods by their full names. */
function callablesOf({ name, initializer, methods }: Type): (Callable & { readonly name: string })[] {
  return [
    ...(initializer === undefined ? [] : [{ ...initializer, name: `new ${name}` }]),
    ...(methods ?? []).map((method) => ({ ...method, name: `${name}.${method.name}` })),
  ];
}

function noSummary(item: Documented, name: string, around?: Documented): string[] {
  return item.docs?.summary ? [] : [`${placeOf(item, around)} ${name}: no summary`];
}

function noDefault(item: Property | Parameter, name: string, around: Documented): string[] {
  const { default: value, summary = '', remarks = '' } = item.docs ?? {};
  const isSaid = value !== undefined || /\bdefault|not given|left out/i.test(`${summary} ${remarks}`);
  if (!item.optional || isSaid) return [];
  return [`${placeOf(item, around)} ${name}: optional, and nothing says what holds without it (@default)`];
}

function throws({ docs }: Documented): boolean {
  return docs?.custom?.['throws'] !== undefined;
}

function placeOf(item: Documented, around?: Documented): string {
  const place = item.locationInModule ?? around?.locationInModule;
  return place === undefined ? '-' : `${place.filename}:${place.line}`;
}

if (require.main === module) {
  const path = join(__dirname, '../../.jsii');
  if (!existsSync(path)) {
    console.log('There is no .jsii yet: run `npm run build` first.');
    process.exit(1);
  }
  const gaps = undocumented(JSON.parse(readFileSync(path, 'utf8')));
  for (const gap of gaps) console.log(gap);
  console.log(gaps.length === 0 ? 'every public symbol is documented' : `${gaps.length} gaps in the docstrings`);
  process.exit(gaps.length === 0 ? 0 : 1);
}
