import { mayConnect } from '../naive/evaluator';
import { worldOf } from '../naive/world-of';
import type { Manifest, Protocol } from './behaviour';

/** Reads manifests once, and answers for pods by `namespace/name`. */
export interface Evaluator {
  readonly name: string;
  readonly read: (manifests: readonly Manifest[]) => Connects;
}

export type Connects = (from: string, to: string, protocol: Protocol, port: number) => boolean;

/** Every evaluator here must agree with every table. */
export const evaluators: readonly Evaluator[] = [{ name: 'the naive evaluator', read: naive }];

function naive(manifests: readonly Manifest[]): Connects {
  const world = worldOf(manifests);
  const pods = new Map(world.pods.map((pod) => [`${pod.namespace}/${pod.name}`, pod]));
  const podNamed = (id: string) => {
    const pod = pods.get(id);
    if (pod === undefined) throw new Error(`no pod ${id}`);
    return pod;
  };
  return (from, to, protocol, port) => mayConnect(world, podNamed(from), podNamed(to), protocol, port);
}
