import type { Match } from '../../analysis/connectivity/match';
import type { Protocol } from '../../model/port-set';
import { matchesPath, type RequestMatch, requestText } from '../../model/request-match';
import type { FlowRecord } from '../flow-record';
import { requestTerm } from './request-term';

/** What passed along a flow, as far as the log says. */
export interface SeenTraffic {
  readonly id: number;
  /** Equal for traffics that no declared flow tells apart. */
  readonly kind: number;
  readonly protocol?: Protocol;
  readonly port?: number;
  readonly portIs: FlowRecord['portIs'];
  /** The request in words: of a declared one where it surely is that, else with what tells single objects apart left out. */
  readonly request?: string;
  /** Of the first. */
  readonly sent?: FlowRecord['request'];
  /** For each request that the graph speaks of whether it is that; absent where no request is logged. */
  readonly requests?: readonly Match[];
}

/** Requests that the traffics of one judgement tell apart; further ones are one. */
const MOST_TRAFFICS = 50_000;

/** Traffics, each once. */
export class Traffics {
  private readonly known = new Map<string, SeenTraffic>();
  private readonly bare = new Map<number, SeenTraffic>();
  private readonly kinds = new Map<string, number>();
  private count = 0;

  constructor(private readonly requests: readonly RequestMatch[]) {}

  of(record: FlowRecord): SeenTraffic {
    const { request, dns } = record;
    return request === undefined && dns === undefined ? this.bareOf(record) : this.withRequest(record);
  }

  /** Most records have no more than a port, and there are few ports. */
  private bareOf(record: FlowRecord): SeenTraffic {
    const { protocol, port = 0, portIs } = record;
    const number = (port * 8 + PROTOCOL_NUMBERS[protocol ?? 'none']) * 4 + PORT_NUMBERS[portIs];
    const found = this.bare.get(number);
    if (found !== undefined) return found;
    const bare = bareText(record);
    const traffic = this.interned(record, bare, bare);
    this.bare.set(number, traffic);
    return traffic;
  }

  private withRequest(record: FlowRecord): SeenTraffic {
    const bare = bareText(record);
    const key = `${bare} ${keyOf(record)}`;
    return this.known.get(key) ?? this.interned(record, bare, key);
  }

  private interned(record: FlowRecord, bare: string, key: string): SeenTraffic {
    const { protocol, port, portIs, request, dns } = record;
    const requests = request === undefined && dns === undefined ? undefined : this.matchesOf(record);
    const surely = requests?.indexOf('surely') ?? -1;
    const isFull = this.known.size >= MOST_TRAFFICS;
    const own = isFull ? 'further requests' : requestTerm(record);
    const term = surely >= 0 ? requestText(this.requests[surely]) : own;
    const asked = requests?.map((it) => it[0]).join('');
    const signature = asked === undefined ? bare : `${bare} = ${term} ${asked}`;
    const traffic: SeenTraffic = this.known.get(signature) ?? {
      id: this.count++,
      kind: this.kindOf(asked === undefined ? bare : `${bare} = ${asked}`),
      ...(protocol !== undefined && protocol !== 'other' && { protocol }),
      ...(port !== undefined && { port }),
      portIs,
      ...(requests !== undefined && { request: term, requests }),
      ...(request !== undefined && { sent: request }),
    };
    this.known.set(signature, traffic);
    if (!isFull) this.known.set(key, traffic);
    return traffic;
  }

  private kindOf(text: string): number {
    const kind = this.kinds.get(text) ?? this.kinds.size;
    this.kinds.set(text, kind);
    return kind;
  }

  private matchesOf(record: FlowRecord): readonly Match[] {
    return this.requests.map((match) => matchOfRequest(match, record));
  }
}

const PROTOCOL_NUMBERS = { none: 0, TCP: 1, UDP: 2, SCTP: 3, other: 4 } as const;
const PORT_NUMBERS = { pod: 0, service: 1, either: 2 } as const;

function bareText({ protocol, port, portIs }: FlowRecord): string {
  return `${protocol ?? ''}/${port ?? ''}/${portIs}`;
}

function keyOf({ request, dns }: FlowRecord): string {
  return `${request?.method ?? ''} ${request?.host ?? ''} ${request?.path ?? ''} ${dns?.name ?? ''}`;
}

/** What a log leaves out of a request may be what is asked for. */
export function matchOfRequest(match: RequestMatch, { request, dns }: FlowRecord): Match {
  switch (match.protocol) {
    case 'http': {
      if (request === undefined) return 'no';
      const { methods, path, host, headers = [] } = match;
      return all([
        methods === undefined ? 'surely' : sameOf(request.method, (method) => methods.includes(method)),
        path === undefined ? 'surely' : sameOf(request.path, (seen) => matchesPath(path, seen)),
        host === undefined ? 'surely' : sameOf(request.host, (seen) => seen === host),
        headers.length === 0 ? 'surely' : 'perhaps',
      ]);
    }
    case 'dns':
      if (dns === undefined) return 'no';
      return match.pattern === '*' || match.pattern === dns.name ? 'surely' : 'perhaps';
    case 'kafka':
      return request === undefined && dns === undefined ? 'perhaps' : 'no';
    case 'opaque':
      return 'perhaps';
  }
}

function sameOf(seen: string | undefined, isSame: (seen: string) => boolean): Match {
  if (seen === undefined) return 'perhaps';
  return isSame(seen) ? 'surely' : 'no';
}

function all(matches: readonly Match[]): Match {
  if (matches.includes('no')) return 'no';
  return matches.includes('perhaps') ? 'perhaps' : 'surely';
}

/** `TCP/8000`, `TCP/8000 (POST /v1/embeddings)`; `SCTP/?` where the log has no port. */
export function seenTrafficText({ protocol, port, request, portIs }: Omit<SeenTraffic, 'id' | 'kind'>): string {
  if (protocol === undefined && port === undefined) return 'on a port that is not logged';
  const text = `${protocol ?? '?'}/${port ?? '?'}${portIs === 'service' ? ' (of the Service)' : ''}`;
  return request === undefined ? text : `${text} (${request})`;
}
