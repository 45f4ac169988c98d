import { instance } from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import type { HttpMatch } from '../model/request-match';
import { shown } from '../model/shown';

/**
 * gRPC calls that pass along a flow: HTTP/2 requests with the method POST and the path `/package.Service/Method` (gRPC,
 * "gRPC over HTTP2").
 *
 * @example
 * agent.connections.allowTo(vectors, { grpc: [GrpcRule.method('qdrant.Points', 'Search')], because: 'passages are looked up' });
 */
export class GrpcRule {
  /**
   * One method of a service.
   *
   * @param service with its package, `qdrant.Points`.
   * @param name of the method, `Search`.
   * @throws for names that are none.
   */
  public static method(service: string, name: string): GrpcRule {
    if (typeof name !== 'string' || !/^[A-Za-z_]\w*$/.test(name))
      throw new ZeroTrustError(wrong(name, 'method', 'Search'));
    return new GrpcRule([serviceName(service), name], false);
  }

  /**
   * Every method of a service.
   *
   * @param name of the service with its package, `qdrant.Points`.
   * @throws for a name that is none.
   */
  public static service(name: string): GrpcRule {
    return new GrpcRule([serviceName(name)], true);
  }

  /** @internal */
  public static _is(value: unknown): value is GrpcRule {
    return typeof value === 'object' && value !== null && #match in value;
  }

  readonly #match: HttpMatch;

  private constructor(segments: string[], below: boolean) {
    this.#match = { protocol: 'http', methods: ['POST'], path: { segments, below } };
  }

  /** @internal */
  public get _match(): HttpMatch {
    return this.#match;
  }
}

function serviceName(name: string): string {
  if (typeof name === 'string' && /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name)) return name;
  throw new ZeroTrustError(wrong(name, 'service', 'qdrant.Points'));
}

function wrong(name: unknown, what: string, example: string) {
  return {
    rule: 'grpc-name',
    what: `${shown(name)} is not the name of a gRPC ${what}`,
    value: typeof name === 'string' ? name : shown(name),
    allowed: 'letters, digits and underscores as in the .proto file, a service with its package',
    fix: `As in the .proto file, without slashes: '${example}'`,
  };
}

export const aGrpcRule = instance(GrpcRule._is, {
  className: 'GrpcRule',
  is: 'a GrpcRule',
  allowed: "GrpcRule.method('qdrant.Points', 'Search'), GrpcRule.service('qdrant.Points')",
});
