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

/** What is found of shipped policies, when the chart's selects pods with these labels. */
function saidOf({ name, image, labels, policy, tier }: ShippedByChart, podsOfPolicy: object) {
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
  return ZeroTrustFindings.of(app)
    .findings.filter(({ rule }) => rule === 'known-policy')
    .map(({ about, fix }) => [about, fix]);
}
