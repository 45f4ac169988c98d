import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch, Testing, Yaml } from 'cdk8s';
import { Deployment, Namespace } from 'cdk8s-plus-28';
import {
  Cidr,
  Cluster,
  DataTier,
  GatewayTier,
  InferenceTier,
  Internet,
  Pods,
  PolicyGraph,
  Port,
  SourceAddress,
  ZeroTrustNamespace,
} from '../../lib';
import { manifests, stranger } from '../../lib/testing';
import '../../lib/testing/jest';

/** A gateway before a model, with weights behind it. */
function servedModel(cluster = Cluster.kubernetes(), dns = false) {
  const app = new App();
  Cluster.use(app, cluster);
  const chart = new Chart(app, 'chart');
  const edge = new ZeroTrustNamespace(chart, 'edge', { purpose: 'gateway' });
  const models = new ZeroTrustNamespace(chart, 'models', { purpose: 'inference' });
  const data = new ZeroTrustNamespace(chart, 'data', { purpose: 'data', dns: false });
  const gateway = new GatewayTier(edge, 'envoy', {
    pods: Pods.labeled({ app: 'envoy' }),
    ports: [Port.tcp(8443)],
    dns: false,
    exposures: [{ client: Internet.any(), seenAs: SourceAddress.preserved(), because: 'customers come in' }],
  });
  const vllm = new InferenceTier(models, 'vllm', { pods: Pods.labeled({ app: 'vllm' }), dns });
  const weights = new DataTier(data, 'minio', { pods: Pods.labeled({ app: 'minio' }), ports: [Port.tcp(9000)] });
  vllm.connections.allowFrom(gateway, { because: 'users reach the model' });
  vllm.connections.allowTo(weights, { because: 'weights are loaded' });
  return { app, chart, gateway, vllm, weights };
}

/** The message that a failing expectation prints. */
function failure(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation held');
}

