import type { Labels } from '../../model/selector';
import type { Workload } from '../../model/world';
import type { PodFacts } from './pod-template';

/** Labels that somebody puts on pods beside those of their template. */
export interface AddedLabels {
  /** With the value that they have. */
  readonly known?: Labels;
  /** Whose value, or absence, the object does not tell; `any` for those of a controller that nobody here knows. */
  readonly unknown?: Workload['unknownLabels'];
}

/** Pods with what is added: it replaces what their template says of the same key. */
export function withLabels(pod: PodFacts, { known = {}, unknown = [] }: AddedLabels): PodFacts {
  const keys = unknown === 'any' ? [] : unknown;
  const kept = Object.entries({ ...pod.labels, ...known }).filter(([key]) => !keys.includes(key));
  const unknownLabels = unknown === 'any' ? unknown : unknownBeside(pod.unknownLabels, keys);
  return { ...pod, labels: Object.fromEntries(kept), ...(unknownLabels.length > 0 && { unknownLabels }) };
}

/** Pods with what is added where their template does not say it itself. */
export function withMissingLabels(pod: PodFacts, { known = {}, unknown = [] }: AddedLabels): PodFacts {
  const isMissing = (key: string) => !Object.hasOwn(pod.labels, key);
  return withLabels(pod, {
    known: Object.fromEntries(Object.entries(known).filter(([key]) => isMissing(key))),
    unknown: unknown === 'any' ? unknown : unknown.filter(isMissing),
  });
}

function unknownBeside(before: Workload['unknownLabels'] = [], more: readonly string[]) {
  return before === 'any' ? before : [...new Set([...before, ...more])].sort();
}
