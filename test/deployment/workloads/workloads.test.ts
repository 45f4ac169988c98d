import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Pods, PolicyGraph, Port, Protocol, Tier, type TierProps, type ZeroTrustNamespace } from '../../../lib';
import { asked, manifestsOf, namespace, policyOf } from '../../tiers/scenario';

const because = 'callers use the service';
const callers = Pods.labeled({ app: 'caller' }).inNamespace('callers').ownedBy('callers team');
const CALLER = 'callers/app=caller';
/** Pods of the tier `server`, whatever other labels they have. */
const SERVER = 'apps/cdk8s-zero-trust/tier=server';

type Containers = readonly object[];

/** A pod template with an HTTP and a SIP port. */
const template = (labels: object, spec: object = {}) => ({
  metadata: { labels },
  spec: {
    containers: [
      {
        name: 'c',
        ports: [
          { name: 'http', containerPort: 8080 },
          { containerPort: 5060, protocol: 'UDP' },
        ],
      },
    ],
    ...spec,
  },
});

function apiObject(space: ZeroTrustNamespace, kind: string, spec: object, apiVersion = 'apps/v1'): ApiObject {
  return new ApiObject(space, 'workload', {
    apiVersion,
    kind,
    metadata: { name: 'workload', namespace: 'apps', labels: { app: 'of-the-object' } },
    spec,
  });
}

function withContainers(containers: Containers, spec: object = {}) {
  return (space: ZeroTrustNamespace) =>
    apiObject(space, 'Deployment', { template: template({ app: 'x' }, { containers, ...spec }) });
}

/** The tier `server` made of a workload, which callers may reach on its own ports. */
function serverOf(make: (space: ZeroTrustNamespace) => Construct, props: Partial<TierProps> = {}): Tier {
  const space = namespace('apps', { dns: false });
  const server = new Tier(space, 'server', { pods: Pods.of(make(space)), ...props });
  server.connections.allowFrom(callers, { because });
  return server;
}

describe.each<[string, (space: ZeroTrustNamespace) => ApiObject]>([
  ['Deployment', (space) => apiObject(space, 'Deployment', { template: template({ app: 'x' }) })],
  ['StatefulSet', (space) => apiObject(space, 'StatefulSet', { serviceName: 's', template: template({ app: 'x' }) })],
  ['DaemonSet', (space) => apiObject(space, 'DaemonSet', { template: template({ app: 'x' }) })],
  ['Job', (space) => apiObject(space, 'Job', { template: template({ app: 'x' }) }, 'batch/v1')],
  [
    'CronJob',
    (space) => apiObject(space, 'CronJob', { jobTemplate: { spec: { template: template({ app: 'x' }) } } }, 'batch/v1'),
  ],
  ['Pod without labels', (space) => apiObject(space, 'Pod', template({}).spec, 'v1')],
  [
    'Rollout of Argo',
    (space) => apiObject(space, 'Rollout', { template: template({ app: 'x' }) }, 'argoproj.io/v1alpha1'),
  ],
  [
    'RayCluster',
    (space) =>
      apiObject(
        space,
        'RayCluster',
        {
          headGroupSpec: { template: template({ ray: 'head' }) },
          workerGroupSpecs: [{ template: template({ ray: 'worker' }) }, { template: { spec: template({}).spec } }],
        },
        'ray.io/v1',
      ),
  ],
])('a tier made of a %s', (_, make) => {
  it('selects its pods by a label that depends on the name of the tier alone', () => {
    expect(policyOf(serverOf(make), 'server').spec.podSelector).toEqual({
      matchLabels: { 'cdk8s-zero-trust/tier': 'server' },
    });
  });

  it('puts that label on every pod, beside those that are there', () => {
    const workload = manifestsOf(serverOf(make)).find(({ metadata }) => metadata.name === 'workload');
    const templates = templatesIn(workload);
    expect(templates.length).toBe(workload?.kind === 'RayCluster' ? 3 : 1);
    for (const { metadata } of templates) expect(metadata?.labels).toMatchObject({ 'cdk8s-zero-trust/tier': 'server' });
    const before = templatesIn(make(namespace('apps')).toJson());
    expect(templates.map(({ metadata }) => metadata?.labels)).toEqual(
      before.map(({ metadata }) => ({ ...metadata?.labels, 'cdk8s-zero-trust/tier': 'server' })),
    );
  });

  it('is reached on the ports of its containers, each with its protocol', () => {
    const { passes } = asked(serverOf(make));
    expect(passes(CALLER, SERVER, 8080)).toBe(true);
    expect(passes(CALLER, SERVER, 5060, 'UDP')).toBe(true);
    expect(passes(CALLER, SERVER, 5060)).toBe(false);
    expect(passes(CALLER, SERVER, 8080, 'UDP')).toBe(false);
    expect(passes(CALLER, 'apps/app=x', 8080)).toBe(false);
  });
});

function templatesIn(value: unknown): { metadata?: { labels?: object } }[] {
  if (typeof value !== 'object' || value === null) return [];
  const { spec } = value as { spec?: { containers?: unknown } };
  if (Array.isArray(spec?.containers)) return [value];
  return Object.values(value).flatMap(templatesIn);
}

