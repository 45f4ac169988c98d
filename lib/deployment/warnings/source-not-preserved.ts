import { sourceReplaced } from '../../cluster/service-balancers';
import type { Declaration } from '../records';
import type { Seen } from './seen';
import type { Suspicion, Warning } from './warning';

/**
 * Clients are let in with their own addresses, and what is before the pods puts others in: nodes with
 * `externalTrafficPolicy: Cluster`, which is the default (Kubernetes, "Using Source IP"), or a balancer.
 */
export const sourceNotPreserved: Warning = {
  id: 'source-not-preserved',
  level: 'warning',
  why: 'Pods see the address of a node or of a balancer, so the clients that are declared are dropped',
  fix: 'Let the Service keep the addresses of clients, or say what is between: through: LoadBalancer.…, or what the pods see: seenAs: SourceAddress.rewrittenTo([…]).',
  find: (seen) => seen.declarations.flows.filter(({ keepsSource }) => keepsSource).flatMap((one) => lostOn(one, seen)),
};

function lostOn({ tier, acknowledged, because }: Declaration, { seenTiers }: Seen): Suspicion[] {
  const services = seenTiers.find(({ record }) => record === tier)?.services ?? [];
  return services.flatMap((service) => {
    const replaced = sourceReplaced(service);
    if (replaced === undefined) return [];
    const { name, namespace, type, object } = service;
    const { by, value, allowed, through } = replaced;
    const said = through === '' ? "seenAs: SourceAddress.rewrittenTo(['10.1.0.0/16'])" : `through: ${through}`;
    const change = value === 'externalTrafficPolicy: Cluster' ? 'Set it to Local' : 'Change that';
    return [
      {
        construct: tier.construct,
        about: `${tier.namespace.name}/${tier.name} ("${because}")`,
        what: `clients are said to keep their address, and the ${type} Service ${namespace}/${name} (${object.node.path}) ${by}`,
        value,
        allowed,
        fix: `${change}, write ${said} with the ranges that are there, or acknowledge it on the exposure: acknowledge: [{ rule: 'source-not-preserved', because: '…' }]`,
        acknowledged: [acknowledged, tier.acknowledged],
      },
    ];
  });
}
