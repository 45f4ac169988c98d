import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { apps } from '../../apps/main';
import {
  AgentTier,
  Cidr,
  Cluster,
  DataTier,
  ForeignPolicy,
  NamespaceManagement,
  Pods,
  PolicyGraph,
  Port,
  ZeroTrustNamespace,
} from '../../lib';
import { readFiles } from '../../lib/analysis';
import { Deployment } from '../../lib/deployment/deployment';
import type { GraphData } from '../../lib/graph/graph-data';
import { fromJson } from '../../lib/graph/json-read';
import { problemText } from '../../lib/model/problem';
import { type FilesProof, isOfOthers, type ManifestsProof, proofProblems, proveFiles } from '../../lib/proof';
import { promisesOfTiers } from '../../lib/proof/promises-of-tiers';
import { declarations } from '../damage/declarations';
import type { Files } from '../damage/manifests';
import { damaged, operators } from '../damage/operators';
import { Random } from '../judges/random';

const folder = mkdtempSync(join(tmpdir(), 'prove-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An app in a folder of its own, and its graph as a file has it. */
class Rendered {
  public readonly graph: GraphData;
  public readonly files: Files;
  private readonly app: App;
  public readonly folder: string;

  constructor(make: (props: { outdir: string }) => App) {
    this.folder = mkdtempSync(join(folder, 'app-'));
    this.app = make({ outdir: this.folder });
    this.app.synth();
    this.graph = fromJson(PolicyGraph.of(this.app).toJson());
    this.files = Object.fromEntries(
      readdirSync(this.folder).map((name) => [
        name,
        loadAll(readFileSync(join(this.folder, name), 'utf8')) as Files[string],
      ]),
    );
  }

  public write(files: Files): void {
    rmSync(this.folder, { recursive: true });
    mkdirSync(this.folder);
    for (const [name, objects] of Object.entries(files)) {
      writeFileSync(join(this.folder, name), objects.map((object) => JSON.stringify(object)).join('\n---\n'));
    }
  }

  public byApp() {
    return Deployment.of(this.app).proofOfFolder(this.folder);
  }

  public byGraph(): FilesProof {
    return proveFiles(this.graph, readFiles([this.folder]));
  }
}

/** An operator's policy that lets it into a tier, beside ours, in an adopted namespace with an agent. */
function withOthers(props: { outdir: string }): App {
  const app = new App(props);
  Cluster.use(
    app,
    Cluster.calico({
      version: '3.32',
      podCidrs: ['10.244.0.0/16'],
      nodeCidrs: ['10.1.0.0/16'],
      apiServer: { addresses: ['10.1.0.1/32'] },
    }),
  );
  const chart = new Chart(app, 'shop');
  const shop = new ZeroTrustNamespace(chart, 'shop', {
    purpose: 'shop',
    management: NamespaceManagement.ADOPT,
    acknowledge: [{ rule: 'adopted-namespace', because: 'its owners agreed to it' }],
  });
  const store = new DataTier(shop, 'store', { pods: Pods.labeled({ app: 'store' }), ports: [Port.tcp(5432)] });
  const agent = new AgentTier(shop, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
  agent.connections.allowTo(store, { because: 'orders are looked up' });
  agent.connections.allowTo(Cidr.of('198.51.100.0/24'), { ports: [Port.tcp(443)], because: 'tools are called' });
  const policy = new ApiObject(chart, 'operator', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'operator', namespace: 'shop' },
    spec: {
      podSelector: { matchLabels: { app: 'store' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'operators' } },
              podSelector: { matchLabels: { app: 'operator' } },
            },
          ],
          ports: [{ protocol: 'TCP', port: 5432 }],
        },
      ],
    },
  });
  const operator = Pods.labeled({ app: 'operator' }).inNamespace('operators').ownedBy('the operators');
  ForeignPolicy.declare(policy, [
    { source: operator, destination: store, ports: [Port.tcp(5432)], because: 'the operator manages replicas' },
  ]);
  return app;
}

/** Everything that a proof says. */
function said({ proof }: ManifestsProof) {
  const { outcome, audited, counts, assumptions } = proof;
  return { outcome, audited, counts, assumptions, against: proofProblems(proof).map(problemText) };
}

/** What a proof of the app alone can tell: that something is not what the app renders. */
function isComparison({ rule }: { readonly rule: string }): boolean {
  return rule.startsWith('written-');
}

