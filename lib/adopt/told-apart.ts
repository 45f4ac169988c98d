import { groupBy } from '../model/group-by';
import type { Labels, Requirement } from '../model/selector';
import * as selectors from '../model/selector';
import type { Workload } from '../model/world';
import { stableLabels } from './stable-labels';

export interface ChosenWorkload {
  readonly workload: Workload;
  /** Labels that it is to be selected by, if these are enough. */
  readonly chosen: Labels;
}

export interface Group {
  readonly workloads: readonly Workload[];
  readonly pods: readonly Requirement[];
}

/**
 * Selectors of the workloads of one namespace that no pod can be in two of. Where labels chosen overlap, a label that tells
 * the two apart is added to both; where one lacks it, it must be absent there. Workloads with the same labels are a group.
 */
export function apart(workloads: readonly ChosenWorkload[]): readonly Group[] {
  const groups = grouped(workloads).map((members) => new Growing(members));
  for (const [position, a] of groups.entries()) {
    for (const b of groups.slice(position + 1)) {
      if (selectors.intersects(a.selector, b.selector)) tellApart(a, b);
    }
  }
  return groups.map(({ members, pods }) => ({ workloads: members.map(({ workload }) => workload), pods }));
}

/** By all labels that last: nothing else can tell workloads apart. */
function grouped(workloads: readonly ChosenWorkload[]): readonly (readonly ChosenWorkload[])[] {
  const labels = ({ workload }: ChosenWorkload) => JSON.stringify(Object.entries(stableLabels(workload.labels)).sort());
  return [...groupBy(workloads, labels).values()];
}

class Growing {
  public readonly labels: Labels;
  public pods: readonly Requirement[];
  public selector: selectors.Selector;

  constructor(public readonly members: readonly ChosenWorkload[]) {
    const [{ workload, chosen }] = members;
    this.labels = stableLabels(workload.labels);
    this.pods = Object.entries(chosen).map(([key, value]) => ({ key, operator: 'In' as const, values: [value] }));
    this.selector = selectors.fromRequirements(this.pods);
  }

  public add(key: string): void {
    const has = Object.hasOwn(this.labels, key);
    const more: Requirement = has
      ? { key, operator: 'In', values: [this.labels[key]] }
      : { key, operator: 'DoesNotExist' };
    this.selector = selectors.both(this.selector, selectors.fromRequirements([more]));
    this.pods = selectors.requirements(this.selector);
  }
}

/** By a key that both have with different values, or else by one that a single one has. */
function tellApart(a: Growing, b: Growing): void {
  const keys = [...new Set([...Object.keys(a.labels), ...Object.keys(b.labels)])].sort();
  const differ = keys.filter((key) => a.labels[key] !== b.labels[key]);
  const ofBoth = differ.find((key) => Object.hasOwn(a.labels, key) && Object.hasOwn(b.labels, key));
  const key = ofBoth ?? differ[0];
  a.add(key);
  b.add(key);
}
