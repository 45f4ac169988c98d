import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where in the user's code something was declared, `apps/platform.ts:41`: worked out when somebody asks. */
export type DeclaredAt = () => string | undefined;

/** Where this package is, as its own frames say it. */
const PACKAGE = join(__dirname, '..') + sep;

/**
 * Who called `door`, a public method or class of ours. V8 keeps the caller as an address and makes text of it when the
 * stack is first read, so that a flow that nothing is wrong with pays for the address alone: some two microseconds. It
 * pays as much again for each caller more, so only one is kept, and a caller in a package has no line to show.
 */
export function declaredAt(door: object): DeclaredAt {
  const before = Error.stackTraceLimit;
  const trace: { readonly stack?: unknown } = {};
  try {
    Error.stackTraceLimit = 1;
    Error.captureStackTrace(trace, door as (...given: unknown[]) => unknown);
  } catch {
    return () => undefined;
  } finally {
    Error.stackTraceLimit = before;
  }
  return () => placeIn(trace);
}

/** Callers in other languages have no frames: what calls then is the process that serves them. */
function placeIn(trace: { readonly stack?: unknown }): string | undefined {
  if (process.env.JSII_AGENT !== undefined) return undefined;
  const { stack } = trace;
  if (typeof stack !== 'string') return undefined;
  const found = /(?:\(|at (?:async )?)([^()\n]+):(\d+):\d+\)?$/.exec(stack);
  if (found === null) return undefined;
  const file = found[1].startsWith('file://') ? fileURLToPath(found[1]) : found[1];
  return isOfUser(file) ? `${shortest(file)}:${found[2]}` : undefined;
}

function isOfUser(file: string): boolean {
  return !file.startsWith(PACKAGE) && !file.startsWith('node:') && !file.includes(`${sep}node_modules${sep}`);
}

/** As it is written on the command line, where it is below the folder that the app is run in. */
function shortest(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') || path === '' ? file : path.split(sep).join('/');
}
