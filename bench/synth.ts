import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Yaml } from 'cdk8s';
import { Deployment } from '../lib/deployment/deployment';
import { inBareObjects, inCdk8sPlus, inDeployments, inThisLibrary, type Mesh } from './meshes';

/** Counted runs of each; the median is what is compared. */
const RUNS = 11;

/** What must hold, as the printed figures have it. Our time includes the proof, which is part of every synthesis. */
const BARS = {
  overCdk8sPlusAt400: 0.4,
  overCdk8sPlusAt400In40Charts: 0.4,
  addedOverCdk8sPlus: 0.15,
  addedOverCdk8sPlusIn40Charts: 0.15,
  bytesAt400: 1_100_000,
  deploymentsOverWithout: 3.3,
  policiesOverCdk8sPlus: 0.25,
  time400Over100: 5,
  importMs: 60,
};

main();

function main(): void {
  const one = { 100: compare({ tiers: 100, charts: 1 }), 400: compare({ tiers: 400, charts: 1 }) };
  const forty = { 400: compare({ tiers: 400, charts: 40 }) };
  const figures = {
    oneChart: one,
    fortyCharts: forty,
    overBareAt400: ratio(one[400].ours.ms, one[400].bare.ms),
    overBareAt400In40Charts: ratio(forty[400].ours.ms, forty[400].bare.ms),
    overCdk8sPlusAt400: ratio(one[400].ours.ms, one[400].cdk8sPlus.ms),
    overCdk8sPlusAt400In40Charts: ratio(forty[400].ours.ms, forty[400].cdk8sPlus.ms),
    addedOverCdk8sPlus: added(one[400]),
    addedOverCdk8sPlusIn40Charts: added(forty[400]),
    bytesAt400: one[400].ours.bytes,
    policiesOverCdk8sPlus: ratio(one[400].ours.policies, one[400].cdk8sPlus.policies),
    time400Over100: ratio(one[400].ours.ms, one[100].ours.ms),
    proofAt400: proofPart(one[400].ours.ms, { tiers: 400, charts: 1 }),
    deploymentsOverWithout: withDeployments({ tiers: 100, charts: 40 }),
    firstRunAt400: firstRun({ tiers: 400, charts: 1 }),
    firstRunAt400In40Charts: firstRun({ tiers: 400, charts: 40 }),
    importMs: importCost(),
  };
  const missed = Object.entries(BARS).filter(([name, bar]) => figures[name as keyof typeof BARS] > bar);
  for (const [name, bar] of missed) console.log(`missed: ${name} is above ${bar}`);
  console.log(JSON.stringify({ ...figures, bars: BARS, missed: missed.map(([name]) => name) }));
  process.exitCode = missed.length === 0 ? 0 : 1;
}

/** What we take beyond bare objects, in terms of what cdk8s-plus takes for the same mesh. */
function added({ ours, bare, cdk8sPlus }: ReturnType<typeof compare>): number {
  return ratio(ours.ms - bare.ms, cdk8sPlus.ms);
}

function compare(mesh: Mesh) {
  const makers: Record<'ours' | 'bare' | 'cdk8sPlus', () => App> = {
    ours: () => inThisLibrary(mesh),
    bare: () => inBareObjects(mesh, inThisLibrary(mesh)),
    cdk8sPlus: () => inCdk8sPlus(mesh),
  };
  const times = { ours: [] as number[], bare: [] as number[], cdk8sPlus: [] as number[] };
  for (let run = -1; run < RUNS; run++) {
    for (const name of ['ours', 'bare', 'cdk8sPlus'] as const) {
      const ms = synthMs(makers[name]);
      if (run >= 0) times[name].push(ms);
    }
  }
  const figures = (name: 'ours' | 'bare' | 'cdk8sPlus') => ({
    ms: round(median(times[name])),
    ...size(makers[name]()),
  });
  const result = { ours: figures('ours'), bare: figures('bare'), cdk8sPlus: figures('cdk8sPlus') };
  for (const [name, { ms, policies, bytes }] of Object.entries(result)) {
    console.log(
      `${mesh.tiers} tiers, ${mesh.charts} charts, ${name}: ${ms} ms CPU, ${policies} policies, ${bytes} bytes`,
    );
  }
  return result;
}

