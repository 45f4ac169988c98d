import { type Arrivals, proxyInBetween } from '../deployment/flows/arrivals';
import type { GivenRequests } from '../deployment/flows/requests';
import { anything, listOf, optional, type Shape, struct, text } from '../model/checked';
import { type Problem, ZeroTrustError } from '../model/problem';
import { aLoadBalancer, type Balancer, type LoadBalancer } from '../values/load-balancer';
import { aSourceAddress, type SourceAddress } from '../values/source-address';
import { FLOW, type GivenFlow } from './connections';

/** A way in as it was handed over. */
export interface GivenExposure extends GivenFlow {
  readonly client?: unknown;
  readonly seenAs?: SourceAddress;
  readonly through?: LoadBalancer;
  readonly healthCheck?: GivenHealth;
}

export interface GivenHealth extends GivenRequests {
  readonly ports?: unknown;
}

export interface GivenCheck extends GivenFlow {
  readonly ranges: string[];
}

export interface GivenWaysIn {
  readonly exposures?: GivenExposure[];
  readonly healthCheckRanges?: string[];
  readonly healthCheckPorts?: unknown;
  readonly healthChecks?: GivenCheck[];
}

export const WAYS_IN: Shape<GivenWaysIn> = {
  exposures: optional(
    listOf(
      struct<GivenExposure>(
        {
          client: anything,
          seenAs: optional(aSourceAddress),
          through: optional(aLoadBalancer),
          healthCheck: optional(
            struct<GivenHealth>({ ports: anything, http: anything, grpc: anything, kafka: anything }, 'a health check'),
          ),
          ...FLOW,
        },
        'a way in',
      ),
      '{ client: …, through: …, because: … }',
    ),
  ),
  healthCheckRanges: optional(listOf(text)),
  healthCheckPorts: anything,
  healthChecks: optional(
    listOf(struct<GivenCheck>({ ranges: listOf(text), ...FLOW }, 'a health check'), "{ ranges: ['192.0.2.0/24'] }"),
  ),
};

/** What is said of what pods see: one of two, and of the checks of a balancer only where there is one. */
export function seenBy(
  { seenAs, through, healthCheck }: Pick<GivenExposure, 'seenAs' | 'through' | 'healthCheck'>,
  within: string,
): SourceAddress | Balancer {
  const given = [seenAs, through].filter((one) => one !== undefined);
  if (given.length !== 1) throw new ZeroTrustError(sourceProblem(given.length === 0, within));
  if (through === undefined) {
    if (healthCheck !== undefined) throw new ZeroTrustError(checkOfNobody(within));
    return seenAs as SourceAddress;
  }
  const proxies = proxyInBetween(through._balancer, within);
  if (proxies.length > 0) throw new ZeroTrustError(proxies);
  return through._balancer;
}

function sourceProblem(isMissing: boolean, within: string): Problem {
  return {
    rule: 'exposure-source',
    what: isMissing
      ? `\`${within}through\` is not given, and neither is \`seenAs\`, so it is not said which address of a client the pods see`
      : `\`${within}through\` and \`seenAs\` both say which address of a client the pods see`,
    value: isMissing ? 'neither' : 'both',
    allowed: '`through`, where a LoadBalancer is what is between, or else `seenAs`',
    fix: isMissing
      ? 'Say what is between: through: LoadBalancer.metalLb({ externalTrafficPolicy: ExternalTrafficPolicy.LOCAL }), or what the pods see: seenAs: SourceAddress.preserved()'
      : 'Leave `seenAs` out: the balancer says it.',
  };
}

function checkOfNobody(within: string): Problem {
  return {
    rule: 'exposure-source',
    what: `\`${within}healthCheck\` is about the balancer of \`through\`, which is not given`,
    value: 'seenAs',
    allowed: '`healthCheck` beside `through`; beside `seenAs`, `healthChecks` of the tier',
    fix: "Say on the tier where health is checked from: healthChecks: [{ ranges: ['192.0.2.0/24'] }]",
  };
}

/** A check on all traffic would let in, from where it comes, whatever the exposure keeps out. */
export function refuseWideCheck(
  { checks }: Arrivals,
  given: GivenHealth | undefined,
  said: GivenFlow,
  within: string,
): void {
  const names = ({ http, grpc, kafka }: GivenRequests) => [http, grpc, kafka].some((one) => one !== undefined);
  if (checks === undefined || !names(said) || (given !== undefined && names(given))) return;
  throw new ZeroTrustError({
    rule: 'exposure-health-check',
    what: 'the exposure lets only some requests in, and its health checks would let every request in from the addresses of the balancer',
    value: `${within}healthCheck`,
    allowed: 'the requests that the check makes',
    fix: "Name them: healthCheck: { http: [HttpRule.get('/healthz')] }",
  });
}

export function noRange(within: string): Problem {
  return {
    rule: 'health-check-ranges',
    what: `\`${within}ranges\` is an empty list, so that no health check would come in`,
    value: '[]',
    allowed: 'one block or more',
    fix: "Give the ranges that the load balancer checks from: { ranges: ['130.211.0.0/22', '35.191.0.0/16'] }",
  };
}
