/**
 * Compiled by `npm run types`, never run. What is marked must not compile: TypeScript compares classes by shape, and what
 * jsii publishes has no internal members, so a class without a private member would take any object that looks like it,
 * and one with no public member would take anything at all.
 */
import type * as surface from '../../lib';

/** The public members alone, as an object of somebody else's might have them. */
type Lookalike<T> = { [Key in keyof T]: T[Key] };

type IsNominal<T> = Lookalike<T> extends T ? false : true;

type Exported = typeof surface;

/** Every exported class whose values an object of the same members could pass for. */
type Structural = {
  [Name in keyof Exported]: Exported[Name] extends { readonly prototype: infer Value }
    ? IsNominal<Value> extends true
      ? never
      : Name
    : never;
}[keyof Exported];

/** Classes of static members alone have no values, and no call or property of the surface takes these constructs. */
type Allowed =
  | 'ArgoSync'
  | 'Catalog'
  | 'ForeignPolicy'
  | 'OpenAiApi'
  | 'Purpose'
  | 'Rule'
  | 'ZeroTrust'
  | 'ArgoApplication'
  | 'ClusterGuardrail'
  | 'HostGuardrail';

type AssertNever<T extends never> = T;
export type EveryValueIsItsOwn = AssertNever<Exclude<Structural, Allowed>>;

declare const port: Lookalike<surface.Port>;
declare const pods: Lookalike<surface.Pods>;
declare const address: Lookalike<surface.SourceAddress>;
declare const dns: Lookalike<surface.Dns>;

// @ts-expect-error: a number is no Port
export const number: surface.FlowOptions = { because: '', ports: [8080] };
// @ts-expect-error: what looks like a Port is none
export const lookalike: surface.FlowOptions = { because: '', ports: [port] };
// @ts-expect-error: what looks like Pods is none
export const tier: surface.TierProps = { pods };
// @ts-expect-error: a number is no Port
export const peers: surface.DataTierProps = { pods: undefined as never, peerPorts: [7000] };
// @ts-expect-error: text is no SourceAddress
export const seen: surface.Exposure = { client: undefined as never, because: '', seenAs: 'preserved' };
// @ts-expect-error: what looks like a SourceAddress is none
export const seenLike: surface.Exposure = { client: undefined as never, because: '', seenAs: address };
// @ts-expect-error: text is no Dns
export const resolved: surface.ClusterProps = { dns: 'coredns' };
// @ts-expect-error: what looks like a Dns is none
export const resolvedLike: surface.ClusterProps = { dns };
// @ts-expect-error: text is no HttpRule
export const requests: surface.FlowOptions = { because: '', http: ['GET /x'] };
