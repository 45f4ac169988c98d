import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import * as surface from '../../lib';
import { ZeroTrustError } from '../../lib/model/problem';

/** Something that a user can call, with the world that it is called in. */
export interface PublicCall {
  readonly name: string;
  /** What a right call hands over; junk takes the place of some of it. */
  readonly arguments: (world: SurfaceWorld) => readonly unknown[];
  readonly call: (world: SurfaceWorld, given: readonly unknown[]) => unknown;
}

/** An app with something of everything in it. */
export interface SurfaceWorld {
  readonly app: App;
  readonly chart: Chart;
  readonly namespace: surface.ZeroTrustNamespace;
  readonly tier: surface.Tier;
}

type AnyClass = (new (...given: never[]) => object) & Record<string, unknown>;

/** Classes of the public surface, each with its name. */
export const CLASSES: readonly (readonly [string, AnyClass])[] = Object.entries(surface).flatMap(([name, value]) =>
  typeof value === 'function' ? [[name, value as unknown as AnyClass] as const] : [],
);

export function surfaceWorld(cluster?: surface.Cluster): SurfaceWorld {
  const app = new App();
  if (cluster !== undefined) surface.Cluster.use(app, cluster);
  // A right call of `ZeroTrust.render` would write where junk says.
  app.synth = () => {
    throw new ZeroTrustError({ rule: 'render-files', what: 'this test writes no files' });
  };
  const chart = new Chart(app, 'chart');
  const namespace = new surface.ZeroTrustNamespace(chart, 'ns', { purpose: 'data' });
  const tier = new surface.Tier(namespace, 'tier', {
    pods: surface.Pods.labeled({ app: 'tier' }),
    ports: [surface.Port.tcp(80)],
  });
  return { app, chart, namespace, tier };
}

/** Every constructor, static method, method and getter; `_` begins what is internal. */
export function publicCalls(): PublicCall[] {
  return CLASSES.flatMap(([name, type]) => [
    ...constructorOf(name, type),
    ...staticsOf(name, type),
    ...membersOf(name, type),
  ]);
}

/** Constructors of values are private, as TypeScript and jsii know. */
function constructorOf(name: string, type: AnyClass): PublicCall[] {
  if (!(type.prototype instanceof Construct)) return [];
  return [
    {
      name: `new ${name}`,
      arguments: ({ chart, namespace }) => [
        type.prototype instanceof surface.Tier || type === (surface.Tier as unknown) ? namespace : chart,
        'made',
        { ...goodProps(), ...(type === (surface.SandboxTier as unknown) && { template: sandboxTemplate(namespace) }) },
      ],
      call: (_, given) => new type(...(given as never[])),
    },
  ];
}

function sandboxTemplate(namespace: surface.ZeroTrustNamespace): ApiObject {
  return new ApiObject(namespace, 'template', {
    apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
    kind: 'SandboxTemplate',
    metadata: { name: 'python', namespace: 'ns' },
    spec: { podTemplate: { spec: { containers: [{ name: 'python', image: 'python' }] } } },
  });
}

function staticsOf(name: string, type: AnyClass): PublicCall[] {
  return methodsIn(type, (key) => key !== 'prototype').map((key) => ({
    name: `${name}.${key}`,
    arguments: ({ chart }) => [chart, goodProps()],
    call: (_, given) => (type[key] as (...all: readonly unknown[]) => unknown)(...given),
  }));
}

function membersOf(name: string, type: AnyClass): PublicCall[] {
  const calls: PublicCall[] = [];
  for (let at = type.prototype; at !== Object.prototype && at !== Construct.prototype; at = Object.getPrototypeOf(at)) {
    for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (key === 'constructor' || key.startsWith('_')) continue;
      calls.push({
        name: `${name}#${key}`,
        arguments: ({ tier }) => [tier, goodProps()],
        call: (world, given) => {
          const self = instanceOf(type, world);
          if (self === undefined) throw new TypeError(`there is no ${name} to ask: the world of this test makes none`);
          return typeof descriptor.value === 'function'
            ? (descriptor.value as (...all: readonly unknown[]) => unknown).apply(self, [...given])
            : descriptor.get?.call(self);
        },
      });
    }
  }
  return calls;
}

function methodsIn(holder: object, is: (key: string) => boolean): string[] {
  return Object.entries(Object.getOwnPropertyDescriptors(holder))
    .filter(([key, { value }]) => typeof value === 'function' && !key.startsWith('_') && is(key))
    .map(([key]) => key);
}

