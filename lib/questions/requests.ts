import { type Checked, listOf, optional, properties, type Shape } from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import type { RequestMatch } from '../model/request-match';
import { aGrpcRule, type GrpcRule } from '../values/grpc-rule';
import { aHttpRule, type HttpRule } from '../values/http-rule';
import { aKafkaRule, type KafkaRule } from '../values/kafka-rule';

/**
 * Requests that a matcher asks about, as a flow names them: one or a list, and of a list each. Without any, it asks about
 * all traffic on the port.
 */
export interface RequestsAsked {
  /** HTTP requests: every one that the rule has, `HttpRule.post('/v1/chat/completions')`. @default none */
  readonly http?: HttpRule | readonly HttpRule[];
  /** gRPC calls. @default none */
  readonly grpc?: GrpcRule | readonly GrpcRule[];
  /** Kafka topics. @default none */
  readonly kafka?: KafkaRule | readonly KafkaRule[];
}

/** What was handed over, as matches; undefined where there is no word of requests. */
export function requestsAsked(given: unknown): readonly RequestMatch[] | undefined {
  if (given === undefined) return undefined;
  const { http = [], grpc = [], kafka = [] } = properties(given, SHAPE, 'the requests of a matcher');
  const matches = [...http, ...grpc, ...kafka].map(({ _match }) => _match);
  if (matches.length > 0) return matches;
  throw new ZeroTrustError({
    rule: 'test-requests',
    what: 'the matcher is asked about requests and is given none, so the answer would say nothing',
    value: '{}',
    allowed: '`http`, `grpc` or `kafka`, or no requests at all for all traffic on the port',
    fix: "toAllow(agent, vllm, Port.tcp(8000), { http: HttpRule.post('/v1/chat/completions') })",
  });
}

interface Given {
  readonly http?: readonly HttpRule[];
  readonly grpc?: readonly GrpcRule[];
  readonly kafka?: readonly KafkaRule[];
}

const SHAPE: Shape<Given> = {
  http: optional(oneOrMore(aHttpRule)),
  grpc: optional(oneOrMore(aGrpcRule)),
  kafka: optional(oneOrMore(aKafkaRule)),
};

function oneOrMore<T>(entry: Checked<T>): Checked<readonly T[]> {
  const list = listOf(entry);
  return (value, name) => (Array.isArray(value) ? list(value, name) : [entry(value, name)]);
}
