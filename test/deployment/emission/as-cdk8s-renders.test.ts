import { ApiObject, App, Chart, type IResolver, JsonPatch, Lazy, type ResolutionContext } from 'cdk8s';
import { ArgoSync, Cidr, Cluster, Pods, PolicyProof, Port, Tier, ZeroTrustNamespace } from '../../../lib';
import { isEmitted } from '../../../lib/deployment/workloads/emitted';
import { manifestsOf } from '../../tiers/scenario';

const CLUSTERS = {
  Kubernetes: Cluster.kubernetes(),
  Cilium: Cluster.cilium({ version: '1.19' }),
  Calico: Cluster.calico({ version: '3.31' }),
  Antrea: Cluster.antrea({ version: '2.5' }),
};

/** A shop that is called from an address, in a chart with labels of its own. */
function shop({
  cluster = CLUSTERS.Kubernetes,
  resolvers = [],
  labels = {},
}: {
  readonly cluster?: Cluster;
  readonly resolvers?: IResolver[];
  readonly labels?: Record<string, string>;
} = {}) {
  const app = new App({ resolvers });
  Cluster.use(app, cluster);
  const chart = new Chart(app, 'chart', { labels });
  const space = new ZeroTrustNamespace(chart, 'shop', { purpose: 'application' });
  const web = new Tier(space, 'web', { pods: Pods.labeled({ app: 'web' }), ports: [Port.tcp(8080)] });
  const store = new Tier(space, 'store', { pods: Pods.labeled({ app: 'store' }), ports: [Port.tcp(5432)] });
  web.connections.allowTo(store, { because: 'orders are kept' });
  web.connections.allowTo(Cidr.of('192.0.2.0/24'), { because: 'cards are charged', ports: [Port.tcp(443)] });
  const objects = app.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node));
  return { app, web, objects: objects.filter(isEmitted) };
}

/** What cdk8s itself makes of the object; it gives a cluster-wide one the namespace of the chart, which has none here. */
const asCdk8sRenders = (object: ApiObject) => ApiObject.prototype.toJson.call(object);

function expectAsCdk8sRenders(objects: readonly ApiObject[]): void {
  expect(objects.length).toBeGreaterThan(3);
  for (const object of objects) expect(JSON.stringify(object.toJson())).toBe(JSON.stringify(asCdk8sRenders(object)));
}

/** Puts another value in the place of every one that it is. */
const replacing = (value: unknown, by: unknown): IResolver => ({
  resolve: (context: ResolutionContext) => {
    if (context.value === value) context.replaceValue(by);
  },
});

describe('an object of ours', () => {
  it.each(Object.entries(CLUSTERS))('renders to the byte what cdk8s would make of it, on %s', (_, cluster) => {
    expectAsCdk8sRenders(shop({ cluster, labels: { team: 'shop', 'a-first': '' } }).objects);
  });

  it('does so without annotations, and with labels and finalizers that were added', () => {
    const { app, objects } = shop({ labels: { team: Lazy.any({ produce: () => 'late' }) as string } });
    ArgoSync.use(app, { enabled: false });
    expectAsCdk8sRenders(objects);
    for (const { metadata } of objects) {
      metadata.addLabel('added', 'later');
      metadata.addFinalizers('example.com/kept');
    }
    expectAsCdk8sRenders(objects);
    expect(objects[0]?.toJson().metadata).toMatchObject({
      labels: { team: 'late', added: 'later' },
      finalizers: ['example.com/kept'],
    });
  });

  it('does so with annotations, owners, other metadata and patches', () => {
    const { objects } = shop();
    for (const object of objects) {
      object.metadata.addAnnotation('added', 'later');
      object.metadata.addOwnerReference({ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: '1' });
      object.metadata.add('generateName', 'x');
      object.addJsonPatch(JsonPatch.add('/metadata/labels/patched', 'yes'));
    }
    expectAsCdk8sRenders(objects);
  });
});

describe('a resolver of the app', () => {
  it('is asked for policies of ours too, and what it makes of them is proved', () => {
    const { app } = shop({ resolvers: [replacing(5432, 5433)] });
    const proof = PolicyProof.of(app);
    expect(proof.isProved).toBe(false);
    expect(proof.witnesses.join('\n')).toContain('5433');
    expect(() => app.synthYaml()).toThrow(/5433/);
  });

  it('is named where what it changes is why nothing is proved, with the fields', () => {
    const proof = PolicyProof.of(shop({ resolvers: [replacing(5432, 5433)] }).app);
    expect(proof.witnesses[0]).toContain(
      'a resolver of the app changed NetworkPolicy shop/web (spec.egress[1].ports[0].port) and NetworkPolicy shop/store (spec.ingress[0].ports[0].port), and',
    );
    const { app, web } = shop({ resolvers: [replacing('shop-team', 'other')] });
    web.policy.addJsonPatch(JsonPatch.add('/spec/egress/-', {}));
    expect(PolicyProof.of(app).isProved).toBe(false);
    expect(PolicyProof.of(app).witnesses.join('\n')).not.toContain('resolver');
    const other = shop({ resolvers: [replacing('shop-team', 'other')] });
    const { policy } = other.web;
    const { toJson } = policy;
    policy.toJson = () => ({ ...toJson.call(policy), spec: { podSelector: {} } });
    expect(PolicyProof.of(other.app).isProved).toBe(false);
    expect(PolicyProof.of(other.app).witnesses.join('\n')).not.toContain('resolver');
  });

  it('may make another object of a policy, which is read as what it is', () => {
    const { app } = shop({ resolvers: [replacing('NetworkPolicy', 'ConfigMap')] });
    expect(PolicyProof.of(app).isProved).toBe(false);
  });

  it('that changes what decides nothing leaves the proof as it is', () => {
    const { app } = shop({
      labels: { team: 'shop' },
      resolvers: [replacing('shop-team', 'other'), replacing('x', 'y')],
    });
    expect(PolicyProof.of(app).isProved).toBe(true);
  });

  it('is looked at anew when it joins later', () => {
    const { app } = shop();
    expect(PolicyProof.of(app).isProved).toBe(true);
    app.resolvers.unshift(replacing(5432, 5433));
    expect(PolicyProof.of(app).isProved).toBe(false);
  });
});

describe('a policy whose toJson somebody replaced', () => {
  it('is proved as it is written', () => {
    const { app, web } = shop();
    const { policy } = web;
    const { toJson } = policy;
    policy.toJson = () => {
      const json = toJson.call(policy);
      return { ...json, spec: { ...json.spec, egress: [{}] } };
    };
    expect(PolicyProof.of(app).isProved).toBe(false);
    expect(() => manifestsOf(app)).toThrow();
  });
});
