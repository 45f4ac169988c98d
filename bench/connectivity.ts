import { spawnSync } from 'node:child_process';
import { CORE_SCHEMA, dump, loadAll } from 'js-yaml';
import { type ConnectivityOptions, connectivity, type ManifestReading, readManifests } from '../lib/analysis';
import { compose } from '../lib/engines/kubernetes/compose';
import { mayConnect } from '../test/naive/evaluator';
import { worldOf } from '../test/naive/world-of';
import * as hundredThousand from './worlds/hundred-thousand';
import { mesh } from './worlds/mesh';
import { below, seeded } from './worlds/random';
import { realCluster } from './worlds/real-cluster';

// What it costs to work out who reaches whom, in CPU time of one run. Bars are ratios, so that the machine does not
// matter; the last line is one JSON object with the figures, and the exit code is 1 if a bar is missed.

const RUNS = 5;
const QUERIES = 10_000;
const QUERY_SEED = 4;
const MEGABYTE = 1_000_000;
const LARGE = '--hundred-thousand';

const BARS = { realClusterToYaml: 1, mesh1600To400: 6, megabytes: 2000 };

if (process.argv.includes(LARGE)) largeWorld();
else main();

function main(): void {
  const real = realClusterFigures();
  const meshes = meshFigures();
  const large = inOwnProcess();
  const missed = [
    ...(real.realClusterToYaml > BARS.realClusterToYaml
      ? ['real cluster: more CPU than js-yaml takes to read it']
      : []),
    ...(meshes.mesh1600To400 > BARS.mesh1600To400 ? ['mesh: more than six times the CPU for four times the size'] : []),
    ...(large.megabytes > BARS.megabytes ? ['100,000 pods: more memory than 2 GB'] : []),
    ...(large.allowedPairs !== hundredThousand.allowedPairs() ? ['100,000 pods: a wrong count of allowed pairs'] : []),
    ...(large.wrongAnswers > 0 ? ['100,000 pods: answers that the naive evaluator does not give'] : []),
  ];
  for (const bar of missed) console.log(`missed: ${bar}`);
  console.log(JSON.stringify({ ...real, ...meshes, ...large, missed }));
  process.exitCode = missed.length > 0 ? 1 : 0;
}

/** The world as block YAML, as `helm template` writes it; from its rules to every pair and every range of addresses. */
function realClusterFigures() {
  const text = realCluster()
    .map((object) => `---\n${dump(object)}`)
    .join('');
  let objects: unknown[] = [];
  let reading = readManifests([]);
  let listed = { pairs: 0, ranges: 0 };
  const yaml = best(() => {
    objects = loadAll(text, undefined, { schema: CORE_SCHEMA });
  });
  const read = best(() => {
    reading = readManifests(objects);
  });
  const connectivityMs = best(() => {
    listed = everything(reading);
  });
  const figures = {
    realClusterYamlBytes: text.length,
    realClusterYamlMs: yaml,
    realClusterReadMs: read,
    realClusterConnectivityMs: connectivityMs,
    realClusterToYaml: ratio(connectivityMs, yaml),
    realClusterReadToYaml: ratio(read, yaml),
    realClusterPairs: listed.pairs,
    realClusterRanges: listed.ranges,
  };
  console.log(
    `real cluster, ${listed.pairs} pairs and ${listed.ranges} ranges: YAML ${yaml} ms, objects to rules ${read} ms, rules to every pair and range ${connectivityMs} ms: ${figures.realClusterToYaml} of the YAML`,
  );
  return figures;
}

function meshFigures() {
  const small = mesh(400);
  const large = mesh(1600);
  const small400Ms = best(() => everything(readManifests(small)));
  const large1600Ms = best(() => everything(readManifests(large)));
  const mesh1600To400 = ratio(large1600Ms, small400Ms);
  console.log(`mesh, from objects: 400 in ${small400Ms} ms, 1600 in ${large1600Ms} ms: ${mesh1600To400}`);
  return { mesh400Ms: small400Ms, mesh1600Ms: large1600Ms, mesh1600To400 };
}

interface LargeFigures {
  readonly allowedPairs: number;
  readonly megabytes: number;
  readonly wrongAnswers: number;
}

