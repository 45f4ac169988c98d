import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZeroTrust } from '../../lib';
import { run } from '../cli/run';
import { platform } from '../probes/scenario';
import { abilities, describeUnless } from './support/abilities';
import { ApiServer } from './support/api-server';

const { programs, noServer } = abilities();
const noKubectl = spawnSync('kubectl', ['version', '--client']).status === 0 ? undefined : 'kubectl is not installed';

describeUnless(noServer ?? noKubectl, 'probes through the kubectl of the user', () => {
  let server: ApiServer;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'probes-'));
    ZeroTrust.render(platform().app, { folder: join(folder, 'dist') });
    server = await ApiServer.start(programs ?? '');
    for (const name of ['ai-gateway', 'ai-inference', 'ai-agents', 'ai-data']) await server.ensureNamespace(name);
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true });
  });

  const itemsAt = async (path: string) => {
    const { items } = (await server.ask('GET', path)).body as { items: { metadata: { name: string } }[] };
    return items.map(({ metadata }) => metadata.name);
  };
  const jobs = () => itemsAt('/apis/batch/v1/jobs');
  const policies = () => itemsAt('/apis/networking.k8s.io/v1/networkpolicies');

  /** Jobs never end here, since nobody runs them: somebody interrupts as soon as the first ones are there. */
  async function probeInterrupted(...argv: readonly string[]) {
    let interrupt: () => void = () => undefined;
    const seen: string[][] = [];
    const ended = await run(['probe', join(folder, 'dist'), ...argv], {
      env: { ...process.env, KUBECONFIG: server.kubeconfig },
      more: {
        onInterrupt: (interrupted) => {
          interrupt = interrupted;
          return () => undefined;
        },
        pause: async () => {
          seen.push(await jobs(), await policies());
          interrupt();
        },
      },
    });
    return { ...ended, seen };
  }

  it('are made as they were rendered, and all of it is gone after an interrupt', async () => {
    const { code, err, seen } = await probeInterrupted();
    expect(seen[0]).toEqual([
      'isolation-before-member-ai-agents-agent',
      'isolation-before-member-ai-gateway-envoy',
      'isolation-before-member-ai-inference-vllm',
      'isolation-before-elsewhere',
    ]);
    expect(seen[1]).toHaveLength(4);
    expect(err).toContain('deleted Namespace isolation-elsewhere');
    expect([await jobs(), await policies(), code]).toEqual([[], [], 2]);
  });

  it('say what is still being deleted, and leave nothing of what they made beside it', async () => {
    const { code, err } = await probeInterrupted();
    expect(err).toContain('it could not be created: Error from server (Forbidden)');
    expect(err).toContain('What an earlier run made is still being deleted');
    expect([await jobs(), await policies(), code]).toEqual([[], [], 3]);
  });

  it('make nothing where the cluster does not answer', async () => {
    const { code, err } = await probeInterrupted('--context', 'nowhere');
    expect(err).toContain('nowhere');
    expect([await jobs(), code]).toEqual([[], 3]);
  });
});
