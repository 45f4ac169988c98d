import { evidenceOf } from '../../lib/live/evidence';
import { snapshotOf } from '../../lib/live/snapshot';
import { FakeCluster, type LiveObject } from './fake-cluster';
import { deployment, namespace, podOf, replicaSet } from './objects';

const PODS = 5000;
const DEPLOYMENTS = 100;

/** A Pod as large as they are: what the kubelet and webhooks write into it, which nobody here reads. */
function largePod(i: number): LiveObject {
  const pod = podOf('models', `vllm-${i % DEPLOYMENTS}`, `10.${244 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`);
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      managedFields: [{ fieldsV1: { filler: 'f'.repeat(4000) } }],
      annotations: { note: 'n'.repeat(2000) },
    },
    spec: { ...(pod.spec as object), volumes: [{ name: 'v'.repeat(4000) }] },
  };
}

describe('a cluster of 5,000 pods', () => {
  const objects = [
    namespace('models'),
    ...Array.from({ length: DEPLOYMENTS }, (_, i) => deployment('models', `vllm-${i}`)),
    ...Array.from({ length: DEPLOYMENTS }, (_, i) => replicaSet('models', `vllm-${i}`)),
    ...Array.from({ length: PODS }, (_, i) => largePod(i)),
  ];

  it('is held by what bears on policy alone, in pages', async () => {
    const fake = new FakeCluster(objects);
    const { objects: kept, addresses, all } = await snapshotOf(fake.cluster());
    expect(fake.asked.filter((path) => path.startsWith('/api/v1/pods?'))).toHaveLength(10);
    expect(kept.filter(({ kind }) => kind === 'Pod')).toEqual([]);
    expect([...addresses.values()].flat()).toHaveLength(PODS);
    // Some 12 kB each as they come.
    expect(JSON.stringify(all).length / PODS).toBeLessThan(800);
  });

  it('is looked at for its facts in the same way', async () => {
    const pods = (await evidenceOf(new FakeCluster(objects).cluster())).list('', 'Pod');
    expect(pods.kind).toBe('found');
    expect(JSON.stringify(pods).length / PODS).toBeLessThan(800);
  });
});
