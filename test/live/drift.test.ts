import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../lib/cli/exit-codes';
import { run } from '../cli/run';
import { FakeCluster, type FakeOptions, type LiveObject } from './fake-cluster';
import { agentsAndModels, denyAll, namespace, networkPolicy } from './objects';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drift-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What our repository has of it: namespaces and policies. */
function rendered(): LiveObject[] {
  return agentsAndModels().filter(({ kind }) => kind === 'NetworkPolicy' || kind === 'Namespace');
}

async function drift(
  live: readonly LiveObject[],
  more: { options?: FakeOptions; argv?: string[]; files?: LiveObject[] } = {},
) {
  writeFileSync(join(folder, 'rendered.json'), JSON.stringify({ kind: 'List', items: more.files ?? rendered() }));
  const ended = await run(['drift', 'rendered.json', '--format', 'json', ...(more.argv ?? [])], {
    cwd: folder,
    cluster: new FakeCluster(live, more.options).reached(),
  });
  const found = ended.out.startsWith('{') ? JSON.parse(ended.out).findings : [];
  return { ...ended, found: found as Record<string, string>[] };
}

function rulesOf(found: readonly Record<string, string>[]): string[] {
  return [...new Set(found.map(({ rule }) => rule))].sort();
}

function without(name: string): LiveObject[] {
  return agentsAndModels().filter(({ kind, metadata }) => !(kind === 'NetworkPolicy' && metadata.name === name));
}

function replaced(name: string, make: (object: LiveObject) => LiveObject): LiveObject[] {
  return agentsAndModels().map((each) =>
    each.metadata.name === name && each.kind !== 'Deployment' ? make(each) : each,
  );
}

/** What the API server adds to a policy, and who changes nothing. */
function asServed(object: LiveObject): LiveObject {
  if (object.kind === 'Namespace')
    return { ...object, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } };
  if (object.kind !== 'NetworkPolicy') return object;
  const spec = object.spec as Record<string, unknown>;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      uid: '5c2f',
      resourceVersion: '41',
      generation: 1,
      creationTimestamp: '2026-11-01T00:00:00Z',
      managedFields: [{ manager: 'argocd' }],
      annotations: { 'argocd.argoproj.io/tracking-id': 'platform' },
    },
    spec: { policyTypes: ['Ingress'], ...spec },
    status: {},
  };
}

describe('a cluster that has what is rendered', () => {
  it('has no drift, whatever the API server fills in', async () => {
    const bare = rendered().map((each) =>
      each.metadata.name === 'vllm'
        ? networkPolicy('models', 'vllm', {
            podSelector: { matchLabels: { app: 'vllm' } },
            policyTypes: ['Ingress', 'Egress'],
            ingress: [
              {
                from: [
                  {
                    namespaceSelector: { matchLabels: { purpose: 'agents' } },
                    podSelector: { matchLabels: { app: 'agent' } },
                  },
                ],
                ports: [{ port: 8080 }],
              },
            ],
            egress: [],
          })
        : each,
    );
    const { code, found, err } = await drift(agentsAndModels().map(asServed), { files: bare });
    expect([code, found, err]).toEqual([ExitCode.YES, [], '']);
  });

  it('has none for what other teams have in namespaces of their own', async () => {
    const others = [namespace('shop'), denyAll('shop')];
    expect((await drift([...agentsAndModels(), ...others])).found).toEqual([]);
  });
});

