// What jest gets. Not part of the jsii surface: matchers and serializers are functions.
import type { ZeroTrustMatchers } from './matcher-types';

export type { ApartOptions } from './apart-ends';

export { type Stranger, stranger, type TestEnd } from './ends';
export type { ZeroTrustMatchers } from './matcher-types';
export { zeroTrustMatchers } from './matchers';
export type { RequestsAsked } from './requests';
/** `expect.addSnapshotSerializer(policyGraphSerializer)` makes policy graphs read as text in snapshots. */
export * as policyGraphSerializer from './serializer';
export { type Manifests, manifests, type Subject } from './subject';

declare global {
  namespace jest {
    interface Matchers<R> extends ZeroTrustMatchers<R> {}
  }
}
