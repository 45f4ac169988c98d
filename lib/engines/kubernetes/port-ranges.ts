import { kubernetesVersionOf } from '../../cluster/network-policy-api';
import type { GraphData } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Flow } from '../../model/flow';
import { PROTOCOLS } from '../../model/port-set';
import { isAtLeast } from '../../model/version';
import type { Refusal } from '../refusal';

type Facts = Partial<Pick<ClusterFacts, 'engine' | 'version' | 'endPort'>>;

/** Kubernetes, KEP-2079: `endPort` is beta and on by default from 1.22, and a server drops it where it is off. */
const FIRST_WITH_RANGES = '1.22';

/** A range of at most so many ports is written out, one by one: the limit is what a person still reads. */
const LONGEST_WRITTEN_OUT = 100;

/** Whether NetworkPolicies there can have `endPort`; where nobody said, they can. */
export function knowsRanges(facts: Facts): boolean {
  return facts.endPort !== 'unknown' && isAtLeast(kubernetesVersionOf(facts), FIRST_WITH_RANGES);
}

/** Ranges that are too long to be written out, where they have to be. */
export function longRanges({ flows }: Pick<GraphData, 'flows'>, facts: Facts): Refusal[] {
  return knowsRanges(facts) ? [] : flows.flatMap((flow) => longestOf(flow, facts));
}

function longestOf(flow: Flow, { endPort }: Facts): Refusal[] {
  const ranges = rangesOf(flow).filter(([first, last]) => last - first >= LONGEST_WRITTEN_OUT);
  const who = endPort === 'unknown' ? 'its network plugin is older than endPort' : 'it has no endPort';
  return ranges.slice(0, 1).map(([first, last]) => ({
    rule: 'engine-port-range',
    about: { kind: 'flow', flow },
    why: `${who}, and takes a range of ports for its first port alone`,
    value: `${first}-${last}`,
    allowed: `single ports, ranges of at most ${LONGEST_WRITTEN_OUT} ports (each is written by itself), and every port of a protocol`,
    engines: endPort === 'unknown' ? ['calico', 'cilium', 'antrea'] : [],
    fix: `Name the ports, or allow every port of the protocol (Port.allTcp()); Kubernetes has endPort from ${FIRST_WITH_RANGES} on.`,
  }));
}

/** More than one port, and not all: what only `endPort` says at once. */
function rangesOf({ traffic: { ports } }: Flow): (readonly [number, number])[] {
  return PROTOCOLS.flatMap((protocol) =>
    ports[protocol].ranges.filter(([first, last]) => first < last && !(first === 1 && last === 65535)),
  );
}
