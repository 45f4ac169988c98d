import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');

/** How `cdk8s synth` ended. */
export interface Synthesized {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** What `--validation-reports-output-file` has; undefined where it was not written. */
  readonly report?: Report;
}

export interface Report {
  readonly violations: readonly {
    readonly ruleName: string;
    readonly recommendation: string;
    readonly fix: string;
    readonly violatingConstructs: readonly {
      readonly resourceName: string;
      readonly constructPath?: string;
      readonly manifestPath: string;
      readonly locations: readonly string[];
    }[];
  }[];
  readonly summary: { readonly status: string; readonly metadata: Readonly<Record<string, string>> };
}

/**
 * A project whose app renders these files, and whose `cdk8s.yaml` names the validation. The package that it is loaded from
 * stands for the built one: cdk8s-cli loads `main` of a folder.
 */
export function project(files: Readonly<Record<string, string>>, properties: Readonly<Record<string, unknown>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'validation-'));
  const package_ = join(folder, 'package');
  write(join(folder, 'rendered/.keep'), '');
  for (const [name, text] of Object.entries(files)) write(join(folder, 'rendered', name), text);
  write(
    join(package_, 'index.js'),
    [
      `require(${JSON.stringify(join(root, 'node_modules/ts-node'))}).register({ transpileOnly: true, projectSearchDir: ${JSON.stringify(root)} });`,
      `module.exports = require(${JSON.stringify(join(root, 'lib'))});`,
    ].join('\n'),
  );
  write(
    join(folder, 'cdk8s.yaml'),
    JSON.stringify({
      language: 'typescript',
      app: 'mkdir -p "$CDK8S_OUTDIR" && cp -r rendered/. "$CDK8S_OUTDIR"',
      output: 'dist',
      validations: [{ package: package_, version: '0.1.0', class: 'ZeroTrustValidation', properties }],
    }),
  );
  return folder;
}

/** The files of a folder of `dist`, which are proved. */
export function rendered(name: string): Readonly<Record<string, string>> {
  const folder = join(root, 'dist', name);
  return Object.fromEntries(
    ['ai-service-mesh.k8s.yaml', 'graph.json'].map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
}

/** `cdk8s synth` in the project, as a process. */
export function synthesized(folder: string, ...args: readonly string[]): Synthesized {
  const file = join(folder, 'report.json');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--validation-reports-output-file', file, ...args],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false', NO_COLOR: '1' } },
  );
  return {
    code: status,
    out: stdout,
    err: stderr,
    ...(existsSync(file) && { report: JSON.parse(readFileSync(file, 'utf8')).reports[0] }),
  };
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The folder with all that is in it. */
export function copied(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}
