import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

// The shape of lib, folder by folder: its files, how many levels of imports they stand on, and whether any run in a circle.

interface Module {
  readonly source: string;
  readonly dependencies: readonly { readonly resolved: string }[];
}

/** By name, the names that it imports. */
type Imports = ReadonlyMap<string, ReadonlySet<string>>;

const root = join(__dirname, '../..');

main();

function main(): void {
  const modules = cruised();
  const folders = new Map<string, string[]>();
  for (const { source } of modules) {
    const parts = source.split('/').slice(0, -1);
    for (let depth = 2; depth <= parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      folders.set(folder, [...(folders.get(folder) ?? []), source]);
    }
  }
  console.log('files | levels of files | levels of its files and folders | circles | folder');
  for (const [folder, files] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const own = importsWithin(modules, new Set(files), (file) => file);
    const condensed = importsWithin(modules, new Set(files), (file) => memberOf(folder, file));
    const figures = [files.length, levels(own), levels(condensed), circles(own)].map((n) => String(n).padStart(5));
    console.log(`${figures.join(' | ')} | ${folder}`);
  }
}

function cruised(): readonly Module[] {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'lib'];
  const output = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 30 });
  return (JSON.parse(output).modules as Module[]).filter(({ source }) => source.startsWith('lib/'));
}

/** The file itself where it lies in the folder, else the folder below it in which it lies. */
function memberOf(folder: string, file: string): string {
  return file.slice(folder.length + 1).split('/')[0];
}

function importsWithin(
  modules: readonly Module[],
  files: ReadonlySet<string>,
  nameOf: (file: string) => string,
): Imports {
  const imports = new Map<string, Set<string>>();
  for (const { source, dependencies } of modules.filter((module) => files.has(module.source))) {
    const own = imports.get(nameOf(source)) ?? new Set();
    imports.set(nameOf(source), own);
    for (const { resolved } of dependencies.filter((each) => files.has(each.resolved))) {
      if (nameOf(resolved) !== nameOf(source)) own.add(nameOf(resolved));
    }
  }
  return imports;
}

/** How many stand on one another in the longest chain; what runs in a circle counts as one level. */
function levels(imports: Imports): number {
  const known = new Map<string, number>();
  const levelOf = (name: string, above: ReadonlySet<string>): number => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const below = [...(imports.get(name) ?? [])].filter((each) => !above.has(each));
    const level = 1 + Math.max(0, ...below.map((each) => levelOf(each, new Set([...above, name]))));
    known.set(name, level);
    return level;
  };
  return Math.max(0, ...[...imports.keys()].map((name) => levelOf(name, new Set())));
}

/** How many groups there are in which each imports the others, directly or not. */
function circles(imports: Imports): number {
  const reachable = new Map([...imports.keys()].map((name) => [name, reachedFrom(name, imports)]));
  const inCircle = [...imports.keys()].filter((name) => reachable.get(name)?.has(name));
  const groups = inCircle.map((name) =>
    inCircle.filter((other) => reachable.get(name)?.has(other) && reachable.get(other)?.has(name)).join(),
  );
  return new Set(groups).size;
}

function reachedFrom(start: string, imports: Imports): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...(imports.get(start) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    for (const each of imports.get(next) ?? []) waiting.push(each);
  }
  return reached;
}
