import { printable } from '../model/printable';
import { plainMarkdown } from './markdown-escape';

/** A workload that is a known system. */
export interface SystemRow {
  /** Its id, `namespace/Kind/name`. */
  readonly workload: string;
  /** Id of the system: `vllm`. */
  readonly system: string;
  /** As its makers write it: `vLLM`. */
  readonly title: string;
  /** What it is mostly: `inference`. */
  readonly role: string;
}

/** For a person; nothing where there is none. */
export function* systemsText(rows: readonly SystemRow[]): Generator<string> {
  if (rows.length === 0) return;
  const lines = rows.map(({ workload, title, role }) => `  ${printable(workload)}  ${title} (${role})\n`);
  yield `\nknown systems\n${lines.join('')}`;
}

/** As a table of its own; nothing where there is none. */
export function* systemsMarkdown(rows: readonly SystemRow[]): Generator<string> {
  if (rows.length === 0) return;
  yield '\n| workload | known system | role |\n|---|---|---|\n';
  for (const { workload, title, role } of rows) yield `| ${[workload, title, role].map(plainMarkdown).join(' | ')} |\n`;
}
