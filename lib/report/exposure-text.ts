import type { Exposure, Opening, StrangePods } from '../analysis';
import { printable } from '../model/printable';
import type { Labels } from '../model/selector';
import { trafficWords } from './change-words';
import { counted } from './counted';
import { addressesWords, workloadsWords } from './end-words';

/** What could reach workloads although no manifest shows it. */
export function exposureText(exposures: readonly Exposure[]): string {
  if (exposures.length === 0) return 'Nothing that the manifests do not show could reach any workload.\n';
  return exposures
    .map(({ workloads, openings }) => `${[workloadsWords(workloads), ...openings.map(line)].join('\n  ')}\n`)
    .join('\n');
}

function line({ from, verdict }: Opening): string {
  const who = from.kind === 'addresses' ? addressesWords(from.addresses) : strangerWords(from);
  return `from ${who}: ${trafficWords(verdict)}`;
}

/** `a pod with app=x in a new namespace with team=y (2 workloads of it are shown)`. */
export function strangerWords({ namespace, namespaceLabels, labels, shown }: StrangePods): string {
  const where =
    namespace === undefined
      ? `a new namespace ${labelsWords(namespaceLabels, 'of any name')}`
      : `namespace ${printable(namespace)}`;
  const isAny = Object.keys(labels).length + Object.keys(namespaceLabels).length === 0;
  const count = shown === 0 || isAny ? '' : ` (the rule means ${counted(shown, 'workload')} of these manifests)`;
  return `a pod ${labelsWords(labels, 'without labels')} in ${where}${count}`;
}

function labelsWords(labels: Labels, none: string): string {
  const texts = Object.entries(labels).map(([key, value]) => (value === '' ? key : `${key}=${value}`));
  return texts.length === 0 ? none : printable(`with ${texts.sort().join(', ')}`);
}
