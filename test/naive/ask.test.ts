import { canConnect } from './ask';
import { worldOf } from './world-of';

const template = {
  metadata: { labels: { app: 'vllm', track: 'stable' } },
  spec: containers({ name: 'http', containerPort: 8000 }),
};
const vllm = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: 'models', name: 'vllm' },
  spec: { template },
};
const gateways = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'edge', labels: { purpose: 'gateway' } } };
const policy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: 'models', name: 'vllm' },
  spec: {
    podSelector: { matchLabels: { app: 'vllm' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ namespaceSelector: { matchLabels: { purpose: 'gateway' } } }], ports: [{ port: 'http' }] }],
    egress: [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }],
  },
};
const manifests = [gateways, vllm, policy];

describe('asking in words', () => {
  it('knows the labels of the namespace from the manifests, and needs no such pod in them', () => {
    expect(canConnect(manifests, 'edge/app=envoy', 'models/app=vllm', 'TCP', 8000)).toBe(true);
    expect(canConnect(manifests, 'agents/app=envoy', 'models/app=vllm', 'TCP', 8000)).toBe(false);
    expect(canConnect(manifests, 'edge/', 'models/app=other', 'TCP', 1)).toBe(true);
  });

  it('gives the pod the ports of the workloads that have its labels', () => {
    expect(canConnect(manifests, 'edge/', 'models/app=vllm,track=stable', 'TCP', 8000)).toBe(true);
    expect(canConnect(manifests, 'edge/', 'models/app=vllm,track=canary', 'TCP', 8000)).toBe(false);
    expect(canConnect(manifests, 'edge/', 'models/app=vllm', 'TCP', 8001)).toBe(false);
  });

  it('takes no ports from a workload of another namespace', () => {
    const copy = { ...policy, metadata: { namespace: 'copies', name: 'vllm' } };
    const copied = { ...vllm, metadata: { namespace: 'copies', name: 'vllm' } };
    expect(canConnect([...manifests, copy], 'edge/', 'copies/app=vllm', 'TCP', 8000)).toBe(false);
    expect(canConnect([...manifests, copy, copied], 'edge/', 'copies/app=vllm', 'TCP', 8000)).toBe(true);
  });

  it('takes an address as an end outside the cluster', () => {
    expect(canConnect(manifests, 'models/app=vllm', '192.0.2.7', 'TCP', 443)).toBe(true);
    expect(canConnect(manifests, 'models/app=vllm', '198.51.100.7', 'TCP', 443)).toBe(false);
    expect(canConnect(manifests, '2001:db8::1', 'models/app=vllm', 'TCP', 8000)).toBe(false);
  });

  it('takes two ends of the same words for two pods', () => {
    expect(canConnect(manifests, 'models/app=vllm', 'models/app=vllm', 'TCP', 8000)).toBe(false);
  });

  it('refuses words that are no end', () => {
    expect(() => canConnect(manifests, 'vllm', 'models/app=vllm', 'TCP', 1)).toThrow('not namespace/label=value');
    expect(() => canConnect(manifests, 'edge/app', 'models/app=vllm', 'TCP', 1)).toThrow('not label=value: app');
  });
});

describe('the world of manifests', () => {
  it('has a pod for each template, wherever its kind keeps it', () => {
    const objects = [
      { kind: 'Pod', metadata: { namespace: 'a', name: 'alone', labels: { app: 'alone' } }, spec: containers() },
      { kind: 'StatefulSet', metadata: { namespace: 'a', name: 'set' }, spec: { template: templateOf('set') } },
      {
        kind: 'CronJob',
        metadata: { namespace: 'a', name: 'cron' },
        spec: { jobTemplate: { spec: { template: templateOf('cron') } } },
      },
      {
        kind: 'LeaderWorkerSet',
        metadata: { namespace: 'a', name: 'lws' },
        spec: { leaderWorkerTemplate: { leaderTemplate: templateOf('leader'), workerTemplate: templateOf('worker') } },
      },
      { kind: 'RayCluster', metadata: { name: 'ray' }, spec: { workerGroupSpecs: [{ template: templateOf('ray') }] } },
      { kind: 'Service', metadata: { namespace: 'a', name: 'service' }, spec: { ports: [{ port: 80 }] } },
      null,
    ];
    expect(worldOf(objects).pods.map(({ namespace, labels }) => `${namespace}/${labels.app}`)).toEqual([
      'a/alone',
      'a/set',
      'a/cron',
      'a/leader',
      'a/worker',
      'default/ray',
    ]);
  });

  it('knows ports with their protocols, also of init containers that stay, and not of those that end', () => {
    const spec = {
      ...containers({ name: 'dns', containerPort: 53, protocol: 'UDP' }),
      initContainers: [
        { restartPolicy: 'Always', ports: [{ name: 'proxy', containerPort: 15001 }] },
        { ports: [{ name: 'gone', containerPort: 1 }] },
      ],
    };
    expect(worldOf([{ kind: 'Pod', metadata: { name: 'p' }, spec }]).pods[0].ports).toEqual([
      { name: 'dns', protocol: 'UDP', number: 53 },
      { name: 'proxy', protocol: 'TCP', number: 15001 },
    ]);
  });

  it('knows the addresses of a pod once each, and its place on the host network', () => {
    const status = { podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] };
    const [pod] = worldOf([
      { kind: 'Pod', metadata: { name: 'p' }, spec: { ...containers(), hostNetwork: true }, status },
    ]).pods;
    expect([pod.ips, pod.hostNetwork]).toEqual([['10.0.0.1', 'fd00::1'], true]);
  });

  it('has every namespace that an object is in, with its name as a label', () => {
    const wrong = { 'kubernetes.io/metadata.name': 'wrong', purpose: 'gateway' };
    const objects = [{ ...gateways, metadata: { name: 'edge', labels: wrong } }, policy];
    expect(worldOf(objects).namespaces).toEqual([
      { name: 'edge', labels: { 'kubernetes.io/metadata.name': 'edge', purpose: 'gateway' } },
      { name: 'models', labels: { 'kubernetes.io/metadata.name': 'models' } },
    ]);
  });

  it('takes lists apart', () => {
    expect(worldOf([{ kind: 'List', items: [policy, { kind: 'List', items: [vllm] }] }])).toEqual(
      worldOf([policy, vllm]),
    );
  });

  it('refuses policies of kinds that it does not read, rather than pass over them', () => {
    const calico = { ...policy, apiVersion: 'projectcalico.org/v3' };
    expect(() => worldOf([calico])).toThrow('this is projectcalico.org/v3 NetworkPolicy');
    expect(() => worldOf([{ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy' }])).toThrow('CiliumNetworkPolicy');
  });
});

function templateOf(app: string) {
  return { metadata: { labels: { app } }, spec: containers() };
}

function containers(...ports: object[]) {
  return { containers: [{ ports }] };
}