/** Deployments of cdk8s-plus with their tiers, over the same app without policies. */
function withDeployments(mesh: Mesh): number {
  const times = { with: [] as number[], without: [] as number[] };
  for (let run = -1; run < RUNS; run++) {
    for (const policies of ['with', 'without'] as const) {
      const ms = synthMs(() => inDeployments(mesh, policies));
      if (run >= 0) times[policies].push(ms);
    }
  }
  const [ours, bare] = [median(times.with), median(times.without)];
  console.log(
    `${mesh.tiers} Deployments, ${mesh.charts} charts: ${round(ours)} ms CPU, ${round(bare)} without policies`,
  );
  return ratio(ours, bare);
}

/** CPU time of making the app (but not its input) and synthesizing it to files. */
function synthMs(make: () => App): number {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  const app = make();
  Object.assign(app, { outdir });
  const start = process.cpuUsage();
  app.synth();
  const { user, system } = process.cpuUsage(start);
  rmSync(outdir, { recursive: true });
  return (user + system) / 1000;
}

/** CPU time of the proof alone, and its part of the synthesis. */
function proofPart(synth: number, mesh: Mesh) {
  const proofMs = () => {
    const deployment = Deployment.of(inThisLibrary(mesh));
    deployment.state();
    const start = process.cpuUsage();
    deployment.proof();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const ms = round(median(Array.from({ length: RUNS }, proofMs)));
  console.log(`${mesh.tiers} tiers, ${mesh.charts} charts, the proof in it: ${ms} ms CPU`);
  return { ms, ofSynth: ratio(ms, synth) };
}

/** The first synthesis of a fresh process, ours and in bare objects: printed for a look, and held to no bar. */
function firstRun(mesh: Mesh) {
  const folder = mkdtempSync(join(tmpdir(), 'first-run-'));
  const objects = join(folder, 'objects.json');
  writeFileSync(objects, JSON.stringify(inThisLibrary(mesh).charts.map((chart) => [chart.node.id, chart.toJson()])));
  const ours = fromProcess(['-r', 'ts-node/register', join(__dirname, 'first-run.ts'), 'ours', JSON.stringify(mesh)]);
  const bare = fromProcess(['-r', 'ts-node/register', join(__dirname, 'first-run.ts'), 'bare', objects]);
  rmSync(folder, { recursive: true });
  console.log(`${mesh.tiers} tiers, ${mesh.charts} charts, first run: ${ours} ms CPU, bare ${bare}`);
  return { ours, bare, overBare: ratio(ours, bare) };
}

function size(app: App) {
  const objects = app.charts.flatMap((chart) => chart.toJson()).filter(({ kind }) => kind === 'NetworkPolicy');
  return { policies: objects.length, bytes: Buffer.byteLength(Yaml.stringify(...objects)) };
}

/** What importing the library adds to importing cdk8s, each in a fresh process. */
function importCost(): number {
  const timed = (modules: string[]) =>
    `const start = process.cpuUsage(); ${modules.map((name) => `require(${JSON.stringify(name)});`).join(' ')} const end = process.cpuUsage(start); console.log((end.user + end.system) / 1000);`;
  const ours = join(__dirname, '..', 'build', 'lib', 'index.js');
  if (!existsSync(ours)) throw new Error('the package is not built: npm run build');
  // One beside the other, so that a machine that is slow for a while is so for both.
  const added = () => processMs(['-e', timed(['cdk8s', ours])]) - processMs(['-e', timed(['cdk8s'])]);
  return round(median(Array.from({ length: RUNS }, added)));
}

/** The median of what fresh processes print. */
function fromProcess(args: readonly string[]): number {
  return median(Array.from({ length: RUNS }, () => processMs(args)));
}

function processMs(args: readonly string[]): number {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`a measured process failed\n${stderr}`);
  return Number(stdout);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

function ratio(a: number, b: number): number {
  return round(a / b);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
