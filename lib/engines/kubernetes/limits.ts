import type { GraphData } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Flow } from '../../model/flow';
import type { Refusal } from '../refusal';
import { beside } from './platform-kinds';
import { longRanges } from './port-ranges';
import { portsOnAws } from './ports-on-aws';

/** What NetworkPolicy cannot say (Kubernetes `api/networking/v1`), in this version and on this platform. */
export function limits(graph: GraphData, facts: Partial<ClusterFacts> = {}): Refusal[] {
  const { flows, namespaces, guardrails = [], hostGuardrails = [] } = graph;
  return [
    ...flows.flatMap((flow) => ofFlow(flow, facts)),
    ...longRanges(graph, facts),
    ...portsOnAws(graph, facts),
    ...namespaces.flatMap(({ name, rollout }): Refusal[] => (rollout === 'audit' ? [audit(name)] : [])),
    ...guardrails.map(({ name }) => guardrail({ kind: 'guardrail', name }, facts)),
    ...hostGuardrails.map(({ name }) => guardrail({ kind: 'host-guardrail', name }, facts)),
  ];
}

function ofFlow(flow: Flow, facts: Partial<ClusterFacts>): Refusal[] {
  const about = { kind: 'flow', flow } as const;
  const refusals: Refusal[] = [];
  if (flow.traffic.requests !== undefined) {
    refusals.push({
      rule: 'engine-requests',
      about,
      why: beside('a NetworkPolicy lets a port through or not, and does not look into requests', 'requests', facts),
      value: 'requests',
      allowed: 'protocols and ports',
      engines: flow.traffic.requests.some(({ protocol }) => protocol === 'kafka') ? ['cilium'] : ['cilium', 'calico'],
    });
  }
  if (flow.to.kind === 'hosts') {
    refusals.push({
      rule: 'engine-host-names',
      about,
      why: beside('a NetworkPolicy knows addresses, and not the names that lead to them', 'hosts', facts),
      value: 'host names',
      allowed: 'address blocks',
      engines: ['cilium', 'antrea'],
    });
  }
  return refusals;
}

function audit(namespace: string): Refusal {
  return {
    rule: 'engine-audit',
    about: { kind: 'namespace', namespace },
    why: 'a NetworkPolicy is enforced or absent, and cannot be tried out',
    value: 'audit',
    allowed: 'enforced policies',
    engines: ['calico', 'cilium'],
  };
}

function guardrail(about: Extract<Refusal['about'], { name: string }>, facts: Partial<ClusterFacts>): Refusal {
  return {
    rule: about.kind === 'guardrail' ? 'engine-guardrail' : 'engine-host-guardrail',
    about,
    why:
      about.kind === 'guardrail'
        ? beside(
            'a NetworkPolicy denies nothing, and whoever owns a namespace can add another that allows more',
            'guardrails',
            facts,
          )
        : 'a NetworkPolicy is about pods, and nodes are outside it',
    value: about.name,
    allowed: 'policies of namespaces',
    engines:
      about.kind === 'guardrail' ? ['cilium', 'calico', 'antrea', 'cluster-network-policy'] : ['cilium', 'calico'],
  };
}
