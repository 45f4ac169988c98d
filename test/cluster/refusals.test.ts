import { readManifests } from '../../lib/analysis';
import type { KubernetesObject } from '../judges/world';
import { accepted, refused } from './fixtures/policies';
import { abilities, describeUnless } from './support/abilities';
import { ApiServer } from './support/api-server';

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

  it.each(Object.entries(accepted))('%s: it is not among them, and we read it', async (_, policy) => {
    expect(await statusOf(policy)).toBe(201);
    expect(readManifests([policy]).problems).toEqual([]);
  });

  async function statusOf(policy: KubernetesObject): Promise<number> {
    const { status } = await server.create(policy, { dryRun: true });
    return status;
  }
});
