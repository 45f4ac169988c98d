import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ts from 'typescript';
import * as library from '../../lib';
import { evidenceOf } from '../../lib/live/evidence';
import { type ClusterFound, clusterFound } from '../../lib/live/facts/cluster-found';
import { asCode, asFile } from '../../lib/live/facts/written';
import type { ClusterFacts } from '../../lib/model/cluster-facts';
import { ipsText } from '../../lib/model/ip-set';
import { readClusterText } from '../../lib/settings/cluster-file';
import { run } from '../cli/run';
import {
  antreaCluster,
  calicoCluster,
  ciliumCluster,
  common,
  type EngineCluster,
  flannelCluster,
  k3sCluster,
  kindCluster,
  openShiftCluster,
  pod,
  reached,
  vpcCniCluster,
} from './engines';

async function found(cluster: EngineCluster): Promise<ClusterFound> {
  return clusterFound(await evidenceOf(reached(cluster).cluster()));
}

/** Values alone; what is not known is undefined. */
function values({ name: _, ...facts }: ClusterFound): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([key, fact]) => (fact.isKnown ? [[key, fact.value as unknown]] : [])),
  );
}

const API_SERVER = { addresses: ['192.0.2.10/32'], ports: [6443] };

describe('facts of a cluster', () => {
  it('with Cilium are those of its settings', async () => {
    expect(values(await found(ciliumCluster()))).toEqual({
      engine: 'cilium',
      version: '1.20',
      podCidrs: ['10.244.0.0/16'],
      serviceCidrs: ['10.96.0.0/12'],
      apiServer: API_SERVER,
      dns: ['coredns'],
      blockMode: 'external-only',
      encryption: 'WireGuard',
    });
  });

  it('with Calico are those of its objects', async () => {
    expect(values(await found(calicoCluster()))).toEqual({
      engine: 'calico',
      version: '3.32',
      podCidrs: ['10.244.0.0/16'],
      serviceCidrs: ['10.96.0.0/12'],
      apiServer: API_SERVER,
      dns: ['coredns'],
      blockMode: 'pods',
      encryption: 'WireGuard',
    });
  });

  it('with Antrea are those of its configuration, and of kubeadm', async () => {
    expect(values(await found(antreaCluster()))).toMatchObject({
      engine: 'antrea',
      version: '2.7',
      podCidrs: ['10.244.0.0/16'],
      blockMode: 'pods',
      encryption: 'WireGuard',
    });
  });

  it('with the VPC CNI have no range of pods, and the API server by its Service', async () => {
    expect(values(await found(vpcCniCluster()))).toEqual({
      engine: 'kubernetes',
      version: '1.34',
      platform: 'eks',
      serviceCidrs: ['10.96.0.0/12'],
      apiServer: { addresses: ['10.96.0.1/32'], ports: [443] },
      dns: ['coredns'],
    });
  });

  it.each([
    ['kind', kindCluster(), { engine: 'kubernetes', platform: 'kind', podCidrs: ['10.244.0.0/16'] }],
    ['k3s', k3sCluster(), { engine: 'kubernetes', platform: 'k3s', blockMode: 'pods' }],
    [
      'OpenShift',
      openShiftCluster(),
      { engine: 'kubernetes', platform: 'openshift', podCidrs: ['10.128.0.0/14'], dns: ['openshift'] },
    ],
  ])('of %s are told by its nodes and API', async (_, cluster, expected) => {
    expect(values(await found(cluster))).toMatchObject(expected);
  });

  it.each([
    ['flannel alone', flannelCluster(), /flannel, which enforces nothing/],
    ['the VPC CNI with policies off', vpcCniCluster({ isOn: false }), /without --enable-network-policy=true/],
    ['nothing that is known', { objects: common() }, /no DaemonSet is one of an engine/],
  ])('name no engine for %s', async (_, cluster, why) => {
    const { engine } = await found(cluster);
    expect(engine.isKnown ? engine.value : engine.why).toMatch(why);
  });

  it('leave a range out that a pod is outside of', async () => {
    const { podCidrs } = await found(ciliumCluster({}, [pod('models', 'vllm', '10.99.0.3')]));
    expect(podCidrs).toEqual({
      isKnown: false,
      why: 'cilium-config: cluster-pool-ipv4-cidr, cluster-pool-ipv6-cidr says 10.244.0.0/16, and the pod models/vllm has 10.99.0.3, which is outside',
    });
  });

  it('never take addresses of nodes for the range that nodes have', async () => {
    const { nodeCidrs } = await found(ciliumCluster());
    expect(nodeCidrs.isKnown ? '' : nodeCidrs.why).toContain(
      'nodes have 192.0.2.11, 192.0.2.12, and the API does not say',
    );
  });

  it('are not known where this user may not look', async () => {
    const cluster = ciliumCluster();
    const options = {
      ...cluster.options,
      instead: (path: string) => (path.includes('configmaps') ? { status: 403, body: 'forbidden' } : undefined),
    };
    const { podCidrs, encryption } = await found({ ...cluster, options });
    expect([podCidrs, encryption].map((fact) => (fact.isKnown ? fact.value : fact.why))).toEqual([
      expect.stringMatching(/cluster-pool|may not|next one/),
      'this user may not get configmaps of the core group named cilium-config in the namespace kube-system',
    ]);
  });
});

