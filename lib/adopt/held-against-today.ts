import { type Differences, differences, type PlaneOptions, planeOf, readManifests, type State } from '../analysis';
import { type Seen, seenOf } from '../checks/seen';
import { policyObjects } from '../checks/seen-rules';
import type { PolicyRef, Rule } from '../model/layer';
import { soleNamespace } from '../model/pod-set';
import type { PlannedTier } from './plan';
import { type RequestsBetween, requestsCompared } from './requests-between';

export interface HeldAgainstToday {
  /** Today's connections against those after; requests of policies that are about tiers alone are among `requests`. */
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
  const isOfPairs = aboutTiersAlone([...rulesOf(seen), ...rulesOf(after)], adopted);
  return {
    differences: { ...found, requests: found.requests.filter(({ policy }) => !isOfPairs(policy)) },
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

/** Whether the rules of a policy that look into requests are about pods of adopted namespaces at both ends. */
function aboutTiersAlone(rules: readonly Rule[], adopted: ReadonlySet<string>): (policy: PolicyRef) => boolean {
  const others = new Set(
    rules
      .filter(({ requests }) => requests !== undefined)
      .filter(({ subject, peers }) => {
        const sets = peers.map((peer) => (peer.kind === 'pods' ? peer.pods : undefined));
        return ![subject, ...sets].every((set) => adopted.has((set && soleNamespace(set.namespaces)) ?? ''));
      })
      .map(({ policy }) => nameOf(policy)),
  );
  return (policy) => !others.has(nameOf(policy));
}

function nameOf({ kind, namespace = '', name }: PolicyRef): string {
  return `${kind} ${namespace}/${name}`;
}
