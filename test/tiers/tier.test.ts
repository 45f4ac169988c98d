import { App, Chart, JsonPatch } from 'cdk8s';
import { Pods, PolicyGraph, Port, Protocol, Tier, type ZeroTrustNamespace } from '../../lib';
import { canConnect } from '../naive/ask';
import { asked, flowsOf, manifestsOf, messageOf, namespace, namespaces, policyOf } from './scenario';

const because = 'orders are placed';

const shopOf = (space: ZeroTrustNamespace, name: string, ports = [Port.tcp(8080)]) =>
  new Tier(space, name, { pods: Pods.labeled({ app: name }), ports, dns: false });

function twoTiers() {
  const { web, store } = namespaces(['web', 'store']);
  return { web, store, shop: shopOf(web, 'shop'), orders: shopOf(store, 'orders', [Port.tcp(5432)]) };
}

describe('a flow between two tiers', () => {
  it('passes on the ports of the destination and on no other, one way', () => {
    const { shop, orders } = twoTiers();
    shop.connections.allowTo(orders, { because });
    const { passes } = asked(shop);
    expect(passes('web/app=shop', 'store/app=orders', 5432)).toBe(true);
    expect(passes('web/app=shop', 'store/app=orders', 8080)).toBe(false);
    expect(passes('web/app=shop', 'store/app=orders', 5432, 'UDP')).toBe(false);
    expect(passes('store/app=orders', 'web/app=shop', 8080)).toBe(false);
  });

  it('keeps out a pod that only wears the labels, in another namespace', () => {
    const { shop, orders } = twoTiers();
    shop.connections.allowTo(orders, { because });
    const { passes } = asked(shop);
    expect(passes('open/app=shop', 'store/app=orders', 5432)).toBe(false);
    expect(passes('store/app=shop', 'store/app=orders', 5432)).toBe(false);
    expect(passes('web/app=shop', 'open/app=orders', 5432)).toBe(false);
  });

  it('passes on the ports of the flow where it names some', () => {
    const { shop, orders } = twoTiers();
    shop.connections.allowTo(orders, { because, ports: [Port.tcpRange(9000, 9002), Port.udp(53), Port.sctp(7)] });
    const { passes } = asked(shop);
    const open = (port: number, protocol: Protocol) => passes('web/app=shop', 'store/app=orders', port, protocol);
    expect([8999, 9000, 9002, 9003].map((port) => open(port, Protocol.TCP))).toEqual([false, true, true, false]);
    expect(open(53, Protocol.UDP)).toBe(true);
    expect(open(53, Protocol.TCP)).toBe(false);
    expect(open(7, Protocol.SCTP)).toBe(true);
    expect(open(5432, Protocol.TCP)).toBe(false);
  });

  it('is the same from either side', () => {
    const from = twoTiers();
    from.shop.connections.allowTo(from.orders, { because });
    const to = twoTiers();
    to.orders.connections.allowFrom(to.shop, { because });
    expect(manifestsOf(from.shop)).toEqual(manifestsOf(to.shop));
  });

  it('is one rule when both sides declare it, and when it is said twice', () => {
    const { shop, orders } = twoTiers();
    shop.connections.allowTo(orders, { because });
    orders.connections.allowFrom(shop, { because });
    shop.connections.allowTo(orders, { because });
    expect(flowsOf(shop)).toEqual(['web/shop -> store/orders TCP/5432']);
    expect(policyOf(shop, 'orders').spec.ingress).toHaveLength(1);
    expect(policyOf(shop, 'shop').spec.egress).toHaveLength(1);
  });

  it('keeps both reasons when it is given two', () => {
    const { shop, orders } = twoTiers();
    shop.connections.allowTo(orders, { because: 'orders are placed' });
    orders.connections.allowFrom(shop, { because: 'refunds are booked' });
    expect(PolicyGraph.of(shop).flows[0]?.because).toEqual(['orders are placed', 'refunds are booked']);
    expect(policyOf(shop, 'orders').metadata.annotations?.['cdk8s-zero-trust/flows']).toContain(
      'in TCP/5432 from web/shop: orders are placed; refunds are booked\n',
    );
    expect(policyOf(shop, 'orders').spec.ingress).toHaveLength(1);
  });

  it('opens both ends when they are in different charts, of which each renders its own', () => {
    const app = new App();
    const shop = shopOf(namespace('web', {}, new Chart(app, 'front')), 'shop');
    const orders = shopOf(namespace('store', {}, new Chart(app, 'back')), 'orders', [Port.tcp(5432)]);
    shop.connections.allowTo(orders, { because });
    expect(asked(shop).passes('web/app=shop', 'store/app=orders', 5432)).toBe(true);
    const names = app.charts.map((chart) => chart.toJson().map(({ metadata }) => metadata.name));
    expect(names).toEqual([
      ['web', 'default-deny', 'shop'],
      ['store', 'default-deny', 'orders'],
    ]);
  });

  it('is open from a tier to itself where that is declared, between its pods', () => {
    const { shop, orders } = twoTiers();
    shop.connections.allowTo(orders, { because });
    expect(asked(shop).passes('web/app=shop', 'web/app=shop', 8080)).toBe(false);
    shop.connections.allowTo(shop, { because: 'carts are shared' });
    expect(asked(shop).passes('web/app=shop', 'web/app=shop', 8080)).toBe(true);
  });
});