describe('a proof from the graph in a file', () => {
  it.each(Object.keys(apps))('of %s says what the proof from the app says', (name) => {
    const rendered = new Rendered(apps[name] as (props: { outdir: string }) => App);
    const [byApp, byGraph] = [rendered.byApp(), rendered.byGraph()];
    expect(said(byGraph)).toEqual(said(byApp));
    expect(byGraph.proof.outcome).toBe('proved');
    expect([byGraph.unreadable, byGraph.preconditions]).toEqual([byApp.unreadable, byApp.preconditions]);
  });

  it.each(operators.map((operator) => [operator.name, operator] as const))(
    'finds in damaged manifests what the proof from the app finds: %s',
    (_, operator) => {
      const random = new Random(operator.name.length);
      let refuted = 0;
      for (const rendered of subjects()) {
        const files = damaged(rendered.files, operator, random);
        if (files === undefined) continue;
        rendered.write(files);
        const [byApp, byGraph] = [rendered.byApp(), rendered.byGraph()];
        expect(said(byGraph)).toEqual(said(byApp));
        const texts = byGraph.unreadable.map(problemText);
        for (const problem of byApp.unreadable.filter((each) => !isComparison(each))) {
          expect(texts).toContain(problemText(problem));
        }
        if (byGraph.proof.outcome === 'not-proved') refuted += 1;
      }
      expect(refuted > 0 || operator.sparesPolicies === true).toBe(true);
    },
  );

  it('refuses a Namespace with other labels than the graph says, and one that is gone', () => {
    const rendered = new Rendered(apps['sovereign-tenants'] as (props: { outdir: string }) => App);
    const change = (edit: (object: { metadata: { labels?: Record<string, string> } }) => boolean) => {
      const files = structuredClone(rendered.files);
      for (const [name, objects] of Object.entries(files)) {
        files[name] = objects.filter(
          (object) => object.metadata.name !== 'tenant-a' || object.kind !== 'Namespace' || edit(object),
        );
      }
      rendered.write(files);
      return rendered.byGraph().unreadable.map(problemText).join('\n');
    };
    expect(change(() => true)).toBe('');
    expect(
      change(({ metadata }) => {
        metadata.labels = { ...metadata.labels, tenant: 'tenant-b' };
        return true;
      }),
    ).toMatch(/Namespace tenant-a: It has the labels \{.*tenant=tenant-b\}, and the graph says \{.*tenant=tenant-a\}/);
    expect(change(() => false)).toMatch(/the Namespace tenant-a is rendered, and it is not among the manifests/);
  });

  it('refuses what a policy says of its flows otherwise than the graph', () => {
    const rendered = new Rendered(apps['portable-cilium'] as (props: { outdir: string }) => App);
    const files = structuredClone(rendered.files);
    for (const { metadata } of Object.values(files).flat()) {
      const { annotations = {} } = metadata;
      const text = annotations['cdk8s-zero-trust/flows'];
      if (text?.includes('users reach')) {
        annotations['cdk8s-zero-trust/flows'] = text.replace('users reach', 'nobody reaches');
      }
    }
    rendered.write(files);
    const { unreadable } = rendered.byGraph();
    expect(unreadable).toHaveLength(2);
    expect(problemText(unreadable[0] as never)).toMatch(
      /nobody reaches the model through the gateway" is not declared/,
    );
  });

  it('refuses flows that a policy says which is of no tier', () => {
    const rendered = new Rendered(apps['portable-kubernetes'] as (props: { outdir: string }) => App);
    const files = structuredClone(rendered.files);
    const deny = Object.values(files)
      .flat()
      .find(({ metadata }) => metadata.name === 'default-deny');
    Object.assign(deny?.metadata ?? {}, {
      annotations: { 'cdk8s-zero-trust/flows': 'out * to internet: it is meant\n' },
    });
    rendered.write(files);
    expect(rendered.byGraph().unreadable.map(({ rule }) => rule)).toEqual(['graph-annotation']);
  });

  it('takes from the graph what is declared of others, what roles promise, and whose the namespaces are', () => {
    const rendered = new Rendered(withOthers);
    const [byApp, byGraph] = [rendered.byApp(), rendered.byGraph()];
    expect(said(byGraph)).toEqual(said(byApp));
    expect(byGraph.proof.outcome).toBe('proved');
    expect(byGraph.proof.assumptions.join()).toMatch(/shop is adopted/);
    const without = (graph: Partial<GraphData>) => {
      const { proof } = proveFiles({ ...rendered.graph, ...graph }, readFiles([rendered.folder]));
      return proofProblems(proof).map(({ rule }) => rule);
    };
    expect(without({ foreign: undefined })).toContain('proof-undeclared');
    expect(without({ cluster: { ...rendered.graph.cluster, apiServer: undefined } })).toEqual([]);
    const [agent] = rendered.graph.tiers.filter(({ role }) => role === 'agent');
    expect(agent?.name).toBe('agent');
    expect(promisesOfTiers(rendered.graph).map(({ rule }) => rule)).toEqual(['metadata-service', 'api-server']);
  });

  it('knows files of others', () => {
    const [mesh, tenants] = ['ai-service-mesh', 'sovereign-tenants'].map(
      (name) => new Rendered(apps[name] as (props: { outdir: string }) => App),
    ) as [Rendered, Rendered];
    const { written } = readFiles([mkdtempSync(join(folder, 'none-'))]);
    expect(isOfOthers(mesh.graph, written)).toBe(true);
    const of = ({ files }: Rendered) =>
      Object.values(files)
        .flat()
        .map((object) => ({ object, sourceOf: () => '', file: 'a', lineOf: () => undefined }));
    expect(isOfOthers(mesh.graph, of(mesh))).toBe(false);
    expect(isOfOthers(mesh.graph, of(tenants))).toBe(true);
  });
});

let made: Rendered[] | undefined;

function subjects(): Rendered[] {
  made ??= declarations(1).map(({ make }) => new Rendered(make));
  return made;
}
