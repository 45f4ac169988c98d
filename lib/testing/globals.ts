/**
 * The types of the matchers for who imports `expect` from `@jest/globals`: `import 'cdk8s-zero-trust/testing/globals'`. Apart
 * from the others, since whoever has no jest could not compile them.
 */
import type { ZeroTrustMatchers } from './matcher-types';

export * from './index';

declare module 'expect' {
  // The type parameters are those of jest: declarations of one interface agree in them.
  interface Matchers<R extends void | Promise<void>, T = unknown> extends ZeroTrustMatchers<R> {}
}
