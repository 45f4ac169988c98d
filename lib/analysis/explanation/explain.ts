import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Direction, Plane, PolicyRef, Rule } from '../../model/layer';
import { worldNamedBy } from '../../model/named-ports';
import type { Protocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { Sent } from '../../model/sent';
import type { World } from '../../model/world';
import { type Allowed, type ConnectivityOptions, type End, unknownWorkload } from '../connectivity/connectivity';
import type { Host } from '../connectivity/match';
import { isEntity } from '../connectivity/matches';
import {
  type AddressFacts,
  type Connection,
  type ConnectionEnd,
  isOnHostNetwork,
  type PodEnd,
  peerOf,
  subjectOf,
} from './connection';
import { type Decision, decided, rulesAbout } from './decided';
import { fewest, type Lack, lacksOfRule } from './what-is-missing';

/** Why one connection passes, or does not: an answer for each end, both of which it needs. */
export interface Explanation {
  readonly connection: Connection;
  readonly allowed: Allowed;
  readonly egress: Side;
  readonly ingress: Side;
}

/**
 * What one end says. `unbound`: no policy stands there (an address, a node, a pod on the host network). `open`: no rule
 * decides, and it passes. `allowed`, `denied`: a rule allows it surely, or nothing may allow it. `perhaps`: it is allowed
 * or not by what is not known.
 */
export interface Side {
  readonly direction: Direction;
  readonly end: ConnectionEnd;
  readonly verdict: 'unbound' | 'open' | 'allowed' | 'perhaps' | 'denied';
  /** What may decide, in the order in which it is asked; where everything is known, the last decides. */
  readonly decisions: readonly Decision[];
  /** Only where it is denied. */
  readonly nearest?: Nearest;
}

/** The change that is nearest to letting the connection through at this end. */
export interface Nearest {
  readonly policy: PolicyRef;
  readonly direction: Direction;
  /** Name of the layer that denies. */
  readonly layer: string;
  /** The rule that lacks the least, or the one that denies; absent where there is none about the end. */
  readonly rule?: Rule;
  /** Position in the rule's peers of the one that is nearest; absent where a new one is needed. */
  readonly peer?: number;
  /** What must change so that it allows the connection: all of these. Behind a rule that denies there may be others. */
  readonly lacks: readonly Lack[];
}

/** One connection, by its ends. */
export interface Asked {
  readonly from: End;
  /** A host is one by its name. */
  readonly to: End | Host;
  readonly protocol: Protocol;
  readonly port: number;
  /** What is sent. @default not known: a rule about requests is perhaps about it */
  readonly sent?: Sent;
}

/**
 * Explains one connection.
 *
 * @throws ZeroTrustError for an end that is neither a workload of the world, an address nor an entity, and for a port that
 *   is none.
 */
export function explain(
  world: World,
  plane: Plane,
  { from, to, protocol, port, sent }: Asked,
  options: ConnectivityOptions = {},
): Explanation {
  ports.number(protocol, port);
  const named = worldNamedBy(plane, world);
  const connection: Connection = {
    from: endOf(from, named),
    to: endOf(to, named),
    protocol,
    port,
    ...(sent && { sent }),
  };
  const facts = { mode: plane.ipBlockMode, podAddresses: options.podAddresses ?? ips.all };
  const egress = sideOf('egress', connection, plane, facts);
  const ingress = sideOf('ingress', connection, plane, facts);
  const sides = [egress, ingress];
  return {
    connection,
    allowed: {
      must: sides.every(({ verdict }) => verdict !== 'denied' && verdict !== 'perhaps'),
      may: sides.every(({ verdict }) => verdict !== 'denied'),
    },
    egress,
    ingress,
  };
}

function endOf(end: End | Host, { workloads, namespaces }: World): ConnectionEnd {
  if (typeof end !== 'string') return { kind: 'host', host: end };
  const workload = workloads.find(({ id }) => id === end);
  if (workload !== undefined) {
    const namespaceLabels = namespaces.find(({ name }) => name === workload.namespace)?.labels ?? {};
    return { kind: 'pod', workload, namespaceLabels };
  }
  if (isEntity(end)) return { kind: 'entity', entity: end };
  if (end.includes('/')) throw unknownWorkload(end);
  // Read for its strictness: what is no address is refused here.
  const address: IpSet = ips.fromAddress(end);
  return { kind: 'address', address: ips.sampleAddress(address) ?? end };
}

function sideOf(direction: Direction, connection: Connection, plane: Plane, facts: AddressFacts): Side {
  const end = subjectOf(connection, direction);
  if (end.kind !== 'pod' || end.workload.hostNetwork) return { direction, end, verdict: 'unbound', decisions: [] };
  const { mayPass, mayFail, decisions } = decided(plane, end, direction, connection, facts);
  if (mayFail && isOnHostNetwork(peerOf(connection, direction)))
    return { direction, end, decisions: [...decisions, { kind: 'own-node' }], verdict: 'perhaps' };
  const side = { direction, end, decisions };
  if (!mayPass) return { ...side, verdict: 'denied', nearest: nearestOf(side, connection, facts) };
  if (mayFail) return { ...side, verdict: 'perhaps' };
  return { ...side, verdict: decisions.some(isAllow) ? 'allowed' : 'open' };
}

function isAllow(decision: Decision): boolean {
  return decision.kind === 'rule' && decision.rule.action === 'allow';
}

/** Where nothing may pass, a rule denies, or a layer does for want of a rule that allows. */
function nearestOf(
  {
    direction,
    end,
    decisions,
  }: { readonly direction: Direction; readonly end: PodEnd; readonly decisions: readonly Decision[] },
  connection: Connection,
  facts: AddressFacts,
): Nearest | undefined {
  // Where something may isolate it perhaps, a later layer denies surely.
  const isolation = decisions.find((it) => it.kind === 'isolation' && it.doubts.length === 0);
  if (isolation?.kind !== 'isolation') {
    // Of those that deny perhaps, the connection gets past one way or the other.
    const denial = decisions.find((it) => it.kind === 'rule' && it.rule.action === 'deny' && it.match === 'surely');
    if (denial?.kind !== 'rule') return undefined;
    const { rule, layer } = denial;
    return { policy: rule.policy, direction, layer: layer.name, rule, lacks: [{ kind: 'deny' }] };
  }
  const { layer } = isolation;
  const candidates = rulesAbout(layer, end, direction)
    .filter(({ action }) => action === 'allow')
    .map((rule) => ({
      policy: rule.policy,
      direction,
      layer: layer.name,
      rule,
      ...lacksOfRule(rule, connection, facts),
    }));
  return (
    fewest(candidates) ?? { policy: isolation.isolatedBy[0], direction, layer: layer.name, lacks: [{ kind: 'rule' }] }
  );
}
