import { dump } from 'js-yaml';
import { planeOf, readText } from '../lib/analysis';
import { CHECKS, runChecks, seenOf } from '../lib/checks';
import { realCluster } from './worlds/real-cluster';

// What it costs to ask every rule, in CPU time of one run, as a ratio to working out who reaches whom, so that the machine
// does not matter. Rules share the connectivity that a command has worked out; places and fingerprints of findings are
// worked out where a report asks for them, and are measured beside it. The last line is one JSON object with the figures,
// and the exit code is 1 if the bar is missed.

const RUNS = 2;
const MODES = ['external-only', 'unknown'] as const;
const BAR = 1;
const DEAREST = 5;

interface Figures {
  readonly connectivityMs: number;
  readonly rulesMs: number;
  readonly reportMs: number;
  readonly findings: number;
  readonly byRule: readonly (readonly [rule: string, ms: number])[];
}

main();

function main(): void {
  const text = realCluster()
    .map((object) => `---\n${dump(object)}`)
    .join('');
  const modes = MODES.map((mode) => figuresOfMode(text, mode));
  const missed = modes.flatMap(({ mode, rulesToConnectivity }) =>
    rulesToConnectivity > BAR ? [`real cluster, blocks ${mode}: the rules cost more than connectivity`] : [],
  );
  for (const bar of missed) console.log(`missed: ${bar}`);
  console.log(JSON.stringify({ modes, missed }));
  process.exitCode = missed.length > 0 ? 1 : 0;
}

/** What a block of addresses matches is told, or is not: then all that blocks may match is worked out beside it. */
function figuresOfMode(text: string, mode: (typeof MODES)[number]) {
  const runs = Array.from({ length: RUNS }, () => figuresOf(text, mode));
  const least = (of: (figures: Figures) => number) => Math.min(...runs.map(of));
  const connectivityMs = least((it) => it.connectivityMs);
  const rulesMs = least((it) => it.rulesMs);
  const reportMs = least((it) => it.reportMs);
  const [{ findings, byRule }] = [...runs].sort((a, b) => a.rulesMs - b.rulesMs);
  const rulesToConnectivity = Math.round((100 * rulesMs) / connectivityMs) / 100;
  const dearest = byRule.slice(0, DEAREST).map(([rule, ms]) => `${rule} ${ms} ms`);
  console.log(
    `real cluster, blocks ${mode}: connectivity ${connectivityMs} ms, ${CHECKS.length} rules ${rulesMs} ms: ${rulesToConnectivity}; places and fingerprints of ${findings} findings ${reportMs} ms; dearest: ${dearest.join(', ')}`,
  );
  return { mode, connectivityMs, rulesMs, rulesToConnectivity, reportMs, findings };
}

/** From text each time, since what is worked out is remembered by what was read. */
function figuresOf(text: string, mode: (typeof MODES)[number]): Figures {
  const reading = readText(text, 'cluster.yaml');
  if (reading.problems.length > 0) throw new Error(`The world has problems: ${JSON.stringify(reading.problems[0])}`);
  const seen = seenOf(reading, planeOf(reading, mode === 'unknown' ? {} : { ipBlockMode: mode }));
  const before = cpu();
  const known = seen.connectivity();
  for (const _ of known.pairs());
  for (const _ of known.addresses());
  const connectivityMs = cpu() - before;
  const start = cpu();
  const found = CHECKS.map((check) => {
    const begun = cpu();
    return { rule: check.id, found: runChecks(seen, [check]), ms: cpu() - begun };
  });
  const rulesMs = cpu() - start;
  const all = found.flatMap((it) => it.found);
  const reported = cpu();
  for (const { where, place, fingerprint } of all) if (!where && !place && !fingerprint) continue;
  return {
    connectivityMs,
    rulesMs,
    reportMs: cpu() - reported,
    findings: all.length,
    byRule: found.map(({ rule, ms }) => [rule, ms] as const).sort(([, a], [, b]) => b - a),
  };
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return Math.round((user + system) / 1000);
}
