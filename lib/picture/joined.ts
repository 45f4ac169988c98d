import type { ConnectionsOf, OutsidePassing, Passing } from '../asking/connections';
import type { PortSet } from '../model/port-set';
import type { Workload } from '../model/world';
import { isSaid } from '../report/connection-blocks';
import { outsideWords } from '../report/passing-words';
import { type BoxAsked, OUTSIDE } from './picture-builder';
import type { WorkloadEnds } from './workload-ends';

/** Connections that are alike, as one: from each of the sources to the target. */
export interface Joined extends Passing {
  readonly sources: readonly BoxAsked[];
  readonly targets: readonly BoxAsked[];
  /** One of them, which stands for all. */
  readonly example: Example;
}

export type Example =
  | { readonly from: Workload; readonly to: Workload }
  | { readonly workload: Workload; readonly outside: OutsidePassing };

interface Bucket extends Passing {
  readonly other: BoxAsked;
  readonly way: 'to' | 'from';
  readonly workloads: Workload[];
  readonly example: Example;
}

/** Workloads from which the same passes to the same end are put together, whole namespaces first. */
export function joined(
  found: Iterable<ConnectionsOf>,
  ends: WorkloadEnds,
  workloads: readonly Workload[],
): readonly Joined[] {
  const buckets = new Map<string, Bucket>();
  const ids = new Map<PortSet, number>();
  const idOf = (set: PortSet) => {
    const id = ids.get(set) ?? ids.size;
    ids.set(set, id);
    return id;
  };
  const add = (workload: Workload, bucket: Omit<Bucket, 'workloads'>) => {
    const key = `${bucket.way} ${idOf(bucket.may)} ${idOf(bucket.must)} ${bucket.other.key}`;
    const known = buckets.get(key);
    if (known === undefined) buckets.set(key, { ...bucket, workloads: [workload] });
    else known.workloads.push(workload);
  };
  for (const { workload, to, outside } of found) {
    for (const { must, may, others: positions } of to) {
      const others = positions.map((position) => workloads[position]);
      for (const other of ends.of(others, workload)) {
        const example = { from: workload, to: others.find((each) => ends.one(each).key === other.key) ?? others[0] };
        add(workload, { way: 'to', must, may, other, example });
      }
    }
    for (const each of outside) {
      if (isSaid(each, outside)) continue;
      const { must, may } = each;
      const way = each.direction === 'egress' ? 'to' : 'from';
      add(workload, { way, must, may, other: outsideBox(each), example: { workload, outside: each } });
    }
  }
  return [...buckets.values()].map(({ other, way, workloads: alike, example, must, may }) => {
    const but = other.kind === 'one' && 'to' in example ? example.to : undefined;
    const own = ends.of(alike, but);
    return { must, may, example, ...(way === 'to' ? sides(own, [other]) : sides([other], own)) };
  });
}

function sides(sources: readonly BoxAsked[], targets: readonly BoxAsked[]): Pick<Joined, 'sources' | 'targets'> {
  return { sources, targets };
}

function outsideBox(passing: OutsidePassing): BoxAsked {
  const name = outsideWords(passing);
  return { key: `outside ${name}`, island: OUTSIDE, name, kind: 'outside' };
}
