import { App, Chart } from 'cdk8s';
import { Cidr, Cluster, Internet, type IPeer, Pods, PolicyGraph, Port, Tier } from '../../../lib';
import { asked, manifestsOf, namespace, policyOf } from '../../tiers/scenario';

const because = 'partners are called';

const known = Cluster.kubernetes({
  podCidrs: ['10.244.0.0/16', 'fd00:244::/48'],
  serviceCidrs: ['10.96.0.0/12'],
  nodeCidrs: ['10.0.0.0/20', '203.0.113.0/28'],
  apiServer: { addresses: ['10.0.0.5/32'], ports: [Port.tcp(443)] },
});

function clientOf(peer: IPeer, { cluster = known, acknowledge = [] as { rule: string; because: string }[] } = {}) {
  const tier = new Tier(namespace('apps', { cluster }), 'client', {
    pods: Pods.labeled({ app: 'client' }),
    dns: false,
  });
  tier.connections.allowTo(peer, { because, ports: [Port.tcp(443)], acknowledge });
  return tier;
}

function reaches(tier: Tier, address: string): boolean {
  return asked(tier).passes('apps/app=client', address, 443);
}

describe('a block of addresses', () => {
  it('is allowed whole, beside what is left out of it', () => {
    const tier = clientOf(Cidr.of('198.51.100.0/24', { excluding: ['198.51.100.16/28'] }));
    const tried = ['198.51.100.15', '198.51.100.16', '198.51.100.31', '198.51.100.32', '198.51.101.0'];
    expect(tried.map((address) => reaches(tier, address))).toEqual([true, false, false, true, false]);
  });

  it('is one of several, where they are named together', () => {
    const tier = clientOf(Cidr.anyOf(['198.51.100.0/24', '203.0.113.128/25', '2001:db8::/32']));
    const tried = ['198.51.100.0', '198.51.101.0', '203.0.113.127', '203.0.113.128', '2001:db8::1', '2001:db9::'];
    expect(tried.map((address) => reaches(tier, address))).toEqual([true, false, false, true, true, false]);
    const { flows } = PolicyGraph.of(tier);
    expect(flows.map(({ destination }) => destination)).toEqual(['198.51.100.0/24, 203.0.113.128/25, 2001:db8::/32']);
  });

  it('means the same, however the same addresses are named', () => {
    const halves = clientOf(Cidr.anyOf(['198.51.100.128/25', '198.51.100.0/25']));
    expect(manifestsOf(halves)).toEqual(manifestsOf(clientOf(Cidr.of('198.51.100.0/24'))));
  });

  it('has a part taken out of each of several that holds some of the cluster', () => {
    const tier = clientOf(Cidr.anyOf(['10.244.0.0/15', '10.96.0.0/11']));
    const tried = ['10.245.0.1', '10.244.0.1', '10.112.0.1', '10.96.0.1'];
    expect(tried.map((address) => reaches(tier, address))).toEqual([true, false, true, false]);
  });

  it('does not mean pods, Services and nodes of the cluster that it holds', () => {
    const tier = clientOf(Cidr.of('10.0.0.0/8'));
    expect(reaches(tier, '10.1.0.1')).toBe(true);
    for (const inside of ['10.244.3.3', '10.96.0.1', '10.0.15.255']) expect(reaches(tier, inside)).toBe(false);
  });

  it('shows in the graph what was taken out, and why', () => {
    const [flow] = PolicyGraph.of(clientOf(Cidr.of('10.0.0.0/8'))).flows;
    expect(flow?.excepted).toEqual([
      '10.0.0.0/20: nodes of the cluster',
      '10.244.0.0/16: pods of the cluster',
      '10.96.0.0/12: Services of the cluster',
    ]);
  });

  it('may mean pods when that is acknowledged, and then nothing is taken out', () => {
    const acknowledge = [{ rule: 'cluster-range', because: 'the mesh gateway has pod addresses' }];
    const tier = clientOf(Cidr.of('10.0.0.0/8'), { acknowledge });
    expect(reaches(tier, '10.244.3.3')).toBe(true);
    expect(PolicyGraph.of(tier).flows[0]?.excepted).toEqual([]);
  });

  it('may be private only when the pod ranges are known', () => {
    const unknown = Cluster.kubernetes();
    for (const block of ['10.1.0.0/24', '172.16.0.0/12', '192.168.1.0/24', '100.64.0.0/10', 'fc00::/7', '8.0.0.0/5']) {
      expect(() => PolicyGraph.of(clientOf(Cidr.of(block), { cluster: unknown }))).toThrow(/may hold pods/);
    }
    expect(() => PolicyGraph.of(clientOf(Cidr.of('203.0.113.0/24'), { cluster: unknown }))).not.toThrow();
  });

  it('is noted as holding nodes perhaps, where their ranges are not given', () => {
    const cluster = Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'] });
    const notes = (block: string) => PolicyGraph.of(clientOf(Cidr.of(block), { cluster })).flows[0]?.notes;
    expect(notes('10.1.0.0/24')).toEqual(['may hold nodes: their ranges are not given']);
    expect(notes('203.0.113.0/24')).toEqual([]);
  });

  const waived = [{ rule: 'cluster-range', because: 'the range is meant as it is' }];
  const cilium = Cluster.cilium({
    version: '1.20',
    podCidrs: ['10.244.0.0/16'],
    serviceCidrs: ['10.96.0.0/12'],
    nodeCidrs: ['10.0.0.0/20'],
  });

  it.each<[string, string, Cluster, string]>([
    ['of Services, which are translated first', '10.96.0.10/32', known, 'Services'],
    ['of Services on Cilium too', '10.96.0.0/16', cilium, 'Services'],
    ['of pods on Cilium', '10.244.3.0/24', cilium, 'pods'],
    ['of nodes on Cilium', '10.0.0.7/32', cilium, 'nodes'],
  ])('that would match nothing is refused although it is acknowledged: %s', (_, block, cluster, inside) => {
    expect(() => PolicyGraph.of(clientOf(Cidr.of(block), { cluster, acknowledge: waived }))).toThrow(
      new RegExp(`would match nothing: it holds only ${inside}.*Pods\\.labeled`, 's'),
    );
  });

  it('may hold such addresses beside others, and pods where the engine matches them', () => {
    expect(reaches(clientOf(Cidr.of('10.244.3.0/24'), { acknowledge: waived }), '10.244.3.3')).toBe(true);
    expect(() =>
      PolicyGraph.of(clientOf(Cidr.of('10.0.0.0/8'), { cluster: cilium, acknowledge: waived })),
    ).not.toThrow();
  });

  it('of one private address is noted as a Service perhaps, where their ranges are not given', () => {
    const cluster = Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'] });
    const text = (block: string) => PolicyGraph.of(clientOf(Cidr.of(block), { cluster })).toText();
    expect(text('10.96.0.10/32')).toContain('may match nothing');
    expect(text('10.96.0.0/16')).not.toContain('may match nothing');
    expect(text('203.0.113.7/32')).not.toContain('may match nothing');
  });

  it('is one rule with a block beside it, in either spelling', () => {
    const halves = clientOf(Cidr.of('198.51.100.0/25'));
    halves.connections.allowTo(Cidr.of('198.51.100.128/25'), { because, ports: [Port.tcp(443)] });
    expect(policyOf(halves, 'client').spec.egress).toEqual(
      policyOf(clientOf(Cidr.of('198.51.100.0/24')), 'client').spec.egress,
    );
  });

  it('comes in as well', () => {
    const tier = clientOf(Cidr.of('198.51.100.0/24'));
    tier.connections.allowFrom(Cidr.of('203.0.113.0/24'), { because: 'partners call', ports: [Port.tcp(80)] });
    const { passes } = asked(tier);
    expect(passes('203.0.113.99', 'apps/app=client', 80)).toBe(true);
    expect(passes('203.0.113.7', 'apps/app=client', 80)).toBe(false);
    expect(passes('198.51.100.1', 'apps/app=client', 80)).toBe(false);
  });
});

