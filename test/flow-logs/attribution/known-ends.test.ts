import { readManifests } from '../../../lib/analysis';
import { KnownEnds } from '../../../lib/flow-logs/attribution/known-ends';
import type { FlowPoint } from '../../../lib/flow-logs/flow-record';
import * as ips from '../../../lib/model/ip-set';

const template = (labels: object, more: object = {}) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'a', ports: [{ containerPort: 8000 }] }], ...more },
});
const object = (kind: string, name: string, spec: object, more: object = {}) => ({
  apiVersion: kind === 'Pod' || kind === 'Service' ? 'v1' : kind.endsWith('Job') ? 'batch/v1' : 'apps/v1',
  kind,
  metadata: { name, namespace: 'models', ...more },
  ...spec,
});

const OBJECTS = [
  object('Deployment', 'vllm', { spec: { template: template({ app: 'vllm' }) } }),
  object('StatefulSet', 'redis', { spec: { template: template({ app: 'redis' }) } }),
  object('DaemonSet', 'agent', { spec: { template: template({ app: 'agent' }, { hostNetwork: true }) } }),
  object('Job', 'load', { spec: { template: template({ app: 'load' }) } }),
  object('CronJob', 'nightly', { spec: { jobTemplate: { spec: { template: template({ app: 'nightly' }) } } } }),
  object('Pod', 'shell', { spec: template({}).spec, status: { podIP: '10.0.0.9' } }, { labels: { app: 'shell' } }),
  object('Service', 'redis', {
    spec: { selector: { app: 'redis' }, clusterIP: '10.96.0.1', ports: [{ port: 80, targetPort: 6379 }] },
  }),
];

const known = new KnownEnds({
  world: readManifests(OBJECTS).world,
  facts: {
    podRanges: ips.fromBlock('10.0.0.0/16'),
    serviceRanges: ips.fromBlock('10.96.0.0/16'),
    nodeRanges: ips.fromBlock('10.1.0.0/16'),
    apiServer: { addresses: ips.fromAddress('10.2.0.1'), ports: undefined as never },
  },
});

/** What an end is known to be, in a word or two. */
function said(point: FlowPoint, by = known): string {
  const end = by.of(point, []);
  switch (end.kind) {
    case 'pods': {
      const labels = Object.entries(end.labels).map((pair) => pair.join('='));
      return `pods ${end.workload?.id ?? labels.join(',')}${end.why === undefined ? '' : ` ${end.why}`}`;
    }
    case 'addresses':
      return `outside ${end.address ?? end.why}`;
    case 'entity':
      return end.entity;
    case 'unknown':
      return `unknown ${end.why}`;
  }
}

describe('a pod by its name', () => {
  it.each([
    ['vllm-5d9c7f5b4d-x7k2p', 'pods models/Deployment/vllm'],
    ['redis-0', 'pods models/StatefulSet/redis'],
    ['load-x7k2p', 'pods models/Job/load'],
    ['nightly-29395680-x7k2p', 'pods models/CronJob/nightly'],
    ['shell', 'pods models/Pod/shell'],
    // On the host network it is its node.
    ['agent-x7k2p', 'nodes'],
    // Letters that no controller uses, and names that only begin alike.
    ['vllm-aeiou-aeiou', 'pods  pod-without-labels'],
    ['vllm-canary-5d9c7f5b4d-x7k2p', 'pods  pod-without-labels'],
    ['redis-zero', 'pods  pod-without-labels'],
    ['shell-2', 'pods  pod-without-labels'],
  ])('%s is %s', (pod, expected) => {
    expect(said({ namespace: 'models', pod })).toBe(expected);
  });

  it('is of no workload of another namespace, or whose labels it does not have', () => {
    expect(said({ namespace: 'others', pod: 'redis-0' })).toBe('pods  pod-without-labels');
    expect(said({ namespace: 'models', pod: 'redis-0', labels: { app: 'valkey' } })).toBe('pods app=valkey');
    expect(said({ namespace: 'models', pod: 'redis-0', labels: { app: 'redis' } })).toBe(
      'pods models/StatefulSet/redis',
    );
  });

  it('has the labels in common where several workloads could be meant', () => {
    const both = [
      object('Deployment', 'web', { spec: { template: template({ app: 'web', tier: 'front' }) } }),
      object('ReplicaSet', 'web-5d9c7f5b4d', { spec: { template: template({ app: 'web', tier: 'back' }) } }),
    ];
    const by = new KnownEnds({ world: readManifests(both).world });
    expect(said({ namespace: 'models', pod: 'web-5d9c7f5b4d-x7k2p' }, by)).toBe('pods app=web');
  });
});

