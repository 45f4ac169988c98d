import { canonical, type GraphData } from '../../lib/graph/graph-data';
import type { Endpoint } from '../../lib/model/endpoint';
import { fromBlocks } from '../../lib/model/ip-set-from-blocks';
import { podsIn } from '../../lib/model/pod-set';
import { number, union } from '../../lib/model/port-set';
import { fromLabels } from '../../lib/model/selector';
import { portTraffic } from '../../lib/model/traffic';
import { NAMESPACES, WORKLOADS, workload } from './hubble-log';

const PORTS = portTraffic(union(...[8000, 8001].map((port) => number('TCP', port))));

/** What is declared of the cluster of the log: of the three servers that a workload calls two, on half of their ports. */
export function hubbleGraph(): GraphData {
  const tiers = Array.from({ length: WORKLOADS }, (_, of) => {
    const { namespace, name, labels } = workload(of);
    return { namespace, name, pods: podsIn(namespace, fromLabels({ app: labels.app })) };
  });
  const ends = tiers.map((tier): Endpoint => ({ kind: 'tier', ...tier }));
  const outside: Endpoint = { kind: 'addresses', addresses: fromBlocks(['203.0.113.0/24']) };
  return canonical({
    cluster: { engine: 'cilium', dns: { flavour: 'CoreDNS', servers: [] }, ipBlockMode: 'external-only' },
    namespaces: Array.from({ length: NAMESPACES }, (_, of) => ({
      name: `team-${of}`,
      purpose: 'agents',
      management: 'adopt' as const,
      podSecurity: 'baseline',
      acknowledged: [],
    })),
    tiers: tiers.map((tier) => ({ ...tier, role: 'tier' as const, notes: [], acknowledged: [] })),
    flows: ends.flatMap((from, of) =>
      [(of * 7) % WORKLOADS, (of * 7 + 1) % WORKLOADS]
        .filter((server) => server !== of)
        .map((server) => flow(from, ends[server] as Endpoint))
        .concat(flow(from, outside)),
    ),
  });
}

function flow(from: Endpoint, to: Endpoint) {
  return { from, to, traffic: PORTS, because: ['it is called'], excepted: [], acknowledged: [], notes: [] };
}
