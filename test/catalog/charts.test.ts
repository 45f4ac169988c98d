// The pods that official charts render (test/known-systems/chart-pods.ts), with tiers of the catalog laid over them by the
// labels of the charts alone: each tier has exactly the pods of its part, serves on their ports, and what passes among them
// is what the system cannot do without.
import { App, Chart } from 'cdk8s';
import {
  Catalog,
  type CatalogSystem,
  Cluster,
  Pods,
  Port,
  type Tier,
  type TierProps,
  ZeroTrustNamespace,
} from '../../lib';
import { connectivity, planeOf, readManifests } from '../../lib/analysis';
import { partsOfUsers } from '../../lib/catalog/known';
import { Deployment } from '../../lib/deployment/deployment';
import { KNOWN_SYSTEMS, type KnownSystem, type SystemPart } from '../../lib/known-systems';
import { matchesPod } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { PODS } from '../known-systems/chart-pods';
import { methodOf, servingOf, tierOf } from './small-app';

interface ChartPods {
  readonly chart: string;
  readonly system: KnownSystem;
  /** By the name of the part. */
  readonly pods: ReadonlyMap<
    string,
    { readonly labels: Readonly<Record<string, string>>; readonly ports: readonly number[] }
  >;
}

/** Charts in which some pods are of one system of users, with all pods of that system that the chart renders. */
const CHARTS: readonly ChartPods[] = [...new Set(PODS.map(([chart, , id]) => `${chart}|${id}`))].flatMap((key) => {
  const [chart, id] = key.split('|');
  const system = KNOWN_SYSTEMS.find((each) => each.id === id) as KnownSystem;
  const own = PODS.filter((row) => row[0] === chart && row[2] === id).map(
    ([, labels, , part, of]) => [part, { labels, ports: of }] as const,
  );
  const here = new Set(partsOfUsers(system).map(({ name }) => name));
  const users = own.filter(([part]) => here.has(part));
  return users.length === 0 ? [] : [{ chart, system, pods: new Map(users) }];
});

test('at least twelve systems are held against what their chart renders', () => {
  expect(new Set(CHARTS.map(({ system }) => system.id)).size).toBeGreaterThanOrEqual(12);
});

describe.each(CHARTS.map((each) => [`${each.system.id} of ${each.chart}`, each] as const))(
  '%s',
  (_, { system, pods }) => {
    const parts = partsOfUsers(system).filter(({ name }) => pods.has(name));
    const { app, tiers } = laidOver(system, parts);
    const selected = (tier: Tier) =>
      Deployment.of(app)
        .state()
        .graph.tiers.find(({ namespace, name }) => namespace === tier.namespaceName && name === tier.tierName)?.pods;

    it('has in each tier the pods of its part, and no others', () => {
      for (const [part, tier] of tiers) {
        const set = selected(tier);
        const found = [...pods]
          .filter(([, { labels }]) => set && matchesPod(set, NAMESPACE, labels))
          .map(([name]) => name);
        expect([part, found]).toEqual([part, [part]]);
      }
    });

    it('serves on ports that the containers have', () => {
      for (const part of parts) {
        const always = servingOf(part).filter(({ isOptional }) => isOptional !== true);
        const own = pods.get(part.name)?.ports ?? [];
        const strange = always
          .filter(({ number }) => own.length > 0 && !own.includes(number))
          .map(({ number }) => number);
        expect([part.name, strange]).toEqual([part.name, DECLARED_ELSEWHERE[`${system.id} ${part.name}`] ?? []]);
      }
    });

    it('lets through among its pods what it cannot do without, and nothing else', () => {
      const objects = [...app.charts.flatMap((chart) => chart.toJson()), ...workloads(pods)];
      const reading = readManifests(objects);
      const { between } = connectivity(reading.world, planeOf(reading).plane);
      for (const from of parts) {
        for (const to of parts) {
          const { must, may } = between(idOf(from), idOf(to));
          const needed = neededBetween(system, from, to);
          expect([from.name, to.name, ports.portsText(may)]).toEqual([from.name, to.name, ports.portsText(needed)]);
          expect(ports.portsText(must)).toBe(ports.portsText(needed));
        }
      }
    });
  },
);

/** Serving ports of an entry that a chart's containers do not declare: it serves on them all the same. */
const DECLARED_ELSEWHERE: Readonly<Record<string, readonly number[]>> = {
  // The HTTP API, which the configuration of the frontend has beside gRPC.
  'temporal frontend': [7243],
};

const NAMESPACE = { 'kubernetes.io/metadata.name': 'system' };

/** Tiers by the labels of the chart, with some client so that there is something to prove. */
function laidOver(system: KnownSystem, parts: readonly SystemPart[]): { app: App; tiers: ReadonlyMap<string, Tier> } {
  const app = new App();
  Cluster.use(app, Cluster.cilium({ version: '1.20' }));
  const space = new ZeroTrustNamespace(new Chart(app, 'c'), 'system', { purpose: 'test' });
  const method = (Catalog as unknown as Record<string, (...given: unknown[]) => unknown>)[methodOf(system)].bind(
    Catalog,
  );
  if (partsOfUsers(system).length === 1) {
    const tier = tierOf(parts[0].role ?? system.role, space, system.id, method() as TierProps);
    return { app: withClient(app, tier), tiers: new Map([[parts[0].name, tier]]) };
  }
  const made = method(space, system.id, { parts: parts.map(({ name }) => name) }) as CatalogSystem;
  const tiers = new Map(made.parts.map((name) => [name, made.tier(name)]));
  return { app: withClient(app, [...tiers.values()][0]), tiers };
}

function withClient(app: App, tier: Tier): App {
  const client = Pods.labeled({ app: 'client' }).inNamespace('clients').ownedBy('somebody');
  tier.connections.allowFrom(client, { because: 'a client asks it', ports: [Port.tcp(9999)] });
  return app;
}

function idOf({ name }: SystemPart): string {
  return `system/Deployment/${name}`;
}

function workloads(pods: ChartPods['pods']) {
  return [...pods].map(([name, { labels, ports: own }]) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'system' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name: 'main', image: 'image', ports: own.map((containerPort) => ({ containerPort })) }],
        },
      },
    },
  }));
}

/** By the facts: flows between the two parts that are needed always; without ports every port. */
function neededBetween({ flows = [] }: KnownSystem, from: SystemPart, to: SystemPart): ports.PortSet {
  const own = flows.filter(
    (flow) =>
      flow.when === undefined &&
      flow.from.kind === 'part' &&
      flow.to.kind === 'part' &&
      flow.from.name === from.name &&
      flow.to.name === to.name,
  );
  return ports.unionOf([
    ports.none,
    ...own.map((flow) =>
      flow.ports === undefined
        ? ports.allOf('TCP')
        : ports.unionOf([ports.none, ...flow.ports.map((number) => ports.number('TCP', number))]),
    ),
  ]);
}