describe('the ports of a workload', () => {
  it('are those of all its containers', () => {
    const { passes } = asked(
      serverOf(withContainers([{ ports: [{ containerPort: 1 }] }, { ports: [{ containerPort: 2 }] }, {}])),
    );
    expect([1, 2, 3].map((port) => passes(CALLER, SERVER, port))).toEqual([true, true, false]);
  });

  it('count for SCTP', () => {
    const { passes } = asked(serverOf(withContainers([{ ports: [{ containerPort: 3868, protocol: 'SCTP' }] }])));
    expect(passes(CALLER, SERVER, 3868, 'SCTP')).toBe(true);
    expect(passes(CALLER, SERVER, 3868)).toBe(false);
  });

  it('count for init containers that keep running, and for no other init container', () => {
    const initContainers = [
      { restartPolicy: 'Always', ports: [{ containerPort: 15090 }] },
      { ports: [{ containerPort: 9999 }] },
    ];
    const { passes } = asked(serverOf(withContainers([{ ports: [{ containerPort: 80 }] }], { initContainers })));
    expect([80, 15090, 9999].map((port) => passes(CALLER, SERVER, port))).toEqual([true, true, false]);
  });

  it('give way to the ports of the tier', () => {
    const { passes } = asked(
      serverOf(withContainers([{ ports: [{ containerPort: 80 }] }]), { ports: [Port.tcp(8000)] }),
    );
    expect([80, 8000].map((port) => passes(CALLER, SERVER, port))).toEqual([false, true]);
  });

  it('may be named, each with its protocol', () => {
    const ports = [
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
      { name: 'web', containerPort: 80 },
    ];
    const named = (port: Port) => serverOf(withContainers([{ ports }]), { ports: [port] });
    const dns = asked(named(Port.named('dns', Protocol.UDP)));
    expect(dns.passes(CALLER, SERVER, 53, 'UDP')).toBe(true);
    expect(dns.passes(CALLER, SERVER, 80)).toBe(false);
    expect(asked(named(Port.named('web'))).passes(CALLER, SERVER, 80)).toBe(true);
    expect(() => PolicyGraph.of(named(Port.named('dns')))).toThrow(/has a port named TCP\/dns.*UDP\/dns/s);
  });
});

describe('a workload that is a construct around several objects', () => {
  const store = (space: ZeroTrustNamespace) => {
    const store = new Construct(space, 'store');
    const spec = { template: { spec: { containers: [{ name: 'c', ports: [{ containerPort: 1000 }] }] } } };
    const metadata = { name: 's', namespace: 'apps' };
    new ApiObject(store, 'set', { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec });
    new ApiObject(store, 'service', { apiVersion: 'v1', kind: 'Service', metadata });
    return store;
  };

  it('is the pods of the one that has a template', () => {
    const { passes } = asked(serverOf(store));
    expect([1000, 2000].map((port) => passes(CALLER, SERVER, port))).toEqual([true, false]);
  });

  it('is refused once a second workload joins it after the tier was made', () => {
    const server = serverOf(store);
    const workload = server.node.scope?.node.findChild('store') as Construct;
    PolicyGraph.of(server);
    new ApiObject(workload, 'late', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'late', namespace: 'apps' },
      spec: { containers: [{ name: 'c', ports: [{ containerPort: 3000 }] }] },
    });
    expect(() => PolicyGraph.of(server)).toThrow(/chart\/apps\/store has 2 workloads/);
  });
});

describe('a workload of the app as a peer', () => {
  it('is its tier, where it has one', () => {
    const server = serverOf(withContainers([{ ports: [{ containerPort: 80 }] }]));
    const space = server.node.scope as ZeroTrustNamespace;
    const client = new Tier(space, 'client', { pods: Pods.labeled({ 'cdk8s-zero-trust/tier': 'client' }) });
    client.connections.allowTo(Pods.of(space.node.findChild('workload')), { because });
    expect(asked(client).passes('apps/cdk8s-zero-trust/tier=client', SERVER, 80)).toBe(true);
    expect(PolicyGraph.of(client).flows.map(({ destination }) => destination)).toContain('apps/server');
  });

  it('is its pods where they run elsewhere, on their ports, with an owner', () => {
    const space = namespace('apps', { dns: false });
    const client = new Tier(space, 'client', { pods: Pods.labeled({ app: 'client' }) });
    const outside = new ApiObject(space, 'outside', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'outside', namespace: 'legacy' },
      spec: { template: template({ app: 'legacy' }) },
    });
    client.connections.allowTo(Pods.of(outside).ownedBy('legacy team'), { because });
    const { passes } = asked(client);
    expect(passes('apps/app=client', 'legacy/app=legacy', 8080)).toBe(true);
    expect(passes('apps/app=client', 'legacy/app=legacy', 8081)).toBe(false);
    expect(passes('apps/app=client', 'other/app=legacy', 8080)).toBe(false);
    expect(PolicyGraph.of(client).flows[0]?.owner).toBe('legacy team');
  });

  it('is read anew when it changed in place', () => {
    const space = namespace('apps', { dns: false });
    const client = new Tier(space, 'client', { pods: Pods.labeled({ app: 'client' }) });
    const spec = { template: template({ app: 'legacy' }) };
    const outside = new ApiObject(space, 'outside', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'outside', namespace: 'legacy' },
      spec,
    });
    client.connections.allowTo(Pods.of(outside).ownedBy('legacy team'), { because });
    expect(asked(client).passes('apps/app=client', 'legacy/app=legacy', 8080)).toBe(true);
    Object.assign(spec.template.metadata.labels, { app: 'modern' });
    expect(asked(client).passes('apps/app=client', 'legacy/app=legacy', 8080)).toBe(false);
    expect(asked(client).passes('apps/app=client', 'legacy/app=modern', 8080)).toBe(true);
  });
});
