import type { Seen } from '../checks/seen';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { requestText } from '../model/request-match';
import { within } from '../model/within';
import { binding } from './binding';
import { flowsBetweenTiers } from './flows-between-tiers';
import { namedTiers } from './named-tiers';
import type { PlannedTier } from './plan';

/** What became of the requests (HTTP) that one tier may send to another, where rules at an end look into them. */
export interface RequestsOfPair {
  /** Of the tier that sends them, by its key. */
  readonly from: string;
  readonly to: string;
  /** `TCP/80 GET /v1/models`, sorted. */
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

/** Requests between tiers, before and after. */
export interface RequestsBetween {
  /** Pairs that let through the same requests. */
  readonly same: number;
  readonly changed: readonly RequestsOfPair[];
}

export function requestsCompared(before: Seen, after: Seen, tiers: readonly PlannedTier[]): RequestsBetween {
  const [was, is] = [requestsBetween(before, tiers), requestsBetween(after, tiers)];
  const pairs = [...new Set([...was.keys(), ...is.keys()])].sort();
  const changed = pairs.flatMap((pair) => {
    const [old, own] = [textsOf(was.get(pair)), textsOf(is.get(pair))];
    const gone = old.filter((text) => !own.includes(text));
    const come = own.filter((text) => !old.includes(text));
    const [from, to] = pair.split(TO);
    return gone.length + come.length > 0 ? [{ from, to, gone, come }] : [];
  });
  return { same: pairs.length - changed.length, changed };
}

/** No key of a tier has a space in it. */
const TO = ' -> ';

/** For each pair the requests that pass at both ends, with the ports that they pass on. */
type Requests = ReadonlyMap<string, ReadonlyMap<string, PortSet>>;

function requestsBetween(seen: Seen, tiers: readonly PlannedTier[]): Requests {
  const { flows } = flowsBetweenTiers(seen, tiers, binding(seen, tiers), namedTiers(seen, tiers));
  const found = new Map<string, Map<string, PortSet>>();
  for (const { tier, peer, http = [], ports: set } of flows) {
    if (peer.kind !== 'tier' || http.length === 0) continue;
    const own = within(found, `${peer.tier}${TO}${tier}`);
    // Rules may be split otherwise on the two sides: ports of one request are put together.
    for (const text of http.map(requestText)) own.set(text, ports.union(own.get(text) ?? ports.none, set));
  }
  return found;
}

function textsOf(requests: ReadonlyMap<string, PortSet> = new Map()): readonly string[] {
  return [...requests].map(([text, set]) => `${ports.portsText(set)} ${text}`).sort();
}
