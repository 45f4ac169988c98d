import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../cli/run';

/** What came of every command on the render of one chart. */
export interface Field {
  readonly name: string;
  /** As most of its objects say it in `helm.sh/chart`; absent where none does. */
  readonly version?: string;
  readonly objects: number;
  readonly policies: number;
  readonly findings: readonly FieldFinding[];
  /** Of CPU, all commands together. */
  readonly seconds: number;
  /** Commands that ended in a defect, or in what is no text. */
  readonly crashes: readonly string[];
}

/** The fields of a finding that its table and its list need. */
export interface FieldFinding {
  readonly level: string;
  readonly rule: string;
  readonly object?: string;
  readonly line?: number;
  readonly what: string;
}

/** A namespace that Helm would have installed into: templates leave it out. */
const NAMESPACE = 'release';
const EXPLAINED = 3;
const DEFECT = 'defect of cdk8s-zero-trust';

export async function fieldOf(name: string, path: string): Promise<Field> {
  const crashes: string[] = [];
  const before = cpu();
  const asked = async (...argv: readonly string[]): Promise<string> => {
    try {
      const { out, err } = await run([...argv, '--namespace', NAMESPACE]);
      if (err.includes(DEFECT) || out.includes('[object Object]')) crashes.push(argv.join(' '));
      return out;
    } catch (error) {
      crashes.push(`${argv.join(' ')}: ${error}`);
      return '';
    }
  };
  await asked('list', path, '--summary');
  const listed = parsed(await asked('list', path, '--format', 'json'));
  for (const format of ['mermaid', 'dot']) await asked('graph', path, '--format', format);
  for (const [from, to] of someEnds(listed.connections ?? [])) await asked('explain', from, to, '-f', path);
  const report = parsed(await asked('check', path, '--format', 'json', '--fail-on', 'none'));
  const version = versionOf(path);
  return {
    name,
    ...(version !== undefined && { version }),
    objects: report.reading?.objects ?? 0,
    policies: report.reading?.policies ?? 0,
    findings: report.findings ?? [],
    seconds: (cpu() - before) / 1000,
    crashes,
  };
}

interface Listed {
  readonly connections?: readonly { readonly from: string; readonly to: string }[];
}

interface Checked {
  readonly findings?: readonly FieldFinding[];
  readonly reading?: { readonly objects: number; readonly policies: number };
}

/** Of what is not printed as JSON, nothing. */
function parsed(text: string): Listed & Checked {
  return text === '' ? {} : JSON.parse(text);
}

/** The first connections between workloads, as `explain` takes their ends. */
function someEnds(connections: NonNullable<Listed['connections']>): readonly (readonly [from: string, to: string])[] {
  const found = connections.flatMap(({ from, to }) => {
    const ends = [from, to].map((end) => /^([^/]+)\/[^/]+\/(.+)$/.exec(end));
    return ends.every((end) => end !== null) ? [ends.map((end) => `${end?.[1]}/${end?.[2]}`) as [string, string]] : [];
  });
  return found.slice(0, EXPLAINED);
}

/** The label that most objects have. */
function versionOf(path: string): string | undefined {
  const files = statSync(path).isDirectory() ? readdirSync(path).map((file) => join(path, file)) : [path];
  const counts = new Map<string, number>();
  for (const file of files) {
    for (const [, chart] of readFileSync(file, 'utf8').matchAll(/^\s*"?helm\.sh\/chart"?: "?([\w.+-]+)"?\s*$/gm))
      counts.set(chart, (counts.get(chart) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
