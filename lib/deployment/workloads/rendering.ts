import type { ApiObject } from 'cdk8s';
import { decorateJson } from './decorated-json';

type Rendering = ReturnType<ApiObject['toJson']>;

/** What objects render, while something is worked out from it. */
let held: Map<ApiObject, Rendering> | undefined;

/** Runs `work`, in which `rendering` renders each object once: nothing changes the tree meanwhile. */
export function renderingOnce<T>(work: () => T): T {
  if (held !== undefined) return work();
  held = new Map();
  try {
    return work();
  } finally {
    held = undefined;
  }
}

/** What the object renders now. */
export function rendering(object: ApiObject): Rendering {
  const known = held?.get(object);
  if (known !== undefined) return known;
  const json = object.toJson();
  held?.set(object, json);
  return json;
}

/** What we do with what an object renders: first all that changes it, then whoever looks at it. */
interface Hooks {
  readonly changes: ((json: Rendering) => Rendering)[];
  onRendered?: (json: Rendering) => void;
}

const hooked = new WeakMap<ApiObject, Hooks>();

export function changeRendering(object: ApiObject, change: (json: Rendering) => Rendering): void {
  hooksOf(object).changes.push(change);
}

/** Shows `look` what the object renders whenever it is rendered for somebody else than us; one look an object. */
export function watchRendering(object: ApiObject, look: (json: Rendering) => void): void {
  hooksOf(object).onRendered = look;
}

function hooksOf(object: ApiObject): Hooks {
  const known = hooked.get(object);
  if (known !== undefined) return known;
  const hooks: Hooks = { changes: [] };
  hooked.set(object, hooks);
  decorateJson(object, (json) => {
    const changed = hooks.changes.reduce((rest, change) => change(rest), json);
    if (held === undefined) hooks.onRendered?.(changed);
    return changed;
  });
  return hooks;
}
