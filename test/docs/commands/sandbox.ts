// A folder in which the commands of guides run: a rendered platform that is committed, logs, and a cluster that has it.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ApiObject, App, Chart } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { AgentTier, Cluster, DataTier, InferenceTier, Pods, Port, ZeroTrust, ZeroTrustNamespace } from '../../../lib';
import { kindCluster } from '../../live/engines';
import { FakeCluster, type LiveObject } from '../../live/fake-cluster';
import { hubbleHour } from '../flows/log';
import { appOf } from '../page-example';

export interface Sandbox {
  /** A folder of its own for a command: `several` has the deployment in `dist/platform`, `probes` that of the page on them. */
  readonly copyOf: (layout: Layout) => string;
  /** What `helm template` and `kubectl get` would print. */
  readonly manifests: string;
  readonly cluster: FakeCluster;
  readonly remove: () => void;
}

export type Layout = 'one' | 'several' | 'probes';

export function sandbox(): Sandbox {
  const folder = mkdtempSync(join(tmpdir(), 'guides-'));
  const manifests = rendered(platform(), join(folder, 'one/dist'));
  rendered(platform(), join(folder, 'several/dist/platform'));
  rendered(appOf('probes.md', ['ZeroTrust.render(app);', '']), join(folder, 'probes/dist'));
  for (const layout of ['one', 'several', 'probes']) fill(join(folder, layout), join(folder, 'one/dist'), manifests);
  const { objects, options } = kindCluster();
  return {
    copyOf: (layout) => {
      const copy = mkdtempSync(join(folder, 'copy-'));
      cpSync(join(folder, layout), copy, { recursive: true });
      return copy;
    },
    manifests,
    cluster: new FakeCluster([...objects, ...(loadAll(manifests) as LiveObject[])], options),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function rendered(app: App, folder: string): string {
  ZeroTrust.render(app, { folder });
  const [name] = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return readFileSync(join(folder, name), 'utf8');
}

function fill(root: string, dist: string, manifests: string): void {
  cpSync('examples', join(root, 'examples'), { recursive: true });
  writeFileSync(join(root, 'hubble.jsonl'), hubbleHour());
  writeFileSync(join(root, 'last-week.jsonl'), hubbleHour());
  writeFileSync(join(root, 'last-week.jsonl.gz'), gzipSync(hubbleHour()));
  writeFileSync(join(root, 'today.yaml'), manifests);
  writeFileSync(join(root, 'LOG'), hubbleHour());
  cpSync(join(dist, 'graph.json'), join(root, 'graph.json'));
  mkdirSync(join(root, 'kept'));
  cpSync(join(dist, 'graph.json'), join(root, 'kept/graph.json'));
  mkdirSync(join(root, 'manifests'));
  writeFileSync(join(root, 'manifests/all.yaml'), manifests);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: root,
      stdio: 'ignore',
    });
  git('init', '-b', 'main');
  git('add', '.');
  git('commit', '-m', 'The platform');
  git('update-ref', 'refs/remotes/origin/main', 'main');
}

function platform(): App {
  const app = new App();
  Cluster.use(app, Cluster.kindnet({ version: '0.30', serviceCidrs: ['10.96.0.0/12'] }));
  const chart = new Chart(app, 'platform');
  const space = (name: string, purpose: string) => new ZeroTrustNamespace(chart, name, { purpose });
  const data = space('ai-data', 'data');
  const agent = new AgentTier(space('ai-agents', 'agents'), 'agent', { pods: workload(chart, 'ai-agents', 'agent') });
  const weaviate = new DataTier(data, 'weaviate', {
    pods: workload(chart, 'ai-data', 'weaviate'),
    ports: [Port.tcp(8080)],
  });
  const store = new DataTier(data, 'store', { pods: workload(chart, 'ai-data', 'store'), ports: [Port.tcp(8080)] });
  const vllm = new InferenceTier(space('models', 'inference'), 'vllm', { pods: workload(chart, 'models', 'vllm') });
  agent.connections.allowTo(weaviate, { because: 'retrieval looks up passages' });
  agent.connections.allowTo(store, { because: 'retrieval looks up passages' });
  agent.connections.allowTo(vllm, { because: 'agents ask the model' });
  return app;
}

function workload(chart: Chart, namespace: string, name: string): Pods {
  const labels = { app: name };
  return Pods.of(
    new ApiObject(chart, `${name}-workload`, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: name }] } },
      },
    } as never),
  );
}
