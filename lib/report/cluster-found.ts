import type { ClusterFound } from '../live/facts/cluster-found';
import type { Fact } from '../live/facts/fact';
import { printable } from '../model/printable';

/** What the JSON of found facts says that it is. */
export const FOUND_SCHEMA = 'cdk8s-zero-trust/cluster-found/v1';

/** Facts for a person: each with how it was found, and below them what could not be. */
export function clusterFoundText({ name, ...facts }: ClusterFound): string {
  const rows = Object.entries(facts) as [string, Fact<unknown>][];
  const found = rows.flatMap(([key, fact]) =>
    fact.isKnown ? [`${key}: ${printable(valueText(fact.value))}`, `  found by: ${printable(fact.how)}`] : [],
  );
  const missing = rows.flatMap(([key, fact]) => (fact.isKnown ? [] : [`  ${key}: ${printable(fact.why)}`]));
  return [
    `cluster: ${printable(name)}`,
    ...found,
    ...(missing.length === 0 ? [] : ['', 'Not found:', ...missing]),
    '',
  ].join('\n');
}

/** For programs. */
export function clusterFoundJson({ name, ...facts }: ClusterFound): string {
  return `${JSON.stringify({ schema: FOUND_SCHEMA, name, facts }, undefined, 2)}\n`;
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  const { addresses = [], ports = [] } = value as { addresses?: readonly string[]; ports?: readonly number[] };
  return ports.length === 0 ? addresses.join(', ') : `${addresses.join(', ')} on TCP ${ports.join(', ')}`;
}
