import {
  type Differences,
  differences,
  type PlaneOptions,
  planeOf,
  type RequestsChange,
  readManifests,
  type State,
} from '../analysis';
import { type Seen, seenOf } from '../checks/seen';
import { policyObjects } from '../checks/seen-rules';
import { objectText } from '../kinds/manifest';
import type { Rule } from '../model/layer';
import { soleNamespace } from '../model/pod-set';
import { requestText } from '../model/request-match';
import type { PlannedTier } from './plan';
import { type RequestsBetween, requestsCompared } from './requests-between';

export interface HeldAgainstToday {
  /** Today's connections against those after; requests between tiers are among `requests`. */
  readonly differences: Differences;
  /** Absent where no policy looks into requests. */
  readonly requests?: RequestsBetween;
}

/** What changes between today and when policies of the adopted namespaces have made room for the rendered ones. */
export function heldAgainstToday(
  seen: Seen,
  rendered: readonly unknown[],
  { namespaces, plane, tiers }: { namespaces: readonly string[]; plane: PlaneOptions; tiers: readonly PlannedTier[] },
): HeldAgainstToday {
  const adopted = new Set(namespaces);
  const after = seenAfter(seen, rendered, adopted, plane);
  const found = differences(stateOf(seen), stateOf(after));
  if (found.requests.length === 0) return { differences: found };
  const rules = [...rulesOf(seen), ...rulesOf(after)];
  return {
    differences: { ...found, requests: withOthers(found.requests, rules, adopted) },
    requests: requestsCompared(seen, after, tiers),
  };
}

function stateOf({ reading, plane, facts }: Seen): State {
  return {
    world: reading.world,
    plane: plane.plane,
    written: reading.written,
    ...(facts?.podRanges && { podAddresses: facts.podRanges }),
  };
}

/** Policies of namespaces that are adopted make room for the rendered ones; those of the cluster and of others stay. */
function seenAfter(seen: Seen, rendered: readonly unknown[], adopted: ReadonlySet<string>, plane: PlaneOptions): Seen {
  const replaced = new Set(
    policyObjects(seen)
      .filter(({ ref }) => ref.namespace !== undefined && adopted.has(ref.namespace))
      .map(({ object }) => object),
  );
  const kept = seen.reading.written.filter(({ object }) => !replaced.has(object));
  const written = [...kept, ...rendered.map((object) => ({ object, ...NOWHERE }))];
  const reading = { ...readManifests(written.map(({ object }) => object)), warnings: [], files: 0, written };
  return seenOf(reading, planeOf(reading, plane), seen.facts === undefined ? {} : { facts: seen.facts });
}

/** What is rendered is in no file. */
const NOWHERE = { sourceOf: () => 'rendered', file: 'rendered', lineOf: () => undefined };

function rulesOf({ plane }: Seen): readonly Rule[] {
  return plane.plane.layers.flatMap(({ rules }) => rules);
}

/** What of the requests of policies is about others than tiers, at either end: the rest is told by pair. */
function withOthers(
  changes: readonly RequestsChange[],
  rules: readonly Rule[],
  adopted: ReadonlySet<string>,
): readonly RequestsChange[] {
  const texts = new Map<string, Set<string>>();
  for (const rule of rules) {
    if (rule.requests === undefined || isOfTiersAlone(rule, adopted)) continue;
    const name = objectText(rule.policy);
    const known = texts.get(name) ?? new Set();
    texts.set(name, known);
    for (const request of rule.requests) known.add(requestText(request));
  }
  return changes.flatMap(({ policy, gone, come }) => {
    const own = texts.get(objectText(policy));
    const ofOthers = {
      policy,
      gone: gone.filter((text) => own?.has(text)),
      come: come.filter((text) => own?.has(text)),
    };
    return ofOthers.gone.length + ofOthers.come.length > 0 ? [ofOthers] : [];
  });
}

/** Whether both ends are pods of adopted namespaces. */
function isOfTiersAlone({ subject, peers }: Rule, adopted: ReadonlySet<string>): boolean {
  const sets = [subject, ...peers.map((peer) => (peer.kind === 'pods' ? peer.pods : undefined))];
  return sets.every((set) => adopted.has((set && soleNamespace(set.namespaces)) ?? ''));
}