describe('drift', () => {
  it('is a policy that is missing, and the paths that are open by it', async () => {
    const { code, found } = await drift(without('default-deny'));
    expect(code).toBe(ExitCode.NO);
    expect(found.map(({ rule, object }) => [rule, object])).toContainEqual([
      'drift-missing',
      'NetworkPolicy models/default-deny',
    ]);
  });

  it('tells the paths of workloads that are there', async () => {
    const { found } = await drift(without('vllm'));
    const paths = found.filter(({ rule }) => rule === 'drift-connection');
    expect(paths.map(({ about, what }) => [about, what])).toEqual([
      [
        'agents/Deployment/agent, {purpose=agents}/app=agent -> models/Deployment/vllm',
        'the cluster allows less than what is rendered: no longer TCP/8080 (NetworkPolicy models/vllm removed)',
      ],
    ]);
  });

  it('is a policy that says something else, with the field that does', async () => {
    const live = replaced('vllm', (policy) => {
      const spec = policy.spec as { ingress: Record<string, unknown>[] };
      return {
        ...policy,
        spec: { ...spec, ingress: [{ ...spec.ingress[0], ports: [{ protocol: 'TCP', port: 9090 }] }] },
      };
    });
    const { found } = await drift(live);
    expect(rulesOf(found)).toEqual(['drift-changed', 'drift-connection']);
    expect(found.find(({ rule }) => rule === 'drift-changed')).toMatchObject({
      object: 'NetworkPolicy models/vllm',
      field: 'spec.ingress[0].ports[0].port',
    });
  });

  it('is a note where the text alone differs', async () => {
    const live = replaced('vllm', (policy) => ({
      ...policy,
      spec: {
        ...(policy.spec as object),
        podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['vllm'] }] },
      },
    }));
    const { code, found } = await drift(live);
    expect([code, rulesOf(found)]).toEqual([ExitCode.YES, ['drift-text']]);
  });

  it('is a policy that nobody rendered and that binds our pods, with what it opens', async () => {
    const foreign = networkPolicy('models', 'debug', { podSelector: {}, ingress: [{}] });
    const { code, found } = await drift([...agentsAndModels(), foreign]);
    expect(code).toBe(ExitCode.NO);
    expect(rulesOf(found)).toEqual(['drift-connection', 'drift-foreign-policy']);
    expect(found.find(({ rule }) => rule === 'drift-foreign-policy')?.what).toBe(
      'NetworkPolicy models/debug is not rendered, and binds pods of models (1 workload)',
    );
  });

  it('is a namespace of others that now wears the label of our clients', async () => {
    const { found } = await drift([...agentsAndModels(), namespace('shop', { purpose: 'agents' })]);
    expect(found.map(({ rule, what }) => [rule, what])).toEqual([
      [
        'drift-namespace-labels',
        'Namespace shop wears purpose=agents, and is not rendered: so that it is now among the peers of NetworkPolicy models/vllm',
      ],
    ]);
  });

  it('is a namespace of ours that lost it', async () => {
    const live = replaced('agents', () => namespace('agents'));
    const { found } = await drift(live);
    expect(found.filter(({ rule }) => rule === 'drift-namespace-labels')).toMatchObject([
      { object: 'Namespace agents' },
    ]);
    expect(rulesOf(found)).toContain('drift-connection');
  });

  it('is a kind that the API server does not have', async () => {
    const cilium = {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'vllm', namespace: 'models' },
      spec: { endpointSelector: {}, ingress: [{}] },
    };
    const { code, found } = await drift(agentsAndModels(), { files: [namespace('models'), cilium] });
    expect(code).toBe(ExitCode.NO);
    expect(rulesOf(found)).toContain('drift-unserved');
  });

  it('fails as it is asked to', async () => {
    const foreign = networkPolicy('models', 'again', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect((await drift([...agentsAndModels(), foreign])).code).toBe(ExitCode.NO);
    expect((await drift([...agentsAndModels(), foreign], { argv: ['--fail-on', 'error'] })).code).toBe(ExitCode.YES);
  });

  it.each(['text', 'sarif', 'junit', 'github', 'markdown', 'gitlab'])('is told as %s', async (format) => {
    writeFileSync(join(folder, 'rendered.json'), JSON.stringify({ kind: 'List', items: rendered() }));
    const { out } = await run(['drift', 'rendered.json', '--format', format], {
      cwd: folder,
      cluster: new FakeCluster(without('vllm')).reached(),
    });
    expect(out).toContain('models/vllm');
  });
});

describe('drift against a cluster that cannot be read', () => {
  it.each([
    ['dies between pages', { status: 0, body: 'refused' }, 'nothing is reported as absent'],
    ['forbids to list policies', { status: 403, body: 'forbidden' }, 'may not list networkpolicies'],
  ])('is unknown where the server %s', async (_, answer, words) => {
    const isFirst = answer.status === 403;
    const { code, out, err } = await drift(agentsAndModels(), {
      options: {
        page: 1,
        instead: (path) =>
          path.includes('/networkpolicies?') && (isFirst || path.includes('continue')) ? answer : undefined,
      },
    });
    expect([code, out]).toEqual([ExitCode.UNREADABLE, '']);
    expect(err).toContain(words);
  });

  it('reads one namespace alone where that is asked for', async () => {
    const files = rendered().filter(({ metadata }) => metadata.namespace === 'models' || metadata.name === 'models');
    const { code, found } = await drift(agentsAndModels(), { files, argv: ['--only-namespace', 'models'] });
    expect([code, found]).toEqual([ExitCode.YES, []]);
  });
});
