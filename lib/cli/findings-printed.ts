import { isAbsolute, relative, sep } from 'node:path';
import { findingsAsGithub } from '../report/findings-github';
import { findingsAsGitlab } from '../report/findings-gitlab';
import { findingsAsJson } from '../report/findings-json';
import { findingsAsJunit } from '../report/findings-junit';
import { findingsAsMarkdown } from '../report/findings-markdown';
import type { FindingsReport } from '../report/findings-report';
import { findingsAsSarif } from '../report/findings-sarif';
import { findingsAsText } from '../report/findings-text';
import type { Given } from './command';
import { type Io, isColoured } from './io';
import { printed } from './output';

/** The formats that findings have, the first of them unless another is asked for. */
export const FINDINGS_FORMATS: readonly string[] = ['text', 'json', 'sarif', 'junit', 'github', 'markdown', 'gitlab'];

/** Prints findings where they are asked for. */
export function printedFindings(found: FindingsReport, given: Given, io: Io): void {
  const report = { ...found, inRepository: inRepository(io) };
  const isShown = given.outputs.some(({ format, file }) => format === 'text' && file === undefined);
  printed(given, io, {
    text: () =>
      findingsAsText(report, {
        colour: isShown && isColoured(io),
        ...(isShown && io.isTerminal && { columns: io.columns }),
        acknowledged: given.has('acknowledged'),
        notes: given.has('verbose') || report.failsFrom === 'note',
      }),
    json: () => findingsAsJson(report),
    sarif: () => findingsAsSarif(report),
    junit: () => findingsAsJunit(report),
    github: () => findingsAsGithub(report),
    markdown: () => findingsAsMarkdown(report),
    gitlab: () => findingsAsGitlab(report),
  });
}

/** By what a runner says of where it has checked the repository out (GitHub Actions, GitLab CI). */
function inRepository({ cwd, env }: Io): string {
  const top = env['GITHUB_WORKSPACE'] ?? env['CI_PROJECT_DIR'] ?? cwd;
  const path = relative(top, cwd).split(sep).join('/');
  return path.startsWith('..') || isAbsolute(path) ? '' : path;
}
