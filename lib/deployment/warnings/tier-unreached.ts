import type { Warning } from './warning';

/** Model servers and data are there for others. */
export const tierUnreached: Warning = {
  id: 'tier-unreached',
  level: 'warning',
  why: 'Nobody can use what it serves, so a flow is missing or the tier is not needed',
  fix: 'Declare who reaches it, or remove the tier.',
  find: ({ seenTiers }) =>
    seenTiers
      .filter(({ record: { role }, into }) => (role === 'inference' || role === 'data') && into.length === 0)
      .map(({ record: { construct, acknowledged, role, namespace }, key }) => ({
        construct,
        about: key,
        what: `no flow reaches the ${role} tier ${key}`,
        value: key,
        fix: "Declare its clients: connections.allowFrom(…, { because: '…' }), or acknowledge it on the tier: acknowledge: [{ rule: 'tier-unreached', because: '…' }]",
        acknowledged: [acknowledged, namespace.acknowledged],
      })),
};
