import type { Declaration } from '../records';
import type { Seen } from './seen';
import { isWayIn, type SeenService } from './services';
import type { Suspicion, Warning } from './warning';

/**
 * With `externalTrafficPolicy: Cluster`, which is the default, a node that takes a connection hands it on with its own
 * address (Kubernetes, "Using Source IP"). A balancer that addresses the pods passes by the nodes.
 */
export const sourceNotPreserved: Warning = {
  id: 'source-not-preserved',
  level: 'warning',
  why: 'Pods see the address of a node, so the clients that are declared are dropped',
  fix: 'Set externalTrafficPolicy: Local on the Service, or say what the pods see: SourceAddress.rewrittenTo([…]).',
  find: (seen) => seen.declarations.flows.filter(({ keepsSource }) => keepsSource).flatMap((one) => lostOn(one, seen)),
};

function lostOn({ tier, acknowledged, because }: Declaration, { seenTiers }: Seen): Suspicion[] {
  const services = seenTiers.find(({ record }) => record === tier)?.services ?? [];
  return services
    .filter(isWayIn)
    .filter(replacesSource)
    .map(({ name, namespace, type, object }) => ({
      construct: tier.construct,
      about: `${tier.namespace.name}/${tier.name} ("${because}")`,
      what: `clients are said to keep their address, and the ${type} Service ${namespace}/${name} (${object.node.path}) has externalTrafficPolicy: Cluster, so nodes put theirs in its place`,
      value: 'externalTrafficPolicy: Cluster',
      allowed: 'externalTrafficPolicy: Local, or a balancer that addresses the pods',
      fix: "Set it to Local, write seenAs: SourceAddress.rewrittenTo(['10.1.0.0/16']) with the range of the nodes, or acknowledge it on the exposure: acknowledge: [{ rule: 'source-not-preserved', because: '…' }]",
      acknowledged: [acknowledged, tier.acknowledged],
    }));
}

function replacesSource({ externalTrafficPolicy, annotations }: SeenService): boolean {
  return externalTrafficPolicy === 'Cluster' && !DIRECT.some(([key, value]) => annotations[key] === value);
}

/** Balancers that address pods: AWS Load Balancer Controller guide, "NLB target type". */
const DIRECT: readonly (readonly [string, string])[] = [
  ['service.beta.kubernetes.io/aws-load-balancer-nlb-target-type', 'ip'],
  ['service.beta.kubernetes.io/aws-load-balancer-type', 'nlb-ip'],
];
