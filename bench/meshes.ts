import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Cluster, Pods, Port, Tier, ZeroTrustNamespace } from '../lib';

/** A mesh: tiers in namespaces of ten, each called by three others, in so many charts. */
export interface Mesh {
  readonly tiers: number;
  readonly charts: number;
}

const CALLERS = 3;
const TIERS_PER_NAMESPACE = 10;
const TIER_LABEL = 'app';

const namespaceOf = (index: number) => `team-${Math.floor(index / TIERS_PER_NAMESPACE)}`;
const tierName = (index: number) => `tier-${index}`;
const namespaces = ({ tiers }: Mesh) => Array.from({ length: Math.ceil(tiers / TIERS_PER_NAMESPACE) }, (_, n) => n);
const indices = ({ tiers }: Mesh) => Array.from({ length: tiers }, (_, index) => index);
/** Callers spread over the mesh by fixed strides, so that most calls cross namespaces. */
const callersOf = (index: number, { tiers }: Mesh) =>
  Array.from({ length: CALLERS }, (_, n) => (index + 1 + n * 37) % tiers);

/** The mesh in this library, for plain NetworkPolicy unless a cluster is given. */
export function inThisLibrary(mesh: Mesh, cluster = Cluster.kubernetes()): App {
  const { app, chartOf } = charts(mesh);
  Cluster.use(app, cluster);
  const tiers = new Map<number, Tier>();
  const spaces = namespaces(mesh).map(
    (n) => new ZeroTrustNamespace(chartOf(n), `team-${n}`, { purpose: 'application' }),
  );
  for (const index of indices(mesh)) {
    const space = spaces[Math.floor(index / TIERS_PER_NAMESPACE)] as ZeroTrustNamespace;
    const pods = Pods.labeled({ [TIER_LABEL]: tierName(index) });
    tiers.set(index, new Tier(space, tierName(index), { pods, ports: [Port.tcp(8080)] }));
  }
  for (const index of indices(mesh)) {
    for (const caller of callersOf(index, mesh)) {
      const peer = tiers.get(caller) as Tier;
      tiers.get(index)?.connections.allowFrom(peer, { because: 'requests are handed on' });
    }
  }
  return app;
}

/** The mesh in cdk8s-plus `connections`, with a deny and DNS a namespace beside it. */
export function inCdk8sPlus(mesh: Mesh): App {
  const { app, chartOf } = charts(mesh);
  for (const n of namespaces(mesh)) denyAndDns(chartOf(n), `team-${n}`);
  const pods = indices(mesh).map((index) => {
    const n = Math.floor(index / TIERS_PER_NAMESPACE);
    return new kplus.Deployment(chartOf(n), tierName(index), {
      metadata: { name: tierName(index), namespace: namespaceOf(index) },
      containers: [{ image: 'server', portNumber: 8080 }],
    });
  });
  for (const index of indices(mesh)) {
    for (const caller of callersOf(index, mesh)) {
      pods[index]?.connections.allowFrom(pods[caller] as kplus.Deployment);
    }
  }
  return app;
}

/** A cdk8s-plus Deployment for each tier of the mesh, in its Namespace; with the tiers of this library, or without policies. */
export function inDeployments(mesh: Mesh, policies: 'with' | 'without'): App {
  const { app, chartOf } = charts(mesh);
  const deployments = indices(mesh).map(
    (index) =>
      new kplus.Deployment(chartOf(index), tierName(index), {
        metadata: { name: tierName(index), namespace: namespaceOf(index) },
        containers: [{ image: 'server', portNumber: 8080 }],
      }),
  );
  if (policies === 'with') addTiers(mesh, chartOf, deployments);
  else
    for (const n of namespaces(mesh)) new kplus.Namespace(chartOf(n), `team-${n}`, { metadata: { name: `team-${n}` } });
  return app;
}

function addTiers(mesh: Mesh, chartOf: (n: number) => Chart, deployments: readonly kplus.Deployment[]): void {
  Cluster.use(chartOf(0).node.root, Cluster.kubernetes());
  const spaces = namespaces(mesh).map(
    (n) => new ZeroTrustNamespace(chartOf(n), `team-${n}`, { purpose: 'application' }),
  );
  const tiers = indices(mesh).map((index) => {
    const space = spaces[Math.floor(index / TIERS_PER_NAMESPACE)] as ZeroTrustNamespace;
    return new Tier(space, tierName(index), { pods: Pods.of(deployments[index] as kplus.Deployment) });
  });
  for (const index of indices(mesh)) {
    for (const caller of callersOf(index, mesh)) {
      tiers[index]?.connections.allowFrom(tiers[caller] as Tier, { because: 'requests are handed on' });
    }
  }
}

/** The objects that an app renders, in bare `ApiObject`s: what cdk8s itself costs for them. */
export function inBareObjects(mesh: Mesh, source: App): App {
  const { app } = charts({ ...mesh, charts: 0 });
  for (const chart of source.charts) {
    const target = new Chart(app, chart.node.id);
    for (const [index, { apiVersion, kind, metadata, ...body }] of chart.toJson().entries()) {
      new ApiObject(target, `object-${index}`, { apiVersion, kind, metadata, ...body });
    }
  }
  return app;
}

function charts({ charts: count }: Mesh) {
  const app = new App();
  const list = Array.from({ length: count }, (_, n) => new Chart(app, `chart-${n}`));
  return { app, chartOf: (n: number) => list[n % list.length] as Chart };
}

function denyAndDns(chart: Chart, namespace: string): void {
  const spec = (body: object) => ({ podSelector: {}, ...body });
  new ApiObject(chart, `deny-${namespace}`, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'default-deny', namespace },
    spec: spec({ policyTypes: ['Ingress', 'Egress'] }),
  });
  new ApiObject(chart, `dns-${namespace}`, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'allow-dns', namespace },
    spec: spec({
      policyTypes: ['Egress'],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
              podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
            },
          ],
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
      ],
    }),
  });
}
