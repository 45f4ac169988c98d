import type { Level } from '../findings/finding';
import type { MarkedFinding } from '../findings/fingerprint';
import { printable } from '../model/printable';
import type { FindingsReport } from './findings-report';
import { pathInRepository } from './relative-path';
import { sentences } from './sentences';

/** Annotations of a run of GitHub Actions: a command a finding ("Workflow commands for GitHub Actions"). */
export function findingsAsGithub(report: FindingsReport): string {
  return report.found.map((finding) => `${command(finding, report)}\n`).join('');
}

const COMMANDS: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'notice' };

function command(finding: MarkedFinding, report: FindingsReport): string {
  const { level, rule, place = {} } = finding;
  const { file, line, object } = place;
  const properties = [
    ...(file === undefined ? [] : [`file=${property(pathInRepository(file, report))}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
    `title=${property(object === undefined ? rule : `${rule}: ${object}`)}`,
  ];
  return `::${COMMANDS[level]} ${properties.join(',')}::${data(sentences(finding))}`;
}

/** What the runner decodes (actions/toolkit, packages/core/src/command.ts): lines are kept, and nothing begins a command. */
function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(printable(text)).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
