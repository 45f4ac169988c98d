import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../lib/cli/exit-codes';
import { run } from '../cli/run';
import {
  antreaCluster,
  calicoCluster,
  ciliumCluster,
  common,
  type EngineCluster,
  flannelCluster,
  kindCluster,
  reached,
  vpcCniCluster,
} from './engines';
import type { LiveObject } from './fake-cluster';
import { denyAll, namespace } from './objects';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const PLAIN: readonly LiveObject[] = [namespace('models'), denyAll('models')];

const REQUESTS: readonly LiveObject[] = [
  namespace('models'),
  {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'vllm', namespace: 'models' },
    spec: {
      endpointSelector: {},
      ingress: [
        {
          fromEndpoints: [{}],
          toPorts: [
            { ports: [{ port: '8000', protocol: 'TCP' }], rules: { http: [{ method: 'GET', path: '/v1/models' }] } },
          ],
        },
      ],
    },
  },
];

async function verified(cluster: EngineCluster, rendered = PLAIN, argv: readonly string[] = []) {
  writeFileSync(join(folder, 'rendered.json'), JSON.stringify({ kind: 'List', items: rendered }));
  const fake = reached(cluster);
  const ended = await run(['cluster', 'verify', 'rendered.json', '--format', 'json', ...argv], {
    cwd: folder,
    cluster: fake.reached(),
  });
  const all: { id: string; verdict: string; evidence: string; what: string }[] = ended.out.startsWith('{')
    ? JSON.parse(ended.out).preconditions
    : [];
  return { ...ended, all, of: (id: string) => all.find((one) => one.id === id) };
}

describe('whether policies are enforced', () => {
  it.each<[string, EngineCluster, string, RegExp]>([
    ['Cilium', ciliumCluster(), 'yes', /enable-policy: default/],
    ['Cilium with enforcement never', ciliumCluster({ 'enable-policy': 'never' }), 'no', /enable-policy: never/],
    ['Cilium in audit mode', ciliumCluster({ 'policy-audit-mode': 'true' }), 'no', /is logged and passes/],
    [
      'Cilium without NetworkPolicy',
      ciliumCluster({ 'enable-k8s-networkpolicy': 'false' }),
      'no',
      /NetworkPolicy is not enforced/,
    ],
    [
      'Cilium with settings of some nodes',
      ciliumCluster({}, [
        {
          apiVersion: 'cilium.io/v2',
          kind: 'CiliumNodeConfig',
          metadata: { name: 'canary', namespace: 'kube-system' },
          spec: { defaults: { 'enable-policy': 'never' } },
        },
      ]),
      'not known',
      /CiliumNodeConfig canary/,
    ],
    ['Calico', calicoCluster(), 'yes', /calico-system\/calico-node/],
    ['Antrea', antreaCluster(), 'yes', /AntreaPolicy/],
    [
      'Antrea with its policies off',
      antreaCluster('featureGates:\n  AntreaPolicy: false\n'),
      'no',
      /AntreaPolicy: false/,
    ],
    ['the VPC CNI', vpcCniCluster(), 'yes', /--enable-network-policy=true/],
    ['the VPC CNI with policies off', vpcCniCluster({ isOn: false }), 'no', /without --enable-network-policy=true/],
    ['kindnet', kindCluster(), 'yes', /enforces from v20240813/],
    ['kindnet of kind 0.23', kindCluster('v20240513-cd2ac642'), 'no', /enforces nothing before/],
    ['kindnet without a date', kindCluster('latest'), 'not known', /says no date/],
    ['flannel alone', flannelCluster(), 'no', /enforces nothing, and no engine is beside it/],
    ['nothing that is known', { objects: common() }, 'not known', /no DaemonSet/],
  ])('%s', async (_, cluster, verdict, evidence) => {
    const held = (await verified(cluster)).of('enforced');
    expect(held?.verdict).toBe(verdict);
    expect(held?.evidence).toMatch(evidence);
  });

  it('is not known where this user may not look', async () => {
    const options = {
      instead: (path: string) => (path.includes('/daemonsets') ? { status: 403, body: '' } : undefined),
    };
    const { code, of } = await verified({ objects: common(), options });
    expect([code, of('enforced')?.evidence]).toEqual([ExitCode.PERHAPS, 'this user may not list daemonsets of apps']);
  });
});

