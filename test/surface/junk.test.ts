import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import * as surface from '../../lib';
import * as testing from '../../lib/testing';
import { howMany } from '../how-many';
import { fault } from './fault';
import { junk, structOf } from './junk';
import { goodProps, PROPERTY_NAMES, publicCalls, type SurfaceWorld, surfaceWorld } from './public-surface';

const anyJunk = junk(PROPERTY_NAMES);

/** Right properties of which some are junk, or hold junk. */
const spoiledProps = structOf(
  PROPERTY_NAMES,
  fc.oneof(
    anyJunk,
    fc.array(anyJunk, { maxLength: 2 }).map((list) => () => list.map((make) => make())),
    structOf(PROPERTY_NAMES, anyJunk),
  ),
).map((make) => () => {
  const spoiled = Object.entries(make() as object).map(([key, value]) => [key, spoiledLike(key, value)]);
  return { ...goodProps(), ...Object.fromEntries(spoiled) };
});

/** Where a list of structs is right, a struct that is spoiled in some of its properties. */
function spoiledLike(key: string, value: unknown): unknown {
  const good = goodProps()[key];
  try {
    const isStruct = Object.getPrototypeOf(value) === Object.prototype;
    return isStruct && Array.isArray(good) ? [{ ...good[0], ...(value as object) }] : value;
  } catch {
    return value;
  }
}

/** Values of the surface stand where others are meant. */
const otherValues = fc.constantFrom<(world: SurfaceWorld) => unknown>(
  ({ app }) => app,
  ({ chart }) => chart,
  ({ tier }) => tier,
  ({ namespace }) => namespace,
  () => surface.Port.tcp(80),
  () => surface.Pods.all(),
  () => surface.Internet.any(),
  () => surface.SourceAddress.preserved(),
  () => surface.HttpRule.get('/x'),
  () => surface.Dns.coreDns(),
  () => surface.Cluster.kubernetes(),
  () => new Proxy(surface.Port.tcp(80), {}),
  () => [new Proxy(surface.Port.tcp(80), {})],
  () => Object.create(surface.Port.prototype),
  () => Object.create(surface.Tier.prototype),
  () => surface.Port,
);

/** What stands in the place of one argument; undefined keeps the right one. */
const argument = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  { weight: 3, arbitrary: anyJunk },
  { weight: 2, arbitrary: spoiledProps },
  { weight: 1, arbitrary: otherValues },
  { weight: 1, arbitrary: fc.string().map((text) => () => text) },
);

const given = fc.array(argument, { maxLength: 4 });

describe('whatever is handed to the surface, it takes or refuses in its own words', () => {
  it.each(publicCalls().map((call) => [call.name, call] as const))('%s', (_, { arguments: right, call }) => {
    fc.assert(
      fc.property(given, (spoiled) => {
        const world = surfaceWorld();
        const rightOnes = right(world);
        const all = spoiled.map((make, index) => (make === undefined ? rightOnes[index] : make(world)));
        expect(
          fault(() => {
            call(world, all);
            surface.PolicyGraph.of(world.app);
          }),
        ).toBeUndefined();
      }),
      { numRuns: howMany(60) },
    );
  });
});

/** Every engine that has guardrails: on any other they are refused before anything is made of them. */
const WITH_GUARDRAILS = {
  Cilium: () => surface.Cluster.cilium({ version: '1.19' }),
  Calico: () => surface.Cluster.calico({ version: '3.31' }),
  Antrea: () => surface.Cluster.antrea({ version: '2.5' }),
  ClusterNetworkPolicy: () => surface.Cluster.clusterNetworkPolicy(),
};
const guardrails = publicCalls().filter(({ name }) => /^new \w*Guardrail\b/.test(name));

/** Without a default deny as it is right on Cilium: other engines refuse that one, and would look at nothing else. */
function sayable(props: unknown): unknown {
  try {
    const { defaultDeny, ...others } = props as Record<string, unknown>;
    return isDeepStrictEqual(defaultDeny, goodProps()['defaultDeny']) ? others : props;
  } catch {
    return props;
  }
}

describe.each(Object.entries(WITH_GUARDRAILS))('whatever is handed to guardrails on %s', (engine, cluster) => {
  it.each(guardrails.map((call) => [call.name, call] as const))(
    'is taken and proved, or refused in our own words: %s',
    (name, { arguments: right, call }) => {
      const tried = (spoiled: readonly (((world: SurfaceWorld) => unknown) | undefined)[]) => {
        const world = surfaceWorld(cluster());
        const rightOnes = right(world);
        const all = spoiled.map((make, index) => (make === undefined ? rightOnes[index] : make(world)));
        const [scope, id, props, ...more] = all.length < 3 ? [...all, ...rightOnes.slice(all.length)] : all;
        call(world, [scope, id, sayable(props), ...more]);
        return surface.PolicyProof.of(world.app).isProved;
      };
      // So that what follows gets further than to a refusal of the guardrail itself.
      const hasThem = name === 'new ClusterGuardrail' || engine === 'Cilium' || engine === 'Calico';
      if (hasThem) expect(tried([])).toBe(true);
      fc.assert(
        fc.property(given, (spoiled) => {
          expect(fault(() => tried(spoiled))).toBeUndefined();
        }),
        { numRuns: howMany(60) },
      );
    },
  );

  it('is tried for both kinds of guardrails', () => {
    expect(guardrails.map(({ name }) => name)).toEqual(['new ClusterGuardrail', 'new HostGuardrail']);
  });
});

const context = { utils: { diff: () => null } };
const end = fc.oneof(argument, fc.constantFrom(...['ns/app=tier', 'ns/*', '10.0.0.1'].map((text) => () => text)));

describe('whatever is handed to what tests use, it answers or refuses in its own words', () => {
  it.each(Object.entries(testing.zeroTrustMatchers))('%s', (_, matcher) => {
    fc.assert(
      fc.property(fc.array(end, { maxLength: 5 }), (spoiled) => {
        const world = surfaceWorld();
        const rightOnes = [world.app, world.tier, world.tier, surface.Port.tcp(80)];
        const all = spoiled.map((make, index) => (make === undefined ? rightOnes[index] : make(world)));
        const ask = matcher as (this: unknown, ...all: unknown[]) => { pass: boolean; message: () => string };
        expect(fault(() => void ask.apply(context, all).message())).toBeUndefined();
      }),
      { numRuns: howMany(150) },
    );
  });

  it.each(Object.entries(testing).filter(([, value]) => typeof value === 'function'))('%s', (_, make) => {
    fc.assert(
      fc.property(given, (spoiled) => {
        const all = spoiled.map((one) => one?.(surfaceWorld()));
        expect(fault(() => (make as (...all: unknown[]) => unknown)(...all))).toBeUndefined();
      }),
      { numRuns: howMany(150) },
    );
  });

  it.each(Object.entries(testing.policyGraphSerializer).filter(([, value]) => typeof value === 'function'))(
    'the serializer: %s',
    (_, make) => {
      fc.assert(
        fc.property(given, (spoiled) => {
          const all = spoiled.map((one) => one?.(surfaceWorld()));
          expect(fault(() => (make as (...all: unknown[]) => unknown)(...all))).toBeUndefined();
        }),
        { numRuns: howMany(150) },
      );
    },
  );
});
