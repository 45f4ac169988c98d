import { into } from '../model/into';
import type { Workload, World } from '../model/world';
import { type BoxAsked, OUTSIDE } from './picture-builder';

/** Workloads as few boxes: all of a namespace are one, and so are all that there are. */
export interface WorkloadEnds {
  /** `but` is not among them and could not be: the other end of the connection. */
  of(workloads: readonly Workload[], but?: Workload): readonly BoxAsked[];
  /** The box of one workload. */
  one(workload: Workload): BoxAsked;
}

/** Fewer workloads than this are drawn one by one. */
const FEWEST_TOGETHER = 3;

export function workloadEnds(
  { workloads: all }: Pick<World, 'workloads'>,
  about: (workload: Workload) => Pick<BoxAsked, 'role' | 'facts'> = () => ({}),
): WorkloadEnds {
  const sizes = new Map<string, number>();
  for (const { namespace } of all) sizes.set(namespace, (sizes.get(namespace) ?? 0) + 1);
  const one = (workload: Workload): BoxAsked => {
    const rest = workload.id.slice(workload.namespace.length + 1);
    // A pod that no manifest shows is called by its labels.
    const [kind, ...name] = rest.includes('=') || !rest.includes('/') ? ['Pod', rest] : rest.split('/');
    return {
      key: workload.id,
      island: { kind: 'namespace', name: workload.namespace },
      name: name.join('/'),
      small: kind,
      kind: 'one',
      ...about(workload),
    };
  };
  return {
    one,
    of: (group, but) => {
      const rest = but === undefined || group.includes(but) ? 0 : 1;
      if (group.length >= FEWEST_TOGETHER && group.length === all.length - rest) return [EVERYONE];
      const byNamespace = new Map<string, Workload[]>();
      for (const workload of group) {
        into(byNamespace, workload.namespace, workload);
      }
      return [...byNamespace].flatMap(([namespace, own]) => {
        const total = sizes.get(namespace) ?? 0;
        const isWhole = own.length === total - (but?.namespace === namespace ? rest : 0);
        return isWhole && total >= FEWEST_TOGETHER ? [everyoneIn(namespace, total)] : own.map(one);
      });
    },
  };
}

const EVERYONE: BoxAsked = {
  key: 'everyone',
  island: OUTSIDE,
  name: 'every workload',
  kind: 'everyone',
  facts: ['Every workload that there is.'],
};

function everyoneIn(namespace: string, total: number): BoxAsked {
  return {
    key: `all ${namespace}`,
    island: { kind: 'namespace', name: namespace },
    name: 'every workload here',
    small: `${total} of them`,
    kind: 'all',
    facts: [`Every workload of ${namespace}.`],
  };
}
