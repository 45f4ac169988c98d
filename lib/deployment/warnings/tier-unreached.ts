import { isScrapedOnly } from './known-tiers';
import type { Seen, SeenTier } from './seen';
import type { Suspicion, Warning } from './warning';

/** Model servers and data are there for others. */
export const tierUnreached: Warning = {
  id: 'tier-unreached',
  level: 'warning',
  why: 'Nobody can use what it serves, so a flow is missing or the tier is not needed',
  fix: 'Declare who reaches it, or remove the tier.',
  find: (seen) =>
    seen.seenTiers
      .filter(({ record: { role }, into }) => (role === 'inference' || role === 'data') && into.length === 0)
      .map((tier) => unreached(seen, tier)),
};

function unreached(seen: Seen, tier: SeenTier): Suspicion {
  const { record, key } = tier;
  const { construct, acknowledged, role, namespace } = record;
  // What has ports for metrics alone refuses clients on ports that are not named.
  const reaching = isScrapedOnly(seen, tier)
    ? 'Say who scrapes it in the options of the catalog: metricsFrom: [prometheus]'
    : "Declare its clients: connections.allowFrom(…, { because: '…' })";
  return {
    construct,
    about: key,
    what: `no flow reaches the ${role} tier ${key}`,
    value: key,
    fix: `${reaching}, or acknowledge it on the tier: acknowledge: [{ rule: 'tier-unreached', because: '…' }]`,
    acknowledged: [acknowledged, namespace.acknowledged],
  };
}
