import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
}

/** A tree of files in a folder of its own, judged by our rules. */
function cruise(files: Readonly<Record<string, string>>): Violation[] {
  const folder = mkdtempSync(join(tmpdir(), 'layering-'));
  try {
    for (const [path, text] of Object.entries({ ...surroundings, ...files })) write(join(folder, path), text);
    for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'tsconfig.dev.json']) {
      copyFileSync(join(root, name), join(folder, name));
    }
    const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const { summary } = JSON.parse(
      execFileSync(
        process.execPath,
        [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders],
        {
          cwd: folder,
          encoding: 'utf8',
        },
      ),
    );
    return summary.violations;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const folders = ['lib', 'apps', 'test', 'bench', 'imports'];
const value = 'export const value = 1;\n';
const imports = (path: string) => `import { value } from '${path}';\nexport const mine = value;\n`;

/** What every tree has: packages that are there, declared or not, and one file in each folder. */
const surroundings: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'tree',
    dependencies: { shipped: '1.0.0' },
    peerDependencies: { constructs: '1.0.0' },
    devDependencies: { constructs: '1.0.0', tool: '1.0.0' },
  }),
  ...Object.fromEntries(
    ['shipped', 'constructs', 'tool', 'stray'].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
      [`node_modules/${name}/index.js`, 'exports.value = 1;\n'],
    ]),
  ),
  ...Object.fromEntries(['apps', 'test', 'bench', 'imports'].map((folder) => [`${folder}/some.ts`, value])),
  ...Object.fromEntries(rooms().map((room) => [`lib/${room}/some.ts`, value])),
  'lib/index.ts': value,
  'lib/testing/index.ts': value,
};

function rooms(): string[] {
  return ruleNames().flatMap((name) => /^one-direction-(.*)$/.exec(name)?.[1] ?? []);
}

function foldersOfRooms(): [room: string, folder: string][] {
  return ruleNames().flatMap((name) => {
    const [, room, folder] = /^folders-of-([^-]+)-(.*)$/.exec(name) ?? [];
    return folder === undefined ? [] : [[room, folder]];
  });
}

function ruleNames(): string[] {
  const { forbidden } = require(join(root, '.dependency-cruiser.cjs'));
  return forbidden.map(({ name }: { readonly name: string }) => name);
}

/** For each rule the file that breaks it, and what else the tree needs for that. */
const offences: Readonly<
  Record<string, { readonly file: string; readonly text: string; readonly others?: Record<string, string> }>
> = {
  ...Object.fromEntries(
    rooms().map((room, level, all) => [
      `one-direction-${room}`,
      { file: `lib/${room}/upwards.ts`, text: imports(`../${all[level + 1] ?? all[level - 1]}/some`) },
    ]),
  ),
  ...Object.fromEntries(
    foldersOfRooms().map(([room, folder]) => [
      `folders-of-${room}-${folder}`,
      {
        file: `lib/${room}/${folder}/upwards.ts`,
        text: imports('../on-top'),
        others: { [`lib/${room}/on-top.ts`]: value },
      },
    ]),
  ),
  'rooms-are-listed': {
    file: 'lib/tiers/nowhere.ts',
    text: imports('../attic/some'),
    others: { 'lib/attic/some.ts': value },
  },
  'readers-share-only-the-model': {
    file: 'lib/engines/kubernetes/compose.ts',
    text: imports('../../kinds/apps/by-way-of'),
    others: {
      'lib/kinds/apps/by-way-of.ts': imports('../../graph/by-way-of'),
      'lib/graph/by-way-of.ts': value,
    },
  },
  'kinds-stand-on-the-model': { file: 'lib/kinds/apps/read.ts', text: imports('../../cluster/some') },
  'renderers-do-not-reach-readers': {
    file: 'lib/engines/kubernetes/render.ts',
    text: imports('./rules'),
    others: {
      'lib/engines/kubernetes/rules.ts': imports('../../cluster/detour'),
      'lib/cluster/detour.ts': imports('../kinds/networking/read'),
      'lib/kinds/networking/read.ts': value,
    },
  },
  'the-middle-knows-no-constructs': {
    file: 'lib/proof/with-constructs.ts',
    text: "import type { value } from 'constructs';\nexport type Mine = typeof value;\n",
  },
  'generated-types-only-for-argo': { file: 'lib/tiers/generated.ts', text: imports('../../imports/some') },
  'naive-evaluator-stands-alone': {
    file: 'test/naive/evaluate.ts',
    text: imports('./helper'),
    others: { 'test/naive/helper.ts': imports('../../lib/model/some') },
  },
  'second-prover-stands-alone': {
    file: 'test/judges/smt/encode.ts',
    text: imports('./helper'),
    others: { 'test/judges/smt/helper.ts': imports('../../../lib/model/some') },
  },
  'apps-see-the-public-surface': { file: 'apps/curious.ts', text: imports('../lib/model/some') },
  'library-does-not-know-its-users': { file: 'lib/tiers/for-an-app.ts', text: imports('../../apps/some') },
  'no-cycles': {
    file: 'lib/model/about.ts',
    text: imports('./round'),
    others: { 'lib/model/round.ts': "import type { mine } from './about';\nexport const value = 1 as typeof mine;\n" },
  },
  'no-undeclared-packages': { file: 'test/stray.ts', text: imports('stray') },
  'library-ships-what-it-imports': { file: 'lib/tiers/tool.ts', text: imports('tool') },
  'no-unresolved-imports': { file: 'bench/lost.ts', text: imports('./nothing') },
};

describe('the rules of the layering', () => {
  it('are each broken by the example that is meant to break it', () => {
    const trees = Object.values(offences).map(({ file, text, others }) => ({ ...others, [file]: text }));
    const found = cruise(Object.assign({}, ...trees));
    const silent = Object.entries(offences).filter(
      ([name, { file }]) => !found.some(({ rule, from }) => rule.name === name && from === file),
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('all have an example here', () => {
    expect(Object.keys(offences).sort()).toEqual(ruleNames().sort());
  });

  it('let through what the design allows', () => {
    const found = cruise({
      'lib/kinds/networking/read.ts': imports('../../model/some'),
      'lib/engines/kubernetes/compose.ts': imports('../../kinds/networking/read').replace('value', 'mine as value'),
      'lib/engines/kubernetes/render.ts': imports('../../graph/some'),
      'lib/graph/policy-graph.ts': imports('constructs'),
      'lib/tiers/tier.ts': imports('constructs'),
      'lib/model/shipped.ts': imports('shipped'),
      'lib/argo/argo-application.ts': imports('../../imports/some'),
      'test/naive/evaluate.ts': imports('../some'),
      'test/model/some.test.ts': imports('../../lib/model/some'),
      'apps/app.ts': imports('../lib').concat(
        "import { value as testing } from '../lib/testing';\nexport { testing };\n",
      ),
    });
    expect(found.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([]);
  });
});
