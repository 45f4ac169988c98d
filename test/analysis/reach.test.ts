import * as fc from 'fast-check';
import {
  type Connectivity,
  connectivity,
  planeOf,
  type Reach,
  reach,
  readManifests,
  readText,
  type Step,
} from '../../lib/analysis';
import { compose } from '../../lib/engines/kubernetes/compose';
import { hostText } from '../../lib/model/host-pattern';
import * as ips from '../../lib/model/ip-set';
import * as ports from '../../lib/model/port-set';
import { howMany } from '../how-many';
import { ADDRESSES, randomWorlds } from './random-worlds';

/** Distances by the obvious way: every pair asked, breadth first. */
function distances(found: Connectivity, ids: readonly string[], start: string, isSure: boolean): Map<string, number> {
  const known = new Map([[start, 0]]);
  for (let edge = [start], hops = 1; edge.length > 0; hops++) {
    edge = ids.filter((to) => {
      if (known.has(to)) return false;
      return edge.some((from) => {
        const { must, may } = found.between(from, to);
        return !ports.isEmpty(isSure ? must : may);
      });
    });
    for (const id of edge) known.set(id, hops);
  }
  known.delete(start);
  return known;
}

describe('what is reached', () => {
  it('is what the pairs lead to, by shortest paths, every step of which passes', () => {
    fc.assert(
      fc.property(randomWorlds({ addressed: true }), fc.constantFrom(1, 2, undefined), ({ manifests }, hops) => {
        const reading = readManifests(manifests);
        const plane = compose(reading, { ipBlockMode: 'may' });
        const found = connectivity(reading.world, plane);
        const ids = reading.world.workloads.map(({ id }) => id);
        const within = ([, distance]: [string, number]) => distance <= (hops ?? Number.POSITIVE_INFINITY);
        for (const start of ids) {
          const spread = reach(reading.world, plane, start, { ...(hops !== undefined && { hops }) });
          const sure = new Map([...distances(found, ids, start, true)].filter(within));
          const perhaps = new Map([...distances(found, ids, start, false)].filter(within));
          const told = spread.reached.flatMap((one) => one.workloads.map((id) => [id, one] as const));
          expect(told.map(([id]) => id).sort()).toEqual([...perhaps.keys()].sort());
          for (const [id, { isSure, path }] of told) {
            expect([isSure, path.length]).toEqual([sure.has(id), sure.get(id) ?? perhaps.get(id)]);
          }
          for (const { path, isSure } of spread.reached) expectToPass(found, start, path, isSure);
          expectExits(found, spread, [start, ...perhaps.keys()], hops ?? Number.POSITIVE_INFINITY, perhaps);
        }
      }),
      { numRuns: howMany(60) },
    );
  });
});

function expectToPass(found: Connectivity, start: string, path: readonly Step[], isSure: boolean): void {
  let at = start;
  for (const { from, to, verdict } of path) {
    expect(from).toBe(at);
    if (to.kind !== 'workload') continue;
    const { must, may } = found.between(from, to.id);
    expect(verdict).toEqual({ must, may });
    expect(ports.isEmpty(isSure ? must : may)).toBe(false);
    at = to.id;
  }
}

/** Every workload that is reached with a hop to spare has an exit to an address where something may pass, and to no other. */
function expectExits(
  found: Connectivity,
  { exits }: Reach,
  ids: readonly string[],
  hops: number,
  distance: ReadonlyMap<string, number>,
): void {
  for (const address of ADDRESSES) {
    const told = exits.filter(({ end }) => end.kind === 'addresses' && ips.hasAddress(end.addresses, address));
    const open = ids
      .filter((id) => (distance.get(id) ?? 0) < hops)
      .filter((id) => !ports.isEmpty(found.between(id, address).may));
    const listed = told.flatMap(({ workloads }) => workloads);
    // A longer path that is surer may be told where a shorter one has a hop to spare.
    expect(open).toEqual(expect.arrayContaining(listed));
    if (hops === Number.POSITIVE_INFINITY) expect([...listed].sort()).toEqual([...open].sort());
  }
}

const chain = (host = '') => `
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: x, labels: { app: agent } }
spec: { containers: [{ name: c }] }
---
apiVersion: v1
kind: Pod
metadata: { name: vectors, namespace: x, labels: { app: vectors } }
spec: { containers: [{ name: c }] }
---
apiVersion: v1
kind: Pod
metadata: { name: backup, namespace: x, labels: { app: backup } }
spec: { containers: [{ name: c }] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: agent, namespace: x }
spec:
  endpointSelector: { matchLabels: { app: agent } }
  ingress: [{ fromEndpoints: [{}] }]
  egress: [{ toEndpoints: [{ matchLabels: { app: vectors } }], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }]
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: vectors, namespace: x }
spec:
  endpointSelector: { matchLabels: { app: vectors } }
  ingress: [{ fromEndpoints: [{}] }]
  egress: [{ toEndpoints: [{ matchLabels: { app: backup } }], toPorts: [{ ports: [{ port: "9000", protocol: TCP }] }] }]
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: backup, namespace: x }
spec:
  endpointSelector: { matchLabels: { app: backup } }
  ingress: [{ fromEndpoints: [{}] }]
  egress: [${host}]
`;

function reached(yaml: string, hops?: number): Reach {
  const reading = readText(yaml, 'in.yaml');
  expect(reading.problems).toEqual([]);
  return reach(reading.world, planeOf(reading).plane, 'x/Pod/agent', { ...(hops !== undefined && { hops }) });
}

const pathText = (path: readonly Step[]) =>
  [
    path[0].from,
    ...path.map(({ to }) => (to.kind === 'workload' ? to.id : to.kind === 'host' ? hostText(to.host) : to.kind)),
  ].join(' -> ');

describe('a chain of three', () => {
  it('is followed to its end, and out by a name', () => {
    const name = '{ toFQDNs: [{ matchName: s3.example.com }], toPorts: [{ ports: [{ port: "443", protocol: TCP }] }] }';
    const { reached: all, exits, waysTo } = reached(chain(name));
    expect(all.map(({ path }) => pathText(path))).toEqual([
      'x/Pod/agent -> x/Pod/vectors',
      'x/Pod/agent -> x/Pod/vectors -> x/Pod/backup',
    ]);
    expect(exits.map(({ path, isSure }) => [pathText(path), isSure])).toEqual([
      ['x/Pod/agent -> x/Pod/vectors -> x/Pod/backup -> s3.example.com', true],
    ]);
    expect(waysTo('x/Pod/backup').map(({ path }) => pathText(path))).toEqual([
      'x/Pod/agent -> x/Pod/vectors -> x/Pod/backup',
    ]);
  });

  it('ends where its hops do', () => {
    expect(reached(chain(), 1).reached.map(({ workloads }) => workloads)).toEqual([['x/Pod/vectors']]);
  });

  it('goes on from all of some workloads', () => {
    const reading = readText(chain(), 'in.yaml');
    const spread = reach(reading.world, planeOf(reading).plane, ['x/Pod/agent', 'x/Pod/vectors']);
    expect(spread.reached.map(({ path }) => pathText(path))).toEqual(['x/Pod/vectors -> x/Pod/backup']);
  });

  it('refuses a workload that is not there', () => {
    const reading = readText(chain(), 'in.yaml');
    expect(() => reach(reading.world, planeOf(reading).plane, 'x/Pod/nobody')).toThrow(
      "There is no workload 'x/Pod/nobody'",
    );
  });
});