describe('toAllow and toDeny', () => {
  const { app, chart, gateway, vllm, weights } = servedModel();

  it('take tiers, pods by labels, and addresses', () => {
    expect(app).toAllow(gateway, vllm, Port.tcp(8000));
    expect(chart).toAllow('edge/app=envoy', 'models/app=vllm', Port.tcp(8000));
    expect(Testing.synth(chart)).toAllow('203.0.113.7', gateway, Port.tcp(8443));
    expect(app).toDeny(gateway, vllm, Port.tcp(8001));
    expect(app).toDeny(gateway, weights, Port.tcp(9000));
    expect(app).toDeny('203.0.113.7', vllm, Port.tcp(8000));
  });

  it('are each the opposite of what they fail for, with the explanation', () => {
    expect(failure(() => expect(app).toAllow(gateway, weights, Port.tcp(9000)))).toMatch(
      /expected edge\/envoy to data\/minio on TCP\/9000 to be allowed[\s\S]*isolated by[\s\S]*nearest is/,
    );
    expect(failure(() => expect(app).toDeny(gateway, vllm, Port.tcp(8000)))).toMatch(
      /to be denied[\s\S]*allowed by[\s\S]*vllm/,
    );
    expect(failure(() => expect(app).not.toAllow(gateway, vllm, Port.tcp(8000)))).toMatch(/not to be allowed/);
    expect(failure(() => expect(app).not.toDeny(gateway, vllm, Port.tcp(8001)))).toMatch(/not to be denied/);
  });

  it('want every port of a range to be allowed, and none to be denied', () => {
    expect(failure(() => expect(app).toAllow(gateway, vllm, Port.tcpRange(8000, 8001)))).toMatch(/TCP\/8001: denied/);
    expect(failure(() => expect(app).toDeny(gateway, vllm, Port.tcpRange(7000, 9000)))).toMatch(/TCP\/8000: allowed/);
  });

  it('fail for an end that the manifests do not know, unless it is a stranger', () => {
    expect(failure(() => expect(app).toDeny('edge/app=envoi', vllm, Port.tcp(8000)))).toMatch(
      /edge\/app=envoi matches nothing in these manifests/,
    );
    expect(failure(() => expect(app).toDeny('nowhere/*', vllm, Port.tcp(8000)))).toMatch(/nowhere\/\* matches nothing/);
    expect(app).toDeny(stranger('edge/app=envoi'), vllm, Port.tcp(8000));
    expect(app).toDeny(stranger('default/app=envoy'), vllm, Port.tcp(8000));
    expect(app).toDeny('edge/*', vllm, Port.tcp(8000));
  });

  describe('about an address of the cluster', () => {
    const toPods = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'to-pods', namespace: 'models' },
      spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }] }] },
    };
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'store', namespace: 'models', labels: { app: 'store' } },
      spec: { containers: [{ name: 'store', image: 'store' }] },
      status: { podIP: '10.244.1.1' },
    };
    const client = stranger('models/app=vllm');

    it('mean the pod that has it', () => {
      expect(failure(() => expect([toPods, pod]).toDeny(client, '10.244.1.1', Port.tcp(80)))).toMatch(
        /models\/Pod\/store on TCP\/80: allowed/,
      );
      expect([toPods, pod]).toAllow(client, '10.244.1.1', Port.tcp(80));
      expect([toPods, pod]).toDeny(client, '10.244.1.2', Port.tcp(80));
    });

    it.each([{ clusterIP: '10.96.1.1' }, { clusterIPs: ['10.96.1.1'] }, { externalIPs: ['10.96.1.1'] }])(
      'refuse one of a Service (%j), which policies never see',
      (addresses) => {
        const service = {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'store', namespace: 'models' },
          spec: { ...addresses, selector: { app: 'store' }, ports: [{ port: 80 }] },
        };
        expect(() => expect([toPods, pod, service]).toDeny(client, '10.96.1.1', Port.tcp(80))).toThrow(
          /10\.96\.1\.1 is an address of Service models\/store, and becomes one of its pods/,
        );
        const headless = {
          ...service,
          spec: { ...service.spec, clusterIP: 'None', clusterIPs: ['None'], externalIPs: [] },
        };
        expect([toPods, pod, headless]).toDeny(client, '10.96.1.1', Port.tcp(80));
      },
    );

    it.each([[['host', 'remote-node']], [['kube-apiserver']]])(
      'are never certain of what is denied where Cilium lets out to %j, and it may be one of its',
      (entities) => {
        const toEntity = {
          apiVersion: 'cilium.io/v2',
          kind: 'CiliumNetworkPolicy',
          metadata: { name: 'to-entity', namespace: 'models' },
          spec: { endpointSelector: {}, egress: [{ toEntities: entities }] },
        };
        expect(() => expect([toEntity]).toDeny(client, '192.168.1.1', Port.tcp(443))).toThrow(/to be denied/);
        expect(() => expect([toEntity]).toAllow(client, '192.168.1.1', Port.tcp(443))).toThrow(/to be allowed/);
        expect([toEntity]).toDeny(client, '203.0.113.7', Port.tcp(443));
        expect([toEntity]).toDeny(client, '169.254.169.254', Port.tcp(80));
      },
    );
  });

  it('refuse what is no end and no subject', () => {
    expect(failure(() => expect(app).toDeny('envoy', vllm, Port.tcp(8000)))).toMatch(/"envoy" is not an end/);
    expect(failure(() => expect(app).toDeny('a/b', vllm, Port.tcp(8000)))).toMatch(/"a\/b" is not an end/);
    expect(failure(() => expect(7).toDeny(gateway, vllm, Port.tcp(8000)))).toMatch(
      /is not something that has policies/,
    );
  });

  it('refuse manifests that cannot be relied on', () => {
    const broken = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'x' },
      spec: { template: { metadata: { labels: { app: 7 } }, spec: { containers: [] } } },
    };
    expect(failure(() => expect([broken]).toDeny('a/x=y', 'b/x=y', Port.tcp(1)))).toMatch(/labels/);
  });

  it('are about the port that a container names, and fail for a name that none has', () => {
    const named = [...manifestsOf('named'), workload('shop', 'web', { ports: [{ name: 'http', containerPort: 80 }] })];
    expect(named).toAllow('shop/app=web', 'shop/app=web', Port.named('http'));
    const message = failure(() => expect(named).toDeny('shop/app=web', 'shop/app=web', Port.named('https')));
    expect(message).toMatch(/No container of shop\/app=web has a port called as in TCP\/https.*They name http\./);
    expect(failure(() => expect(named).toAllow('shop/app=web', 'shop/app=web', Port.named('https')))).toBe(message);
  });
});

