import type { KnownSystem } from './known-system';
import { LOOKED_AT, named, part, serving } from './table';

export const chroma: KnownSystem = {
  id: 'chroma',
  title: 'Chroma',
  role: 'data',
  known: { images: ['chroma-core/chroma', 'chromadb/chroma'] },
  parts: [part('chroma', [named('chart of the community 0.2', 'chromadb')], [serving(8000, 'the API')])],
  traps: ['Pods of the test Jobs of the chart have no labels.'],
  unknown: [
    'whether it asks for credentials by default',
    'labels and ports of the parts of a distributed Chroma, beside 50051 everywhere',
  ],
  source: 'chromadb-chart c4f4a6d, 0.2.2 rendered; chroma 93652ec08; chromadb 1.5.9',
  versions: '1.5, chart of the community 0.2',
  lookedAt: LOOKED_AT,
};
