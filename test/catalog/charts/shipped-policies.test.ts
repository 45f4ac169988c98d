// Policies that official charts render by default, beside tiers of the catalog over the same pods: each is said, with the
// value of the chart that turns it off.
import { ApiObject, App, Chart } from 'cdk8s';
import {
  Catalog,
  Cluster,
  DataTier,
  type IConnectable,
  Pods,
  Port,
  ZeroTrustFindings,
  ZeroTrustNamespace,
} from '../../../lib';

interface ShippedByChart {
  readonly chart: string;
  readonly name: string;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly policy: object;
  readonly tier: (space: ZeroTrustNamespace, pods: Pods) => IConnectable;
  /** The value that turns it off. */
  readonly off: string;
}

const bitnami = (name: string, component: string) => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': 'rel',
  'app.kubernetes.io/component': component,
});

const HUB_ACCESS = { 'hub.jupyter.org/network-access-hub': 'true' };
const HUB = { app: 'jupyterhub', component: 'hub', release: 'rel' };

const SHIPPED: readonly ShippedByChart[] = [
  {
    chart: 'postgresql of Bitnami 17.1.0',
    name: 'rel-postgresql',
    image: 'bitnami/postgresql:17',
    labels: bitnami('postgresql', 'primary'),
    policy: { ingress: [{ ports: [{ port: 5432 }] }], egress: [{}] },
    tier: (space, pods) => new DataTier(space, 'store', Catalog.postgresql({ pods })),
    off: 'networkPolicy.enabled: false',
  },
  {
    chart: 'redis of Bitnami 23.1.1',
    name: 'rel-redis',
    image: 'bitnami/redis:8',
    labels: bitnami('redis', 'master'),
    policy: { ingress: [{ ports: [{ port: 6379 }] }], egress: [{}] },
    tier: (space, pods) => new DataTier(space, 'store', Catalog.redis({ pods })),
    off: 'networkPolicy.enabled: false',
  },
  {
    chart: 'jupyterhub 48ea50e3',
    name: 'hub',
    image: 'quay.io/jupyterhub/k8s-hub:4',
    labels: HUB,
    policy: {
      ingress: [{ from: [{ podSelector: { matchLabels: HUB_ACCESS } }], ports: [{ port: 8081 }] }],
      egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }],
    },
    tier: (space, pods) => Catalog.jupyterhub(space, 'notebooks', { parts: ['hub'], pods: { hub: pods } }).tier('hub'),
    off: 'hub.networkPolicy.enabled',
  },
];

describe.each(SHIPPED.map((each) => [each.chart, each] as const))('the policy of %s', (_, shipped) => {
  it('is said once, with the value that turns it off', () => {
    expect(saidOf(shipped, shipped.labels)).toEqual([
      [`NetworkPolicy data/${shipped.name}`, expect.stringContaining(shipped.off)],
    ]);
  });

  it('is no trouble where it is about other pods', () => {
    expect(saidOf(shipped, { app: 'other' })).toEqual([]);
  });
});

const OPENSEARCH: ShippedByChart = {
  chart: 'opensearch of Bitnami',
  name: 'rel-opensearch',
  image: 'bitnami/opensearch:3',
  labels: bitnami('opensearch', 'master'),
  policy: { ingress: [{ ports: [{ port: 9200 }] }], egress: [{}] },
  tier: (space, pods) => Catalog.opensearch(space, 'store', { parts: ['node'], pods: { node: pods } }).tier('node'),
  off: '',
};

describe('a policy of a system with several charts', () => {
  it('is told by all of them, since nothing says which it is of', () => {
    const [{ what, fix }] = foundOf(OPENSEARCH, OPENSEARCH.labels);
    expect(what).toBe(
      'OpenSearch comes with policies of its own, and c/shipped may be any of them: that of the chart, where it is asked to, opens nothing: it selects a label that no pod of the chart has; that of the chart of Bitnami opens its ports from any source, and every destination',
    );
    expect(fix).toMatch(
      /^Turn it off in its values: networkPolicy.create: false \(the chart, where it is asked to\); networkPolicy.allowExternal: false .* \(the chart of Bitnami\); or acknowledge it/,
    );
  });
});

describe('a policy of a chart that has the name of the policy of the tier', () => {
  it('is refused as a second object, and told with the value that turns it off', () => {
    const [postgresql] = SHIPPED;
    const clash = { ...postgresql, name: 'store' };
    const found = ZeroTrustFindings.of(appWith(clash, clash.labels)).findings;
    expect(found.map(({ rule }) => rule).sort()).toEqual(['duplicate-object', 'known-policy']);
    expect(found.find(({ rule }) => rule === 'known-policy')?.fix).toContain(postgresql.off);
  });

  it('is refused alone where the warning is acknowledged', () => {
    const [postgresql] = SHIPPED;
    const acknowledge = [{ rule: 'known-policy', because: 'the chart is replaced next week' }];
    const clash: ShippedByChart = {
      ...postgresql,
      name: 'store',
      tier: (space, pods) => new DataTier(space, 'store', { ...Catalog.postgresql({ pods }), acknowledge }),
    };
    const found = ZeroTrustFindings.of(appWith(clash, clash.labels)).findings;
    expect(found.map(({ rule }) => rule)).toEqual(['duplicate-object']);
  });
});

/** What is found of shipped policies, when the chart's selects pods with these labels. */
function saidOf(shipped: ShippedByChart, podsOfPolicy: object) {
  return foundOf(shipped, podsOfPolicy).map(({ about, fix }) => [about, fix]);
}

function foundOf(shipped: ShippedByChart, podsOfPolicy: object) {
  return ZeroTrustFindings.of(appWith(shipped, podsOfPolicy)).findings.filter(({ rule }) => rule === 'known-policy');
}

function appWith({ name, image, labels, policy, tier }: ShippedByChart, podsOfPolicy: object): App {
  const app = new App();
  Cluster.use(app, Cluster.kubernetes({ apiServer: { addresses: ['192.0.2.10/32'] } }));
  const chart = new Chart(app, 'c');
  const space = new ZeroTrustNamespace(chart, 'data', { purpose: 'test' });
  const workload = new ApiObject(chart, 'workload', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace: 'data' },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } },
    },
  });
  new ApiObject(chart, 'shipped', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'data' },
    spec: { podSelector: { matchLabels: podsOfPolicy }, policyTypes: ['Ingress', 'Egress'], ...policy },
  });
  const client = Pods.labeled({ app: 'client' }).inNamespace('clients').ownedBy('somebody');
  const made = tier(space, Pods.of(workload));
  made.connections.allowFrom(client, { because: 'a client asks it', ports: [Port.tcp(9999)] });
  return app;
}