/** Runs what was written as code. */
function evaluated(code: string): ClusterFacts {
  const js = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS } }).outputText;
  const exported: { cluster?: { _facts: ClusterFacts } } = {};
  new Function('exports', 'require', js)(exported, () => library);
  if (exported.cluster === undefined) throw new Error(`no cluster in ${code}`);
  return exported.cluster._facts;
}

describe('what is written of a cluster', () => {
  it.each([
    ['Cilium', ciliumCluster()],
    ['Calico', calicoCluster()],
    ['Antrea', antreaCluster()],
    ['the VPC CNI', vpcCniCluster()],
    ['kind', kindCluster()],
    ['k3s', k3sCluster()],
    ['OpenShift', openShiftCluster()],
    ['flannel', flannelCluster()],
  ])('reads back as what was found, as code and as the file of --cluster: %s', async (_, cluster) => {
    const facts = await found(cluster);
    const [code, file] = [evaluated(asCode(facts)), readClusterText(asFile(facts), 'facts.yaml').facts];
    const {
      engine = 'kubernetes',
      podCidrs,
      encryption,
    } = values(facts) as { engine?: string; podCidrs?: string[]; encryption?: string };
    for (const read of [code, file]) {
      expect([read.engine, read.name, read.encryption]).toEqual([engine, 'test', encryption]);
      if (podCidrs !== undefined) expect(read.podRanges && ipsText(read.podRanges)).toBe(podCidrs.join(', '));
    }
    expect(file.version).toBe(facts.engine.isKnown ? code.version : undefined);
    expect({ ...file, version: undefined, ipBlockMode: undefined }).toEqual({
      ...code,
      version: undefined,
      ipBlockMode: undefined,
    });
  });

  it('says how each was found, and what could not be', async () => {
    const { out } = await run(['cluster', 'facts', '--format', 'typescript'], {
      cluster: reached(ciliumCluster()).reached(),
    });
    expect(out).toBe(`import { Cluster, Dns, Encryption, Port } from 'cdk8s-zero-trust';

// Cilium: DaemonSet kube-system/cilium
export const cluster = Cluster.cilium({
  // its context
  name: 'test',
  // DaemonSet kube-system/cilium: v1.20.2
  version: '1.20',
  // platform: not found: no node says a platform that is known here
  // cilium-config: cluster-pool-ipv4-cidr, cluster-pool-ipv6-cidr; it holds every address of pods that is there (1)
  podCidrs: ['10.244.0.0/16'],
  // every ServiceCIDR; it holds every address of Services that is there (1)
  serviceCidrs: ['10.96.0.0/12'],
  // nodeCidrs: not found: nodes have 192.0.2.11, 192.0.2.12, and the API does not say which ranges nodes may have addresses of: look at their subnets
  // EndpointSlices of the Service kubernetes in default
  apiServer: { addresses: ['192.0.2.10/32'], ports: [Port.tcp(6443)] },
  // pods of kube-system with k8s-app: kube-dns
  dns: Dns.coreDns(),
  // cilium-config: enable-wireguard
  encryption: Encryption.WIREGUARD,
});
`);
  });

  it.each(['text', 'json', 'yaml'])('is told as %s', async (format) => {
    const { out, code } = await run(['cluster', 'facts', '--format', format], {
      cluster: reached(kindCluster()).reached(),
    });
    expect(code).toBe(0);
    expect(out).toContain('10.244.0.0/16');
  });

  it('is taken by --cluster', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'facts-'));
    try {
      const { out } = await run(['cluster', 'facts', '--format', 'yaml'], {
        cluster: reached(calicoCluster()).reached(),
      });
      writeFileSync(join(folder, 'facts.yaml'), out);
      writeFileSync(join(folder, 'a.json'), JSON.stringify(pod('models', 'vllm', '10.244.0.9')));
      const { code, err } = await run(['list', 'a.json', '--cluster', 'facts.yaml'], { cwd: folder });
      expect([code, err]).toEqual([0, '']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
