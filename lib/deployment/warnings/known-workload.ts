import { containersOf, knownTiers, systems } from './known-tiers';
import type { Warning } from './warning';

/** Images under other names say nothing; one that is known says which system it is. */
export const knownWorkload: Warning = {
  id: 'known-workload',
  level: 'error',
  why: 'Its ports and needs are those of another system, so it is opened where it need not be, and closed where it must not',
  fix: 'Make the tier by the method of the system that it is.',
  find: (seen) =>
    knownTiers(seen).flatMap(({ tier, system }) => {
      const { systemOf, KNOWN_SYSTEMS } = systems();
      const containers = containersOf({ tier });
      const images = containers.map(({ image }) => image);
      const found = systemOf({ kind: '', labels: {}, images }, KNOWN_SYSTEMS);
      const isSome = images.some(
        (image) => systemOf({ kind: '', labels: {}, images: [image] }, KNOWN_SYSTEMS) === system,
      );
      if (found === undefined || found === system || isSome) return [];
      const objects = [...new Set(tier.pods.map(({ object }) => `${object.kind} ${object.name}`))].join(', ');
      return [
        {
          construct: tier.record.construct,
          about: tier.key,
          what: `it is made as ${system.title}, and ${objects} has the image ${images[0]}, which is ${found.title}`,
          value: images[0],
          allowed: `an image of ${system.title}, or one that the catalog does not know`,
          fix: `Make it of the entry ${found.id}, or acknowledge it: acknowledge: [{ rule: 'known-workload', because: '…' }]`,
          acknowledged: [tier.record.acknowledged, tier.record.namespace.acknowledged],
        },
      ];
    }),
};
