import { connectivity, readManifests } from '../../lib/analysis';
import { compose } from '../../lib/engines/kubernetes/compose';
import type { Workload } from '../../lib/model/world';
import { type End, mayConnect } from '../naive/evaluator';
import type { Pod } from '../naive/world';
import { worldOf } from '../naive/world-of';
import { type Flow, isIpv6, type World } from './world';

/** Whether a block of addresses in a rule also means the pods that have them. */
export type BlockMode = 'pods' | 'external-only';

/** Whether a flow passes; `perhaps` where its upper bound lets it through, and its lower bound does not. */
export type Answer = boolean | 'perhaps';

/** Something of ours that says what passes, to be held against the engines. */
export interface Evaluator {
  readonly name: string;
  /** Takes in a world once, and then answers flow by flow. */
  of(world: World, mode: BlockMode): (flow: Flow) => Answer;
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

export const analysis: Evaluator = {
  name: 'connectivity',
  of: (world, mode) => {
    const v4 = inFamily(world, mode, false);
    const v6 = inFamily(world, mode, true);
    return (flow) => (isIpv6(flow.from) ? v6(flow) : v4(flow));
  },
};

/** A flow is of one family, so the pods have their addresses of that family only: then everything is known. */
function inFamily({ documents }: World, ipBlockMode: BlockMode, v6: boolean): (flow: Flow) => boolean {
  const reading = readManifests(documents);
  if (reading.problems.length > 0) throw new Error(reading.problems.map(({ what }) => what).join('\n'));
  const workloads = reading.world.workloads.map((workload): Workload => {
    return { ...workload, addresses: workload.addresses.filter((address) => isIpv6(address) === v6) };
  });
  const ids = new Map(workloads.flatMap(({ id, addresses }) => addresses.map((address) => [address, id])));
  const { allowed } = connectivity({ ...reading.world, workloads }, compose(reading, { ipBlockMode }));
  const end = (address: string): string => ids.get(address) ?? address;
  return ({ from, to, protocol, port }) => {
    const { must, may } = allowed(end(from), end(to), protocol, port);
    if (must !== may) throw new Error(`not decided, although all is known: ${from} to ${to} ${protocol}/${port}`);
    return must;
  };
}

/** All of them. */
export const evaluators: readonly Evaluator[] = [naive, analysis];
