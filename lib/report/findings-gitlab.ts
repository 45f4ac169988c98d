import type { Level } from '../findings/finding';
import { printable } from '../model/printable';
import type { FindingsReport } from './findings-report';
import { pathInRepository } from './relative-path';
import { inOneLine } from './sentences';

/** A report of code quality of GitLab ("Code Quality report format"): it shows in merge requests beside the lines. */
export function findingsAsGitlab(report: FindingsReport): string {
  const { found, reading } = report;
  const list = found.map((finding) => ({
    description: inOneLine(finding),
    check_name: finding.rule,
    fingerprint: finding.fingerprint,
    severity: SEVERITIES[finding.level],
    location: {
      path: printable(pathInRepository(finding.place?.file ?? reading.paths[0] ?? '.', report)),
      lines: { begin: finding.place?.line ?? 1 },
    },
  }));
  return `${JSON.stringify(list, undefined, 2)}\n`;
}

const SEVERITIES: Readonly<Record<Level, string>> = { error: 'major', warning: 'minor', note: 'info' };
