import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { engineNamed } from '../../lib/engines/engines';
import type { EngineName } from '../../lib/model/engine-name';
import { facts } from '../engines/facts';
import { abilities, describeUnless } from './support/abilities';
import { ApiServer } from './support/api-server';
import { defineKindsOf } from './support/definitions';
import { engineGraphs } from './support/engine-graphs';

const NETWORK_POLICY_API = '../judges/go/k8s/crds/policy.networking.k8s.io_clusternetworkpolicies.yaml';

/** Where engines' own definitions of their kinds are found; they are nobody's to commit here. */
const folder = process.env.ENGINE_CRDS ?? resolve(__dirname, '../../../shared/crds');

/** By engine, the file of its kinds there, and the version that is rendered for: one line each. */
const ENGINES: readonly (readonly [EngineName, string, string | undefined])[] = [
  ['antrea', 'antrea.yaml', engineNamed('antrea').versions?.last],
  ['calico', 'calico.yaml', engineNamed('calico').versions?.last],
  ['cilium', 'cilium.yaml', engineNamed('cilium').versions?.last],
  ['cluster-network-policy', 'network-policy-api.yaml', undefined],
  // The CRD of the release 0.3.0, which the judges validate by.
  ['cluster-network-policy', resolve(__dirname, NETWORK_POLICY_API), '0.3.0'],
];

const { programs, noServer } = abilities();

describe.each(ENGINES)('what is rendered for %s, by %s', (name, definitions, version) => {
  const file = resolve(folder, definitions);
  const missing = noServer ?? (existsSync(file) ? undefined : `ENGINE_CRDS names no folder with ${definitions}`);
  if (missing !== undefined) process.stdout.write(`SKIPPED: kinds of ${name}: ${missing}\n`);

  describeUnless(missing, 'before a real API server, with strict field validation', () => {
    let server: ApiServer;

    beforeAll(async () => {
      server = await ApiServer.start(programs ?? '');
      await defineKindsOf(server, file);
    });

    afterAll(() => server.stop());

    it('is taken, every object of every graph that the engine takes', async () => {
      const engine = engineNamed(name);
      const cluster = facts(name, { version });
      const taken = engineGraphs(name).filter(([, graph]) => engine.limits(graph, cluster).length === 0);
      const refused: string[] = [];
      let accepted = 0;
      for (const [title, graph] of taken) {
        for (const { of: _, ...object } of engine.render(graph, cluster)) {
          const { namespace } = object.metadata;
          if (namespace !== undefined) await server.ensureNamespace(namespace);
          const { status, body } = await server.create(object, { dryRun: true });
          if (status === 201) accepted++;
          else refused.push(`${title}: ${object.kind} ${object.metadata.name}: ${status} ${body.message}`);
        }
      }
      process.stdout.write(`${name}: ${accepted} objects of ${taken.length} graphs accepted\n`);
      expect(refused).toEqual([]);
      expect(accepted).toBeGreaterThan(0);
    });

    it('is refused with a field that its kind does not have', async () => {
      const engine = engineNamed(name);
      const cluster = facts(name, { version });
      const [, graph] = engineGraphs(name)[0];
      for (const { of: _, ...object } of engine.render(graph, cluster)) {
        const { namespace } = object.metadata;
        if (namespace !== undefined) await server.ensureNamespace(namespace);
        const { status } = await server.create({ ...object, spec: { ...object.spec, ingres: [] } }, { dryRun: true });
        expect(status).toBe(400);
      }
    });
  });
});
