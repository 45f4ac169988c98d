import type { Endpoint } from '../model/endpoint';
import type { Excepted, Flow, Waiver } from '../model/flow';
import { groupBy } from '../model/group-by';
import { hostText } from '../model/host-pattern';
import * as ips from '../model/ip-set';
import { podSetText } from '../model/pod-set';
import { remembered } from '../model/remembered';
import { trafficText } from './traffic-text';

/** Flows in their one order; those with the same ends and traffic become one, with everything that was said of them. */
export function mergedFlows(flows: readonly Flow[]): Flow[] {
  return inGroups(flows, sourceKey).flatMap(mergedOfSource);
}

function mergedOfSource(flows: readonly Flow[]): Flow[] {
  return inGroups(flows, destinationKey).flatMap(mergedOfEnds);
}

function mergedOfEnds(flows: readonly Flow[]): Flow[] {
  return inGroups(flows, trafficKey).map(merged);
}

function sourceKey({ from }: Flow): string {
  return endKey(from);
}

function destinationKey({ to }: Flow): string {
  return endKey(to);
}

function trafficKey({ traffic }: Flow): string {
  return trafficText(traffic);
}

/** What has the same key together, by key. */
function inGroups<T>(values: readonly T[], keyOf: (value: T) => string): readonly (readonly T[])[] {
  if (values.length === 1) return [values];
  return [...groupBy(values, keyOf)].sort(([a], [b]) => compareText(a, b)).map(([, group]) => group);
}

/** Sorted, each once. */
export function uniqueTexts(values: readonly string[]): readonly string[] {
  return values.length < 2 ? values : [...new Set(values)].sort(compareText);
}

/** Sorted by rule and reason, each once. */
export function uniqueWaivers(values: readonly Waiver[]): Waiver[] {
  if (values.length === 0) return [];
  return [...groupBy(values, ({ rule, because }) => `${rule}\u0000${because}`)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, [waiver]]) => waiver);
}

/** Order by code units, the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function merged(group: readonly Flow[]): Flow {
  const [first] = group;
  const all = <T>(list: (flow: Flow) => readonly T[]) => (group.length === 1 ? list(first) : group.flatMap(list));
  // Most flows are said once, and once what is said of them: then there is nothing to make.
  if (group.length === 1 && LISTS.every((list) => first[list].length < 2)) return first;
  return {
    from: first.from,
    to: first.to,
    traffic: first.traffic,
    because: uniqueTexts(all((flow) => flow.because)),
    excepted: uniqueExceptions(all((flow) => flow.excepted)),
    acknowledged: uniqueWaivers(all((flow) => flow.acknowledged)),
    notes: uniqueTexts(all((flow) => flow.notes)),
    ...(group.some(({ encrypted }) => encrypted) && { encrypted: true }),
  };
}

const LISTS = ['because', 'excepted', 'acknowledged', 'notes'] as const;

/** Tiers sort before pods of others, those before addresses, host names and entities. A tier is its name: one graph has one tier of a name. */
const endKey = remembered((end: Endpoint): string => {
  switch (end.kind) {
    case 'tier':
      return `1\u0000${end.namespace}\u0000${end.name}`;
    case 'pods':
      return `2\u0000${podSetText(end.pods)}\u0000${end.owner}`;
    case 'addresses':
      return `3\u0000${end.name ?? ''}\u0000${ips.ipsText(end.addresses)}`;
    case 'hosts':
      return `4\u0000${end.patterns.map(hostText).join()}`;
    case 'entity':
      return `5\u0000${end.entity}`;
  }
});

/** One for each reason, with all addresses that it holds for, by the text of the addresses. */
function uniqueExceptions(values: readonly Excepted[]): Excepted[] {
  if (values.length === 0) return [];
  const byReason = [...groupBy(values, ({ because }) => because)].map(([because, group]) => ({
    addresses: group.length === 1 ? group[0].addresses : ips.unionOf(group.map(({ addresses }) => addresses)),
    because,
  }));
  const keyed = byReason.map((part) => [`${ips.ipsText(part.addresses)}\u0000${part.because}`, part] as const);
  return keyed.sort(([a], [b]) => compareText(a, b)).map(([, part]) => part);
}
