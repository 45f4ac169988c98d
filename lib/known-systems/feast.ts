import type { KnownSystem } from './known-system';
import { flow, LOOKED_AT, labelled, metrics, named, optional, part, serving } from './table';

export const feast: KnownSystem = {
  id: 'feast',
  title: 'Feast',
  role: 'data',
  known: {
    images: ['feastdev/feature-server'],
    kinds: ['feast.dev/FeatureStore'],
    labelKeys: ['feast.dev/service-type'],
  },
  parts: [
    part(
      'online',
      [
        named('chart 0.66', 'feast-feature-server'),
        labelled('operator of August 2026', { 'feast.dev/service-type': 'online' }, 'feast.dev/name'),
      ],
      [serving(6566, 'features'), optional(serving(6567, 'features over TLS')), metrics(8000, 'metrics')],
    ),
    part(
      'offline',
      [labelled('operator of August 2026', { 'feast.dev/service-type': 'offline' }, 'feast.dev/name')],
      [serving(8815, 'history'), optional(serving(8816, 'history over TLS'))],
    ),
    part(
      'registry',
      [labelled('operator of August 2026', { 'feast.dev/service-type': 'registry' }, 'feast.dev/name')],
      [
        serving(6570, 'the registry'),
        optional(serving(6571, 'the registry over TLS')),
        optional(serving(6572, 'the registry over REST')),
      ],
    ),
    part(
      'ui',
      [labelled('operator of August 2026', { 'feast.dev/service-type': 'ui' }, 'feast.dev/name')],
      [serving(8888, 'the user interface'), optional(serving(8443, 'the user interface over TLS'))],
      { role: 'agents' },
    ),
  ],
  flows: [
    flow('online', 'registry', [6570], 'it asks which features there are', 'the registry runs apart'),
    flow('offline', 'registry', [6570], 'it asks which features there are', 'the registry runs apart'),
    flow('ui', 'registry', [6570], 'it asks which features there are', 'the registry runs apart'),
  ],
  source: 'feast f0bc0700b, services_types.go, chart 0.66.0 rendered',
  versions: '0.66',
  lookedAt: LOOKED_AT,
};
