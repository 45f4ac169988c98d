import * as surface from '../../lib';
import { fault } from './fault';
import { PROPERTY_NAMES, publicCalls, surfaceWorld } from './public-surface';

/** A list in a list, deeper than any stack. */
function deep(make: (inner: unknown) => unknown): unknown {
  let made: unknown = 'x';
  for (let depth = 0; depth < 20_000; depth++) made = make(made);
  return made;
}

/** What plain JavaScript hands over by mistake, and what nobody hands over but to break something. */
const WRONG: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  'not a number': () => Number.NaN,
  infinity: () => Number.POSITIVE_INFINITY,
  'a number below zero': () => -1,
  true: () => true,
  'empty text': () => '',
  'a very long name': () => 'x'.repeat(100_000),
  'a name that is not ASCII': () => 'モデル-ü-😀',
  'half of a pair': () => '\ud800',
  'text with a null character': () => 'a\u0000b',
  'an empty list': () => [],
  'a frozen list': () => Object.freeze([Object.freeze({ rule: 'x' })]),
  'an object': () => ({}),
  'a frozen object': () => Object.freeze({ pods: 'x' }),
  'an object without a prototype': () => Object.create(null),
  'the key __proto__': () => JSON.parse('{"__proto__": {"app": "x"}, "constructor": "x", "toString": "y"}'),
  'text __proto__': () => '__proto__',
  'lists in lists without end': () => deep((inner) => [inner]),
  'objects in objects without end': () => deep((inner) => ({ inner, pods: inner, peer: inner, ports: inner })),
  'a class': () => surface.Tier,
  'a function': () => () => 'x',
  'a value of another kind': () => surface.Port.tcp(80),
  'a construct of another kind': () => surfaceWorld().chart,
};

describe.each(publicCalls().map((call) => [call.name, call] as const))('%s', (_, { arguments: right, call }) => {
  it('takes or refuses in its own words whatever stands in one of its places', () => {
    const found = Object.entries(WRONG).flatMap(([title, make]) =>
      right(surfaceWorld()).map((_right, place) => {
        const wrong = fault(() => {
          const world = surfaceWorld();
          const given = right(world).map((one, index) => (index === place ? make() : one));
          call(world, given);
          surface.PolicyGraph.of(world.app);
        });
        return wrong === undefined ? '' : `${title} as argument ${place}: ${wrong}`;
      }),
    );
    expect(found.filter((text) => text !== '')).toEqual([]);
  });
});

/** What a property is most often by mistake, and what is hardest to look at. */
const IN_PROPERTIES = ['null', 'not a number', 'empty text', 'the key __proto__', 'lists in lists without end'];

const constructors = publicCalls().filter(({ name }) => name.startsWith('new '));

describe.each(constructors.map((call) => [call.name, call] as const))('%s', (_, { arguments: right, call }) => {
  it.each(IN_PROPERTIES)('takes or refuses in its own words %s as any of its properties', (title) => {
    const found = PROPERTY_NAMES.flatMap((name) => {
      const wrong = fault(() => {
        const world = surfaceWorld();
        const [scope, id, props] = right(world);
        call(world, [scope, id, { ...(props as object), [name]: WRONG[title]?.() }]);
        surface.PolicyGraph.of(world.app);
      });
      return wrong === undefined ? [] : [`${name}: ${wrong}`];
    });
    expect(found).toEqual([]);
  });
});