describe('what is not certain', () => {
  const web = workload('shop', 'web');
  const both = (manifests: readonly unknown[], from: string, to: string, port: Port) => [
    failure(() => expect(manifests).toAllow(from, to, port)),
    failure(() => expect(manifests).toDeny(from, to, port)),
  ];

  it('fails both matchers beside a pod on the host network, either way', () => {
    const agent = workload('monitoring', 'agent', {}, { hostNetwork: true });
    const manifests = [...manifestsOf('closed'), web, agent];
    for (const [from, to] of [
      ['monitoring/app=agent', 'shop/app=web'],
      ['shop/app=web', 'monitoring/app=agent'],
    ]) {
      for (const message of both(manifests, from, to, Port.tcp(80))) {
        expect(message).toMatch(/perhaps one, perhaps the other[\s\S]*a node always reaches the pods that it runs/);
        expect(message).toMatch(/take the workload off the host network/);
      }
    }
    expect(manifests).toDeny('shop/app=web', stranger('monitoring/app=other'), Port.tcp(80));
  });

  it('fails both for a name of ports towards pods that no manifest shows, on every number and by the name', () => {
    const manifests = [...manifestsOf('named'), web];
    for (const port of [Port.tcp(8888), Port.named('http')]) {
      for (const message of both(manifests, 'shop/app=web', 'shop/app=spawned', port)) {
        expect(message).toMatch(
          /if the port is called http there, which no manifest shows[\s\S]*Write the number of the port/,
        );
      }
    }
    expect(manifests).toDeny('shop/app=web', 'shop/app=spawned', Port.udp(8888));
  });

  it('fails both for a policy that nobody takes or understands where it would bind one of the ends, and nowhere else', () => {
    const broken = policyOf('broken', { podselector: {} });
    const manifests = [...manifestsOf('closed'), web, workload('elsewhere', 'web'), broken];
    const inShop = both(manifests, 'elsewhere/app=web', 'shop/app=web', Port.tcp(80));
    for (const message of inShop)
      expect(message).toMatch(/perhaps[\s\S]*NetworkPolicy shop\/broken may[\s\S]*podselector/);
    expect(manifests).toAllow('elsewhere/app=web', stranger('other/app=web'), Port.tcp(80));
  });

  it('fails for a value that is another one to others', () => {
    const folder = mkdtempSync(join(tmpdir(), 'matchers-'));
    try {
      const text = Yaml.stringify(...manifestsOf('closed'), web);
      writeFileSync(join(folder, 'all.yaml'), text.replace(/^( +)containers:/m, '$1hostIPC: no\n$1containers:'));
      expect(failure(() => expect(folder).toDeny('shop/app=web', 'shop/app=web', Port.tcp(80)))).toMatch(
        /The value no without quotes/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function workload(namespace: string, name: string, container: object = {}, spec: object = {}) {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'c', ...container }], ...spec } },
    },
  };
}

function policyOf(name: string, spec: object) {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'shop' }, spec };
}

/** A namespace that is closed, or open on the port called http. */
function manifestsOf(which: 'closed' | 'named') {
  const policyTypes = ['Ingress', 'Egress'];
  const http = [{ ports: [{ port: 'http' }] }];
  const open = { podSelector: {}, policyTypes: ['Ingress'], ingress: http };
  const spawned = { ...open, podSelector: { matchLabels: { app: 'spawned' } } };
  return which === 'closed'
    ? [policyOf('closed', { podSelector: {}, policyTypes })]
    : [policyOf('named', open), policyOf('spawned', spawned)];
}

