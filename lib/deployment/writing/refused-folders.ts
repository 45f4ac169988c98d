import { existsSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { type Problem, ZeroTrustError } from '../../model/problem';

/** What a rendered folder holds: manifests, and what lies beside them. */
const RENDERED = /^(?!package(-lock)?\.json$|tsconfig.*\.json$)[^.].*\.(ya?ml|json|txt|mmd)$/;

/** A folder that holds the directory that is worked in is none that is rendered. */
export function refuseSurroundings(target: string): void {
  const here = relative(target, process.cwd());
  if (here === '..' || here.startsWith(`..${sep}`) || isAbsolute(here)) return;
  throw new ZeroTrustError(
    refused(target, 'it is, or holds, the directory that the app runs in, and would be replaced as a whole'),
  );
}

/** What is there is replaced as a whole, so it may hold nothing that is not rendered. */
export function refuseForeignFiles(target: string): void {
  if (!existsSync(target)) return;
  const foreign = statSync(target).isDirectory() ? foreignFile(target) : target;
  if (foreign === undefined) return;
  throw new ZeroTrustError(
    refused(target, `it holds ${foreign}, which no app renders, and would be replaced as a whole`),
  );
}

function foreignFile(folder: string): string | undefined {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const found = entry.isDirectory() && !entry.name.startsWith('.') ? foreignFile(path) : undefined;
    if (found !== undefined) return found;
    if (entry.isDirectory() ? entry.name.startsWith('.') : !RENDERED.test(entry.name)) return path;
  }
  return undefined;
}

function refused(folder: string, why: string): Problem {
  return {
    rule: 'render-folder',
    where: folder,
    what: `nothing is rendered into this folder: ${why}`,
    value: folder,
    allowed: 'a folder that holds what is rendered and nothing else, or that is not there',
    fix: "Render into a folder of its own: ZeroTrust.render(app, { folder: 'dist' }).",
  };
}
