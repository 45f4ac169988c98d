import { bothMatch, type Match } from '../../analysis/connectivity/match';
import type { PortsOfProtocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { type RequestMatch, requestText } from '../../model/request-match';
import type { Traffic } from '../../model/traffic';
import type { World } from '../../model/world';
import type { AttributedEnd } from '../attribution/end';
import type { Terms } from '../attribution/terms';
import { portReadings, type TargetPort } from './pod-ports';
import type { SeenTraffic } from './traffic';

/** Whether something is declared, and by which flows, by number; `perhaps` where that hangs on what is not known. */
export interface Declared {
  readonly match: Match;
  readonly flows: readonly number[];
}

export const NOTHING_DECLARED: Declared = { match: 'no', flows: [] };

/** Every request that the graph speaks of, in its order; what `SeenTraffic.requests` is about. */
export function requestsOfTerms({ flows }: Terms): readonly RequestMatch[] {
  return [
    ...new Map(flows.flatMap(({ flow }) => flow.traffic.requests ?? []).map((it) => [requestText(it), it])).values(),
  ];
}

/** Holds what was seen against the flows of a graph. */
export class Declarations {
  private readonly positions: ReadonlyMap<string, number>;

  constructor(
    private readonly terms: Terms,
    requests: readonly RequestMatch[],
    private readonly world: World | undefined,
  ) {
    this.positions = new Map(requests.map((request, position) => [requestText(request), position]));
  }

  of(from: AttributedEnd, to: AttributedEnd, traffic: SeenTraffic): Declared {
    if (from.matches.size === 0 || to.matches.size === 0) return NOTHING_DECLARED;
    const surely: number[] = [];
    const perhaps: number[] = [];
    for (const [number, ends] of this.flowsBetween(from, to)) {
      const match = bothMatch(ends, this.matchOfTraffic(this.terms.flows[number].flow.traffic, traffic, to));
      if (match !== 'no') (match === 'surely' ? surely : perhaps).push(number);
    }
    if (surely.length > 0) return { match: 'surely', flows: surely };
    return perhaps.length === 0 ? NOTHING_DECLARED : { match: 'perhaps', flows: perhaps };
  }

  /** Whether anything is declared between the two, whatever the traffic. */
  between(from: AttributedEnd, to: AttributedEnd): boolean {
    return !this.flowsBetween(from, to).next().done;
  }

  private *flowsBetween(source: AttributedEnd, target: AttributedEnd): Generator<[number, Match]> {
    const { flows, flowsFrom } = this.terms;
    for (const [end, match] of source.matches) {
      for (const number of flowsFrom.get(end) ?? []) {
        const other = target.matches.get(flows[number].to);
        if (other !== undefined) yield [number, bothMatch(match, other)];
      }
    }
  }

  /** A record without a request is of the connection, which is let through for the requests in it. */
  private matchOfTraffic(declared: Traffic, seen: SeenTraffic, to: AttributedEnd): Match {
    const onPort = matchOfPorts(declared.ports, seen, to, this.world);
    if (onPort === 'no' || declared.requests === undefined || seen.requests === undefined) return onPort;
    const of = declared.requests.map(
      (request) => seen.requests?.[this.positions.get(requestText(request)) ?? -1] ?? 'perhaps',
    );
    const request = of.includes('surely') ? 'surely' : of.includes('perhaps') ? 'perhaps' : 'no';
    return bothMatch(onPort, request);
  }
}

/**
 * Whether a port is one of a set, whichever it was: the port of the pod, or that of a Service, which is where the Service
 * leads to such a port of the pods.
 */
export function matchOfPorts(set: ports.PortSet, seen: SeenTraffic, to: AttributedEnd, world?: World): Match {
  const { protocol, port } = seen;
  if (ports.isEverything(set)) return 'surely';
  if (protocol === undefined) return 'perhaps';
  if (isNone(set[protocol])) return 'no';
  if (port === undefined) return 'perhaps';
  const { mayBeOfPod, mayBeOfService, targets } = portReadings(to, seen, world);
  const ofPod = mayBeOfPod ? [matchOfNumber(set, { protocol, port }, to)] : [];
  if (mayBeOfService && targets.length === 0) return ofPod[0] === 'surely' ? 'surely' : 'perhaps';
  return whichever([...ofPod, ...targets.map((target) => matchOfTarget(set, protocol, target, to))]);
}

/** What holds whichever of them is true. */
function whichever(matches: readonly Match[]): Match {
  const [first, ...others] = new Set(matches);
  return others.length === 0 ? first : 'perhaps';
}

type SeenPort = { readonly protocol: ports.Protocol; readonly port: number };

function matchOfTarget(
  set: ports.PortSet,
  protocol: ports.Protocol,
  { name, number }: TargetPort,
  to: AttributedEnd,
): Match {
  if (name !== undefined && ports.hasName(set, protocol, name)) return 'surely';
  return number === undefined ? 'perhaps' : matchOfNumber(set, { protocol, port: number }, to);
}

function matchOfNumber(set: ports.PortSet, { protocol, port }: SeenPort, to: AttributedEnd): Match {
  if (ports.hasNumber(set, protocol, port)) return 'surely';
  return set[protocol].names.length > 0 ? namedPort(set, { protocol, port }, to) : 'no';
}

/** A name is what the containers of the destination call it, where a manifest shows all of them. */
function namedPort(set: ports.PortSet, { protocol, port }: SeenPort, { known }: AttributedEnd): Match {
  const workload = known.kind === 'pods' ? known.workload : undefined;
  if (workload === undefined || workload.mayHaveMorePorts) return 'perhaps';
  return ports.hasNumber(ports.resolve(set, workload.ports), protocol, port) ? 'surely' : 'no';
}

function isNone({ ranges, names }: PortsOfProtocol): boolean {
  return ranges.length === 0 && names.length === 0;
}
