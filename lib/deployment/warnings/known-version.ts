import { containersOf, type KnownTier, knownTiers, systems } from './known-tiers';
import type { Warning } from './warning';

/** Facts are read of some releases, and another one may have other ports and needs. */
export const knownVersion: Warning = {
  id: 'known-version',
  level: 'note',
  why: 'Its ports, labels and needs may differ from those that its tier is made of',
  fix: 'Look whether the facts of the catalog hold for it (docs/catalog.md has their sources).',
  find: (seen) =>
    knownTiers(seen).flatMap((known) => {
      const { tier, system } = known;
      const version = versionOf(known);
      if (version === undefined || isOfFacts(version, system)) return [];
      const text = version.join('.');
      return [
        {
          construct: tier.record.construct,
          about: tier.key,
          what: `the facts of ${system.title} are those of ${system.versions}, and ${text} was not looked at: these are the nearest`,
          value: text,
          allowed: system.versions,
          fix: "Look whether they hold, and acknowledge it: acknowledge: [{ rule: 'known-version', because: '…' }]",
          acknowledged: [tier.record.acknowledged, tier.record.namespace.acknowledged],
        },
      ];
    }),
};

/** As it was given, or else as the image says that the catalog knows. */
function versionOf(known: KnownTier): readonly number[] | undefined {
  const { version, system } = known;
  if (version !== undefined) return numbersIn(version);
  const { imagesOf, systemOf, versionOfImage, KNOWN_SYSTEMS } = systems();
  if (imagesOf(system).length === 0) return undefined;
  const own = containersOf(known).filter(
    ({ image }) => systemOf({ kind: '', labels: {}, images: [image] }, KNOWN_SYSTEMS) === system,
  );
  return own.map(({ image }) => versionOfImage(image)).find((found) => found !== undefined);
}

function numbersIn(version: string): readonly number[] {
  return version.replace(/^v/, '').split(/[-+]/)[0].split('.').map(Number);
}

/** By the first two numbers, as far as both have them; facts of a chart or a commit name no release, and nothing is said. */
function isOfFacts(version: readonly number[], { title, versions }: KnownTier['system']): boolean {
  const text = versions.startsWith(`${title} `) ? versions.slice(title.length + 1) : versions;
  const known = /^\d+(?:\.\d+)+/.exec(text)?.[0].split('.').map(Number);
  return known === undefined || [0, 1].every((i) => (version[i] ?? known[i]) === known[i]);
}
