import { ApiObject } from 'cdk8s';
import { groupOf } from '../../kinds/manifest';
import { isUndecorated } from './decorated-json';
import { rendering } from './rendering';
import { isResolvedByOthers } from './resolvers';

/** API group and kind that an object renders, and whether it is a List, which kubectl opens whatever its kind. */
export interface RenderedKind {
  readonly group: string;
  readonly kind: string;
  readonly isList: boolean;
}

/** What cdk8s keeps of an API object beside its public members, where it is as it was. */
interface Insides {
  readonly patches?: unknown;
  readonly props?: unknown;
}

/** The kind that the object renders now: told at sight where nothing can change it, and by rendering it otherwise. */
export function renderedKind(object: ApiObject): RenderedKind {
  const { patches, props } = object as unknown as Insides;
  const isPlain = Array.isArray(patches) && patches.length === 0 && isObject(props) && rendersItsKind(object);
  if (!isPlain || isResolvedByOthers(object)) return kindOf(rendering(object));
  return { group: groupOf(object.apiVersion), kind: object.kind, isList: 'items' in props };
}

/** As a rendered object has it. */
export function kindOf(json: object & { apiVersion?: unknown; kind?: unknown }): RenderedKind {
  return { group: groupOf(String(json.apiVersion)), kind: String(json.kind), isList: 'items' in json };
}

/**
 * Whether its class renders the kind that it was made with: that of cdk8s does, ours does, and so do those that `cdk8s import`
 * generates, which keep it in `GVK`. Any other class, and whoever replaces `toJson`, may do as they like.
 */
function rendersItsKind(object: ApiObject): boolean {
  if (typeof object.kind !== 'string' || typeof object.apiVersion !== 'string') return false;
  if (!isUndecorated(object)) return false;
  const rendering = rendererOf(object);
  return rendering === ApiObject.prototype || isGenerated(rendering, object) || RENDER_THEIR_KIND.has(rendering);
}

/** Prototypes whose `toJson` keeps the kind. */
const RENDER_THEIR_KIND = new WeakSet<object>();

export function rendersItsKindAlways(prototype: object): void {
  RENDER_THEIR_KIND.add(prototype);
}

function rendererOf(object: ApiObject): object {
  let prototype = Object.getPrototypeOf(object);
  while (prototype !== null && !Object.hasOwn(prototype, 'toJson')) prototype = Object.getPrototypeOf(prototype);
  return prototype;
}

function isGenerated(prototype: object, { kind, apiVersion }: ApiObject): boolean {
  const { constructor: made } = prototype;
  const gvk = Object.hasOwn(made, 'GVK') ? (made as { GVK?: { kind?: string; apiVersion?: string } }).GVK : undefined;
  return gvk?.kind === kind && gvk.apiVersion === apiVersion;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
