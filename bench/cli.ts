import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { mesh } from './worlds/mesh';
import type { Manifest } from './worlds/objects';
import { realCluster } from './worlds/real-cluster';

// What the command line costs, in CPU time of whole processes: from the start of node to its end, against a process that
// reads the same YAML with js-yaml and does nothing else. Bars are ratios, so that the machine does not matter; the last
// line is one JSON object with the figures, and the exit code is 1 if a bar is missed.

/** Counted runs of each; the median is what is compared. */
const RUNS = 5;
const MEGABYTE = 1_000_000;

const BARS = {
  list800ToYaml: 5,
  list3200To800: 5,
  summaryOfRealClusterToYaml: 2.5,
  largeFromObjectsToYaml: 15,
  /** Of what one and a half bare starts of node and 80 ms are. */
  helpToAllowed: 1,
  htmlOf500Megabytes: 3,
};

const BUILT = join(__dirname, '..', 'build', 'lib');
const MODULES = join(__dirname, '..', 'node_modules');

/** A process writes down what it took as it ends, on a channel of its own. */
const AT_EXIT = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const ms = Math.round((userCPUTime + systemCPUTime) / 1000);
  require('node:fs').writeSync(3, JSON.stringify({ ms, megabytes: Math.round((maxRSS * 1024) / ${MEGABYTE}) }));
});`;

main();

function main(): void {
  const bin = join(BUILT, 'cli', 'bin.js');
  if (!existsSync(bin)) throw new Error('the package is not built: npm run build');
  const folder = mkdtempSync(join(tmpdir(), 'bench-cli-'));
  try {
    report(figuresIn(folder, bin));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function figuresIn(folder: string, bin: string) {
  const file = (name: string, objects: readonly Manifest[]) => {
    const path = join(folder, `${name}.yaml`);
    // As `helm template` writes it: nothing stands for anything else.
    writeFileSync(path, objects.map((object) => `---\n${dump(object, { noRefs: true })}`).join(''));
    return path;
  };
  const [small, large, real] = [file('800', mesh(800)), file('3200', mesh(3200)), file('real', realCluster())];
  const page = join(folder, '500.html');
  const preloaded = join(folder, 'at-exit.cjs');
  writeFileSync(preloaded, AT_EXIT);
  const measured = measure(preloaded, {
    bare: ['-e', '0'],
    help: [bin, '--help'],
    yamlOf800: ['-e', readsYaml(small)],
    list800: [bin, 'list', small],
    list3200: [bin, 'list', large],
    yamlOfReal: ['-e', readsYaml(real)],
    summaryOfReal: [bin, 'list', '--summary', real],
    listOfReal: [bin, 'list', real],
    htmlOf500: [bin, 'graph', file('500', mesh(500)), '--format', 'html', '--output', page],
    largeFromObjects: ['-r', 'ts-node/register', join(__dirname, 'from-objects.ts')],
    madeObjects: ['-r', 'ts-node/register', join(__dirname, 'from-objects.ts'), '--made-only'],
  });
  const { bare, help, yamlOf800, list800, list3200, yamlOfReal, summaryOfReal, listOfReal } = measured;
  return {
    list800ToYaml: ratio(list800.ms, yamlOf800.ms),
    list3200To800: ratio(list3200.ms, list800.ms),
    summaryOfRealClusterToYaml: ratio(summaryOfReal.ms, yamlOfReal.ms),
    listOfRealClusterToYaml: ratio(listOfReal.ms, yamlOfReal.ms),
    largeFromObjectsToYaml: ratio(measured.largeFromObjects.ms - measured.madeObjects.ms, yamlOfReal.ms),
    helpToAllowed: ratio(help.ms, 1.5 * bare.ms + 80),
    htmlOf500Megabytes: ratio(statSync(page).size, MEGABYTE),
    measured,
  };
}

/** Reads a file with js-yaml, and no more. */
function readsYaml(path: string): string {
  const parser = JSON.stringify(join(MODULES, 'js-yaml'));
  return `const { CORE_SCHEMA, loadAll } = require(${parser}); loadAll(require('node:fs').readFileSync(${JSON.stringify(path)}, 'utf8'), undefined, { schema: CORE_SCHEMA });`;
}

interface Measured {
  /** CPU time of the process, user and system. */
  readonly ms: number;
  /** Memory that it had at most. */
  readonly megabytes: number;
}

/** One beside the other in each round, so that a machine that is slow for a while is so for all. */
function measure<T extends string>(
  preloaded: string,
  processes: Readonly<Record<T, readonly string[]>>,
): Readonly<Record<T, Measured>> {
  const names = Object.keys(processes) as T[];
  const runs = Array.from(
    { length: RUNS },
    () => new Map(names.map((name) => [name, run(['-r', preloaded, ...processes[name]])])),
  );
  const measured = names.map((name): [T, Measured] => {
    const own = runs.map((round) => round.get(name) as Measured);
    const [ms, megabytes] = [median(own.map((it) => it.ms)), median(own.map((it) => it.megabytes))];
    console.log(`${name}: ${ms} ms CPU, ${megabytes} MB at most`);
    return [name, { ms, megabytes }];
  });
  return Object.fromEntries(measured) as Record<T, Measured>;
}

function run(args: readonly string[]): Measured {
  const { status, stderr, output } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    maxBuffer: 100 * MEGABYTE,
  });
  if (status !== 0) throw new Error(`a measured process failed: ${args.join(' ')}\n${stderr}`);
  return JSON.parse(output[3] ?? '');
}

function report(figures: ReturnType<typeof figuresIn>): void {
  const missed = Object.entries(BARS).filter(([name, bar]) => !(figures[name as keyof typeof BARS] <= bar));
  for (const [name, bar] of missed) console.log(`missed: ${name} is above ${bar}`);
  console.log(JSON.stringify({ ...figures, bars: BARS, missed: missed.map(([name]) => name) }));
  process.exitCode = missed.length === 0 ? 0 : 1;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function ratio(a: number, b: number): number {
  return Math.round((100 * a) / b) / 100;
}
