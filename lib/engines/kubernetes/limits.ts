import type { GraphData } from '../../graph/graph-data';
import type { Flow } from '../../model/flow';
import type { Refusal } from '../refusal';

/** What NetworkPolicy cannot say (Kubernetes `api/networking/v1`). */
export function limits({ flows, namespaces, guardrails = [], hostGuardrails = [] }: GraphData): Refusal[] {
  return [
    ...flows.flatMap(ofFlow),
    ...namespaces.flatMap(({ name, rollout }): Refusal[] => (rollout === 'audit' ? [audit(name)] : [])),
    ...guardrails.map(({ name }) => guardrail({ kind: 'guardrail', name })),
    ...hostGuardrails.map(({ name }) => guardrail({ kind: 'host-guardrail', name })),
  ];
}

function ofFlow(flow: Flow): Refusal[] {
  const about = { kind: 'flow', flow } as const;
  const refusals: Refusal[] = [];
  if (flow.traffic.requests !== undefined) {
    refusals.push({
      rule: 'engine-requests',
      about,
      why: 'a NetworkPolicy lets a port through or not, and does not look into requests',
      value: 'requests',
      allowed: 'protocols and ports',
      engines: flow.traffic.requests.some(({ protocol }) => protocol === 'kafka') ? ['cilium'] : ['cilium', 'calico'],
    });
  }
  if (flow.to.kind === 'hosts') {
    refusals.push({
      rule: 'engine-host-names',
      about,
      why: 'a NetworkPolicy knows addresses, and not the names that lead to them',
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

function guardrail(about: Extract<Refusal['about'], { name: string }>): Refusal {
  return {
    rule: about.kind === 'guardrail' ? 'engine-guardrail' : 'engine-host-guardrail',
    about,
    why:
      about.kind === 'guardrail'
        ? 'a NetworkPolicy denies nothing, and whoever owns a namespace can add another that allows more'
        : 'a NetworkPolicy is about pods, and nodes are outside it',
    value: about.name,
    allowed: 'policies of namespaces',
    engines:
      about.kind === 'guardrail' ? ['cilium', 'calico', 'antrea', 'cluster-network-policy'] : ['cilium', 'calico'],
  };
}
