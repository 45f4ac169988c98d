import { type End, mayConnect } from '../naive/evaluator';
import type { Pod } from '../naive/world';
import { worldOf } from '../naive/world-of';
import type { Flow, World } from './world';

/** Whether a block of addresses in a rule also means the pods that have them. */
export type BlockMode = 'pods' | 'external-only';

/** Something of ours that says what passes, to be held against the engines. */
export interface Evaluator {
  readonly name: string;
  /** Takes in a world once, and then answers flow by flow. */
  of(world: World, mode: BlockMode): (flow: Flow) => boolean;
}

export const naive: Evaluator = {
  name: 'the naive evaluator',
  of: ({ documents }, ipBlockMode) => {
    const world = { ...worldOf(documents), ipBlockMode };
    const pods = new Map(world.pods.flatMap((pod) => pod.ips.map((ip): [string, Pod] => [ip, { ...pod, ips: [ip] }])));
    const end = (ip: string): End => pods.get(ip) ?? { ip };
    return ({ from, to, protocol, port }) => mayConnect(world, end(from), end(to), protocol, port);
  },
};

/** All of them. */
export const evaluators: readonly Evaluator[] = [naive];
