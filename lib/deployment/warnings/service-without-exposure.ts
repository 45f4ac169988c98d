import { isWayIn } from './services';
import type { Warning } from './warning';

/** A Service that has an address outside, and no flow for those who come by it. */
export const serviceWithoutExposure: Warning = {
  id: 'service-without-exposure',
  level: 'warning',
  why: 'Clients from outside find an address and are dropped at the pod',
  fix: 'Declare who comes in and what address the pods see on them (`exposures` of a GatewayTier), or make the Service one of type ClusterIP.',
  find: ({ seenTiers }) =>
    seenTiers
      .filter(({ into }) => !into.some(({ from }) => from.kind === 'addresses' || from.kind === 'entity'))
      .flatMap(({ record, key, services }) =>
        services.filter(isWayIn).map(({ name, namespace, type, object }) => ({
          construct: record.construct,
          about: `Service ${namespace}/${name}`,
          what: `the ${type} Service ${object.node.path} leads to ${key}, and no flow lets anybody in from outside`,
          value: type,
          fix: "Declare it: exposures: [{ client: Internet.any(), seenAs: SourceAddress.preserved(), because: '…' }], make the Service one of type ClusterIP, or acknowledge it on the tier: acknowledge: [{ rule: 'service-without-exposure', because: '…' }]",
          acknowledged: [record.acknowledged, record.namespace.acknowledged],
        })),
      ),
};
