import * as fc from 'fast-check';

/** An object that throws for whatever it is asked. */
function unapproachable(): object {
  const refuse = () => {
    throw new Error('not for you');
  };
  return new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse });
}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function cyclic(): object {
  const made: Record<string, unknown> = { list: [] };
  made['self'] = made;
  (made['list'] as unknown[]).push(made);
  return made;
}

function withThrowingGetters(names: readonly string[]): object {
  return Object.defineProperties(
    {},
    Object.fromEntries(
      names.map((name) => [
        name,
        {
          enumerable: true,
          get: () => {
            throw new Error(`${name} is not for you`);
          },
        },
      ]),
    ),
  );
}

/** Makes a value. What cannot be looked at must not be in the hands of the generator, which looks at it. */
export type Make = () => unknown;

/**
 * What no declaration holds: every type of JSON, and what only a program can make. `names` are those of properties that
 * the surface reads, so that what stands under them is asked for.
 */
export function junk(names: readonly string[]): fc.Arbitrary<Make> {
  const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true });
  return fc.oneof(
    { weight: 3, arbitrary: anything.map(always) },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Make>(
        () => undefined,
        () => null,
        () => () => 'a function',
        () => class {},
        () => Symbol('junk'),
        () => 7n,
        () => new Date(Number.NaN),
        () => /x/,
        () => new Error('x'),
        unapproachable,
        () => [unapproachable()],
        () => revoked({}),
        () => revoked([]),
        cyclic,
        () => [cyclic()],
        () => withThrowingGetters(names),
        () => [withThrowingGetters(names)],
        () => new Array(3),
        () => Object.create(null),
        () => [Object.create(null)],
        () => ({ toString: null, toJSON: () => 7n }),
        () => ({
          toJSON: () => {
            throw new Error('no JSON');
          },
        }),
        () => Promise.resolve(1),
      ),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom('', ' ', 'x', '/x', '10.0.0.0/8', 'ns/app=x', '__proto__', '8080', -1, 80, 8080)
        .map(always),
    },
    { weight: 1, arbitrary: structOf(names, anything.map(always)) },
  );
}

/** An object with some of these properties. */
export function structOf(names: readonly string[], value: fc.Arbitrary<Make>): fc.Arbitrary<Make> {
  return fc
    .array(fc.tuple(fc.constantFrom(...names), value), { minLength: 1, maxLength: 4 })
    .map((entries) => () => Object.fromEntries(entries.map(([name, make]) => [name, make()])));
}

function always(value: unknown): Make {
  return () => value;
}
