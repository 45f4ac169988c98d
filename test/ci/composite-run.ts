import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

/** A composite action, as far as it is carried out here (GitHub, "Metadata syntax for GitHub Actions"). */
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

/** Where a job runs, and what it is about. */
export interface Job {
  /** What the repository was checked out into. */
  readonly workspace: string;
  readonly github: object;
  readonly env: Readonly<Record<string, string>>;
  /** Whether an action of others that a step uses goes well. @default every one does */
  readonly others?: (uses: string) => boolean;
}

/** What became of a run. */
export interface Ran {
  readonly ok: boolean;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Every step that was not passed over: what it uses, or its script. */
  readonly steps: readonly { readonly step: string; readonly given: Readonly<Record<string, string>> }[];
}

/**
 * Carries out the steps of a composite action as a runner does: conditions, what is filled in, files for outputs and for the
 * summary. Actions of others are not run, and noted with what they are given.
 */
export async function runComposite(folder: string, inputs: Readonly<Record<string, string>>, job: Job): Promise<Ran> {
  const action = load(readFileSync(join(folder, 'action.yml'), 'utf8')) as Action;
  const files = mkdtempSync(join(job.workspace, '..', 'runner-'));
  const context: Context = { github: job.github, inputs: {}, steps: {} };
  for (const [name, { default: value }] of Object.entries(action.inputs))
    context.inputs[name] = inputs[name] ?? filled(value, context);
  const summary = join(files, 'summary');
  writeFileSync(summary, '');
  const ran: { step: string; given: Readonly<Record<string, string>> }[] = [];
  let log = '';
  let ok = true;
  for (const [position, step] of action.runs.steps.entries()) {
    if (!isRun(step.if, context, ok)) continue;
    const given = Object.fromEntries(
      Object.entries(step.env ?? step.with ?? {}).map(([name, value]) => [name, filled(value, context)]),
    );
    ran.push({ step: step.uses ?? step.run?.trim() ?? '', given });
    if (step.uses !== undefined) {
      ok &&= job.others?.(step.uses) ?? true;
      continue;
    }
    const output = join(files, `output-${position}`);
    writeFileSync(output, '');
    const ended = await bash(step.run ?? '', {
      cwd: join(job.workspace, filled(step['working-directory'] ?? '.', context)),
      env: {
        ...job.env,
        GITHUB_ACTION_PATH: folder,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_WORKSPACE: job.workspace,
        RUNNER_TEMP: files,
        ...given,
      },
    });
    log += ended.log;
    ok &&= ended.code === 0;
    if (step.id !== undefined) context.steps[step.id] = { outputs: outputsIn(readFileSync(output, 'utf8')) };
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, filled(value, context)]);
  return { ok, log, summary: readFileSync(summary, 'utf8'), outputs: Object.fromEntries(outputs), steps: ran };
}

interface Context {
  readonly github: object;
  readonly inputs: Record<string, string>;
  readonly steps: Record<string, { readonly outputs: Readonly<Record<string, string>> }>;
}

/** A condition asks for success unless it asks for something about that itself. */
function isRun(condition: string | undefined, context: Context, isFine: boolean): boolean {
  const value = condition === undefined ? true : Boolean(evaluated(condition, context));
  return value && (isFine || /\b(?:always|failure|cancelled)\(\)/.test(condition ?? ''));
}

/** Text with the values of its expressions; what is not there is empty. */
function filled(text: string, context: Context): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => String(evaluated(expression, context) ?? ''));
}

const PART = /\b(?:github|inputs|steps)(?:\.[\w-]+)+|\balways\(\)|'[^']*'|&&|\|\||[!=]=|\s+/g;

/** An expression of names, texts and comparisons: everything else is refused, so that none is taken for another. */
function evaluated(expression: string, context: Context): unknown {
  if (expression.replace(PART, '') !== '') throw new Error(`an expression that is not known here: ${expression}`);
  const code = expression.replace(PART, (part) => {
    if (part === 'always()') return 'true';
    if (/^(?:github|inputs|steps)\./.test(part)) return JSON.stringify(named(part, context) ?? '');
    return part;
  });
  return new Function(`return ${code};`)();
}

function named(path: string, context: Context): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name], context);
}

function outputsIn(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => line !== '');
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
}

/** As `shell: bash` is carried out (GitHub, "Workflow syntax": `jobs.<job_id>.steps[*].shell`). */
function bash(script: string, options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> }) {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], options);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (log += part));
  return new Promise<{ code: number | null; log: string }>((ended) =>
    child.on('close', (code) => ended({ code, log })),
  );
}
