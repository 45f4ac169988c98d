import { readManifests } from '../../lib/analysis';
import { compose } from '../../lib/engines/kubernetes/compose';
import { type End, mayConnect } from '../naive/evaluator';
import type { Pod } from '../naive/world';
import { worldOf } from '../naive/world-of';
import type { Evaluator } from './evaluator';
import { analysisOf, certain, sound } from './frame/answers';

export const naive: Evaluator = {
  name: 'the naive evaluator',
  of: ({ documents }, ipBlockMode) => {
    const world = { ...worldOf(documents), ipBlockMode };
    const pods = new Map(world.pods.flatMap((pod) => pod.ips.map((ip): [string, Pod] => [ip, { ...pod, ips: [ip] }])));
    const end = (ip: string): End => pods.get(ip) ?? { ip };
    return ({ from, to, protocol, port }) => mayConnect(world, end(from), end(to), protocol, port);
  },
};

export const analysis: Evaluator = certain(
  analysisOf(({ documents }, ipBlockMode) => {
    const reading = sound(readManifests(documents));
    return { reading, plane: compose(reading, { ipBlockMode }) };
  }),
);

/** All of them. */
export const evaluators: readonly Evaluator[] = [naive, analysis];
