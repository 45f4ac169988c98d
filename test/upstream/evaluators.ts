import { connectivity, readManifests } from '../../lib/analysis';
import { compose } from '../../lib/engines/kubernetes/compose';
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
export const evaluators: readonly Evaluator[] = [
  { name: 'the naive evaluator', read: naive },
  { name: 'connectivity', read: analysis },
];

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

/** Everything is known here, so what must pass is what may. */
function analysis(manifests: readonly Manifest[]): Connects {
  const reading = readManifests(manifests);
  if (reading.problems.length > 0) throw new Error(reading.problems.map(({ what }) => what).join('\n'));
  const { allowed } = connectivity(reading.world, compose(reading, { ipBlockMode: 'pods' }));
  const podId = (pod: string) => pod.replace('/', '/Pod/');
  return (from, to, protocol, port) => {
    const { must, may } = allowed(podId(from), podId(to), protocol, port);
    if (must !== may) throw new Error(`undecided: ${from} to ${to} ${protocol}/${port}`);
    return must;
  };
}
