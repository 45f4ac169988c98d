import type { KnownSystem, SystemPort } from './known-system';

const METRICS: SystemPort = { number: 9091, purpose: 'metrics', what: 'metrics and health' };

function part(component: string, ...ports: readonly SystemPort[]): KnownSystem['parts'][number] {
  return {
    name: component,
    labels: [
      {
        labels: { 'app.kubernetes.io/name': 'milvus', component },
        keys: ['app.kubernetes.io/instance'],
        of: 'chart 5.0',
      },
    ],
    ports: [...ports, METRICS],
  };
}

/** Components talk to each other on ports of their own, of which the facts do not say whose each is. */
const BETWEEN: readonly SystemPort[] = [21123, 21124, 22222, 53100, 31000, 13333].map((number) => ({
  number,
  purpose: 'peers',
  what: 'calls between its components',
}));

export const milvus: KnownSystem = {
  id: 'milvus',
  title: 'Milvus',
  role: 'data',
  known: { images: ['milvusdb/milvus'] },
  parts: [
    part('proxy', { number: 19530, purpose: 'serving', what: 'the API' }, ...BETWEEN),
    ...['mixcoord', 'querynode', 'datanode', 'streamingnode', 'standalone'].map((component) =>
      part(
        component,
        ...(component === 'standalone' ? [{ number: 19530, purpose: 'serving', what: 'the API' } as const] : []),
        ...BETWEEN,
      ),
    ),
  ],
  traps: [
    'The chart brings etcd, MinIO and Pulsar with pods and labels of their own.',
    'The Jobs pulsar-init and bookie-init have no labels of their own, so that they hang under a default deny.',
  ],
  source: 'zilliztech/milvus-helm 9832476, chart 5.0.19 rendered',
  versions: '2.6',
  lookedAt: '2026-11-27',
};
