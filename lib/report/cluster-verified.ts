import type { Held } from '../live/verify/preconditions-held';
import { printable } from '../model/printable';
import { plainMarkdown } from './markdown-escape';

/** What the JSON of held preconditions says that it is. */
export const VERIFIED_SCHEMA = 'cdk8s-zero-trust/cluster-verified/v1';

/** For a person: what does not hold first. */
export function clusterVerifiedText(held: readonly Held[]): string {
  const lines = inOrder(held).flatMap(({ verdict, what, evidence }) => [
    printable(`${verdict.padEnd(LONGEST)}  ${what}`),
    printable(`${' '.repeat(LONGEST)}  ${evidence}`),
  ]);
  return [...lines, '', `${countsText(held)}.`, ''].join('\n');
}

const LONGEST = 'not known'.length;

/** For programs. */
export function clusterVerifiedJson(held: readonly Held[], cluster: string): string {
  const preconditions = inOrder(held).map(({ id, what, verdict, evidence }) => ({ id, what, verdict, evidence }));
  return `${JSON.stringify({ schema: VERIFIED_SCHEMA, cluster, preconditions }, undefined, 2)}\n`;
}

/** For a pull request. */
export function clusterVerifiedMarkdown(held: readonly Held[]): string {
  const rows = inOrder(held).map(
    ({ verdict, what, evidence }) =>
      `| ${[verdict, what, evidence].map((text) => plainMarkdown(text).replaceAll('|', '\\|')).join(' | ')} |`,
  );
  return [`**${countsText(held)}**`, '', '| Holds | Precondition | Evidence |', '|---|---|---|', ...rows, ''].join(
    '\n',
  );
}

const ORDER: readonly Held['verdict'][] = ['no', 'not known', 'yes'];

function inOrder(held: readonly Held[]): readonly Held[] {
  return ORDER.flatMap((verdict) => held.filter((one) => one.verdict === verdict));
}

function countsText(held: readonly Held[]): string {
  const count = (verdict: Held['verdict']) => held.filter((one) => one.verdict === verdict).length;
  return `${count('yes')} yes, ${count('no')} no, ${count('not known')} not known`;
}
