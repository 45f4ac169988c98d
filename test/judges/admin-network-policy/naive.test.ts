import { passes } from '../../engines/decide';
import { mayConnect } from '../../naive/evaluator';
import { worldOf } from '../../naive/world-of';
import { naive } from '../evaluators';
import type { World } from '../world';
import { analysis, layers, planeOf } from './evaluators';
import { randomAdminWorld } from './worlds';

const seeds = Array.from({ length: 60 }, (_, index) => index + 1);

describe('what the judge takes for something else, and the naive evaluator tells', () => {
  it('are names of ports, which it takes for every port of a pod that has one', () => {
    const worlds = seeds.map((seed) => randomAdminWorld(seed, { names: true, nodes: false }));
    let decided = 0;
    for (const world of worlds) {
      const [expected, ...ours] = [naive, layers, analysis].map((it) => world.flows.map(it.of(world, 'pods')));
      for (const verdicts of ours) expect(verdicts).toEqual(expected);
      const without = naive.of(withoutNames(world), 'pods');
      decided += world.flows.filter((flow, i) => without(flow) !== expected?.[i]).length;
    }
    // Names that decide nothing would show nothing.
    expect(decided).toBeGreaterThan(10);
  });

  it('are nodes, which it takes for the pods that run there', () => {
    const nodes = [{ labels: {}, addresses: ['192.0.2.100', '2001:db8:2::100'] }];
    let denied = 0;
    for (const seed of seeds) {
      const world = randomAdminWorld(seed, { names: false, nodes: true });
      const read = { ...worldOf(world.documents), nodes };
      const plane = planeOf(world.documents, 'pods');
      for (const pod of read.pods) {
        for (const ip of nodes[0]?.addresses ?? []) {
          const from = pod.ips.find((it) => it.includes(':') === ip.includes(':'));
          if (from === undefined) continue;
          const namespaceLabels = read.namespaces.find(({ name }) => name === pod.namespace)?.labels ?? {};
          const end = { namespaceLabels, labels: pod.labels, ip: from };
          const expected = mayConnect(read, { ...pod, ips: [from] }, { ip }, 'TCP', 80);
          const ours = passes(plane, { from: end, to: { ip, entity: 'nodes' }, protocol: 'TCP', port: 80 });
          expect([seed, pod.name, ours]).toEqual([seed, pod.name, expected]);
          if (!expected) denied += 1;
        }
      }
    }
    expect(denied).toBeGreaterThan(50);
  });
});

/** Each name as a port that nobody tries. */
function withoutNames(world: World): World {
  return JSON.parse(JSON.stringify(world).replace(/\{"namedPort":"[a-z]+"\}/g, '{"portNumber":{"port":9}}'));
}
