// Half open is what one end lets through and the other says nothing of: not what both let through and a third thing decides.
import { inNamespace, matching, namespace, pod, policy, tcp } from '../../bench/worlds/objects';
import { adopted } from '../../lib/adopt/adopted';
import { planeOf } from '../../lib/analysis';
import { readText } from '../../lib/analysis/files/read-files';
import { seenOf } from '../../lib/checks/seen';
import { engineFacts } from '../../lib/settings/engine-given';
import { Cluster } from '../../lib/values';

const fromClient = { from: [inNamespace('apps', matching({ app: 'client' }))], ports: [tcp(5432)] };
const toStore = { to: [inNamespace('data', matching({ app: 'store' }))], ports: [tcp(5432)] };

const clientOut = policy('apps', 'client', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], egress: [toStore] });
const storeIn = policy('data', 'store', {
  podSelector: matching({ app: 'store' }),
  policyTypes: ['Ingress', 'Egress'],
  ingress: [fromClient],
});
/** What its controller labels the pods with is not in the manifest, beyond what is said. */
const cluster = {
  apiVersion: 'postgresql.cnpg.io/v1',
  kind: 'Cluster',
  metadata: { name: 'store', namespace: 'data' },
  spec: { instances: 2, inheritedMetadata: { labels: { team: 'data' } } },
};

function leftOf(objects: readonly object[], engine: 'kubernetes' | 'cilium' = 'kubernetes') {
  const all = [namespace('apps'), namespace('data'), pod('apps', 'client', { app: 'client' }), ...objects];
  const reading = readText(all.map((object) => JSON.stringify(object)).join('\n---\n'), 'w.yaml', {});
  const facts = engineFacts(engine);
  const seen = seenOf(reading, planeOf(reading, { engine }), { facts });
  const { left } = adopted(seen, { namespaces: ['apps', 'data'], cluster: Cluster._with(facts), plane: { engine } });
  return left.filter(({ kind }) => kind === 'half-open' || kind === 'not-said');
}

/** Something passes, or nothing would be adopted. */
const besides = policy('data', 'besides', {
  podSelector: {},
  policyTypes: ['Ingress'],
  ingress: [{ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [tcp(443)] }],
});

it('is told where the other end says nothing', () => {
  const store = pod('data', 'store', { app: 'store' });
  expect(leftOf([store, clientOut, besides]).map(({ kind, of }) => [kind, of])).toEqual([
    ['half-open', 'apps/client-pod'],
  ]);
});

it('is not told of what both ends let through to pods whose labels nobody has shown: that passes perhaps', () => {
  expect(leftOf([cluster, clientOut, storeIn, besides])).toEqual([
    {
      kind: 'not-said',
      policy: 'NetworkPolicy data/store',
      of: 'data/store-cluster',
      what: 'perhaps passes today: apps/client-pod -> data/store-cluster TCP/5432, let through by NetworkPolicy data/store and at the other end; only what surely passes is taken over',
      line: "allowFrom(<apps/client-pod>, { ports: [Port.tcp(5432)], because: '…' })",
    },
  ]);
});

it('is not told of what both ends let through and another policy denies', () => {
  const denied = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'no', namespace: 'data' },
    spec: {
      endpointSelector: {},
      ingressDeny: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'apps' } }] }],
    },
  };
  expect(leftOf([pod('data', 'store', { app: 'store' }), clientOut, storeIn, besides, denied], 'cilium')).toEqual([]);
});
