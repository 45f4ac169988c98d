import { App, Chart, Testing } from 'cdk8s';
import * as plus28 from 'cdk8s-plus-28';
import * as plus33 from 'cdk8s-plus-33';
import { Cidr, Pods, PolicyGraph, Port, Tier, type TierProps, type ZeroTrustNamespace } from '../../lib';
import { asked, flowsOf, type Manifest, manifestsOf, namespace, namespaces, policyOf } from './scenario';

const because = 'orders are placed';

/** What tests need of cdk8s-plus, which both versions have. */
type Plus = typeof plus28;

describe.each<[string, Plus]>([
  ['cdk8s-plus-28', plus28],
  ['cdk8s-plus-33', plus33 as unknown as Plus],
])('workloads of %s', (_, plus) => {
  function deployment(space: ZeroTrustNamespace, name: string, ports: plus28.ContainerPort[]): plus28.Deployment {
    return new plus.Deployment(space, `${name}-deployment`, {
      metadata: { name, namespace: space.namespaceName },
      containers: [{ image: name, ports }],
    });
  }

  const tierOf = (
    space: ZeroTrustNamespace,
    name: string,
    ports: plus28.ContainerPort[],
    props: Partial<TierProps> = {},
  ) => new Tier(space, name, { pods: Pods.of(deployment(space, name, ports)), dns: false, ...props });

  /** The shop calls orders; each in its own namespace. */
  function shopAndOrders(ports: plus28.ContainerPort[] = [{ number: 5432 }]) {
    const { web, store } = namespaces(['web', 'store']);
    return { web, store, shop: tierOf(web, 'shop', [{ number: 8080 }]), orders: tierOf(store, 'orders', ports) };
  }
  const SHOP = 'web/cdk8s-zero-trust/tier=shop';
  const ORDERS = 'store/cdk8s-zero-trust/tier=orders';

  it.each([
    [
      'StatefulSet',
      (space: ZeroTrustNamespace, id: string, props: object) =>
        new plus.StatefulSet(space, id, {
          ...props,
          service: new plus.Service(space, 'headless', { ports: [{ port: 1 }] }),
        }),
    ],
    ['DaemonSet', (space: ZeroTrustNamespace, id: string, props: object) => new plus.DaemonSet(space, id, props)],
    ['Job', (space: ZeroTrustNamespace, id: string, props: object) => new plus.Job(space, id, props)],
    ['Pod', (space: ZeroTrustNamespace, id: string, props: object) => new plus.Pod(space, id, props)],
    [
      'CronJob',
      (space: ZeroTrustNamespace, id: string, props: object) =>
        new plus.CronJob(space, id, {
          ...props,
          schedule: { _toString: () => '* * * * *', expressionString: '* * * * *' } as never,
        }),
    ],
  ])('are read by what they render: %s', (_kind, make) => {
    const space = namespace('store', { dns: false });
    const workload = make(space, 'workload', {
      metadata: { name: 'orders', namespace: 'store' },
      containers: [{ image: 'orders', ports: [{ number: 5432 }] }],
    });
    const orders = new Tier(space, 'orders', { pods: Pods.of(workload) });
    orders.connections.allowFrom(Pods.labeled({ app: 'shop' }).inNamespace('web').ownedBy('web team'), { because });
    expect(asked(orders).passes('web/app=shop', ORDERS, 5432)).toBe(true);
    expect(asked(orders).passes('web/app=shop', ORDERS, 5433)).toBe(false);
  });

  it('are seen with containers and ports that were added after the tier was made', () => {
    const space = namespace('store', { dns: false });
    const workload = deployment(space, 'orders', [{ number: 5432 }]);
    const orders = new Tier(space, 'orders', { pods: Pods.of(workload) });
    orders.connections.allowFrom(Pods.labeled({ app: 'shop' }).inNamespace('web').ownedBy('web team'), { because });
    expect(asked(orders).passes('web/app=shop', ORDERS, 9187)).toBe(false);
    workload.addContainer({ image: 'exporter', ports: [{ number: 9187 }], name: 'exporter' });
    expect(asked(orders).passes('web/app=shop', ORDERS, 9187)).toBe(true);
  });

  it('render the same beside their label as without the library', () => {
    const { shop, orders } = shopAndOrders();
    shop.connections.allowTo(orders, { because });
    const chart = new Chart(new App(), 'chart');
    const [alone] = Testing.synth(withoutAddress(chart)) as Manifest[];
    const [ours] = manifestsOf(orders).filter(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'orders',
    );
    const { 'cdk8s-zero-trust/tier': label, ...others } = ours?.spec.template.metadata.labels ?? {};
    expect(label).toBe('orders');
    expect(Object.keys(others)).toEqual(['cdk8s.io/metadata.addr']);
    expect({ ...ours?.spec.template.spec }).toEqual(alone?.spec.template.spec);
    expect(Object.keys(ours?.spec.selector.matchLabels)).toEqual(['cdk8s.io/metadata.addr']);

    function withoutAddress(scope: Chart): Chart {
      new plus.Deployment(scope, 'orders', {
        metadata: { name: 'orders', namespace: 'store' },
        containers: [{ image: 'orders', ports: [{ number: 5432 }] }],
      });
      return scope;
    }
  });

  describe('have none of the defects of connections there', () => {
    it('1: allowing a way out leaves name resolution working', () => {
      const { web, store } = namespaces(['web', 'store']);
      const shop = tierOf(web, 'shop', [{ number: 8080 }], { dns: true });
      shop.connections.allowTo(tierOf(store, 'orders', [{ number: 5432 }]), { because });
      const { passes } = asked(shop);
      expect(passes(SHOP, 'kube-system/k8s-app=kube-dns', 53, 'UDP')).toBe(true);
      expect(passes(SHOP, 'kube-system/k8s-app=kube-dns', 53, 'TCP')).toBe(true);
    });

    it('2: allowing in from a namespace isolates none of its pods beyond what their own namespace says', () => {
      const { store, orders } = shopAndOrders();
      orders.connections.allowFrom(Pods.all().inNamespace('legacy').ownedBy('legacy team'), { because });
      expect(manifestsOf(store).map(({ metadata }) => metadata.namespace)).not.toContain('legacy');
      expect(asked(store).passes('legacy/app=any', 'other/app=any', 80)).toBe(true);
    });

    it('3: a peer is always taken with its namespace, and a workload without one is refused', () => {
      const { shop, orders, web } = shopAndOrders();
      shop.connections.allowTo(orders, { because });
      expect(asked(shop).passes(SHOP, 'web/cdk8s-zero-trust/tier=orders', 5432)).toBe(false);
      expect(policyOf(shop, 'shop').spec.egress[0].to[0]).toHaveProperty('namespaceSelector');
      const homeless = new plus.Deployment(web, 'homeless', { containers: [{ image: 'x' }] });
      new Tier(web, 'homeless-tier', { pods: Pods.of(homeless) });
      expect(() => PolicyGraph.of(web)).toThrow(/has no namespace/);
    });

    it('4: a UDP container port stays UDP', () => {
      const { shop, orders } = shopAndOrders([{ number: 5060, protocol: plus.Protocol.UDP }]);
      shop.connections.allowTo(orders, { because });
      const { passes } = asked(shop);
      expect(passes(SHOP, ORDERS, 5060, 'UDP')).toBe(true);
      expect(passes(SHOP, ORDERS, 5060, 'TCP')).toBe(false);
    });

    it('5: all TCP and all UDP ports are said without a port 0', () => {
      const { shop, orders } = shopAndOrders();
      shop.connections.allowTo(orders, { because, ports: [Port.allTcp(), Port.allUdp()] });
      expect(policyOf(shop, 'orders').spec.ingress[0].ports).toEqual([{ protocol: 'TCP' }, { protocol: 'UDP' }]);
      const { passes } = asked(shop);
      expect(passes(SHOP, ORDERS, 65535, 'UDP')).toBe(true);
      expect(passes(SHOP, ORDERS, 1, 'SCTP')).toBe(false);
    });

    it('6: both policy types are always written', () => {
      const { shop, orders } = shopAndOrders();
      shop.connections.allowTo(orders, { because });
      const policies = manifestsOf(shop).filter(({ kind }) => kind === 'NetworkPolicy');
      expect(policies).toHaveLength(4);
      for (const { spec } of policies) expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
    });

    it('7: a flow may be said twice and from both sides, and stays one', () => {
      const { shop, orders } = shopAndOrders();
      shop.connections.allowTo(orders, { because });
      shop.connections.allowTo(orders, { because });
      orders.connections.allowFrom(shop, { because });
      expect(flowsOf(shop)).toEqual(['web/shop -> store/orders TCP/5432']);
      expect(manifestsOf(shop).filter(({ kind }) => kind === 'NetworkPolicy')).toHaveLength(4);
    });

    it('8: policies have the names of their tiers', () => {
      const { shop, orders } = shopAndOrders();
      shop.connections.allowTo(orders, { because });
      const names = manifestsOf(shop).flatMap(({ kind, metadata }) =>
        kind === 'NetworkPolicy' ? [metadata.name] : [],
      );
      expect(names).toEqual(['default-deny', 'orders', 'default-deny', 'shop']);
    });

    it('9: no flow is lost to the name of another, also without hashes in names', () => {
      const chart = new Chart(new App(), 'chart', { disableResourceNameHashes: true });
      const web = namespace('web', {}, chart);
      const store = namespace('store', {}, chart);
      const orders = tierOf(store, 'orders', [{ number: 5432 }]);
      for (const name of ['shop', 'stock']) tierOf(web, name, []).connections.allowTo(orders, { because });
      const { passes } = asked(chart);
      expect(passes(SHOP, ORDERS, 5432)).toBe(true);
      expect(passes('web/cdk8s-zero-trust/tier=stock', ORDERS, 5432)).toBe(true);
      const keys = manifestsOf(chart).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
      expect(new Set(keys).size).toBe(keys.length);
    });

    it('11: the selector stays the same when constructs move', () => {
      const { shop, orders } = shopAndOrders();
      shop.connections.allowTo(orders, { because });
      const elsewhere = namespace('store', {}, new Chart(new Chart(new App(), 'other-chart'), 'deeper'));
      const moved = new Tier(elsewhere, 'other-id', {
        name: 'orders',
        pods: Pods.of(deployment(elsewhere, 'orders', [])),
      });
      expect(policyOf(moved, 'orders').spec.podSelector).toEqual(policyOf(orders, 'orders').spec.podSelector);
    });

    it('12: a peer without container ports is refused until ports are named, and is never every port', () => {
      const { shop, orders } = shopAndOrders([]);
      shop.connections.allowTo(orders, { because });
      expect(() => PolicyGraph.of(shop)).toThrow(/names no port, and neither does store\/orders/);
      const named = shopAndOrders([]);
      named.shop.connections.allowTo(named.orders, { because, ports: [Port.tcp(5432)] });
      const { passes } = asked(named.shop);
      expect(passes(SHOP, ORDERS, 5432)).toBe(true);
      expect(passes(SHOP, ORDERS, 5433)).toBe(false);
    });
  });
});

describe('the tenth defect of connections in cdk8s-plus', () => {
  it('10: blocks and ports that Kubernetes would refuse are refused here', () => {
    expect(() => Cidr.of('999.999.999.999/99')).toThrow(/999\.999\.999\.999\/99/);
    expect(() => Cidr.of('10.0.0.0/24', { excluding: ['10.0.1.0/28'] })).toThrow(/10\.0\.1\.0\/28/);
    expect(() => Port.tcp(0)).toThrow(/\b0\b/);
    expect(() => Port.tcpRange(1, -3)).toThrow(/-3/);
  });
});
