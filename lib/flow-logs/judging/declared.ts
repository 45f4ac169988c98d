import { bothMatch, type Match } from '../../analysis/connectivity/match';
import type { PortsOfProtocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { type RequestMatch, requestText } from '../../model/request-match';
import type { Traffic } from '../../model/traffic';
import type { AttributedEnd } from '../attribution/end';
import type { Terms } from '../attribution/terms';
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
    const onPort = matchOfPorts(declared.ports, seen, to);
    if (onPort === 'no' || declared.requests === undefined || seen.requests === undefined) return onPort;
    const of = declared.requests.map(
      (request) => seen.requests?.[this.positions.get(requestText(request)) ?? -1] ?? 'perhaps',
    );
    const request = of.includes('surely') ? 'surely' : of.includes('perhaps') ? 'perhaps' : 'no';
    return bothMatch(onPort, request);
  }
}

/** Whether a port is one of a set. That of a Service is, where the Service leads to such a port of the pods. */
export function matchOfPorts(set: ports.PortSet, { protocol, port, portIs }: SeenTraffic, to: AttributedEnd): Match {
  if (ports.isEverything(set)) return 'surely';
  if (protocol === undefined) return 'perhaps';
  const ofProtocol = set[protocol];
  if (isNone(ofProtocol)) return 'no';
  if (port === undefined) return 'perhaps';
  if (portIs !== 'service' && ports.hasNumber(set, protocol, port)) return 'surely';
  if (portIs !== 'pod' && to.known.kind !== 'addresses') return behindService(set, { protocol, port, portIs }, to);
  return ofProtocol.names.length > 0 ? namedPort(set, { protocol, port }, to) : 'no';
}

type SeenPort = { readonly protocol: ports.Protocol; readonly port: number };

function behindService(
  set: ports.PortSet,
  { protocol, port, portIs }: SeenPort & Pick<SeenTraffic, 'portIs'>,
  { known }: AttributedEnd,
): Match {
  const servicePorts = known.kind === 'pods' ? (known.servicePorts ?? []) : [];
  const target = servicePorts.find((one) => one.protocol === protocol && one.port === port)?.targetPort;
  const isSurely =
    typeof target === 'number' ? ports.hasNumber(set, protocol, target) : ports.hasName(set, protocol, target ?? '');
  if (isSurely) return 'surely';
  return typeof target === 'number' && portIs === 'service' ? 'no' : 'perhaps';
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
