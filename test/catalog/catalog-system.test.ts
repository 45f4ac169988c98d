import { ApiObject, App, Chart } from 'cdk8s';
import {
  type Acknowledgement,
  Catalog,
  Cluster,
  GatewayTier,
  InferenceTier,
  Pods,
  Port,
  Tier,
  ZeroTrustFindings,
  ZeroTrustNamespace,
} from '../../lib';
import { asked, flowsOf, namespaces } from '../tiers/scenario';

/** Ray behind a gateway, in a namespace of its own. */
function served(options: Parameters<typeof Catalog.rayCluster>[2] = {}) {
  const { models, edge, ops } = namespaces(['models', 'edge', 'ops']);
  const gateway = new GatewayTier(edge, 'gateway', { pods: Pods.labeled({ app: 'gateway' }), dns: false });
  const admins = new Tier(ops, 'admins', { pods: Pods.labeled({ app: 'admins' }), dns: false });
  const ray = Catalog.rayCluster(models, 'ray', { administrationFrom: [admins], ...options });
  ray.tier('head').connections.allowFrom(gateway, { because: 'users ask Ray Serve' });
  return { models, ray, gateway, admins };
}

const HEAD = 'models/ray.io/node-type=head';
const WORKER = 'models/ray.io/node-type=worker';

describe('a system of several tiers', () => {
  it('has a tier for each of its parts, named after it', () => {
    const { ray } = served();
    expect(ray.parts).toEqual(['head', 'worker']);
    expect(ray.tiers.map(({ tierName }) => tierName)).toEqual(['ray-head', 'ray-worker']);
    expect(ray.tier('head')).toBeInstanceOf(InferenceTier);
  });

  it('lets its parts talk with each other, users in where they are served, and administrators where they are named', () => {
    const { models } = served();
    const { passes } = asked(models);
    expect(passes(WORKER, HEAD, 6379)).toBe(true);
    expect(passes(HEAD, WORKER, 12345)).toBe(true);
    expect(passes('edge/app=gateway', HEAD, 8000)).toBe(true);
    expect(passes('edge/app=gateway', HEAD, 8265)).toBe(false);
    expect(passes('edge/app=gateway', HEAD, 6379)).toBe(false);
    expect(passes('edge/app=gateway', WORKER, 8000)).toBe(false);
    expect(passes('ops/app=admins', HEAD, 8265)).toBe(true);
    expect(passes('ops/app=admins', HEAD, 6379)).toBe(false);
  });

  it('tells one instance from another by the label that its operator gives', () => {
    const { models } = served({ instance: 'train' });
    const { passes } = asked(models);
    expect(passes('edge/app=gateway', 'models/ray.io/node-type=head,ray.io/cluster=train', 8000)).toBe(true);
    expect(passes('edge/app=gateway', 'models/ray.io/node-type=head,ray.io/cluster=other', 8000)).toBe(false);
  });

  it('opens flows with its operator, and what more it needs, once they are named', () => {
    const operator = Pods.labeled({ app: 'kuberay' }).inNamespace('kuberay').ownedBy('platform team');
    const { models } = served({ peers: { kuberay: operator } });
    expect(flowsOf(models)).toContain('kuberay/{app=kuberay} -> models/ray-head TCP/8000,8265');
  });

  it('takes the pods of a chart by image and labels, each part its own', () => {
    const chart = new Chart(new App(), 'chart');
    Cluster.use(chart, Cluster.kubernetes());
    const space = new ZeroTrustNamespace(chart, 'stack', { purpose: 'observability' });
    const loki = new Chart(chart, 'loki');
    for (const component of ['read', 'write', 'gateway']) workload(loki, component);
    const made = Catalog.loki(space, 'loki', { workload: loki });
    expect(made.parts).toEqual(['read', 'write', 'gateway']);
    expect(flowsOf(space)).toContain('stack/loki-gateway -> stack/loki-read TCP/3100');
    expect(
      asked(space).passes('stack/cdk8s-zero-trust/tier=loki-gateway', 'stack/cdk8s-zero-trust/tier=loki-write', 3100),
    ).toBe(true);
  });

  it('selects the pods that an operator makes of its object by the labels that it gives them', () => {
    const chart = new Chart(new App(), 'chart');
    Cluster.use(chart, Cluster.kubernetes());
    const space = new ZeroTrustNamespace(chart, 'models', { purpose: 'inference' });
    const group = { template: { spec: { containers: [{ name: 'ray', image: 'rayproject/ray:2.60.0' }] } } };
    const cluster = new ApiObject(chart, 'cluster', {
      apiVersion: 'ray.io/v1',
      kind: 'RayCluster',
      metadata: { name: 'train', namespace: 'models' },
      spec: { headGroupSpec: group, workerGroupSpecs: [{ groupName: 'gpu', ...group }] },
    });
    const ray = Catalog.rayCluster(space, 'ray', { workload: cluster, instance: 'train' });
    expect(ray.parts).toEqual(['head', 'worker']);
    const { passes } = asked(space);
    const pod = (type: string) => `models/ray.io/node-type=${type},ray.io/cluster=train`;
    expect(passes(pod('worker'), pod('head'), 6379)).toBe(true);
    expect(Catalog.match(chart)).toMatchObject([{ system: 'ray', kindAndName: 'RayCluster train' }]);
  });

  it('takes what is waived for it as needed where one of its parts needs it', () => {
    const rulesOf = (acknowledge: Acknowledgement[]) =>
      ZeroTrustFindings.of(served({ acknowledge }).models)
        .findings.map(({ rule }) => rule)
        .filter((rule) => rule !== 'dns-missing');
    const because = 'there is no operator';
    expect(rulesOf([])).toEqual(['known-need-missing']);
    expect(rulesOf([{ rule: 'known-need-missing', because }])).toEqual([]);
    const unused = ['acknowledgement-unused', 'known-need-missing', 'acknowledgement-unused'];
    expect(rulesOf([{ rule: 'known-policy', because }])).toEqual(unused);
  });

  it('says what its facts warn of, in the words of the findings', () => {
    const { ray, gateway, models } = served();
    ray.tier('worker').connections.allowFrom(gateway, { ports: [Port.tcp(52365)], because: 'by mistake' });
    expect(ZeroTrustFindings.of(models).findings.map(({ rule, about }) => `${rule} ${about}`)).toContain(
      'peer-port-open edge/gateway -> models/ray-worker TCP/52365 ("by mistake")',
    );
  });
});

function workload(scope: Chart, component: string): void {
  const labels = {
    'app.kubernetes.io/name': 'loki',
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/instance': 'logs',
  };
  new ApiObject(scope, component, {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: `loki-${component}`, namespace: 'stack' },
    spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'loki', image: 'grafana/loki:3.5.0' }] } } },
  });
}
