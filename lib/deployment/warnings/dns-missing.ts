import * as ports from '../../model/port-set';
import { aboutFlow } from './flow-text';
import type { SeenTier } from './seen';
import type { Warning } from './warning';

/** Pods are found by the names of their Services, and hosts by theirs. */
export const dnsMissing: Warning = {
  id: 'dns-missing',
  level: 'warning',
  why: 'Names fail to resolve, which looks like an outage of whoever is called',
  fix: 'Let the tier resolve names: dns: true.',
  find: (seen) =>
    seen.seenTiers
      .filter(({ record }) => !record.dns)
      .filter((tier) => !asksNameServers(tier))
      .flatMap(({ record, out, key }) => {
        const flow = out.find(({ to }) => to.kind === 'tier' || to.kind === 'pods' || to.kind === 'hosts');
        if (flow === undefined) return [];
        return [
          {
            construct: record.construct,
            ...aboutFlow(flow, seen),
            what: `${key} resolves no names, and reaches others by theirs`,
            value: 'dns: false',
            fix: "Give the tier dns: true, or acknowledge that it knows addresses: acknowledge: [{ rule: 'dns-missing', because: '…' }]",
            acknowledged: [flow.acknowledged, record.acknowledged, record.namespace.acknowledged],
          },
        ];
      }),
};

/** A flow of its own to some name server is as good. */
function asksNameServers({ out }: SeenTier): boolean {
  return out.some(
    ({ traffic }) => ports.hasNumber(traffic.ports, 'UDP', 53) || ports.hasNumber(traffic.ports, 'UDP', 5353),
  );
}
