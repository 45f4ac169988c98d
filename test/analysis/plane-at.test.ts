import * as fc from 'fast-check';
import { ADDRESS_OF_HOST, connectivity, explain, planeAt, readManifests } from '../../lib/analysis';
import * as ips from '../../lib/model/ip-set';
import type { Plane } from '../../lib/model/layer';
import type { Sent } from '../../lib/model/sent';
import type { Workload, World } from '../../lib/model/world';
import type { Connection } from '../../lib/proof';
import { decide } from '../../lib/proof/space/decision';
import { howMany } from '../how-many';
import { HOSTS, METHODS, planeOfLayers, randomLayers } from './random-planes';
import { PORTS, randomWorlds } from './random-worlds';

const RUNS = howMany(400);
const modes = fc.constantFrom('pods' as const, 'external-only' as const, 'may' as const);
const planes = fc
  .tuple(randomLayers({ hasUnknowns: true }), modes)
  .map(([layers, mode]) => planeOfLayers(layers, mode));
const requests = fc.constantFrom<Sent>(
  ...[...METHODS, 'PUT'].map((method) => ({
    protocol: 'http' as const,
    request: { method, path: '/', host: '', headers: [] },
  })),
  { protocol: 'kafka', role: 'produce', topic: 'events' },
);
const choices = fc.record({ from: fc.nat(), to: fc.nat(), port: fc.constantFrom(...PORTS) });

function worldOf(manifests: readonly unknown[]): World {
  return readManifests(manifests).world;
}

describe('a plane as one request or one name meets it', () => {
  it('says of pods what the explanation of that request says, and what the evaluator of the proof does', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        randomWorlds({ addressed: false }),
        planes,
        requests,
        choices,
        ({ manifests }, plane, sent, choice) => {
          const world = worldOf(manifests);
          const [from, to] = [choice.from, choice.to].map((n) => world.workloads[n % world.workloads.length]);
          const asked = { from: from.id, to: to.id, protocol: 'TCP' as const, port: choice.port };
          const reach = connectivity(world, planeAt(plane, { sent })).allowed(from.id, to.id, 'TCP', choice.port);
          expect(explain(world, plane, { ...asked, sent }).allowed).toEqual(reach);
          if (plane.ipBlockMode !== 'external-only' || from.hostNetwork || to.hostNetwork) return;
          // Only ranked layers pass on, in any engine.
          if (
            plane.layers.some(({ order, rules }) => order === 'union' && rules.some(({ action }) => action === 'pass'))
          )
            return;
          compared++;
          expect(evaluated(world, plane, from, to, choice.port, sent)).toEqual(reach);
        },
      ),
      { numRuns: RUNS, seed: 36 },
    );
    expect(compared).toBeGreaterThan(RUNS / 20);
  });

  it('says of a host what the explanation says of its name', () => {
    const hosts = fc.constantFrom(...HOSTS, 'other.example.com');
    const addresses = fc.constantFrom('0.0.0.0/0', '192.0.2.0/24', '10.0.0.0/30').map((block) => ips.fromBlock(block));
    fc.assert(
      fc.property(
        randomWorlds({ addressed: false }),
        planes,
        fc.option(requests, { nil: undefined }),
        fc.tuple(hosts, addresses),
        choices,
        ({ manifests }, plane, sent, [name, at], choice) => {
          const world = worldOf(manifests);
          const host = { name, addresses: at };
          const from = world.workloads[choice.from % world.workloads.length].id;
          const reach = connectivity(world, planeAt(plane, { sent, host }));
          expect(explain(world, plane, { from, to: host, protocol: 'TCP', port: choice.port, sent }).allowed).toEqual(
            reach.allowed(from, ADDRESS_OF_HOST, 'TCP', choice.port),
          );
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('what passes between a workload and many addresses', () => {
  it('is what passes to each, all of them told', () => {
    fc.assert(
      fc.property(randomWorlds({ addressed: false }), planes, choices, ({ manifests }, plane, choice) => {
        const world = worldOf(manifests);
        const { id } = world.workloads[choice.from % world.workloads.length];
        const wanted = ips.fromBlocks(['10.0.0.0/24', '192.0.2.0/25', '2001:db8::/64']);
        const reach = connectivity(world, plane);
        for (const direction of ['egress', 'ingress'] as const) {
          const told = reach.withAddresses(id, direction, wanted);
          expect(ips.equal(ips.unionOf(told.map(({ addresses }) => addresses)), wanted)).toBe(true);
          for (const { addresses, must, may } of told) {
            const address = ips.sampleAddress(addresses) ?? '';
            const ends = direction === 'egress' ? ([id, address] as const) : ([address, id] as const);
            expect({ must, may }).toEqual(reach.between(...ends));
          }
        }
      }),
      { numRuns: RUNS / 4 },
    );
  });
});

function evaluated(world: World, plane: Plane, from: Workload, to: Workload, port: number, sent: Sent) {
  const end = ({ namespace, labels }: Workload) => ({
    kind: 'pod' as const,
    namespace: world.namespaces.find(({ name }) => name === namespace)?.labels ?? {},
    labels,
  });
  const names = to.ports.flatMap(({ name, protocol, number }) =>
    name !== undefined && protocol === 'TCP' && number === port ? [name] : [],
  );
  const address = '10.0.0.1';
  const common = { protocol: 'TCP' as const, port, names, sent };
  const sides: Connection[] = [
    { ...common, direction: 'egress', subject: end(from), peer: { ...end(to), address } },
    { ...common, direction: 'ingress', subject: end(to), peer: { ...end(from), address } },
  ];
  const is = (bound: 'must' | 'may') => sides.every((connection) => decide(plane, connection, bound).admitted);
  return { must: is('must'), may: is('may') };
}
