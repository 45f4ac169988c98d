import { dataReachesInternet } from '../../lib/checks/data-reaches-internet';
import { foundIn } from './found';
import { deployment, policy } from './policies';

const store = deployment({ name: 'weaviate', image: 'semitechnologies/weaviate:1.34.0' });
const to = (app: string) => `[{ to: [{ podSelector: { matchLabels: { app: ${app} } } }] }]`;
const out = (from: string, egress: string) => policy({ name: from, pods: `app: ${from}`, egress });
const closed = (from: string) => out(from, '[]');

test('The shortest path out is told, hop by hop.', () => {
  const manifests = [
    store,
    ...['embedder', 'proxy'].map((name) => deployment({ name })),
    out('weaviate', to('embedder')),
    out('embedder', to('proxy')),
  ].join('');
  expect(foundIn(dataReachesInternet, manifests)).toMatchObject([
    {
      level: 'warning',
      about: 'Deployment models/weaviate',
      what: 'its data (it is Weaviate) may leave to the internet through Deployment models/embedder, then Deployment models/proxy',
    },
  ]);
});

test('A path on which one hop is closed is none.', () => {
  const pods = store + deployment({ name: 'embedder' }) + out('weaviate', to('embedder'));
  expect(foundIn(dataReachesInternet, pods + closed('embedder'))).toEqual([]);
  expect(foundIn(dataReachesInternet, pods + policy({ pods: 'app: embedder', ingress: '[]' }))).toEqual([]);
});

test('A circle of pods that are all kept inside ends.', () => {
  const pods = store + deployment({ name: 'embedder' });
  expect(
    foundIn(dataReachesInternet, pods + out('weaviate', to('embedder')) + out('embedder', to('weaviate'))),
  ).toEqual([]);
});

test('Pods that reach the internet themselves, or that nothing isolates, are found by other rules.', () => {
  expect(foundIn(dataReachesInternet, store)).toEqual([]);
  expect(foundIn(dataReachesInternet, store + out('weaviate', '[{}]'))).toEqual([]);
});

test('Resolving names is no way out, and neither is what other pods do that keep no data.', () => {
  const dns = '[{ ports: [{ port: 53, protocol: UDP }, { port: 53 }] }]';
  expect(
    foundIn(
      dataReachesInternet,
      store + deployment({ name: 'resolver' }) + out('weaviate', to('resolver')) + out('resolver', dns),
    ),
  ).toEqual([]);
  expect(
    foundIn(dataReachesInternet, deployment({ name: 'web' }) + deployment({ name: 'proxy' }) + out('web', to('proxy'))),
  ).toEqual([]);
});

test('Pods of one owner that differ in their labels are told of once.', () => {
  const set = store.replace('kind: Deployment', 'kind: StatefulSet').replace('spec:', 'spec:\n  replicas: 3');
  const pods = set + deployment({ name: 'embedder' });
  expect(foundIn(dataReachesInternet, pods + out('weaviate', to('embedder')))).toHaveLength(1);
});

test('The operator of a database keeps no data.', () => {
  const pods = (image: string) =>
    deployment({ name: 'kafka', image }) + deployment({ name: 'proxy' }) + out('kafka', to('proxy'));
  expect(foundIn(dataReachesInternet, pods('quay.io/strimzi/kafka:0.50-kafka-4.2'))).toHaveLength(1);
  expect(foundIn(dataReachesInternet, pods('quay.io/strimzi/operator:0.50'))).toEqual([]);
});