/** An instance by whatever of the surface gives one: a static method, a member of the world, or a constructor. */
function instanceOf(type: AnyClass, world: SurfaceWorld): object | undefined {
  const graph = surface.PolicyGraph.of(world.app);
  const known: unknown[] = [
    world.namespace,
    world.tier,
    world.tier.connections,
    world.tier.endpoint,
    graph,
    graph.difference(graph),
    new surface.ZeroTrustValidation(),
  ];
  const found = known.find((one) => one instanceof type) as object | undefined;
  return (
    found ??
    fromQuestions(type, world) ??
    fromCatalog(type, world) ??
    fromStatic(type, world) ??
    fromConstructor(type, world)
  );
}

/** What is only ever got by asking. */
function fromQuestions(type: AnyClass, { app, tier }: SurfaceWorld): object | undefined {
  const questions = () => surface.PolicyQuestions.of(app);
  if (type === (surface.PolicyAnswer as unknown)) return questions().keepsApart(tier, surface.Internet.any());
  return type === (surface.PolicyReach as unknown) ? questions().reach(tier) : undefined;
}

/** What the catalog makes. */
function fromCatalog(type: AnyClass, { namespace, tier }: SurfaceWorld): object | undefined {
  const pods = { server: surface.Pods.labeled({ part: 'server' }), keeper: surface.Pods.labeled({ part: 'keeper' }) };
  switch (type as unknown) {
    case surface.CatalogSystem:
      return surface.Catalog.clickhouse(namespace, 'clickhouse', { pods });
    case surface.KnownPods:
      return surface.Catalog.weaviate().known;
    case surface.McpServer:
      return surface.McpServer.of(tier, { transport: surface.McpTransport.STREAMABLE_HTTP });
    default:
      return undefined;
  }
}

function fromStatic(type: AnyClass, world: SurfaceWorld): object | undefined {
  for (const key of methodsIn(type, (name) => name !== 'prototype')) {
    for (const given of GOOD_ARGUMENTS(world)) {
      try {
        const made = (type[key] as (...all: readonly unknown[]) => unknown)(...given);
        if (made instanceof type) return made;
      } catch {
        // The next ones may be right.
      }
    }
  }
  return undefined;
}

function fromConstructor(type: AnyClass, { chart, namespace }: SurfaceWorld): object | undefined {
  if (!(type.prototype instanceof Construct)) return undefined;
  for (const scope of [namespace, chart]) {
    try {
      return new type(...([scope, 'instance', goodProps()] as never[]));
    } catch {
      // The other scope may be right.
    }
  }
  return undefined;
}

const GOOD_ARGUMENTS = ({ app, chart }: SurfaceWorld): readonly (readonly unknown[])[] => [
  [],
  ['name'],
  ['name', 'name'],
  ['/v1/models'],
  ['10.0.0.0/8'],
  ['ns/app=tier'],
  [['10.0.0.0/8']],
  [80],
  [80, 90],
  [{ app: 'x' }],
  [goodProps()],
  [app],
  [chart],
];

/** Properties that are right wherever one of their name is read. */
export function goodProps(): Record<string, unknown> {
  const because = 'a test of the surface';
  const peer = surface.Cidr.of('192.0.2.0/24');
  const ports = [surface.Port.tcp(443)];
  return {
    because,
    ports,
    peer,
    purpose: 'data',
    pods: surface.Pods.labeled({ app: 'x' }),
    methods: ['GET'],
    version: '1.20',
    repoUrl: 'https://git.example/policies.git',
    path: 'dist',
    exposures: [{ client: peer, seenAs: surface.SourceAddress.preserved(), because, ports }],
    metrics: [{ peer, because, ports }],
    modelStorage: [{ peer, because, ports }],
    tools: [{ peer, because, ports }],
    peerPorts: ports,
    defaultDeny: { systemNamespaces: ['kube-system'] },
    separateTenants: { label: 'tenant', tenants: ['a', 'b'] },
    allowFrom: [{ peer, because, ports }],
    acknowledge: [{ rule: 'wide-egress', because }],
    untested: because,
  };
}

/** Names of properties of the public structs, read from their source, so that one that joins is asked for as well. */
export const PROPERTY_NAMES: readonly string[] = [
  ...new Set(
    [
      'lib/values',
      'lib/tiers',
      'lib/catalog',
      'lib/argo',
      'lib/probes',
      'lib/questions',
      'lib/validation',
      'lib/deployment/flows/requests.ts',
    ]
      .flatMap(sources)
      .flatMap((text) => [...text.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name as string)),
  ),
].sort();

function sources(path: string): string[] {
  if (statSync(path).isFile()) return [readFileSync(path, 'utf8')];
  return readdirSync(path).flatMap((name) => sources(join(path, name)));
}