describe('the matchers on other engines', () => {
  it.each<[string, () => Cluster]>([
    ['Calico', () => Cluster.calico({ version: '3.32' })],
    ['Antrea', () => Cluster.antrea({ version: '2.7' })],
    ['ClusterNetworkPolicy', () => Cluster.clusterNetworkPolicy()],
  ])('judge an app as %s does', (_, cluster) => {
    const { app, gateway, vllm, weights } = servedModel(cluster());
    expect(app).toAllow(gateway, vllm, Port.tcp(8000));
    expect(app).toAllow(vllm, weights, Port.tcp(9000));
    expect(app).toDeny(gateway, vllm, Port.tcp(8001));
    expect(app).toDeny(gateway, weights, Port.tcp(9000));
  });

  it('find the engine of manifests by their kinds, and its denies', () => {
    const { chart } = servedModel();
    const manifests = [...Testing.synth(chart), deny('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy')];
    expect(Testing.synth(chart)).toAllow('edge/app=envoy', 'models/app=vllm', Port.tcp(8000));
    expect(failure(() => expect(manifests).toAllow('edge/app=envoy', 'models/app=vllm', Port.tcp(8000)))).toMatch(
      /ingress of models.*: denied by\n {4}ClusterNetworkPolicy deny spec\.ingress\[0\] in Admin/,
    );
  });

  it('refuse policies that the cluster of the app does not enforce', () => {
    const { app, chart } = servedModel(Cluster.calico({ version: '3.31' }));
    new ApiObject(chart, 'admin', deny('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy'));
    expect(failure(() => expect(app).toDeny('edge/app=envoy', 'models/app=vllm', Port.tcp(1)))).toMatch(
      /Calico 3\.31 does not enforce the ClusterNetworkPolicy deny/,
    );
  });

  function deny(apiVersion: string, kind: string) {
    const rules = [{ action: 'Deny', from: [{ namespaces: {} }] }];
    const spec = { tier: 'Admin', priority: 1, subject: { namespaces: {} }, ingress: rules };
    return { apiVersion, kind, metadata: { name: 'deny' }, spec };
  }
});