describe('the internet', () => {
  it.each([
    ['both families', Internet.any(), true, true],
    ['IPv4', Internet.anyIpv4(), true, false],
    ['IPv6', Internet.anyIpv6(), false, true],
  ])('is reached over %s', (_, internet, v4, v6) => {
    const tier = clientOf(internet);
    expect(reaches(tier, '198.51.100.1')).toBe(v4);
    expect(reaches(tier, '2a00::1')).toBe(v6);
  });

  it.each([
    ['this network', '0.0.0.1'],
    ['private', '10.1.1.1'],
    ['private', '172.31.0.1'],
    ['private', '192.168.0.1'],
    ['shared', '100.64.0.1'],
    ['loopback', '127.0.0.1'],
    ['link-local', '169.254.169.254'],
    ['benchmark', '198.19.0.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['6to4 relays', '192.88.99.1'],
    ['IPv6 loopback', '::1'],
    ['IPv4-mapped', '::ffff:10.0.0.1'],
    ['NAT64, through which private addresses could be reached', '64:ff9b::a01:101'],
    ['6to4', '2002:a01:101::1'],
    ['Teredo', '2001::1'],
    ['unique local', 'fd00::1'],
    ['IPv6 link-local', 'fe80::1'],
    ['IPv6 multicast', 'ff02::1'],
    ['nodes with public addresses', '203.0.113.1'],
  ])('is not %s: %s', (_, address) => {
    expect(reaches(clientOf(Internet.any()), address)).toBe(false);
  });
});

describe('the API server', () => {
  it('is a peer by its addresses, on its own ports', () => {
    const tier = new Tier(namespace('apps', { cluster: known }), 'operator', {
      pods: Pods.labeled({ app: 'operator' }),
    });
    tier.connections.allowTo(known.apiServer, { because: 'custom resources are watched' });
    const { passes } = asked(tier);
    expect(passes('apps/app=operator', '10.0.0.5', 443)).toBe(true);
    expect(passes('apps/app=operator', '10.0.0.5', 6443)).toBe(false);
    expect(passes('apps/app=operator', '10.0.0.6', 443)).toBe(false);
    expect(PolicyGraph.of(tier).toText()).toMatch(/apps\/operator +-> api-server +TCP\/443/);
  });
});

describe('the cluster of an app', () => {
  it('is inherited by everything below the scope that it is set on', () => {
    const app = new App();
    Cluster.use(app, known);
    const chart = new Chart(app, 'chart');
    const space = namespace('apps', {}, chart);
    const tier = new Tier(space, 'client', { pods: Pods.labeled({ app: 'client' }), dns: false });
    tier.connections.allowTo(Cidr.of('10.0.0.0/8'), { because, ports: [Port.tcp(443)] });
    for (const scope of [app, chart, space, tier]) expect(Cluster.of(scope)).toBe(known);
    expect(reaches(tier, '10.244.3.3')).toBe(false);
  });

  it('may be set after the flows are declared', () => {
    const app = new App();
    const tier = new Tier(namespace('apps', {}, new Chart(app, 'chart')), 'client', {
      pods: Pods.labeled({ app: 'client' }),
      dns: false,
    });
    tier.connections.allowTo(Cidr.of('10.0.0.0/8'), { because, ports: [Port.tcp(443)] });
    expect(() => manifestsOf(tier)).toThrow(/may hold pods/);
    Cluster.use(app, known);
    expect(reaches(tier, '10.1.0.1')).toBe(true);
  });

  it('is named in the graph', () => {
    const cluster = Cluster.kubernetes({ name: 'prod-eu', version: '1.31' });
    const space = namespace('apps', { cluster });
    expect(PolicyGraph.of(space).toText()).toMatch(/^policy graph for kubernetes 1\.31, cluster prod-eu\n/);
  });
});
