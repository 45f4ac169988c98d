import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  AgentTier,
  Cluster,
  DataTier,
  LabelOperator,
  NamespaceManagement,
  Pods,
  Port,
  Tier,
  type ZeroTrustNamespace,
} from '../../../lib';
import { Deployment } from '../../../lib/deployment/deployment';
import { portsText } from '../../../lib/model/port-set';
import { namespace } from '../../tiers/scenario';

const because = 'a reason that says something';
const ports = [Port.tcp(9100)];

function rendered(
  scope: Construct,
  kind: string,
  labels: object,
  { spec = {}, namespace = 'apps', more = {} }: { spec?: object; namespace?: string; more?: object } = {},
): ApiObject {
  return new ApiObject(scope, kind.toLowerCase(), {
    apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name: 'workload', namespace },
    spec: { ...more, template: { metadata: { labels }, spec: { containers: [{ name: 'c' }], ...spec } } },
  });
}

function problems(space: ZeroTrustNamespace) {
  return Deployment.of(space)
    .state()
    .problems.map(({ construct, problem }) => [construct.node.id, problem.rule]);
}

describe('tiers of a namespace', () => {
  it('do not overlap where the labels of a template keep its pods out of a tier by labels', () => {
    const space = namespace('apps', { dns: false });
    new DataTier(space, 'store', { pods: Pods.labeled({ app: 'store' }), ports });
    new Tier(space, 'web', { pods: Pods.of(rendered(space, 'Deployment', { app: 'web' })), ports });
    expect(problems(space)).toEqual([]);
  });

  it.each<[string, object, Pods]>([
    ['has a label that the tier asks for', { app: 'store', part: 'web' }, Pods.labeled({ app: 'store' })],
    ['gets one from a controller, which nobody knows', { app: 'web' }, Pods.labeled({ 'pod-template-hash': '1' })],
    [
      'has none that the tier excludes',
      { app: 'web' },
      Pods.matching([{ key: 'app', operation: LabelOperator.NOT_IN, values: ['x'] }]),
    ],
  ])('overlap where the template %s', (_, labels, pods) => {
    const space = namespace('apps', { dns: false });
    new DataTier(space, 'store', { pods, ports });
    new Tier(space, 'web', { pods: Pods.of(rendered(space, 'Deployment', labels)), ports });
    expect(problems(space)).toEqual([['web', 'overlapping-tiers']]);
  });

  it('may select pods by what their controller adds', () => {
    const space = namespace('apps', { dns: false });
    new Tier(space, 'batch', { pods: Pods.labeled({ 'job-name': 'workload' }), ports });
    rendered(space, 'Job', { app: 'train' });
    expect(problems(space)).toEqual([]);
  });
});

describe('pods that the app renders on the host network', () => {
  const onHost = { spec: { hostNetwork: true } };

  function adopted() {
    return namespace('apps', {
      dns: false,
      management: NamespaceManagement.ADOPT,
      acknowledge: [{ rule: 'adopted-namespace', because }],
    });
  }

  it('are no tier by labels', () => {
    const space = adopted();
    new Tier(space, 'exporter', { pods: Pods.labeled({ app: 'exporter' }), ports });
    rendered(space, 'DaemonSet', { app: 'exporter' }, onHost);
    expect(problems(space)).toEqual([['exporter', 'host-network']]);
  });

  it('are said to be there where no tier has them', () => {
    const space = adopted();
    new Tier(space, 'web', { pods: Pods.labeled({ app: 'web' }), ports });
    rendered(space, 'DaemonSet', { app: 'exporter' }, onHost);
    expect(problems(space)).toEqual([['apps', 'host-network']]);
  });

  it.each<[string, (exporter: ApiObject) => Pods]>([
    ['as a construct', (exporter) => Pods.of(exporter).ownedBy('platform')],
    ['by their labels', () => Pods.labeled({ app: 'exporter' }).inNamespace('monitoring').ownedBy('platform')],
  ])('are no peer %s', (_, peer) => {
    const space = namespace('apps', { dns: false });
    const exporter = rendered(space, 'DaemonSet', { app: 'exporter' }, { ...onHost, namespace: 'monitoring' });
    const agent = new AgentTier(space, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
    agent.connections.allowTo(peer(exporter), { because, ports });
    expect(problems(space)).toEqual([['agent', 'host-network']]);
    const [{ problem }] = Deployment.of(space).state().problems;
    expect(problem.what).toContain('apps/daemonset');
    expect(problem.fix).toContain('Nodes.all()');
  });

  it('may be some of the pods that a peer names', () => {
    const space = namespace('apps', { dns: false });
    rendered(space, 'DaemonSet', { app: 'exporter' }, { ...onHost, namespace: 'monitoring' });
    rendered(space, 'Deployment', { app: 'prometheus' }, { namespace: 'monitoring' });
    const web = new Tier(space, 'web', { pods: Pods.labeled({ app: 'web' }), ports });
    web.connections.allowFrom(Pods.all().inNamespace('monitoring').ownedBy('platform'), { because });
    web.connections.allowFrom(Pods.labeled({ app: 'prometheus' }).inNamespace('monitoring').ownedBy('platform'), {
      because,
    });
    expect(problems(space)).toEqual([]);
  });
});

describe('names of ports on Cilium, which looks them up over many pods where traffic leaves', () => {
  const containers = (port: number, name = 'http') => [{ name: 'c', ports: [{ name, containerPort: port }] }];

  /** A client that asks a server on the port `http` of its workload, on Cilium. */
  function asking(server: (space: ZeroTrustNamespace) => Pods) {
    const space = namespace('apps', { dns: false, cluster: Cluster.cilium({ version: '1.20' }) });
    const client = new Tier(space, 'client', { pods: Pods.labeled({ app: 'client' }), ports });
    const web = new Tier(space, 'web', { pods: server(space), ports: [Port.named('http')] });
    client.connections.allowTo(web, { because });
    return space;
  }

  const portsOf = (space: ZeroTrustNamespace) =>
    Deployment.of(space)
      .state()
      .graph.flows.map(({ traffic }) => portsText(traffic.ports));

  it('become the number of the container', () => {
    const space = asking((scope) =>
      Pods.of(rendered(scope, 'Deployment', { app: 'web' }, { spec: { containers: containers(8080) } })),
    );
    expect(problems(space)).toEqual([]);
    expect(portsOf(space)).toEqual(['TCP/8080']);
  });

  it.each<[string, (space: ZeroTrustNamespace) => Pods]>([
    ['no container is seen', () => Pods.labeled({ app: 'web' })],
    [
      'containers give the name two numbers',
      (scope) => {
        const both = [...containers(8080), ...containers(8081)];
        return Pods.of(rendered(scope, 'Deployment', { app: 'web' }, { spec: { containers: both } }));
      },
    ],
  ])('are refused where %s, with what to write', (_, server) => {
    const space = asking(server);
    expect(problems(space).map(([, rule]) => rule)).toEqual(['engine-named-ports']);
    expect(Deployment.of(space).state().problems[0].problem.fix).toContain('Port.tcp(8080)');
  });

  it('stay names where traffic only comes in', () => {
    const space = namespace('apps', { dns: false, cluster: Cluster.cilium({ version: '1.20' }) });
    const web = new Tier(space, 'web', { pods: Pods.labeled({ app: 'web' }), ports: [Port.named('http')] });
    web.connections.allowFrom(Pods.labeled({ app: 'x' }).inNamespace('others').ownedBy('others'), { because });
    expect(problems(space)).toEqual([]);
    expect(portsOf(space)).toEqual(['TCP/http']);
  });
});
