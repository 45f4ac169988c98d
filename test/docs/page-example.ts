// The examples of a page, run in this process as they stand or changed as the page says: what is claimed of them is tried.
import { readFileSync } from 'node:fs';
import type { App } from 'cdk8s';
import * as cdk8s from 'cdk8s';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import * as library from '../../lib';
import { type Example, examplesIn } from './examples';

/** What is written otherwise: a piece of the example, which must be in it, and what stands there instead. */
export type Change = readonly [piece: string | RegExp, instead: string];

const MODULES: Readonly<Record<string, object>> = { cdk8s, 'cdk8s-zero-trust': library };
/** A change may use any name, as one who makes it imports what it takes. */
const NAMES = { ...cdk8s, ...library };

/**
 * The app of the first example of a page, with these changes; throws what the example throws. Where it writes is up to
 * `CDK8S_OUTDIR`.
 */
export function appOf(page: string, ...changes: readonly Change[]): App {
  const [example] = examplesOf(page);
  if (example === undefined) throw new Error(`${page} has no example`);
  return runCode(changes.reduce(changed, example.code));
}

/** As `appOf`, of the example of this name. */
export function appNamed(page: string, name: string, ...changes: readonly Change[]): App {
  const example = examplesOf(page).find((one) => one.name === name);
  if (example === undefined) throw new Error(`${page} has no example ${name}`);
  return runCode(changes.reduce(changed, example.code));
}

function examplesOf(page: string): readonly Example[] {
  return examplesIn(readFileSync(`docs/${page}`, 'utf8'));
}

function changed(code: string, [piece, instead]: Change): string {
  const after = code.replace(piece, () => instead);
  if (after === code) throw new Error(`the example has no ${piece}`);
  return after;
}

/** The app that is called so in this code. */
export function runCode(code: string): App {
  const { outputText } = transpileModule(`${code}\nexport default app;\n`, {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
  });
  const exported: { default?: App } = {};
  const console = { log: () => {} };
  new Function('require', 'exports', 'console', ...Object.keys(NAMES), outputText)(
    (name: string) => MODULES[name],
    exported,
    console,
    ...Object.values(NAMES),
  );
  if (exported.default === undefined) throw new Error('the example has no app');
  return exported.default;
}
