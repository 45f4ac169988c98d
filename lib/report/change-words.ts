import type { Cause, Change, ChangeKind, Differences } from '../analysis';
import { isWider } from '../analysis/differences/verdict-change';
import { objectText } from '../kinds/manifest';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { printable } from '../model/printable';
import { counted } from './counted';

/** `3 new paths, 1 wider, 0 lost; 1 reaches the internet`: what a reader has to know first. */
export function verdictLine(found: Differences): string {
  const stayed = found.changes.filter(({ presence }) => presence === 'stayed');
  const count = (kind: ChangeKind, changes: readonly Change[] = stayed) =>
    total(changes.filter((change) => change.kind === kind && isPath(change)));
  const wider = found.changes.filter(({ kind }) => isWider(kind));
  const [added, removed] = [found.workloads.added.length, found.workloads.removed.length];
  if (found.changes.length === 0 && found.requests.length === 0) return 'No path changed';
  const paths = [
    counted(count('added'), 'new path'),
    `${count('widened')} wider`,
    `${count('removed')} lost`,
    ...said(count('changed'), 'on other ports'),
    ...said(count('narrowed'), 'narrower'),
    ...said(count('surer'), 'more certain'),
    ...said(count('less-sure'), 'less certain'),
  ].join(', ');
  const parts = [
    paths,
    ...reaching(workloadsAt(wider, 'to'), 'reaches the internet', 'reach the internet'),
    ...reaching(workloadsAt(wider, 'from'), 'is reached from the internet', 'are reached from the internet'),
    ...(added > 0 ? [`${counted(added, 'new workload')} with ${counted(ofPresence(found, 'came'), 'path')}`] : []),
    ...(removed > 0 ? [`${counted(removed, 'workload')} gone with ${counted(ofPresence(found, 'went'), 'path')}`] : []),
    ...(found.requests.length > 0 ? [`other requests in ${counted(found.requests.length, 'policy', 'policies')}`] : []),
  ];
  return parts.join('; ');
}

/**
 * Whether it counts as a path. A block may hold nodes or the API server wherever nothing says that it does not: that is told,
 * and does not count.
 */
export function isPath({ from, to, before, after }: Change): boolean {
  const hasEntity = from.kind === 'entity' || to.kind === 'entity';
  return !hasEntity || !ports.isEmpty(before.must) || !ports.isEmpty(after.must);
}

function total(changes: readonly Change[]): number {
  return changes.reduce((sum, { paths }) => sum + paths, 0);
}

function ofPresence({ changes }: Differences, presence: Change['presence']): number {
  return total(changes.filter((change) => change.presence === presence && isPath(change)));
}

function workloadsAt(changes: readonly Change[], side: 'from' | 'to'): number {
  const ends = changes.filter(({ internet }) => internet === side).map(({ from, to }) => (side === 'to' ? from : to));
  return new Set(ends.flatMap((end) => (end.kind === 'workloads' ? end.workloads : []))).size;
}

function reaching(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}

function said(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}

/** `TCP/80`, `perhaps TCP/80`, `TCP/80, perhaps TCP/443`, `nothing`, `everything`. */
export function trafficWords({ must, may }: Change['before']): string {
  if (ports.isEmpty(may)) return 'nothing';
  const rest = ports.difference(may, must);
  if (ports.isEmpty(rest)) return portWords(may);
  return ports.isEmpty(must) ? `perhaps ${portWords(may)}` : `${portWords(must)}, perhaps ${portWords(rest)}`;
}

function portWords(set: PortSet): string {
  return ports.isEverything(set) ? 'everything' : printable(ports.portsText(set));
}

/** What passes after a change, and what passed before where something did. */
export function changeWords({ kind, before, after }: Change): string {
  if (kind === 'added') return trafficWords(after);
  if (kind === 'removed') return `no longer ${trafficWords(before)}`;
  return `${trafficWords(after)}, was ${trafficWords(before)}`;
}

/** `NetworkPolicy ai-data/weaviate changed (a.yaml:12)`. */
export function causeWords(cause: Cause): string {
  switch (cause.kind) {
    case 'policy':
      return `${objectText(cause.policy)} ${cause.change}`;
    case 'order':
      return printable(`policies of ${cause.layer} are asked in another order`);
    case 'workload':
      return printable(
        `${cause.id} ${cause.change === 'changed' ? 'has other labels, ports or addresses' : cause.change}`,
      );
    case 'namespace':
      return printable(`namespace ${cause.name} has other labels`);
    case 'engine':
      return 'another engine decides';
  }
}

/** What made it so, and what for: `NetworkPolicy ai-data/weaviate added ("looks up passages")`. */
export function whyWords({ causes, reasons }: Change): string {
  const shown = causes.slice(0, MOST_CAUSES).map(causeWords);
  const more = causes.length - shown.length;
  const why = [...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ');
  const because = reasons.slice(0, MOST_CAUSES).map((reason) => `"${printable(reason)}"`);
  return because.length === 0 ? why : `${why} (${because.join('; ')})`;
}

const MOST_CAUSES = 3;
