import { listOf, optional } from '../../model/checked';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { type Problem, ZeroTrustError } from '../../model/problem';
import { canonicalRequests, type RequestMatch } from '../../model/request-match';
import { aGrpcRule, type GrpcRule } from '../../values/grpc-rule';
import { aHttpRule, type HttpRule } from '../../values/http-rule';
import { aKafkaRule, type KafkaRule } from '../../values/kafka-rule';

/** What of requests a flow can say. */
export interface RequestOptions {
  /**
   * HTTP requests that pass; all others on the ports of the flow are refused. Engines that cannot tell requests apart
   * refuse the flow.
   *
   * @default - all traffic on the ports
   */
  readonly http?: HttpRule[];

  /**
   * gRPC calls that pass, beside what `http` names.
   *
   * @default - none beside `http`
   */
  readonly grpc?: GrpcRule[];

  /**
   * Kafka topics that may be written and read. Cilium up to 1.19.
   *
   * @default - all traffic on the ports
   */
  readonly kafka?: KafkaRule[];
}

/** Requests as they were handed over. */
export interface GivenRequests {
  readonly http?: unknown;
  readonly grpc?: unknown;
  readonly kafka?: unknown;
}

/** The requests that a flow is limited to; undefined where it is not. `within` is the property that they are of, for messages. */
export function requestsOf(given: GivenRequests, within = ''): RequestMatch[] | undefined {
  const http = HTTP(given.http, `${within}http`);
  const grpc = GRPC(given.grpc, `${within}grpc`);
  const kafka = KAFKA(given.kafka, `${within}kafka`);
  if (http === undefined && grpc === undefined && kafka === undefined) return undefined;
  const seen = [...(http ?? []), ...(grpc ?? [])].map(({ _match }) => _match);
  const topics = (kafka ?? []).map(({ _match }) => _match);
  if (seen.length > 0 && topics.length > 0) throw new ZeroTrustError(twoKinds());
  if (seen.length + topics.length === 0) throw new ZeroTrustError(noRequest());
  return canonicalRequests([...seen, ...topics]);
}

const HTTP = optional(listOf(aHttpRule, "HttpRule.get('/v1/models')"));
const GRPC = optional(listOf(aGrpcRule, "GrpcRule.service('qdrant.Points')"));
const KAFKA = optional(listOf(aKafkaRule, "KafkaRule.consume('orders')"));

/** Only in TCP is there anything to look into, and an engine looks on ports that it is told. */
export function requestPortProblems(set: PortSet): Omit<Problem, 'where'>[] {
  const isLimited =
    !set.other && !ports.covers(set, ports.allOf('TCP')) && [set.UDP, set.SCTP].every(isEmptyOf) && !isEmptyOf(set.TCP);
  if (isLimited) return [];
  return [
    {
      rule: 'requests-ports',
      what: `a flow that names requests needs its TCP ports, one by one or as a range, and this one is on ${ports.portsText(set)}`,
      value: ports.portsText(set),
      allowed: 'TCP ports, but not all of them',
      fix: 'Name the port that the server listens on: { ports: [Port.tcp(8000)], http: […] }',
    },
  ];
}

function isEmptyOf({
  ranges,
  names,
}: {
  readonly ranges: readonly unknown[];
  readonly names: readonly string[];
}): boolean {
  return ranges.length + names.length === 0;
}

function twoKinds(): Problem {
  return {
    rule: 'requests-mixed',
    what: 'a flow is limited to HTTP and to Kafka at once, and a port speaks one of them',
    value: 'http, kafka',
    allowed: '`http` and `grpc` (which is HTTP), or `kafka`',
    fix: 'Declare two flows, each with its own ports.',
  };
}

function noRequest(): Problem {
  return {
    rule: 'requests-none',
    what: 'a flow is limited to requests and names none, so nothing would pass',
    value: '[]',
    allowed: 'one request or more, or no list at all for all traffic',
    fix: "Name them: { http: [HttpRule.get('/v1/models')] }",
  };
}