describe('other preconditions', () => {
  it('hold for a cluster that is as it should be', async () => {
    const { code, all } = await verified(ciliumCluster());
    expect([code, all.map(({ verdict }) => verdict)]).toEqual([ExitCode.YES, all.map(() => 'yes')]);
  });

  it('are that the API server has each kind, in the version that is rendered', async () => {
    const { code, all } = await verified(kindCluster(), REQUESTS);
    expect(code).toBe(ExitCode.NO);
    expect(all.filter(({ id }) => id === 'kind-served').map(({ what, verdict }) => [what, verdict])).toEqual([
      ['the API server has CiliumNetworkPolicy of cilium.io/v2', 'no'],
      ['the API server has Namespace of v1', 'yes'],
    ]);
  });

  it('are that the agent is on every node', async () => {
    const { code, of } = await verified(calicoCluster([], 1));
    expect([code, of('agent-on-every-node')?.evidence]).toEqual([
      ExitCode.NO,
      'DaemonSet calico-system/calico-node has no pod on node-b',
    ]);
  });

  it.each([
    ['standard', 'no'],
    ['strict', 'yes'],
  ])('are that the VPC CNI isolates new pods from their start: %s', async (mode, verdict) => {
    expect((await verified(vpcCniCluster({ mode }))).of('isolated-from-start')?.verdict).toBe(verdict);
  });

  it.each([
    ['true', 'yes'],
    ['false', 'no'],
    ['', 'not known'],
  ])('are that Cilium looks into requests: enable-l7-proxy %s', async (setting, verdict) => {
    const { of } = await verified(ciliumCluster({ 'enable-l7-proxy': setting }), REQUESTS);
    expect(of('layer-7')?.verdict).toBe(verdict);
  });

  it.each([
    ['as promised', {}, 'yes'],
    ['off', { 'enable-wireguard': 'false' }, 'no'],
    ['otherwise', { 'enable-wireguard': 'false', 'enable-ipsec': 'true' }, 'no'],
  ])('are that traffic is encrypted: %s', async (_, settings, verdict) => {
    writeFileSync(join(folder, 'facts.yaml'), "engine: cilium\nversion: '1.20'\nencryption: WireGuard\n");
    const { of } = await verified(ciliumCluster(settings), PLAIN, ['--cluster', 'facts.yaml']);
    expect(of('encrypted')?.verdict).toBe(verdict);
  });

  it.each([
    ["engine: cilium\nversion: '1.20'\n", 'engine-as-rendered', 'yes'],
    ["engine: cilium\nversion: '1.18'\n", 'engine-as-rendered', 'no'],
    ["engine: calico\nversion: '3.32'\n", 'engine-as-rendered', 'no'],
    ["engine: cilium\nversion: '1.20'\npodCidrs: [10.0.0.0/8]\n", 'pod-range', 'yes'],
    ["engine: cilium\nversion: '1.20'\npodCidrs: [10.244.0.0/24]\n", 'pod-range', 'no'],
  ])('are what is told of the cluster: %j', async (file, id, verdict) => {
    writeFileSync(join(folder, 'facts.yaml'), file);
    expect((await verified(ciliumCluster(), PLAIN, ['--cluster', 'facts.yaml'])).of(id)?.verdict).toBe(verdict);
  });

  it.each(['text', 'markdown'])('are told as %s', async (format) => {
    writeFileSync(join(folder, 'rendered.json'), JSON.stringify({ kind: 'List', items: PLAIN }));
    const { out } = await run(['cluster', 'verify', 'rendered.json', '--format', format], {
      cwd: folder,
      cluster: reached(flannelCluster()).reached(),
    });
    expect(out).toContain('enforces nothing, and no engine is beside it');
    expect(out).toContain('3 yes, 1 no, 0 not known');
  });

  it('are no answer where the API server is away', async () => {
    const options = { instead: () => ({ status: 0, body: 'refused' }) };
    const { code, out } = await verified({ objects: [], options });
    expect([code, out]).toEqual([ExitCode.UNREADABLE, '']);
  });
});

describe('a question about a cluster', () => {
  it.each([
    [['cluster', 'fact'], "There is no question about a cluster 'fact'; did you mean 'facts'"],
    [['cluster', 'facts', 'dist'], 'cluster facts reads the cluster, and no manifests'],
    [['cluster', 'facts', '--format', 'markdown'], "format of cluster facts 'markdown'"],
    [['cluster', 'verify', '--live'], 'always reads the cluster as a whole'],
  ])('is none: %j', async (argv, words) => {
    const { code, err } = await run(argv, { cwd: folder, cluster: reached(kindCluster()).reached() });
    expect(code).toBe(ExitCode.UNREADABLE);
    expect(err).toContain(words);
  });
});