describe('pods that somebody else runs', () => {
  const prometheus = Pods.labeled({ app: 'prometheus' }).inNamespace('monitoring').ownedBy('platform team');

  it('get our half of the flow only, and the graph names their owner', () => {
    const { shop } = twoTiers();
    shop.connections.allowFrom(prometheus, { because: 'metrics are scraped' });
    const { passes } = asked(shop);
    expect(passes('monitoring/app=prometheus', 'web/app=shop', 8080)).toBe(true);
    expect(passes('monitoring/app=grafana', 'web/app=shop', 8080)).toBe(false);
    expect(manifestsOf(shop).filter(({ metadata }) => metadata.namespace === 'monitoring')).toEqual([]);
    expect(PolicyGraph.of(shop).flows[0]?.owner).toBe('platform team');
  });

  it('scrape metrics on the ports that the tier says, and on no other', () => {
    const space = namespace('web');
    new Tier(space, 'shop', {
      pods: Pods.labeled({ app: 'shop' }),
      ports: [Port.tcp(8080)],
      dns: false,
      metrics: [{ peer: prometheus, ports: [Port.tcp(9102)] }],
    });
    const { passes } = asked(space);
    expect(passes('monitoring/app=prometheus', 'web/app=shop', 9102)).toBe(true);
    expect(passes('monitoring/app=prometheus', 'web/app=shop', 8080)).toBe(false);
    expect(PolicyGraph.of(space).flows[0]?.because).toEqual(['metrics are scraped']);
  });

  it('may be in every namespace with a label', () => {
    const { shop } = twoTiers();
    const probes = Pods.labeled({ app: 'probe' }).inNamespacesLabeled({ team: 'sre' }).ownedBy('SRE');
    shop.connections.allowFrom(probes, { because });
    const labelled = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tools', labels: { team: 'sre' } } };
    const manifests = [...manifestsOf(shop), labelled];
    expect(canConnect(manifests, 'tools/app=probe', 'web/app=shop', 'TCP', 8080)).toBe(true);
    expect(canConnect(manifests, 'other/app=probe', 'web/app=shop', 'TCP', 8080)).toBe(false);
  });
});

describe('the policy of a tier', () => {
  it('is one object, named as the tier', () => {
    const { shop, orders } = twoTiers();
    shop.connections.allowTo(orders, { because });
    const policies = manifestsOf(shop).filter(({ kind }) => kind === 'NetworkPolicy');
    expect(policies.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      'store/default-deny',
      'store/orders',
      'web/default-deny',
      'web/shop',
    ]);
  });

  it('keeps its name when the construct moves', () => {
    const space = namespace('web');
    new Tier(space, 'moved', { name: 'shop', pods: Pods.labeled({ app: 'shop' }) });
    expect(policyOf(space, 'shop').metadata.namespace).toBe('web');
  });

  it('can be labelled and patched', () => {
    const { shop, orders } = twoTiers();
    shop.connections.allowTo(orders, { because });
    shop.policy.metadata.addLabel('team', 'shop');
    shop.policy.addJsonPatch(JsonPatch.add('/metadata/annotations/reviewed-by', 'ana'));
    const { metadata } = policyOf(shop, 'shop');
    expect(metadata.labels).toMatchObject({ team: 'shop', 'app.kubernetes.io/managed-by': 'cdk8s-zero-trust' });
    expect(metadata.annotations).toMatchObject({ 'reviewed-by': 'ana' });
    expect(metadata.annotations).toHaveProperty('cdk8s-zero-trust/flows');
  });

  it('is refused when a patch opens more than is declared', () => {
    const { shop, orders } = twoTiers();
    shop.connections.allowTo(orders, { because });
    manifestsOf(shop);
    shop.policy.addJsonPatch(JsonPatch.add('/spec/ingress', [{}]));
    expect(messageOf(() => manifestsOf(shop))).toMatch(/NetworkPolicy web\/shop .* lets in what no flow declares/);
  });

  it('is refused when it is moved to another namespace than its tier', () => {
    const { shop, orders } = twoTiers();
    shop.connections.allowTo(orders, { because });
    manifestsOf(shop);
    shop.policy.addJsonPatch(JsonPatch.replace('/metadata/namespace', 'elsewhere'));
    expect(() => manifestsOf(shop)).toThrow(/web\/shop/);
  });

  it('says its half of every flow of the tier, a line each', () => {
    const { shop, orders } = twoTiers();
    shop.connections.allowTo(orders, { because });
    const lines = policyOf(shop, 'shop').metadata.annotations?.['cdk8s-zero-trust/flows']?.trimEnd().split('\n');
    expect(lines).toHaveLength(PolicyGraph.of(shop).flows.length);
    expect(lines).toContain(`out TCP/5432 to store/orders: ${because}`);
  });
});

describe('ports by name', () => {
  it('are left to the pods of the destination', () => {
    const { web, store } = namespaces(['web', 'store']);
    const shop = shopOf(web, 'shop');
    const orders = shopOf(store, 'orders', [Port.named('sql')]);
    shop.connections.allowTo(orders, { because });
    expect(policyOf(shop, 'orders').spec.ingress[0].ports).toEqual([{ protocol: 'TCP', port: 'sql' }]);
    expect(policyOf(shop, 'shop').spec.egress[0].ports).toEqual([{ protocol: 'TCP', port: 'sql' }]);
  });
});
