import { readManifests } from '../../lib/analysis';
import { Random } from '../judges/random';
import type { KubernetesObject } from '../judges/world';
import { randomWorld } from '../judges/worlds';
import { accepted, refused, refusedStrictly } from './fixtures/policies';
import { abilities, describeUnless } from './support/abilities';
import { ApiServer } from './support/api-server';
import { damaged } from './support/damage';

const { programs, noServer } = abilities();

describeUnless(noServer, 'policies that the API server refuses', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await ApiServer.start(programs ?? '');
  });
  afterAll(() => server?.stop());

  it.each(Object.entries(refused))('%s: we refuse it too', async (_, policy) => {
    expect(await statusOf(policy)).toBeGreaterThanOrEqual(400);
    expect(await statusOf(policy)).toBeLessThan(500);
    expect(readManifests([policy]).problems).not.toEqual([]);
  });

  it.each(Object.entries(refusedStrictly))('%s: we read it all the same', async (_, policy) => {
    expect(await statusOf(policy)).toBe(400);
    expect(readManifests([policy]).problems).toEqual([]);
  });

  it.each(Object.entries(accepted))('%s: it is not among them, and we read it', async (_, policy) => {
    expect(await statusOf(policy)).toBe(201);
    expect(readManifests([policy]).problems).toEqual([]);
  });

  it('damaged at random: we take what it takes, and refuse what it refuses', async () => {
    const differing: string[] = [];
    const counts = { taken: 0, refused: 0 };
    for (let seed = 1; seed <= 1000; seed++) {
      const random = new Random(seed);
      for (const policy of policiesOf(seed).map((whole) => damaged(random, whole))) {
        const { status, body } = await server.create(policy, { dryRun: true });
        const isTaken = status === 201;
        counts[isTaken ? 'taken' : 'refused'] += 1;
        // The server takes null for an empty label value; we say that it is no text, since hardly anybody means it.
        if (isTaken === isRead(policy) || (isTaken && hasNullForLabelValue(policy))) continue;
        differing.push(`${status} ${body.message ?? ''}: ${JSON.stringify(policy.spec)}`);
      }
    }
    process.stdout.write(`policies damaged at random: ${counts.taken} taken, ${counts.refused} refused\n`);
    expect(differing).toEqual([]);
    expect(Math.min(counts.taken, counts.refused)).toBeGreaterThan(500);
  });

  async function statusOf(policy: KubernetesObject): Promise<number> {
    const { status } = await server.create(policy, { dryRun: true });
    return status;
  }
});

function policiesOf(seed: number): KubernetesObject[] {
  const policies = randomWorld(seed).documents.filter(({ kind }) => kind === 'NetworkPolicy');
  return policies.map((policy) => ({ ...policy, metadata: { name: policy.metadata.name } }));
}

function isRead(policy: KubernetesObject): boolean {
  return readManifests([policy]).problems.length === 0;
}

function hasNullForLabelValue({ spec }: KubernetesObject): boolean {
  return /"matchLabels":\{[^}]*:null|"values":\[[^\]]*null/.test(JSON.stringify(spec));
}
