import * as fc from 'fast-check';
import {
  type Connectivity,
  connectivity,
  leadsTo,
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
    const dns =
      '{ toEndpoints: [{ matchLabels: { k8s:io.kubernetes.pod.namespace: kube-system, k8s-app: kube-dns } }], toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }] } }] }';
    const name = '{ toFQDNs: [{ matchName: s3.example.com }], toPorts: [{ ports: [{ port: "443", protocol: TCP }] }] }';
    const { reached: all, exits, waysTo } = reached(chain(`${dns}, ${name}`));
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

const pods = (...names: string[]) =>
  names
    .map(
      (name) => `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: x, labels: { app: ${name} } }
spec: { containers: [{ name: c }] }
`,
    )
    .join('');

/** A policy of one pod, by the egress rules of NetworkPolicy. */
const egress = (app: string, rules: string) => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${app}, namespace: x }
spec: { podSelector: { matchLabels: { app: ${app} } }, policyTypes: [Egress], egress: [${rules}] }
`;
const to = (...apps: string[]) =>
  apps.map((app) => `{ to: [{ podSelector: { matchLabels: { app: ${app} } } }] }`).join(', ');

function spreadOf(yaml: string, from: string | readonly string[], hops?: number): Reach {
  const reading = readText(yaml, 'in.yaml');
  expect(reading.problems).toEqual([]);
  return reach(reading.world, planeOf(reading).plane, from, { ...(hops !== undefined && { hops }) });
}

const short = (path: readonly Step[]) => pathText(path).replaceAll('x/Pod/', '');

describe('direct ways to a workload', () => {
  // a reaches b and c, both of which reach d; and d reaches c.
  const square =
    pods('a', 'b', 'c', 'd') +
    egress('a', to('b', 'c')) +
    egress('b', to('d')) +
    egress('c', to('d')) +
    egress('d', to('c'));
  const ways = (workload: string, hops?: number) =>
    spreadOf(square, 'x/Pod/a', hops)
      .waysTo(`x/Pod/${workload}`)
      .map(({ workloads, path, isSure }) => {
        expect(workloads).toEqual([`x/Pod/${workload}`]);
        expect(isSure).toBe(true);
        return short(path);
      });

  it('are one from each place that reaches it, nearest first, none of which comes by it', () => {
    expect(ways('d')).toEqual(['a -> b -> d', 'a -> c -> d']);
    expect(ways('c')).toEqual(['a -> c', 'a -> b -> d -> c']);
    expect(ways('b')).toEqual(['a -> b']);
  });

  it('have no more hops than are asked for', () => {
    expect(ways('c', 3)).toEqual(['a -> c', 'a -> b -> d -> c']);
    expect(ways('c', 2)).toEqual(['a -> c']);
    expect(ways('d', 1)).toEqual([]);
  });

  it('are none that have come by the workload already', () => {
    const line = pods('a', 'b', 'c') + egress('a', to('b')) + egress('b', to('c')) + egress('c', to('b'));
    const { waysTo } = spreadOf(line, 'x/Pod/a');
    expect(waysTo('x/Pod/b').map(({ path }) => short(path))).toEqual(['a -> b']);
    expect(waysTo('x/Pod/c').map(({ path }) => short(path))).toEqual(['a -> b -> c']);
  });

  it('are none to where nothing leads', () => {
    expect(ways('a')).toEqual([]);
  });
});

describe('what is reached surely', () => {
  // A block may hold a pod, or not.
  const maybe = '{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }';

  it('comes before what perhaps is at the same distance, in places, ways and exits', () => {
    const yaml = pods('a', 'b', 'c') + egress('a', `${to('c')}, ${maybe}`) + egress('b', to('c')) + egress('c', '');
    const { reached: places, exits, waysTo } = spreadOf(yaml, 'x/Pod/a');
    expect(places.map(({ path, isSure }) => [short(path), isSure])).toEqual([
      ['a -> c', true],
      ['a -> b', false],
    ]);
    expect(waysTo('x/Pod/c').map(({ path, isSure }) => [short(path), isSure])).toEqual([
      ['a -> c', true],
      ['a -> b -> c', false],
    ]);
    expect(waysTo('x/Pod/b').map(({ path, isSure }) => [short(path), isSure])).toEqual([['a -> b', false]]);
    // Whether the block has the nodes and the API server is not known either.
    expect(exits.map(({ path, isSure }) => [short(path), isSure])).toEqual([
      ['a -> addresses', true],
      ['a -> entity', false],
      ['a -> entity', false],
    ]);
  });

  it('takes a longer way that is sure before a shorter one that is not', () => {
    const yaml = pods('a', 'b', 'c') + egress('a', `${to('b')}, ${maybe}`) + egress('b', to('c')) + egress('c', '');
    const [, c] = spreadOf(yaml, 'x/Pod/a').reached;
    expect([short(c.path), c.isSure]).toEqual(['a -> b -> c', true]);
    // Within one hop only the shorter is left.
    const [, near] = spreadOf(yaml, 'x/Pod/a', 1).reached;
    expect([short(near.path), near.isSure]).toEqual(['a -> c', false]);
  });

  it('is left by exits that are as sure as the way to them', () => {
    const yaml = pods('a', 'b') + egress('a', maybe) + egress('b', '{ to: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }');
    const toAddresses = (hops?: number) =>
      spreadOf(yaml, 'x/Pod/a', hops).exits.filter(({ end }) => end.kind === 'addresses');
    expect(toAddresses().map(({ path, isSure }) => [short(path), isSure])).toEqual([
      ['a -> addresses', true],
      ['a -> b -> addresses', false],
    ]);
    // No hop is left behind the first.
    expect(toAddresses(1).map(({ path }) => short(path))).toEqual(['a -> addresses']);
    expect(spreadOf(yaml, 'x/Pod/a', 0).exits).toEqual([]);
  });
});

it('goes out from whichever of several starts reaches what is next', () => {
  const yaml =
    pods('a', 'b', 'c', 'd') + egress('a', to('c')) + egress('b', to('d')) + egress('c', '') + egress('d', '');
  const spread = spreadOf(yaml, ['x/Pod/a', 'x/Pod/b']);
  expect(spread.from).toEqual(['x/Pod/a', 'x/Pod/b']);
  expect(spread.reached.map(({ path }) => short(path))).toEqual(['a -> c', 'b -> d']);
  expect(spread.waysTo('x/Pod/d').map(({ path }) => short(path))).toEqual(['b -> d']);
});

describe('an exit', () => {
  const internet = ips.fromBlock('203.0.113.0/24');

  it('leads to addresses that are among its own, and a name to any', () => {
    const addresses = (block: string) => ({ end: { kind: 'addresses', addresses: ips.fromBlock(block) } }) as const;
    expect(leadsTo(addresses('203.0.0.0/16'), internet)).toBe(true);
    expect(leadsTo(addresses('10.0.0.0/8'), internet)).toBe(false);
    expect(leadsTo({ end: { kind: 'host', host: { kind: 'name', name: 'a.example.com' } as never } }, internet)).toBe(
      true,
    );
    expect(leadsTo({ end: { kind: 'entity', entity: 'nodes' as never } }, internet)).toBe(false);
  });

  it('to an entity is open where the rule names it', () => {
    const yaml = chain('{ toEntities: [kube-apiserver], toPorts: [{ ports: [{ port: "6443", protocol: TCP }] }] }');
    const ends = reached(yaml).exits.map(({ end }) => end);
    expect(ends).toContainEqual({ kind: 'entity', entity: 'api-server' });
    expect(reached(chain('{}')).exits.filter(({ end }) => end.kind === 'entity')).toEqual([]);
  });
});
