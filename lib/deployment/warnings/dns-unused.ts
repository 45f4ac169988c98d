import { DNS_REASON } from '../flows/dns-flows';
import type { Warning } from './warning';

/** Data can leave in the names that are asked for, so pods that need none should not ask. */
export const dnsUnused: Warning = {
  id: 'dns-unused',
  level: 'note',
  why: 'Data can leave in the names that are asked for',
  fix: 'Take name resolution away from the tier: dns: false.',
  find: ({ seenTiers }) =>
    seenTiers
      .filter(({ record, out }) => record.dns && out.every(isNameResolution))
      .map(({ record: { construct, acknowledged, namespace }, key }) => ({
        construct,
        about: key,
        what: `${key} resolves names, and no flow leads from it to anybody`,
        value: 'dns: true',
        fix: "Give the tier dns: false, or acknowledge it: acknowledge: [{ rule: 'dns-unused', because: '…' }]",
        acknowledged: [acknowledged, namespace.acknowledged],
      })),
};

function isNameResolution({ because }: { readonly because: readonly string[] }): boolean {
  return because.length === 1 && because[0] === DNS_REASON;
}
