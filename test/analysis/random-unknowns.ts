import * as fc from 'fast-check';
import type { World } from '../../lib/model/world';
import type { Pod } from '../naive/world';
import { KEYS, PORT_NAMES, PORTS, VALUES } from './random-worlds';

export const WORDS = { keys: KEYS, values: VALUES, portNames: PORT_NAMES, ports: PORTS };

/** What is not known of a pod. */
export type Unknowns = Pick<Pod, 'unknownLabels' | 'mayHaveMorePorts'>;

/** What is not known of each pod, by position. */
export const randomUnknowns: fc.Arbitrary<readonly Unknowns[]> = fc.array(
  fc.record(
    {
      unknownLabels: fc.constantFrom<NonNullable<Unknowns['unknownLabels']>>('any', ['app'], ['tier'], ['app', 'tier']),
      mayHaveMorePorts: fc.constant(true),
    },
    { requiredKeys: [] },
  ),
  { minLength: 3, maxLength: 5 },
);

/** Numbers that decide how everything unknown turns out. */
export const randomDraws: fc.Arbitrary<readonly number[]> = fc.array(fc.nat(1000), { minLength: 11, maxLength: 17 });

/** The world with this not known of its workloads. */
export function forgetting(world: World, unknowns: readonly Unknowns[]): World {
  return {
    ...world,
    workloads: world.workloads.map((workload) => ({ ...workload, ...unknownsOf(workload.id, unknowns) })),
  };
}

/** The pods with the same not known of them. */
export function forgettingPods(pods: readonly Pod[], unknowns: readonly Unknowns[]): readonly Pod[] {
  return pods.map((pod) => ({ ...pod, ...unknownsOf(`${pod.namespace}/Pod/${pod.name}`, unknowns) }));
}

/** Pods are p0, p1 and so on. */
function unknownsOf(id: string, unknowns: readonly Unknowns[]): Unknowns {
  return unknowns[Number(id.slice(id.lastIndexOf('p') + 1)) % unknowns.length];
}
