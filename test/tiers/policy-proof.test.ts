import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { NetworkPolicy, NetworkPolicyIpBlock } from 'cdk8s-plus-28';
import {
  AgentTier,
  Cidr,
  Cluster,
  DataTier,
  ForeignPolicy,
  Internet,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  Tier,
  ZeroTrustNamespace,
} from '../../lib';
import '../../lib/testing/jest';

const because = 'a test of the proof';

/** A store and its client, in namespaces of their own. */
function storeAndClient(outdir?: string) {
  const app = new App({ outdir });
  const chart = new Chart(app, 'chart');
  const data = new ZeroTrustNamespace(chart, 'data', { purpose: 'data' });
  const apps = new ZeroTrustNamespace(chart, 'apps', { purpose: 'application' });
  const store = new DataTier(data, 'store', { pods: Pods.labeled({ app: 'store' }), ports: [Port.tcp(5432)] });
  const client = new Tier(apps, 'client', { pods: Pods.labeled({ app: 'client' }) });
  client.connections.allowTo(store, { because });
  return { app, chart, data, store, client };
}

/** A policy of somebody else over all pods of the data namespace. */
function foreignPolicy(chart: Chart, spec: object): ApiObject {
  return new ApiObject(chart, 'foreign', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'foreign', namespace: 'data' },
    spec: { podSelector: {}, ...spec },
  });
}

const letsMonitoringIn = {
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }] }],
};

describe('a proof', () => {
  it('says over how much it was made, and what it leaves out', () => {
    const proof = PolicyProof.of(storeAndClient().app);
    expect(proof).toMatchObject({ isProved: true, namespaces: 2, rules: 3, flows: 2, witnesses: [] });
    expect(proof.cells).toBeGreaterThanOrEqual(proof.rules + 2 * proof.namespaces);
    expect(proof.assumptions.join()).toMatch(/host-network pods.*self-traffic.*ICMP/);
    expect(proof.toText()).toMatch(/^Proved: .*2 namespaces, 3 rules, 2 flows/);
  });

  it('is made anew when something changed in place', () => {
    const { app, store } = storeAndClient();
    expect(app).toBeProved();
    store.policy.addJsonPatch(JsonPatch.replace('/spec/ingress/0/ports/0/port', 5433));
    const proof = PolicyProof.of(app);
    expect(proof.isProved).toBe(false);
    expect(proof.witnesses.join('\n')).toMatch(/store.*5433/);
    expect(proof.witnesses.join('\n')).toMatch(/is declared, and its ingress half is stopped/);
  });

  it('fails for a policy that the API server would refuse', () => {
    const { app, chart } = storeAndClient();
    foreignPolicy(chart, { ingress: [{ ports: [{ port: 0 }] }] });
    expect(PolicyProof.of(app).isProved).toBe(false);
    expect(() => app.synth()).toThrow(/chart\/foreign/);
  });

  it('fails where a default deny is taken away', () => {
    const { app, data } = storeAndClient();
    const deny = data.node.findChild('$default-deny') as ApiObject;
    deny.addJsonPatch(JsonPatch.replace('/spec/policyTypes', ['Ingress']));
    expect(PolicyProof.of(app).witnesses.join()).toMatch(/No policy isolates the pod .* for egress/);
  });
});

