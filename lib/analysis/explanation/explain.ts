import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Direction, Plane, PolicyRef, Rule } from '../../model/layer';
import type { Protocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { World } from '../../model/world';
import { type Allowed, type ConnectivityOptions, type End, unknownWorkload } from '../connectivity/connectivity';
import { soleLayer } from '../connectivity/sole-layer';
import {
  type AddressFacts,
  type Connection,
  type ConnectionEnd,
  isSelected,
  type Match,
  matchOfRule,
  subjectOf,
} from './connection';
import { fewest, type Lack, lacksOfRule } from './lacks';

/** Why one connection passes, or does not: an answer for each end, both of which it needs. */
export interface Explanation {
  readonly connection: Connection;
  readonly allowed: Allowed;
  readonly egress: Side;
  readonly ingress: Side;
}

/**
 * What one end says. `unbound`: no policy stands there (an address, a pod on the host network). `open`: no policy
 * isolates it. `allowed`, `perhaps`, `denied`: it is isolated, and a rule surely allows it, may do so, or none does.
 */
export interface Side {
  readonly direction: Direction;
  readonly end: ConnectionEnd;
  readonly verdict: 'unbound' | 'open' | 'allowed' | 'perhaps' | 'denied';
  /** In the order of the manifests. */
  readonly isolatedBy: readonly PolicyRef[];
  readonly allowedBy: readonly { readonly rule: Rule; readonly match: Exclude<Match, 'no'> }[];
  /** Only where it is denied. */
  readonly nearest?: Nearest;
}

/** The rule that lacks the least, of those about the end. */
export interface Nearest {
  readonly policy: PolicyRef;
  readonly direction: Direction;
  /** Absent where there is none about the end. */
  readonly rule?: Rule;
  /** Position in the rule's peers of the one that is nearest; absent where a new one is needed. */
  readonly peer?: number;
  /** What must change so that it allows the connection: all of these. */
  readonly lacks: readonly Lack[];
}

/**
 * Explains one connection.
 *
 * @throws ZeroTrustError for an end that is neither a workload of the world nor an address, for a port that is none, and
 *   for a plane of several layers.
 */
export function explain(
  world: World,
  plane: Plane,
  {
    from,
    to,
    protocol,
    port,
  }: { readonly from: End; readonly to: End; readonly protocol: Protocol; readonly port: number },
  options: ConnectivityOptions = {},
): Explanation {
  ports.number(protocol, port);
  const connection: Connection = { from: endOf(from, world), to: endOf(to, world), protocol, port };
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

function endOf(end: End, { workloads, namespaces }: World): ConnectionEnd {
  const workload = workloads.find(({ id }) => id === end);
  if (workload !== undefined) {
    const namespaceLabels = namespaces.find(({ name }) => name === workload.namespace)?.labels ?? {};
    return { kind: 'pod', workload, namespaceLabels };
  }
  if (end.includes('/')) throw unknownWorkload(end);
  // Read for its strictness: what is no address is refused here.
  const address: IpSet = ips.fromAddress(end);
  return { kind: 'address', address: ips.sampleAddress(address) ?? end };
}

function sideOf(direction: Direction, connection: Connection, plane: Plane, facts: AddressFacts): Side {
  const end = subjectOf(connection, direction);
  const side = { direction, end, isolatedBy: [], allowedBy: [] };
  if (end.kind === 'address' || end.workload.hostNetwork) return { ...side, verdict: 'unbound' };
  const { rules, isolations } = soleLayer(plane);
  const isAbout = (it: Pick<Rule, 'direction' | 'subject'>) =>
    it.direction === direction && isSelected(it.subject, end);
  const isolatedBy = isolations.filter(isAbout).map(({ policy }) => policy);
  if (isolatedBy.length === 0) return { ...side, verdict: 'open' };
  const own = rules.filter(isAbout);
  const allowedBy = own.flatMap((rule) => {
    const match = matchOfRule(rule, connection, facts);
    return match === 'no' ? [] : [{ rule, match }];
  });
  if (allowedBy.some(({ match }) => match === 'surely')) return { ...side, isolatedBy, allowedBy, verdict: 'allowed' };
  if (allowedBy.length > 0) return { ...side, isolatedBy, allowedBy, verdict: 'perhaps' };
  return {
    ...side,
    isolatedBy,
    verdict: 'denied',
    nearest: nearestOf(own, isolatedBy[0], direction, connection, facts),
  };
}

function nearestOf(
  rules: readonly Rule[],
  isolating: PolicyRef,
  direction: Direction,
  connection: Connection,
  facts: AddressFacts,
): Nearest {
  const candidates = rules.map((rule) => ({
    policy: rule.policy,
    direction,
    rule,
    ...lacksOfRule(rule, connection, facts),
  }));
  return fewest(candidates) ?? { policy: isolating, direction, lacks: [{ kind: 'rule' }] };
}
