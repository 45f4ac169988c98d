import { canonical, type GraphData, type GraphTier } from '../../lib/graph/graph-data';
import type { Flow } from '../../lib/model/flow';
import * as ips from '../../lib/model/ip-set';
import { podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import * as selectors from '../../lib/model/selector';
import { portTraffic } from '../../lib/model/traffic';
import { NAMESPACES, WORKLOADS, workload } from './hubble-log';

/** The graph of the workloads of that log: a tier each, and most of the flows that they have. */
export function hubbleGraph(): GraphData {
  const tiers = Array.from({ length: WORKLOADS }, (_, number): GraphTier => {
    const { namespace, name } = workload(number);
    const pods = podsIn(namespace, selectors.fromLabels({ app: name }));
    return { namespace, name, role: 'tier', pods, notes: [], acknowledged: [] };
  });
  const flows = tiers.flatMap((from, number) =>
    [0, 1].map((one) => flowBetween(from, tiers[(number * 7 + one) % WORKLOADS] as GraphTier)),
  );
  return canonical({
    cluster: {
      engine: 'cilium',
      version: '1.20',
      ipBlockMode: 'external-only',
      podRanges: ips.fromBlock('10.0.0.0/8'),
      dns: { flavour: 'CoreDNS', servers: [] },
    },
    namespaces: Array.from({ length: NAMESPACES }, (_, number) => ({
      name: `team-${number}`,
      purpose: 'data',
      management: 'own',
      podSecurity: 'baseline',
      labels: {},
      acknowledged: [],
    })),
    tiers,
    flows,
  });
}

function flowBetween(from: GraphTier, to: GraphTier): Flow {
  const endOf = ({ namespace, name, pods }: GraphTier) => ({ kind: 'tier', namespace, name, pods }) as const;
  return {
    from: endOf(from),
    to: endOf(to),
    traffic: portTraffic(ports.range('TCP', 8000, 8002)),
    because: ['it is called'],
    excepted: [],
    acknowledged: [],
    notes: [],
  };
}
