import { ApiObject, App, Chart } from 'cdk8s';
import {
  NamespaceManagement,
  PodSecurity,
  Pods,
  PolicyGraph,
  Port,
  Purpose,
  Tier,
  type ZeroTrustNamespace,
} from '../../lib';
import { asked, manifestsOf, messageOf, namespace, namespaces, policyOf } from './scenario';

const because = 'the team agreed on it';
const kinds = (scope: ZeroTrustNamespace) => manifestsOf(scope).map(({ kind, metadata }) => `${kind} ${metadata.name}`);

describe('a zero-trust namespace', () => {
  it('is a Namespace and a default deny', () => {
    expect(kinds(namespace('models'))).toEqual(['Namespace models', 'NetworkPolicy default-deny']);
  });

  it('is named as its id unless it is given a name', () => {
    const space = namespace('models', { name: 'ai-inference' });
    expect(space.namespaceName).toBe('ai-inference');
    expect(manifestsOf(space).map(({ metadata }) => metadata.namespace ?? metadata.name)).toEqual([
      'ai-inference',
      'ai-inference',
    ]);
  });

  it('says what it is for in the label purpose', () => {
    const [rendered] = manifestsOf(namespace('models', { purpose: Purpose.INFERENCE }));
    expect(rendered?.metadata.labels).toMatchObject({ purpose: 'inference' });
  });

  it('enforces the Pod Security level baseline, because that forbids the host network', () => {
    const [rendered] = manifestsOf(namespace('models'));
    expect(rendered?.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'baseline' });
  });

  it('enforces another level when told', () => {
    const [rendered] = manifestsOf(namespace('models', { podSecurity: PodSecurity.RESTRICTED }));
    expect(rendered?.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  it('keeps labels of the user beside its own', () => {
    const [rendered] = manifestsOf(namespace('models', { labels: { team: 'serving' } }));
    expect(rendered?.metadata.labels).toMatchObject({ team: 'serving', purpose: 'anything' });
  });

  it('marks all that it renders as part of an application, and as managed by this library', () => {
    const space = namespace('models', { partOf: 'ai-platform' });
    new Tier(space, 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
    const rendered = manifestsOf(space);
    expect(rendered).toHaveLength(3);
    for (const { metadata } of rendered) {
      expect(metadata.labels).toMatchObject({
        'app.kubernetes.io/part-of': 'ai-platform',
        'app.kubernetes.io/managed-by': 'cdk8s-zero-trust',
      });
    }
  });

  it('knows the labels that it renders itself, where a peer selects namespaces by them', () => {
    const { one, other } = namespaces(['one', 'other']);
    const tier = new Tier(one, 'tier', { pods: Pods.labeled({ app: 'x' }) });
    new Tier(other, 'tier', { pods: Pods.labeled({ app: 'x' }) });
    const everywhere = Pods.labeled({ app: 'x' }).inNamespacesLabeled({
      'app.kubernetes.io/managed-by': 'cdk8s-zero-trust',
    });
    tier.connections.allowTo(everywhere.ownedBy('me'), { because, ports: [Port.tcp(80)] });
    expect(messageOf(() => PolicyGraph.of(one))).toMatch(/must name a tier/);
  });

  it('has no metadata.namespace on the Namespace, even in a chart with a namespace', () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'elsewhere' });
    const space = namespace('models', {}, chart);
    const [first, deny] = manifestsOf(space);
    expect(first?.kind).toBe('Namespace');
    expect(first?.metadata).not.toHaveProperty('namespace');
    expect(deny?.metadata.namespace).toBe('models');
  });
});

describe('the default deny of a namespace', () => {
  it('selects every pod and isolates it both ways', () => {
    expect(policyOf(namespace('models'), 'default-deny').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('keeps every pod from being reached and from reaching anything, also pods of no tier', () => {
    const { passes } = asked(namespace('models'));
    for (const port of [53, 80, 443]) {
      expect(passes('models/app=any', 'models/app=other', port)).toBe(false);
      expect(passes('open/app=client', 'models/app=any', port)).toBe(false);
      expect(passes('models/app=any', 'open/app=server', port)).toBe(false);
      expect(passes('models/app=any', '192.0.2.1', port)).toBe(false);
      expect(passes('models/app=any', 'kube-system/k8s-app=kube-dns', port, 'UDP')).toBe(false);
    }
  });

  it('leaves other namespaces alone', () => {
    expect(asked(namespace('models')).passes('open/app=client', 'open/app=server', 80)).toBe(true);
  });
});

describe('a namespace that somebody else owns', () => {
  const adopted = () =>
    namespace('theirs', {
      management: NamespaceManagement.ADOPT,
      acknowledge: [{ rule: 'adopted-namespace', because }],
    });

  it('gets policies only', () => {
    const space = adopted();
    new Tier(space, 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
    expect(kinds(space)).toEqual(['NetworkPolicy default-deny', 'NetworkPolicy vllm']);
  });

  it('shows in the graph as adopted, with the reason, and with a Pod Security level that is not ours to say', () => {
    const text = PolicyGraph.of(adopted()).toText();
    expect(text).toMatch(
      /theirs +anything +adopt +not ours to say +acknowledged adopted-namespace: the team agreed on it/,
    );
  });

  it('keeps the Pod Security of its pods to its owner', () => {
    const space = adopted();
    new ApiObject(space, 'pod', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'pod', namespace: 'theirs', labels: { app: 'vllm' } },
      spec: { hostPID: true, containers: [{ name: 'c' }] },
    });
    new Tier(space, 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
    expect(() => PolicyGraph.of(space)).not.toThrow();
  });
});

describe('a namespace as a peer', () => {
  const scenario = () => {
    const { apps, shop } = namespaces(['apps', 'shop']);
    const client = new Tier(apps, 'client', { pods: Pods.labeled({ app: 'client' }) });
    const tier = (name: string, port: number) =>
      new Tier(shop, name, { pods: Pods.labeled({ app: name }), ports: [Port.tcp(port)] });
    return { apps, shop, client, tier };
  };

  it('stands for each of its tiers, on the ports of each', () => {
    const { client, shop, tier } = scenario();
    tier('cart', 8080);
    tier('stock', 9090);
    client.connections.allowTo(shop, { because });
    const { passes } = asked(shop);
    expect(passes('apps/app=client', 'shop/app=cart', 8080)).toBe(true);
    expect(passes('apps/app=client', 'shop/app=stock', 9090)).toBe(true);
    expect(passes('apps/app=client', 'shop/app=cart', 9090)).toBe(false);
    expect(passes('apps/app=client', 'shop/app=stranger', 8080)).toBe(false);
  });

  it('stands for tiers that join it later', () => {
    const { client, shop, tier } = scenario();
    client.connections.allowTo(shop, { because });
    tier('cart', 8080);
    expect(asked(shop).passes('apps/app=client', 'shop/app=cart', 8080)).toBe(true);
  });

  it('opens nothing to pods of the namespace that are in no tier', () => {
    const { client, apps, shop, tier } = scenario();
    tier('cart', 8080).connections.allowFrom(apps, { because });
    expect(client.namespaceName).toBe('apps');
    const { passes } = asked(shop);
    expect(passes('apps/app=client', 'shop/app=cart', 8080)).toBe(true);
    expect(passes('apps/app=stranger', 'shop/app=cart', 8080)).toBe(false);
  });
});
