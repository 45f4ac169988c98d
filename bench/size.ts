import { readManifests } from '../lib/analysis';
import { bigObjects } from './worlds/big-objects';

// How the time to read one object grows with its size, up to the largest that fits into etcd.

/** Bytes that the largest object of a kind has as JSON: etcd takes 1.5 MiB a request (etcd docs, "System limits"). */
const LARGEST = 1_500_000;
/** The smaller object has a quarter of that in `n`: sixteen times as long would be quadratic. */
const STEP = 4;
const RUNS = 3;
/** Four times as much, and a logarithm on top; small objects are measured less exactly. */
const BAR = 7;
/** Less is not measured well enough to be a base. */
const LEAST_MS = 5;

main();

function main(): void {
  const growth = Object.fromEntries(
    Object.entries(bigObjects).map(([name, make]) => {
      const n = Math.floor(LARGEST / (JSON.stringify(make(1_000)).length / 1_000));
      const [small, large] = [make(Math.floor(n / STEP)), make(n)];
      const [few, many] = [readMs(small), readMs(large)];
      const figures = { n, ms: round(many), growth: round(many / Math.max(few, LEAST_MS)) };
      console.log(`${name}: ${n}, ${figures.ms} ms, ${figures.growth}x of a quarter`);
      return [name, figures];
    }),
  );
  const missed = Object.entries(growth)
    .filter(([, figures]) => figures.growth > BAR)
    .map(([name]) => name);
  console.log(JSON.stringify({ growth, bar: BAR, missed }));
  process.exitCode = missed.length === 0 ? 0 : 1;
}

/** The least of a few runs, since the first ones are compiled meanwhile. */
function readMs(object: unknown): number {
  const times = Array.from({ length: RUNS }, () => {
    const begin = process.cpuUsage();
    if (readManifests([object]).problems.length > 0) throw new Error('the object is not valid');
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
