import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Yaml } from 'cdk8s';
import { Cluster } from '../lib';
import { readManifests } from '../lib/analysis';
import { inThisLibrary, type Mesh } from './meshes';

// What an engine costs beside plain NetworkPolicy: the same mesh synthesized and proved for each, and its policies read.

const RUNS = 5;
const MESH: Mesh = { tiers: 400, charts: 1 };
/** As many policies as are read at once. */
const POLICIES = 10_000;

const CLUSTERS: Readonly<Record<string, () => Cluster>> = {
  kubernetes: () => Cluster.kubernetes(),
  cilium: () => Cluster.cilium({ version: '1.20' }),
  calico: () => Cluster.calico({ version: '3.32' }),
  antrea: () => Cluster.antrea({ version: '2.7' }),
  clusterNetworkPolicy: () => Cluster.clusterNetworkPolicy(),
};

/** What must hold, as ratios to plain NetworkPolicy. */
const BARS = { synth: 2, readCilium: 2 };

main();

function main(): void {
  const synth = compareSynth();
  const readCilium = compareReading();
  const over = Object.fromEntries(
    Object.entries(synth).map(([name, { ms }]) => [name, ratio(ms, synth['kubernetes'].ms)]),
  );
  const missed = [
    ...Object.entries(over)
      .filter(([, value]) => value > BARS.synth)
      .map(([name]) => `synth of ${name}`),
    ...(readCilium.ratio > BARS.readCilium ? ['readCilium'] : []),
  ];
  for (const name of missed) console.log(`missed: ${name}`);
  console.log(JSON.stringify({ synth, overKubernetes: over, readCilium, bars: BARS, missed }));
  process.exitCode = missed.length === 0 ? 0 : 1;
}

/** Each in turn, run by run, so that the machine treats them alike. */
function compareSynth() {
  const times = new Map(Object.keys(CLUSTERS).map((name) => [name, [] as number[]]));
  for (let run = -1; run < RUNS; run++) {
    for (const [name, cluster] of Object.entries(CLUSTERS)) {
      const ms = synthMs(cluster());
      if (run >= 0) times.get(name)?.push(ms);
    }
  }
  return Object.fromEntries(
    Object.entries(CLUSTERS).map(([name, cluster]) => {
      const figures = { ms: round(median(times.get(name) as number[])), ...size(inThisLibrary(MESH, cluster())) };
      console.log(`${name}: ${figures.ms} ms CPU, ${figures.policies} policies, ${figures.bytes} bytes`);
      return [name, figures];
    }),
  );
}

function synthMs(cluster: Cluster): number {
  const outdir = mkdtempSync(join(tmpdir(), 'engines-'));
  const app = inThisLibrary(MESH, cluster);
  Object.assign(app, { outdir });
  const ms = cpuMs(() => app.synth());
  rmSync(outdir, { recursive: true });
  return ms;
}

function size(app: App) {
  const objects = policiesOf(app);
  return { policies: objects.length, bytes: Buffer.byteLength(Yaml.stringify(...objects)) };
}

/** The policies of the same mesh, repeated in namespaces of other names until there are enough. */
function compareReading() {
  const kubernetes = many(CLUSTERS['kubernetes']());
  const cilium = many(CLUSTERS['cilium']());
  const times = { kubernetes: [] as number[], cilium: [] as number[] };
  for (let run = -1; run < RUNS; run++) {
    const [first, second] = [cpuMs(() => read(kubernetes)), cpuMs(() => read(cilium))];
    if (run < 0) continue;
    times.kubernetes.push(first);
    times.cilium.push(second);
  }
  const figures = { kubernetes: round(median(times.kubernetes)), cilium: round(median(times.cilium)) };
  const result = { ...figures, ratio: ratio(figures.cilium, figures.kubernetes) };
  console.log(
    `reading ${POLICIES} policies: ${result.kubernetes} ms CPU, of Cilium ${result.cilium}, ${result.ratio}x`,
  );
  return result;
}

function many(cluster: Cluster): object[] {
  const objects = policiesOf(inThisLibrary(MESH, cluster));
  return Array.from({ length: POLICIES }, (_, i) => {
    const object = structuredClone(objects[i % objects.length]);
    object.metadata.name = `${object.metadata.name}-${i}`;
    return object;
  });
}

function read(objects: readonly object[]): void {
  const { problems, policies } = readManifests(objects);
  if (problems.length > 0 || policies !== POLICIES) throw new Error(`only ${policies} policies were read`);
}

function policiesOf(app: App): { kind: string; metadata: { name: string } }[] {
  return app.charts.flatMap((chart) => chart.toJson()).filter(({ kind }) => kind !== 'Namespace');
}

function cpuMs(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function ratio(a: number, b: number): number {
  return round(a / b);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
