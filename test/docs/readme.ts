import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { type Example, examplesIn, type ShownManifest } from './examples';

// Run as `npm run readme`, after a build: the examples of the README and of guides are checked and run against the package
// as it is built, and what is shown of them must be what they give. The markers are described in examples.ts.

interface Manifest {
  readonly metadata?: { readonly name?: string; readonly namespace?: string; readonly annotations?: object };
}

const root = join(__dirname, '../..');
/** Inside the package, so that its own name leads to it, as it does for who has installed it. */
const build = join(root, 'build');
/** As strict about names that nobody uses as the project that `init` writes, so that an example can be put into one. */
const compilerOptions = {
  strict: true,
  noUnusedLocals: true,
  target: 'es2022',
  module: 'node16',
  types: ['node'],
  skipLibCheck: true,
};

/** Pages besides the README whose examples are run. */
const GUIDES: readonly string[] = [
  'docs/analysis.md',
  'docs/probes.md',
  'docs/using-the-catalog.md',
  ...['start', 'how-to', 'explanation'].flatMap((folder) =>
    readdirSync(join(root, 'docs', folder)).map((name) => `docs/${folder}/${name}`),
  ),
];

if (require.main === module) {
  try {
    console.log(`${main()} examples of the README and of guides give what is shown`);
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

function main(): number {
  const examples = examplesIn(readFileSync(join(root, 'README.md'), 'utf8'));
  assert(
    examples.some(({ graphs, manifests }) => graphs.length > 0 && manifests.length > 0),
    'no example of the README shows both its graph and a manifest',
  );
  const ofGuides = GUIDES.flatMap((guide) => examplesIn(readFileSync(join(root, guide), 'utf8')));
  for (const example of [...examples, ...ofGuides]) verify(example);
  return examples.length + ofGuides.length;
}

function verify(example: Example): void {
  mkdirSync(build, { recursive: true });
  const folder = mkdtempSync(join(build, 'readme-'));
  try {
    const { printed, manifests } = run(example, folder);
    for (const graph of example.graphs)
      assert.equal(printed.trimEnd(), graph.trimEnd(), `the graph of ${example.name}`);
    for (const shown of example.manifests) assertManifest(shown, manifests);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run({ name, code }: Example, folder: string): { readonly printed: string; readonly manifests: Manifest[] } {
  writeFileSync(join(folder, `${name}.ts`), code);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const outdir = join(folder, 'dist');
  const printed = execFileSync(process.execPath, [join(folder, `${name}.js`)], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CDK8S_OUTDIR: outdir },
  });
  // An example that asks about manifests renders none.
  const files = (existsSync(outdir) ? readdirSync(outdir) : []).filter((file) => file.endsWith('.yaml'));
  const manifests = files.flatMap((file) => loadAll(readFileSync(join(outdir, file), 'utf8')));
  return { printed, manifests: manifests as Manifest[] };
}

function assertManifest({ object, withoutAnnotations, text }: ShownManifest, manifests: readonly Manifest[]): void {
  const named = manifests.filter((manifest) => objectName(manifest) === object);
  assert.equal(named.length, 1, `${object} should be rendered once, and is ${named.length} times`);
  const [given] = named as [Manifest];
  const { annotations, ...metadata } = given.metadata ?? {};
  assert.deepEqual(loadAll(text), [withoutAnnotations ? { ...given, metadata } : given], `the manifest ${object}`);
}

function objectName({ metadata }: Manifest): string {
  return [metadata?.namespace, metadata?.name].filter((part) => part !== undefined).join('/');
}
