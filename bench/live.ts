import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import type { Io } from '../lib/cli/io';
import { main } from '../lib/cli/main';
import { FakeCluster, type LiveObject } from '../test/live/fake-cluster';
import { realCluster } from './worlds/real-cluster';

// What reading a live cluster costs, against reading files: `drift` of the real-cluster profile against a cluster that has
// the same objects, and `list --summary` of the same files, both in this process. The answers of the API server are made
// before, as text. The bar is a ratio, so that the machine does not matter; the exit code is 1 if it is missed.

const RUNS = 3;
/** `drift` reads what is rendered and what is there: twice, and no more. */
const BAR = 2;

void report();

async function report(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-live-'));
  try {
    const objects = realCluster() as unknown as LiveObject[];
    writeFileSync(
      join(folder, 'real.yaml'),
      objects.map((object) => `---\n${dump(object, { noRefs: true })}`).join(''),
    );
    const cluster = asText(objects);
    const figures = { drift: [] as number[], read: [] as number[], changed: [] as number[] };
    // Paths are worked out only where something means something else.
    const changed = asText(objects.filter(({ kind }, i) => kind !== 'NetworkPolicy' || i % 5000 > 0));
    for (let run = 0; run <= RUNS; run++) {
      const read = await timed(['list', '--summary', 'real.yaml'], folder, cluster);
      const drift = await timed(['drift', 'real.yaml'], folder, cluster);
      const more = await timed(['drift', 'real.yaml'], folder, changed);
      // The first run loads and compiles.
      if (run === 0) continue;
      figures.read.push(read);
      figures.drift.push(drift);
      figures.changed.push(more);
    }
    const [read, drift, more] = [figures.read, figures.drift, figures.changed].map(median);
    const ratio = Math.round((100 * drift) / read) / 100;
    console.log(
      `${objects.length} objects: read in ${read} ms of CPU, drift in ${drift} ms, drift with three policies missing in ${more} ms`,
    );
    if (ratio > BAR) console.log(`missed: driftToReading is above ${BAR}`);
    console.log(
      JSON.stringify({ driftToReading: ratio, changedToReading: Math.round((100 * more) / read) / 100, bar: BAR }),
    );
    process.exitCode = ratio > BAR ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A cluster whose answers are made once: what they cost is the API server's. */
function asText(objects: readonly LiveObject[]): Io['cluster'] {
  const groups = [...new Set(objects.map(({ apiVersion }) => apiVersion))];
  const kinds = new Map(objects.map(({ apiVersion, kind }) => [`${apiVersion} ${kind}`, { apiVersion, kind }]));
  const installed = [...kinds.values()]
    .filter(
      ({ apiVersion }) =>
        groups.includes(apiVersion) && apiVersion.includes('.') && !apiVersion.startsWith('networking.k8s.io'),
    )
    .map(({ apiVersion, kind }) => `${apiVersion} ${kind.toLowerCase().replace(/y$/, 'ie')}s ${kind} N`);
  const fake = new FakeCluster(objects, { installed }).cluster();
  const answers = new Map<string, ReturnType<typeof fake.get>>();
  const get = (path: string) => {
    const known = answers.get(path) ?? fake.get(path);
    answers.set(path, known);
    return known;
  };
  return async () => ({ name: 'bench', get });
}

async function timed(argv: readonly string[], cwd: string, cluster: Io['cluster']): Promise<number> {
  const io: Io = {
    out: () => undefined,
    err: () => undefined,
    stdin: () => '',
    env: {},
    cwd,
    isTerminal: false,
    columns: 80,
    cluster,
  };
  const before = process.cpuUsage();
  const code = await main(argv, io);
  const { user, system } = process.cpuUsage(before);
  if (code === 3) throw new Error(`${argv.join(' ')} could not be read`);
  return Math.round((user + system) / 1000);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