/** In a process of its own, so that its peak of memory is that of this world alone. */
function inOwnProcess(): LargeFigures {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...process.execArgv, ...process.argv.slice(1), LARGE],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`The world of 100,000 pods failed: ${stderr}`);
  const lines = stdout.trim().split('\n');
  console.log(lines.slice(0, -1).join('\n'));
  return JSON.parse(lines[lines.length - 1]);
}

function largeWorld(): void {
  const before = cpu();
  const objects = hundredThousand.hundredThousand();
  const made = cpu();
  const reading = readManifests(objects);
  const read = cpu();
  const found = connectivityOf(reading);
  const { must: allowedPairs } = found.counts();
  const done = cpu();
  const { asked, allowed, wrong } = ask(found);
  const megabytes = Math.round((process.resourceUsage().maxRSS * 1024) / MEGABYTE);
  console.log(
    `100,000 pods, ${allowedPairs} allowed pairs: made in ${made - before} ms, read in ${read - made} ms, worked out in ${done - read} ms, ${megabytes} MB at most; ${asked} questions, ${allowed} allowed, ${wrong} answered otherwise than by the naive evaluator`,
  );
  console.log(
    JSON.stringify({
      allowedPairs,
      megabytes,
      hundredThousandReadMs: read - made,
      hundredThousandConnectivityMs: done - read,
      questions: asked,
      questionsAllowed: allowed,
      wrongAnswers: wrong,
      objects: objects.length,
    }),
  );
}

/** Random questions; half of them within a namespace and most on the port that is served, where answers differ. */
function ask(found: ReturnType<typeof connectivityOf>) {
  const random = seeded(QUERY_SEED);
  const served = [8080, 8081, 5432, 80];
  let asked = 0;
  let allowed = 0;
  let wrong = 0;
  while (asked < QUERIES) {
    const source = below(random, hundredThousand.NAMESPACES);
    const destination = random() < 0.5 ? source : below(random, hundredThousand.NAMESPACES);
    const pod = below(random, served.length);
    const from = hundredThousand.idsOf(source)[below(random, served.length)];
    const to = hundredThousand.idsOf(destination)[pod];
    const port = served[random() < 0.8 ? pod : below(random, served.length)];
    if (from === to) continue;
    const answer = found.allowed(from, to, 'TCP', port);
    const expected = naiveAnswer([...new Set([source, destination])], from, to, port);
    asked++;
    if (expected) allowed++;
    if (answer.must !== expected || answer.may !== expected) wrong++;
  }
  return { asked, allowed, wrong };
}

/** Only policies of the two namespaces can bear on the connection. */
function naiveAnswer(namespaces: readonly number[], from: string, to: string, port: number): boolean {
  const world = worldOf(namespaces.flatMap(hundredThousand.objectsOfNamespace));
  const pod = (id: string) => {
    const found = world.pods.find(({ namespace, name }) => `${namespace}/Pod/${name}` === id);
    if (found === undefined) throw new Error(`no pod ${id}`);
    return found;
  };
  return mayConnect({ ...world, ipBlockMode: 'external-only' }, pod(from), pod(to), 'TCP', port);
}

/** Every pair and every range, one after the other, as a report would write them. */
function everything(reading: ManifestReading): { readonly pairs: number; readonly ranges: number } {
  const found = connectivityOf(reading);
  let pairs = 0;
  let ranges = 0;
  for (const _ of found.pairs()) pairs++;
  for (const { addresses } of found.addresses()) ranges += addresses.v4.length + addresses.v6.length;
  return { pairs, ranges };
}

function connectivityOf(reading: ManifestReading, options: ConnectivityOptions = {}) {
  if (reading.problems.length > 0) throw new Error(`The world has problems: ${JSON.stringify(reading.problems[0])}`);
  return connectivity(reading.world, compose(reading, { ipBlockMode: 'external-only' }), options);
}

/** The least CPU time of several runs, in milliseconds. */
function best(act: () => void): number {
  const times = Array.from({ length: RUNS }, () => {
    const before = cpu();
    act();
    return cpu() - before;
  });
  return Math.min(...times);
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return Math.round((user + system) / 1000);
}

function ratio(a: number, b: number): number {
  return Math.round((100 * a) / b) / 100;
}