describe('workloads and beginnings of names', () => {
  it.each<[FlowPoint, string]>([
    [{ workload: { kind: 'Deployment', name: 'vllm' } }, 'pods models/Deployment/vllm'],
    [{ workload: { kind: 'ReplicaSet', name: 'vllm-5d9c7f5b4d' } }, 'pods models/Deployment/vllm'],
    [{ workload: { kind: 'DaemonSet', name: 'vllm' } }, 'pods  pod-without-labels'],
    [{ workload: { name: 'redis' } }, 'pods models/StatefulSet/redis'],
    [{ podPrefix: 'vllm-5d9c7f5b4d' }, 'pods models/Deployment/vllm'],
    [{ podPrefix: 'redis' }, 'pods models/StatefulSet/redis'],
    [{}, 'pods  namespace-only'],
    [{ address: '10.0.0.9' }, 'pods models/Pod/shell'],
  ])('%j is %s', (point, expected) => {
    expect(said({ namespace: 'models', ...point })).toBe(expected);
  });
});

describe('addresses', () => {
  it.each<[FlowPoint, string]>([
    [{ address: '10.0.0.9' }, 'pods models/Pod/shell'],
    [{ address: '10.0.0.8' }, 'unknown pod-address'],
    [{ address: '10.96.0.1' }, 'pods app=redis'],
    [{ address: '10.96.0.2' }, 'unknown service-address'],
    [{ address: '10.1.0.1' }, 'nodes'],
    [{ address: '10.2.0.1' }, 'api-server'],
    [{ address: '192.168.0.1' }, 'outside 192.168.0.1'],
    [{ address: '203.0.113.9' }, 'outside 203.0.113.9'],
    [{ address: '169.254.169.254' }, 'outside 169.254.169.254'],
    // Of IPv6 no range is known, and its addresses for the internet are those of pods too.
    [{ address: '2001:db8::1' }, 'unknown nobodys-address'],
    [{ address: '300.1.1.1' }, 'unknown unreadable'],
    [{ address: '10.0.0.8', entity: 'outside' }, 'unknown outside-in-pods'],
    [{ address: '172.16.0.1', entity: 'outside' }, 'outside 172.16.0.1'],
    [{ entity: 'public-address' }, 'outside no-address'],
    [{ entity: 'unmanaged' }, 'unknown unmanaged'],
    [{ service: { namespace: 'models', name: 'redis' } }, 'pods app=redis'],
    [{ service: { namespace: 'models', name: 'other' }, address: '10.96.0.1' }, 'unknown service-address'],
    [{ cluster: 'west', namespace: 'models', labels: { app: 'vllm' } }, 'unknown other-cluster'],
    [{}, 'unknown no-end'],
  ])('%j is %s', (point, expected) => {
    expect(said(point)).toBe(expected);
  });

  it('are those of nobody where no range is known, unless no pod has such', () => {
    const by = new KnownEnds({});
    expect(said({ address: '10.0.0.8' }, by)).toBe('unknown nobodys-address');
    expect(said({ address: '203.0.113.9' }, by)).toBe('outside 203.0.113.9');
  });
});