describe('the matchers on what others render', () => {
  function plusChart() {
    const chart = Testing.chart();
    const metadata = { namespace: 'shop' };
    new Namespace(chart, 'ns', { metadata: { name: 'shop' } });
    const web = new Deployment(chart, 'web', { metadata, containers: [{ image: 'web', portNumber: 80 }] });
    const api = new Deployment(chart, 'api', { metadata, containers: [{ image: 'api', portNumber: 8080 }] });
    web.connections.allowTo(api);
    return chart;
  }

  it('work on a chart of cdk8s-plus, and show what it forgets', () => {
    const chart = plusChart();
    const [web, api] = Testing.synth(chart)
      .filter(({ kind }) => kind === 'Deployment')
      .map(({ spec }) =>
        Object.entries(spec.template.metadata.labels)
          .map((pair) => pair.join('='))
          .join(','),
      );
    expect(chart).toAllow(`shop/${web}`, `shop/${api}`, Port.tcp(8080));
    expect(chart).toDeny(`shop/${web}`, `shop/${api}`, Port.tcp(80));
    expect(chart).toDeny(`shop/${web}`, '10.96.0.10', Port.udp(53));
    expect(chart).not.toIsolate('shop');
  });

  it('are not sure of a policy that is a hook', () => {
    const closed = (annotations: object) => [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'models' } },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'default-deny', namespace: 'models', annotations },
        spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
      },
    ];
    const [from, to] = [stranger('edge/app=any'), stranger('models/app=vllm')];
    expect(closed({})).toDeny(from, to, Port.tcp(8000));
    expect(closed({})).toIsolate('models');
    const hook = closed({ 'argocd.argoproj.io/hook': 'Skip' });
    expect(() => expect(hook).toDeny(from, to, Port.tcp(8000))).toThrow(/hook/);
    expect(() => expect(hook).toIsolate('models')).toThrow(/models/);
  });

  it('work on a folder of YAML', () => {
    const folder = mkdtempSync(join(tmpdir(), 'matchers-'));
    try {
      const { chart, gateway, vllm } = servedModel();
      writeFileSync(join(folder, 'all.yaml'), Yaml.stringify(...Testing.synth(chart)));
      expect(folder).toAllow(gateway, vllm, Port.tcp(8000));
      expect(folder).toDeny('models/app=vllm', 'edge/app=envoy', Port.tcp(8443));
      expect(folder).toIsolate('models');
      writeFileSync(join(folder, 'graph.json'), PolicyGraph.of(chart).toJson());
      expect(folder).toIsolate('models');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('manifests that say no namespace', () => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'deny' },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  };

  it('are in the one that they are applied in', () => {
    expect(manifests([policy], { namespace: 'models' })).toIsolate('models');
    expect(failure(() => expect([policy]).not.toIsolate('models'))).toContain('there is default');
    expect(manifests([policy], { namespace: 'models' })).toDeny('203.0.113.7', 'models/*', Port.tcp(80));
    const folder = mkdtempSync(join(tmpdir(), 'matchers-'));
    try {
      writeFileSync(join(folder, 'all.yaml'), Yaml.stringify(policy));
      expect(manifests(folder, { namespace: 'models' })).toIsolate('models');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('cannot be in one that has no such name', () => {
    expect(() => manifests([policy], { namespace: 'My models' })).toThrow(/namespace name 'My models'/);
  });
});

describe('toIsolate', () => {
  it('fails where a pod of the namespace is on the host network, since no policy binds it', () => {
    const deny = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny', namespace: 'gpu' },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    };
    const pod = (namespace: string, hostNetwork: boolean) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'driver', namespace, labels: { app: 'driver' } },
      spec: { hostNetwork, containers: [{ name: 'driver', image: 'driver' }] },
    });
    expect(() => expect([deny, pod('gpu', true)]).toIsolate('gpu')).toThrow(
      /no policy binds gpu\/Pod\/driver, since it is on the host network/,
    );
    expect([deny, pod('gpu', false)]).toIsolate('gpu');
    expect([deny, pod('elsewhere', true)]).toIsolate('gpu');
  });

  it('holds where every pod is isolated both ways, and names one that is not', () => {
    const { app, chart } = servedModel();
    expect(app).toIsolate('models');
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'open' }, spec: { containers: [] } };
    expect(failure(() => expect([...Testing.synth(chart), pod]).toIsolate('open'))).toMatch(
      /no policy isolates .* for ingress\n.*for egress/,
    );
    expect(failure(() => expect(app).not.toIsolate('models'))).toMatch(/not to be isolated/);
  });
});

describe('an end that the manifests do not know', () => {
  const { app } = servedModel();
  const labelled = (labels: Record<string, string>) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'singleuser', namespace: 'hub' },
    spec: { podSelector: { matchLabels: labels } },
  });

  it('comes with the selector that is nearest, and what that asks for besides', () => {
    const policies = [labelled({ app: 'jupyterhub', component: 'singleuser-server', release: 'jhub' })];
    expect(
      failure(() => expect(policies).toDeny('203.0.113.7', 'hub/component=singleuser-server', Port.tcp(80))),
    ).toContain(
      "The nearest is NetworkPolicy hub/singleuser, which asks for app=jupyterhub,release=jhub besides: 'hub/app=jupyterhub,component=singleuser-server,release=jhub'",
    );
    expect(
      failure(() => expect(policies).toDeny('203.0.113.7', 'hub/component=singleuser-servr', Port.tcp(80))),
    ).toContain('singleuser-server');
    expect(failure(() => expect(policies).toDeny('203.0.113.7', 'hub/color=red', Port.tcp(80)))).not.toContain(
      'nearest',
    );
  });

  it('comes with the workload that is nearest, and what that has', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'hub', labels: { app: 'proxy' } },
      spec: { containers: [{ name: 'c' }] },
    };
    expect(failure(() => expect([pod]).toDeny('203.0.113.7', 'hub/app=proxi', Port.tcp(80)))).toContain(
      "The nearest is hub/Pod/p, which has app=proxy: 'hub/app=proxy'",
    );
  });

  it('may be a namespace that is not there, whichever way it is asked', () => {
    for (const asked of [() => expect(app).toIsolate('model'), () => expect(app).not.toIsolate('model')]) {
      expect(failure(asked)).toContain("There is no namespace 'model' in these manifests; did you mean 'models'");
    }
    expect(failure(() => expect(app).toIsolate('elsewhere'))).toContain('there are data, edge, ');
    expect(failure(() => expect(app).toDeny('modles/app=vllm', 'data/app=minio', Port.tcp(1)))).toContain(
      "did you mean 'models'",
    );
  });
});

