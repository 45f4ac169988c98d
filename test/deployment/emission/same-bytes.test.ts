import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { Cidr, Pods, PolicyGraph, Port, Tier, ZeroTrustNamespace } from '../../../lib';

/** A mesh as data, so that it can be declared in any order. */
const NAMESPACES = ['alpha', 'beta', 'gamma'] as const;
const TIERS = NAMESPACES.flatMap((namespace) => ['one', 'two', 'three'].map((name) => ({ namespace, name })));
const FLOWS = [
  ['alpha/one', 'alpha/two', 80],
  ['alpha/one', 'beta/one', 80],
  ['alpha/one', 'beta/one', 81],
  ['beta/one', 'gamma/three', 443],
  ['beta/two', 'gamma/three', 443],
  ['gamma/one', 'alpha/one', 9000],
  ['gamma/one', 'alpha/three', 9000],
] as const;
const OUTSIDE = [
  ['alpha/one', '192.0.2.0/25', 443],
  ['alpha/one', '192.0.2.128/25', 443],
  ['beta/one', '198.51.100.0/24', 5432],
] as const;

interface Order {
  readonly charts: readonly string[];
  readonly namespaces: readonly string[];
  readonly tiers: readonly { namespace: string; name: string }[];
  readonly flows: readonly (readonly [string, string, number])[];
  readonly fromDestination: readonly boolean[];
  readonly twice: readonly boolean[];
}

const order: fc.Arbitrary<Order> = fc.record({
  charts: shuffled(['first', 'second']),
  namespaces: shuffled(NAMESPACES),
  tiers: shuffled(TIERS),
  flows: shuffled([...FLOWS, ...OUTSIDE]),
  fromDestination: fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
  twice: fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
});

function shuffled<T>(values: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...values], { minLength: values.length, maxLength: values.length });
}

/** The mesh, declared in this order, each namespace always in the same chart. */
function declare({ charts, namespaces, tiers, flows, fromDestination, twice }: Order, outdir?: string): App {
  const app = new App({ outdir });
  const chartOf = new Map(charts.map((id) => [id, new Chart(app, id)]));
  const homes = new Map(
    namespaces.map((name) => {
      const chart = chartOf.get(name === 'gamma' ? 'second' : 'first') as Chart;
      return [name, new ZeroTrustNamespace(chart, name, { purpose: 'data' })];
    }),
  );
  const made = new Map(
    tiers.map(({ namespace, name }) => {
      const pods = Pods.labeled({ app: name });
      return [`${namespace}/${name}`, new Tier(homes.get(namespace) as ZeroTrustNamespace, name, { pods })];
    }),
  );
  flows.forEach(([from, to, port], index) => {
    const ports = [Port.tcp(port)];
    const source = made.get(from) as Tier;
    const destination = made.get(to);
    const because = `calls of ${from}`;
    const say = () =>
      destination !== undefined && fromDestination[index] === true
        ? destination.connections.allowFrom(source, { ports, because })
        : source.connections.allowTo(destination ?? Cidr.of(to), { ports, because });
    say();
    if (twice[index] === true) say();
  });
  return app;
}

/** Every file of a synthesis, by name. */
function files(given: Order): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), 'same-bytes-'));
  try {
    declare(given, outdir).synth();
    return Object.fromEntries(readdirSync(outdir).map((name) => [name, readFileSync(join(outdir, name), 'utf8')]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const straight: Order = {
  charts: ['first', 'second'],
  namespaces: NAMESPACES,
  tiers: TIERS,
  flows: [...FLOWS, ...OUTSIDE],
  fromDestination: Array(10).fill(false),
  twice: Array(10).fill(false),
};

describe('the same declaration', () => {
  it('gives the same bytes in every file, whatever the order and the side that it is said on', () => {
    const expected = files(straight);
    expect(Object.keys(expected)).toEqual(['first.k8s.yaml', 'second.k8s.yaml']);
    fc.assert(
      fc.property(order, (given) => expect(files(given)).toEqual(expected)),
      { numRuns: 60 },
    );
  });

  it('gives the same graph', () => {
    const expected = PolicyGraph.of(declare(straight)).toJson();
    fc.assert(
      fc.property(order, (given) => expect(PolicyGraph.of(declare(given)).toJson()).toBe(expected)),
      {
        numRuns: 60,
      },
    );
  });

  it('gives other bytes when one flow is missing', () => {
    expect(files({ ...straight, flows: straight.flows.slice(1) })).not.toEqual(files(straight));
  });

  it('does not depend on the paths of constructs', () => {
    const under = (path: string[]) => {
      const app = new App();
      const chart = new Chart(app, 'chart');
      const scope = path.reduce((parent, id) => new (class extends Chart {})(parent, id), chart as Chart);
      const namespace = new ZeroTrustNamespace(scope, path.join('-') || 'flat', { name: 'ns', purpose: 'data' });
      new Tier(namespace, `tier-${path.length}`, { name: 'tier', pods: Pods.labeled({ app: 'x' }) });
      return scope.toJson();
    };
    expect(under(['deeper'])).toEqual(under([]));
  });
});
