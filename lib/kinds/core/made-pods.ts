import { Field } from '../field';
import { knownKind } from '../known-kinds';
import { readCustomWorkload } from './custom-workloads';
import type { PodFacts } from './pod-facts';
import { isTemplateOfOthers } from './templates-of-others';
import { isKnownWorkload } from './workload';

/** Pods that an object leads to without a template of its own for them, as far as anything is known of them. */
export interface MadePods {
  /** Its controller makes them, or objects of other kinds do that use it as their template. */
  readonly by: 'controller' | 'other-objects';
  /** What is known of their labels, one entry for each kind of pod; none where nothing is. */
  readonly labels: readonly PodFacts['labels'][];
  /** The labels in words, as the table of kinds has them. */
  readonly labelsInWords?: string;
}

/** What is known of such pods; undefined for a kind that makes none as far as anybody here knows. */
export function madePods(group: string, kind: string, json: unknown): MadePods | undefined {
  if (isKnownWorkload(group, kind)) return undefined;
  if (isTemplateOfOthers(group, kind)) return { by: 'other-objects', labels: [] };
  const known = knownKind(group, kind);
  const labels = readCustomWorkload(group, kind, Field.top(json, []))
    .map((pod) => pod.labels)
    .filter((each) => Object.keys(each).length > 0);
  const makesPods = known?.certainty !== 'schema' && known?.classes.includes('makes-pods');
  if (!makesPods && labels.length === 0) return undefined;
  return { by: 'controller', labels, ...(known?.labels !== undefined && { labelsInWords: known.labels }) };
}