describe('toHavePolicyGraph', () => {
  it('compares the text form, whatever its indentation', () => {
    const chart = new Chart(new App(), 'chart');
    const namespace = new ZeroTrustNamespace(chart, 'ns', { purpose: 'data' });
    const tier = new DataTier(namespace, 'db', { pods: Pods.labeled({ app: 'db' }) });
    expect(tier).toHavePolicyGraph(`
      policy graph for kubernetes

      cluster
        DNS             CoreDNS; kube-system/{k8s-app=kube-dns} [cluster DNS] TCP/53 UDP/53
        address blocks  may match pods by their addresses

      namespaces (purpose, management, pod security)
        ns      data    own     baseline

      tiers (role, pods)
        ns/db   data    {app=db}

      flows: none
    `);
    expect(failure(() => expect(tier).toHavePolicyGraph('flows: none'))).toMatch(/another one[\s\S]*ns\/db/);
  });
});

describe('toBeProved', () => {
  it('holds for what is rendered, and shows the connection that a patch lets in', () => {
    const { app, vllm } = servedModel();
    expect(app).toBeProved();
    vllm.policy.addJsonPatch(JsonPatch.add('/spec/ingress/0/ports/0/port', 8001));
    expect(failure(() => expect(app).toBeProved())).toMatch(/models\/vllm.*TCP 8001|TCP\/8001/s);
  });
});

describe('toKeepApart', () => {
  it('follows paths of any length', () => {
    const { app, gateway, vllm, weights } = servedModel();
    expect(app).toKeepApart(weights, Internet.any());
    expect(app).toKeepApart(weights, gateway);
    const message = failure(() => expect(app).toKeepApart(gateway, weights));
    expect(message).toMatch(/edge\/.*reaches models\/.*[\s\S]*models\/.*reaches data\//);
    expect(failure(() => expect(app).not.toKeepApart(weights, gateway))).toMatch(/expected a path/);
    expect(failure(() => expect(app).toKeepApart(Internet.any(), vllm))).toMatch(/internet.* reaches/);
  });

  it('says which hop is DNS, and leaves out what name servers would relay where that is asked for', () => {
    const { app, vllm, weights } = servedModel(Cluster.kubernetes(), true);
    const message = failure(() => expect(app).toKeepApart(vllm, Internet.any()));
    expect(message).toMatch(/- models\/.* reaches kube-system\/\{k8s-app=kube-dns\}.* \(name servers\): /);
    expect(message).toMatch(/\{ ignoringDns: true \}/);
    expect(app).toKeepApart(vllm, Internet.any(), { ignoringDns: true });
    expect(app).not.toKeepApart(vllm, weights, { ignoringDns: true });
    expect(app).not.toKeepApart(vllm, 'kube-system/k8s-app=kube-dns', { ignoringDns: true });
    expect(failure(() => expect(app).toKeepApart(vllm, weights, { ignoringDns: true }))).not.toContain('ignoringDns');
    expect(() => expect(app).toKeepApart(vllm, weights, { ignoringDns: 'yes' as never })).toThrow(
      /`ignoringDns` is "yes", which is not true or false/,
    );
  });

  it('sees the way out that a foreign policy opens', () => {
    const { app, chart, weights } = servedModel();
    new ApiObject(chart, 'foreign', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'foreign', namespace: 'data' },
      spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] },
    });
    const manifests = app.charts.flatMap((one) => one.node.findAll().filter((node) => ApiObject.isApiObject(node)));
    expect(manifests.map((object) => (object as ApiObject).toJson())).not.toKeepApart(weights, Internet.any());
    expect(manifests.map((object) => (object as ApiObject).toJson())).not.toKeepApart(
      weights,
      Cidr.of('203.0.113.0/24'),
    );
  });
});