describe('policies of others', () => {
  it('stop the synthesis where they let through what nobody declared', () => {
    const { app, chart } = storeAndClient();
    foreignPolicy(chart, letsMonitoringIn);
    expect(() => app.synth()).toThrow(/NetworkPolicy data\/foreign \(chart\/foreign\) lets in what no flow declares/);
  });

  it('may let through what is declared of them, which the graph notes', () => {
    const { app, chart, store } = storeAndClient();
    const policy = foreignPolicy(chart, letsMonitoringIn);
    const monitoring = Pods.all().inNamespace('monitoring').ownedBy('platform team');
    ForeignPolicy.declare(policy, [
      { source: monitoring, destination: Pods.all().inNamespace('data'), because: 'the chart scrapes everything' },
    ]);
    expect(app).toBeProved();
    ForeignPolicy.declare(policy, [{ source: monitoring, destination: store, because: 'the store too' }]);
    expect(PolicyGraph.of(app).toText()).toMatch(
      /data\/store .*note: a policy of others lets in from monitoring\/\{\*\} on TCP\/5432: the store too/,
    );
  });

  it('may be written with cdk8s-plus, and are seen when a rule is added later', () => {
    const { app, chart } = storeAndClient();
    const policy = new NetworkPolicy(chart, 'plus', { metadata: { namespace: 'data' } });
    expect(app).toBeProved();
    policy.addIngressRule(NetworkPolicyIpBlock.anyIpv4(chart, 'anywhere'));
    expect(PolicyProof.of(app).isProved).toBe(false);
  });

  it('need a reason and real peers to be declared', () => {
    const { chart, store } = storeAndClient();
    expect(() => ForeignPolicy.declare(chart, [{ source: store, destination: store, because: 'x' }])).toThrow(/reason/);
    expect(() => ForeignPolicy.declare(chart, [{ source: {} as never, destination: store, because }])).toThrow(
      /is not a peer/,
    );
  });

  it('break the promise of an agent even where somebody declared them', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    Cluster.use(app, Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'] }));
    const agents = new ZeroTrustNamespace(chart, 'data', { purpose: 'agents' });
    const agent = new AgentTier(agents, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
    const anywhere = { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '169.254.0.0/16' } }] }] };
    const policy = foreignPolicy(chart, anywhere);
    ForeignPolicy.declare(policy, [{ source: agent, destination: Cidr.of('169.254.0.0/16'), because }]);
    expect(PolicyProof.of(app).witnesses.join()).toMatch(/metadata services hand out credentials/);
  });
});

describe('the proof of a folder', () => {
  /** Synthesizes into a folder of its own, and hands it over. */
  function written(check: (folder: string, app: App) => void): void {
    const folder = mkdtempSync(join(tmpdir(), 'proof-'));
    try {
      const { app } = storeAndClient(folder);
      app.synth();
      check(folder, app);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  it('reads the bytes that were written', () => {
    written((folder, app) => {
      expect(PolicyProof.ofFolder(app, folder).isProved).toBe(true);
      const [file] = readdirSync(folder).map((name) => join(folder, name)) as [string];
      writeFileSync(file, readFileSync(file, 'utf8').replace('port: 5432', 'port: 5431'));
      const proof = PolicyProof.ofFolder(app, folder);
      expect(proof.isProved).toBe(false);
      expect(proof.toText()).toMatch(/5431/);
    });
  });

  it('misses objects that are lost, and files that are empty', () => {
    written((folder, app) => {
      const [file] = readdirSync(folder).map((name) => join(folder, name)) as [string];
      const documents = readFileSync(file, 'utf8').split(/^---$/m);
      writeFileSync(file, documents.slice(1).join('---'));
      expect(PolicyProof.ofFolder(app, folder).toText()).toMatch(
        /Namespace apps is rendered, and is not in the folder/,
      );
      rmSync(file);
      expect(PolicyProof.ofFolder(app, folder).isProved).toBe(false);
    });
  });

  it('misses a policy that is somewhere else than it is rendered, though nothing in its namespace needs it', () => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'proof-')) });
    try {
      const shop = new ZeroTrustNamespace(new Chart(app, 'chart'), 'shop', { purpose: 'application' });
      new Tier(shop, 'every-pod', { pods: Pods.all(), dns: true });
      app.synth();
      const file = join(app.outdir, readdirSync(app.outdir)[0] as string);
      const text = readFileSync(file, 'utf8');
      const [before, after] = text.split('name: default-deny') as [string, string];
      writeFileSync(file, `${before}name: default-deny${after.replace('namespace: shop', 'namespace: kube-system')}`);
      const proof = PolicyProof.ofFolder(app, app.outdir);
      expect(proof.isProved).toBe(false);
      expect(proof.toText()).toMatch(
        /NetworkPolicy shop\/default-deny: .*metadata\.namespace is 'kube-system', and is rendered as 'shop'/,
      );
    } finally {
      rmSync(app.outdir, { recursive: true });
    }
  });

  it('misses labels of a Namespace that are not those rendered, since namespaces are selected by them', () => {
    written((folder, app) => {
      const [file] = readdirSync(folder).map((name) => join(folder, name)) as [string];
      const text = readFileSync(file, 'utf8');
      for (const damaged of [
        text.replace('purpose: data', 'purpose: gateway'),
        text.replace('purpose: data\n', 'purpose: data\n    team: platform\n'),
      ]) {
        expect(damaged).not.toBe(text);
        writeFileSync(file, damaged);
        const proof = PolicyProof.ofFolder(app, folder);
        expect(proof.isProved).toBe(false);
        expect(proof.toText()).toMatch(
          /Namespace data: It is not what is rendered: metadata\.labels\.(purpose|team) is '(gateway|platform)'/,
        );
      }
    });
  });
});

