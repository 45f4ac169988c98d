// What jest gets. Not part of the jsii surface: matchers and serializers are functions.
import type { ZeroTrustMatchers } from './matcher-types';

export { type Stranger, stranger, type TestEnd } from '../questions/ends';
export type { RequestsAsked } from '../questions/requests';
export { type Manifests, manifests, type Subject } from '../questions/subject';
export type { ApartOptions } from './apart-options';
export type { ZeroTrustMatchers } from './matcher-types';
export { zeroTrustMatchers } from './matchers';
/** `expect.addSnapshotSerializer(policyGraphSerializer)` makes policy graphs read as text in snapshots. */
export * as policyGraphSerializer from './serializer';

declare global {
  namespace jest {
    interface Matchers<R> extends ZeroTrustMatchers<R> {}
  }
}
