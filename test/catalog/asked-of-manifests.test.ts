import { Deployment } from '../../lib/deployment/deployment';
import { tierKey } from '../../lib/graph/graph-data';
import type { SystemPort } from '../../lib/known-systems';
import { sample } from '../../lib/model/selector-algebra';
import { canConnect } from '../naive/ask';
import { manifestsOf } from '../tiers/scenario';
import { KNOWN_SYSTEMS, servingOf, smallApp } from './small-app';

/** What the proof says of the graph is asked again of what is rendered, of an evaluator that knows nothing of the library. */
describe.each(KNOWN_SYSTEMS.map((system) => [system.id, system] as const))('the policies of %s', (_id, system) => {
  const of = smallApp(system, 'kubernetes');
  const manifests = manifestsOf(of.app);
  const { tiers } = Deployment.of(of.app).state();
  const podOf = (name: string) => {
    const tier = [...tiers.values()].find(
      ({ record }) => tierKey({ namespace: record.namespace.name, name: record.name }) === name,
    );
    if (tier === undefined) throw new Error(`there is no tier ${name}`);
    const labels = Object.entries(sample(tier.endpoint.pods.pods) ?? {});
    return `system/${labels.map(([key, value]) => `${key}=${value}`).join(',')}`;
  };
  const passes = (from: string, to: string, { number, protocol = 'TCP' }: SystemPort) =>
    canConnect(manifests, from, to, protocol, number);

  it('let users in where the system serves, and nobody whom nobody named', () => {
    for (const part of of.parts) {
      const pod = podOf(of.nameOf(part));
      const serving = servingOf(part);
      const numbers = new Set(serving.map(({ number }) => number));
      for (const port of part.ports) {
        expect([port.number, passes('users/app=users', pod, port)]).toEqual([
          port.number,
          serving.includes(port) || numbers.has(port.number),
        ]);
        expect([port.number, passes('stranger/app=stranger', pod, port)]).toEqual([port.number, false]);
        expect([port.number, passes('users/app=else', pod, port)]).toEqual([port.number, false]);
      }
    }
  });
});