describe('labels of our Namespaces', () => {
  /** A store that is open to every namespace of a team, which is somebody else's. */
  function openToTeam(labels?: Record<string, string>) {
    const app = new App();
    const chart = new Chart(app, 'chart', { labels });
    const data = new ZeroTrustNamespace(chart, 'data', { purpose: 'data' });
    const store = new DataTier(data, 'store', { pods: Pods.labeled({ app: 'store' }), ports: [Port.tcp(5432)] });
    const team = Pods.labeled({ app: 'client' }).inNamespacesLabeled({ team: 'red' }).ownedBy('team red');
    store.connections.allowFrom(team, { because });
    return { app, object: data.node.findChild('$namespace') as ApiObject };
  }

  const belongsToUs = /the namespace data belongs to this app/;

  it('are known with those that the chart gives to all of its objects', () => {
    expect(openToTeam().app).toBeProved();
    expect(() => PolicyProof.of(openToTeam({ team: 'red' }).app)).toThrow(belongsToUs);
  });

  it('are known as they are when something is asked, also when they are added later', () => {
    const { app, object } = openToTeam();
    expect(app).toBeProved();
    object.metadata.addLabel('team', 'red');
    expect(() => PolicyProof.of(app)).toThrow(belongsToUs);
    const patched = openToTeam();
    patched.object.addJsonPatch(JsonPatch.add('/metadata/labels/team', 'red'));
    expect(() => PolicyProof.of(patched.app)).toThrow(belongsToUs);
  });
});

describe('two repositories', () => {
  /** The side that owns the client, or the one that owns the store; each knows the other by labels. */
  function side(name: 'client' | 'store', ports = [Port.tcp(5432)]): PolicyGraph {
    const app = new App();
    const other = name === 'client' ? 'store' : 'client';
    const namespace = new ZeroTrustNamespace(new Chart(app, 'chart'), `ns-${name}`, { purpose: 'application' });
    const tier = new Tier(namespace, name, { pods: Pods.labeled({ app: name }), ports, dns: false });
    const peer = Pods.labeled({ app: other }).inNamespace(`ns-${other}`).ownedBy('the other team');
    if (name === 'client') tier.connections.allowTo(peer, { because, ports });
    else tier.connections.allowFrom(peer, { because, ports });
    return PolicyGraph.parse(PolicyGraph.of(app).toJson());
  }

  it('have each other`s halves', () => {
    expect(PolicyProof.missingHalves(side('client'), side('store'))).toEqual([]);
  });

  it('are told which half is missing, from either side', () => {
    const [ours] = PolicyProof.missingHalves(side('client'), side('store', [Port.tcp(5433)]));
    expect(ours).toMatch(/other graph does not declare the ingress half.*5432/);
    expect(PolicyProof.missingHalves(side('client'), side('store', [Port.tcp(5433)])).join()).toMatch(
      /own graph.*5433/,
    );
  });
});

describe('keeping apart', () => {
  it('holds for data that nothing reaches the internet from', () => {
    const { app, store } = storeAndClient();
    expect(app).toKeepApart(store, Internet.any());
  });
});
