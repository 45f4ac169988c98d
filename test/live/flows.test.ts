import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { ExitCode } from '../../lib/cli/exit-codes';
import { type Ended, run } from '../cli/run';
import { platform } from '../flow-logs/platform';
import { FakeCluster, type FakeOptions, type LiveObject } from './fake-cluster';
import { agentsAndModels } from './objects';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'live-flows-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const AGENT = { namespace: 'agents', labels: { app: 'agent' } };
const VLLM = { namespace: 'models', labels: { app: 'vllm' } };

/** A line of our own format: something that passed, unless it says something else. */
function line(source: object, destination: object, port: number, more: object = {}): string {
  return `${JSON.stringify({ source, destination, protocol: 'TCP', port, portIs: 'pod', verdict: 'passed', ...more })}\n`;
}

interface Asked {
  readonly log: string;
  readonly argv?: readonly string[];
  readonly objects?: readonly LiveObject[];
  readonly options?: FakeOptions;
}

function flows({ log, argv = [], objects = agentsAndModels(), options = {} }: Asked): Promise<Ended> {
  writeFileSync(join(folder, 'flows.jsonl'), log);
  return run(['flows', 'flows.jsonl', '--live', ...argv], {
    cwd: folder,
    cluster: new FakeCluster(objects, options).reached(),
  });
}

const ALLOWED = line(AGENT, VLLM, 8080);
const DENIED = line(AGENT, VLLM, 22);

/** The platform of the sample logs, as its cluster has it. */
function platformApplied(): Pick<Asked, 'objects' | 'options'> {
  const objects = loadAll(platform().manifests) as LiveObject[];
  return { objects, options: { installed: ['cilium.io/v2 ciliumnetworkpolicies CiliumNetworkPolicy N'] } };
}

describe('flows against the policies of a live cluster', () => {
  it('end well where everything that passed is let through by them', async () => {
    const { code, out, err } = await flows({ log: ALLOWED, argv: ['--fail-on', 'would-be-dropped'] });
    expect([code, err]).toEqual([ExitCode.YES, '']);
    expect(out).toContain('Read: 1 flow in 1 line of flows.jsonl (jsonl).');
  });

  it('say what they would drop, by the cluster and the policy that is nearest', async () => {
    const { code, out } = await flows({ log: `${ALLOWED}${DENIED}`, argv: ['--fail-on', 'would-be-dropped'] });
    expect(code).toBe(ExitCode.NO);
    expect(out).toContain('would be dropped: passes today (1)');
    expect(out).toMatch(
      /ingress of models\/\S+: denied; nearest is NetworkPolicy models\/vllm spec\.ingress\[0\] \(live cluster test\)/,
    );
  });

  it('say what was dropped though the policies let it through', async () => {
    const dropped = line(AGENT, VLLM, 8080, { verdict: 'dropped' });
    const { out } = await flows({ log: dropped });
    expect(out).toMatch(/dropped though .*\(1\)/);
  });

  it.each([
    ['names of pods', { namespace: 'agents', pod: 'agent-7d4f9c-x5k2b' }, VLLM],
    ['names of workloads', { namespace: 'agents', workload: { kind: 'Deployment', name: 'agent' } }, VLLM],
    ['addresses alone', { address: '10.244.0.5' }, { address: '10.244.1.8' }],
  ])('are known by %s, as the pods of the cluster have them', async (_, source, destination) => {
    const { out, code } = await flows({ log: line(source, destination, 22), argv: ['--fail-on', 'would-be-dropped'] });
    expect(code).toBe(ExitCode.NO);
    expect(out).toMatch(/^ {2}agents\/Deployment\/agent -> models\/\S+ TCP\/22$/m);
  });

  it('guess nothing of an address that no pod of the cluster has', async () => {
    const log = line({ address: '10.244.9.9' }, { address: '10.244.1.7' }, 22);
    const { out, code } = await flows({ log, argv: ['--fail-on', 'would-be-dropped'] });
    expect(code).toBe(ExitCode.PERHAPS);
    expect(out).toContain('not attributable: 1 record');
  });

  it('are not held against half a cluster', async () => {
    const { code, out, err } = await flows({
      log: DENIED,
      options: {
        instead: (path) =>
          path.includes('networkpolicies') ? { status: 403, body: 'networkpolicies is forbidden' } : undefined,
      },
    });
    expect([code, out]).toEqual([ExitCode.UNREADABLE, '']);
    expect(err).toContain('networkpolicies');
  });

  it('are refused beside paths, which are another set of manifests', async () => {
    const { code, err } = await flows({ log: DENIED, argv: ['-f', 'policies.yaml'] });
    expect(code).toBe(ExitCode.UNREADABLE);
    expect(err).toContain('--live reads the cluster');
  });

  it('know by the annotations of policies what was declared', async () => {
    const agent = { namespace: 'ai-agents', labels: { app: 'agent' } };
    const redis = { namespace: 'ai-data', labels: { app: 'redis' } };
    const log = `${line(agent, redis, 6379)}${line(agent, redis, 22)}`;
    const { code, out } = await flows({ log, ...platformApplied() });
    expect(code).toBe(ExitCode.NO);
    expect(out).toContain('undeclared: passed, and nothing declares it (1)\n  ai-agents/agent -> ai-data/redis TCP/22');
  });

  it('are held against a graph beside it', async () => {
    writeFileSync(join(folder, 'graph.json'), platform().graph);
    const log = line({ namespace: 'ai-agents', labels: { app: 'agent' } }, VLLM, 8000);
    const { code, out } = await flows({ log, argv: ['--graph', 'graph.json'], ...platformApplied() });
    expect(code).toBe(ExitCode.NO);
    expect(out).toMatch(/undeclared: .* \(1\)\n {2}ai-agents\/agent -> models/);
  });
});
