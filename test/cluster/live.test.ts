import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../lib/cli/exit-codes';
import { clusterByKubectl } from '../../lib/live/kubectl';
import type { LiveCluster } from '../../lib/live/transport';
import { run } from '../cli/run';
import type { KubernetesObject } from '../judges/world';
import { ciliumCluster, flannelCluster, kindCluster } from '../live/engines';
import type { LiveObject } from '../live/fake-cluster';
import { agentsAndModels, networkPolicy } from '../live/objects';
import { abilities, describeUnless } from './support/abilities';
import { ApiServer } from './support/api-server';

const { programs, noServer } = abilities();

/** The server as commands reach it, with every path that they asked for. */
function reached(server: ApiServer, asked: string[] = []): () => Promise<LiveCluster> {
  const get = async (path: string) => {
    asked.push(path);
    const { status, body } = await server.ask('GET', path);
    return { status, body: JSON.stringify(body) };
  };
  return async () => ({ name: 'real', get });
}

/** Without controllers nothing gives objects their owners, and the server itself sets what only it may. */
async function create(server: ApiServer, objects: readonly LiveObject[]): Promise<void> {
  for (const object of objects) {
    const { name, namespace } = object.metadata;
    if (object.kind === 'Namespace')
      await server.ensureNamespace(name, object.metadata.labels as Record<string, string>);
    else if (namespace !== undefined) await server.ensureNamespace(namespace);
  }
  for (const object of objects.filter(({ kind }) => CREATED.includes(kind))) await server.mustCreate(asCreated(object));
}

/** Pods need service accounts, and Services and slices of the API server are its own. */
const CREATED = ['Deployment', 'ReplicaSet', 'DaemonSet', 'NetworkPolicy', 'ConfigMap', 'Node'];

function asCreated({ status: _, ...object }: LiveObject): KubernetesObject {
  const { uid: __, managedFields: ___, ownerReferences, ...metadata } = object.metadata;
  return {
    ...object,
    metadata,
    ...(object.kind === 'ReplicaSet' && ownerReferences !== undefined && { spec: withSelector(object.spec) }),
  } as unknown as KubernetesObject;
}

function withSelector(spec: unknown): unknown {
  const { template } = spec as { template: { metadata: { labels: Record<string, string> } } };
  return { replicas: 0, selector: { matchLabels: template.metadata.labels }, template };
}

describeUnless(noServer, 'live commands against a real API server', () => {
  let server: ApiServer;
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'live-'));
    server = await ApiServer.start(programs ?? '');
  });
  afterEach(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const rendered = () =>
    agentsAndModels().filter(({ kind }) => kind === 'NetworkPolicy' || kind === 'Namespace' || kind === 'Deployment');

  async function drift(): Promise<readonly string[]> {
    writeFileSync(join(folder, 'a.json'), JSON.stringify({ kind: 'List', items: rendered() }));
    const { out } = await run(['drift', 'a.json', '--format', 'json'], { cwd: folder, cluster: reached(server) });
    return JSON.parse(out).findings.map(({ rule }: { rule: string }) => rule);
  }

  const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

  (hasKubectl ? it : it.skip)('reach it through kubectl, whose words say why there is no answer', async () => {
    const around = { cwd: folder, env: { ...process.env, KUBECONFIG: server.kubeconfig } };
    const { get } = await clusterByKubectl({}, around);
    expect(JSON.parse((await get('/apis')).body).kind).toBe('APIGroupList');
    expect((await get('/api/v1/namespaces?limit=1')).status).toBe(200);
    expect((await get('/api/v1/widgets')).status).toBe(404);
    const { get: elsewhere } = await clusterByKubectl({ context: 'none' }, around);
    expect(await elsewhere('/apis')).toMatchObject({ status: 0, body: expect.stringContaining('does not exist') });
  });

  it('answer who reaches whom', async () => {
    await create(server, rendered());
    const can = (port: string) =>
      run(['can', 'agents/agent', 'models/vllm', port, '--live'], { cluster: reached(server) });
    expect((await can('TCP/8080')).code).toBe(ExitCode.YES);
    expect((await can('TCP/8081')).code).toBe(ExitCode.NO);
  });

  it('find no drift in what the server itself fills in', async () => {
    await create(server, rendered());
    expect(await drift()).toEqual([]);
  });

  it('find what is missing, foreign and relabelled', async () => {
    await create(server, [
      ...rendered().filter(({ metadata }) => metadata.name !== 'default-deny'),
      networkPolicy('models', 'debug', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] }),
    ]);
    await server.ensureNamespace('shop', { purpose: 'agents' });
    expect([...new Set(await drift())].sort()).toEqual([
      'drift-connection',
      'drift-foreign-policy',
      'drift-missing',
      'drift-namespace-labels',
    ]);
  });

  it('read lists in pages as the server cuts them', async () => {
    await server.ensureNamespace('many');
    for (let i = 0; i < 501; i++)
      await server.mustCreate(asCreated(networkPolicy('many', `p${i}`, { podSelector: {} })));
    const asked: string[] = [];
    const { out } = await run(['list', '--live', '--summary', '--format', 'json'], { cluster: reached(server, asked) });
    expect(asked.filter((path) => path.startsWith('/apis/networking.k8s.io/v1/networkpolicies'))).toHaveLength(2);
    expect(out).toContain('501');
  });

  it.each([
    ['Cilium', ciliumCluster(), /engine: cilium\n.*DaemonSet kube-system\/cilium/],
    ['kind', kindCluster(), /platform: kind/],
  ])('say what a cluster is by what %s installs', async (_, { objects }, words) => {
    await create(server, objects);
    const { out } = await run(['cluster', 'facts'], { cluster: reached(server) });
    expect(out).toMatch(words);
    expect(out).toContain('serviceCidrs: ');
    expect(out).toMatch(/version: 1\.\d+/);
  });

  it('say that flannel alone enforces nothing', async () => {
    await create(server, flannelCluster().objects);
    writeFileSync(join(folder, 'a.json'), JSON.stringify({ kind: 'List', items: rendered() }));
    const { code, out } = await run(['cluster', 'verify', 'a.json'], { cwd: folder, cluster: reached(server) });
    expect(code).toBe(ExitCode.NO);
    expect(out).toContain('enforces nothing, and no engine is beside it');
  });
});
