import { Cluster, Dns, Encryption, Platform } from '../../lib';
import { PLATFORMS } from '../../lib/cluster/platforms';
import * as ips from '../../lib/model/ip-set';
import { podSetText } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { peerSpec } from '../../lib/values/peer';

const dnsOf = (cluster: Cluster) =>
  cluster._facts.dns.servers.map(({ endpoint, ports: set }) => {
    const where = endpoint.kind === 'pods' ? podSetText(endpoint.pods) : ips.ipsText(endpoint.addresses);
    return `${where} ${ports.portsText(set)}`;
  });

describe('the engine of a cluster', () => {
  it('is known by name and version, and how it matches pods by address with it', () => {
    const engines = [
      Cluster.cilium({ version: '1.20.2' }),
      Cluster.calico({ version: 'v3.32' }),
      Cluster.antrea({ version: '2.7' }),
      Cluster.clusterNetworkPolicy({ version: '0.3.0' }),
      Cluster.kubernetes(),
    ];
    expect(engines.map(({ _facts: { engine, version, ipBlockMode } }) => [engine, version, ipBlockMode])).toEqual([
      ['cilium', '1.20', 'external-only'],
      ['calico', '3.32', 'pods'],
      ['antrea', '2.7', 'pods'],
      ['cluster-network-policy', '0.3.0', 'may'],
      ['kubernetes', undefined, 'may'],
    ]);
  });

  it.each([
    ['Cilium 1.16', Cluster.cilium({ version: '1.16' })],
    ['Cilium 1.21', Cluster.cilium({ version: '1.21' })],
    ['Calico 3.9', Cluster.calico({ version: '3.9' })],
    ['Antrea 2.8', Cluster.antrea({ version: '2.8' })],
  ])('warns of a version that was not looked at: %s', (name, cluster) => {
    expect(cluster.warnings).toEqual([expect.stringContaining(`${name} was not looked at`)]);
  });

  it.each([
    ['Cilium 2.5', () => Cluster.cilium({ version: '2.5' }), /there is no Cilium 2\.5: its releases are numbered 1\.x/],
    ['Antrea 3.0', () => Cluster.antrea({ version: '3.0' }), /there is no Antrea 3\.0/],
    [
      'the number 1.20',
      () => Cluster.cilium({ version: 1.2 as never }),
      /1\.2 is not a version of Cilium: a number loses/,
    ],
  ])('refuses one that never was: %s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  it.each(['1.17', '1.18', '1.20', '1.19.5'])('does not warn of one that was: Cilium %s', (version) => {
    expect(Cluster.cilium({ version }).warnings).toEqual([]);
  });

  it('warns of Weave Net, which nobody mends any more', () => {
    expect(Cluster.weaveNet().warnings).toEqual([expect.stringContaining('archived')]);
  });

  it('keeps the promise of encryption', () => {
    expect(Cluster.cilium({ version: '1.20', encryption: Encryption.IPSEC })._facts.encryption).toBe('IPsec');
    expect(Cluster.cilium({ version: '1.20' })._facts.encryption).toBeUndefined();
  });
});

describe('the API server of a cluster', () => {
  it('is known to Cilium without its addresses', () => {
    expect(peerSpec(Cluster.cilium({ version: '1.20' }).apiServer).kind).toBe('api-server');
  });

  it.each([
    ['calico', () => Cluster.calico({ version: '3.32' })],
    ['antrea', () => Cluster.antrea({ version: '2.7' })],
    ['kubernetes', () => Cluster.kubernetes()],
  ])('must be given by address on %s', (_name, cluster) => {
    expect(() => cluster().apiServer).toThrow(/addresses of the API server are not known/);
  });

  it('has the port of the platform unless another is given', () => {
    const apiServer = { addresses: ['192.0.2.10/32'] };
    const portOf = (platform?: Platform) =>
      ports.portsText(Cluster.kubernetes({ platform, apiServer })._facts.apiServer?.ports ?? ports.none);
    expect([portOf(), portOf(Platform.EKS), portOf(Platform.KIND)]).toEqual(['TCP/6443', 'TCP/443', 'TCP/6443']);
  });
});

describe('a platform', () => {
  const NODE_LOCAL = [
    '169.254.20.10/32 TCP/53 UDP/53',
    'kube-system/{k8s-app=node-local-dns} TCP/53 UDP/53',
    'kube-system/{k8s-app=kube-dns} TCP/53 UDP/53',
  ];

  it('is each of those that users can name', () => {
    expect(Object.keys(PLATFORMS).sort()).toEqual(Object.values(Platform).sort());
  });

  it.each([
    [Platform.KIND, '10.244.0.0/16', '10.96.0.0/16', ['kube-system/{k8s-app=kube-dns} TCP/53 UDP/53']],
    [Platform.K3S, '10.42.0.0/16', '10.43.0.0/16', ['kube-system/{k8s-app=kube-dns} TCP/53 UDP/53']],
    [
      Platform.OPENSHIFT,
      '10.128.0.0/14',
      '172.30.0.0/16',
      ['openshift-dns/{dns.operator.openshift.io/daemonset-dns=default} TCP/5353 UDP/5353'],
    ],
    [Platform.GKE_AUTOPILOT, undefined, undefined, NODE_LOCAL],
    [Platform.GKE_STANDARD, undefined, undefined, NODE_LOCAL],
    [Platform.EKS_AUTO_MODE, undefined, undefined, ['0.0.0.0/0, ::/0 TCP/53 UDP/53']],
  ])('brings its ranges and name servers: %s', (platform, podRanges, serviceRanges, dns) => {
    const cluster = Cluster.kubernetes({ platform });
    const text = (set?: ips.IpSet) => set && ips.ipsText(set);
    expect([text(cluster._facts.podRanges), text(cluster._facts.serviceRanges)]).toEqual([podRanges, serviceRanges]);
    expect(dnsOf(cluster)).toEqual(dns);
  });

  it('gives way to what is said of the cluster', () => {
    const cluster = Cluster.kubernetes({ platform: Platform.OPENSHIFT, podCidrs: ['10.0.0.0/16'], dns: Dns.coreDns() });
    expect(ips.ipsText(cluster._facts.podRanges ?? ips.none)).toBe('10.0.0.0/16');
    expect(cluster._facts.dns.flavour).toBe('CoreDNS');
    expect(cluster._facts.platform).toBe('OpenShift');
  });

  it('warns where it enforces policies only if told to, and not of that where another engine does', () => {
    expect(Cluster.awsVpcCni().warnings).toEqual([
      expect.stringContaining('enableNetworkPolicy'),
      expect.stringContaining('Fargate'),
      expect.stringContaining('NETWORK_POLICY_ENFORCING_MODE'),
    ]);
    expect(Cluster.gke().warnings).toEqual([expect.stringContaining('Dataplane V2')]);
    expect(Cluster.openShift().warnings).toEqual([]);
    expect(Cluster.cilium({ version: '1.20', platform: Platform.EKS }).warnings).toEqual([]);
  });

  it('of kindnet is kind, from the version on that enforces', () => {
    expect(Cluster.kindnet({ version: 'v0.24.0' })._facts.platform).toBe('kind');
    expect(Cluster.kindnet({ version: '0.31' })._facts.engine).toBe('kubernetes');
  });
});
