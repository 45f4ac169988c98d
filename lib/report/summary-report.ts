import type { Summary } from '../asking/summary';
import { printable } from '../model/printable';
import { plainMarkdown } from './markdown-escape';

/** What the JSON of a summary says that it is. */
export const SUMMARY_SCHEMA = 'cdk8s-zero-trust/summary/v1';

export function summaryText(summary: Summary): string {
  const rows = rowsOf(summary);
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${printable(name).padEnd(width)}  ${value}\n`).join('');
}

export function summaryMarkdown(summary: Summary): string {
  return [
    '| figure | value |',
    '|---|---|',
    ...rowsOf(summary).map(([name, value]) => `| ${plainMarkdown(name)} | ${value} |`),
    '',
  ].join('\n');
}

export function summaryCsv(summary: Summary): string {
  return [
    'figure,value',
    ...rowsOf(summary).map(([name, value]) => `${printable(name).replaceAll(',', ' ')},${value}`),
    '',
  ].join('\r\n');
}

export function summaryJson(summary: Summary): string {
  return `${JSON.stringify({ schema: SUMMARY_SCHEMA, ...summary }, undefined, 2)}\n`;
}

function rowsOf({ engine, namespaces, workloads, policies, must, may }: Summary): [string, string | number][] {
  const total = policies.reduce((sum, { count }) => sum + count, 0);
  return [
    ['engine', engine],
    ['namespaces', namespaces],
    ['workloads', workloads],
    ['pairs of workloads', workloads * Math.max(0, workloads - 1)],
    ['pairs that surely connect', must],
    ['pairs that may connect', may],
    ['policies in force', total],
    ...policies.map(({ namespace, kind, count }): [string, number] => [
      `${kind} ${namespace === undefined ? 'of the cluster' : `in ${namespace}`}`,
      count,
    ]),
  ];
}
