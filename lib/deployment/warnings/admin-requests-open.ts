import type { AdministrationRequest } from '../../known-systems';
import type { Flow } from '../../model/flow';
import { matchesPath, type RequestMatch } from '../../model/request-match';
import { aboutFlow } from './flow-text';
import { containersOf, isFromItself, type KnownTier, knownTiers, opens, servedPorts, systems } from './known-tiers';
import type { Seen } from './seen';
import type { Suspicion, Warning } from './warning';

/** Asked of tiers of the catalog: a release that is not known may answer whatever one of them does. */
export const adminRequestsOpen: Warning = {
  id: 'admin-requests-open',
  level: 'warning',
  why: 'A rule about ports lets every request through, those that stop the server or change its models among them',
  fix: 'Name the requests that are for users (`http: Catalog.requests(…)`) where the engine tells requests apart, or have a gateway before it that lets only these through.',
  find: (seen) =>
    knownTiers(seen).flatMap((known) => {
      const answered = answeredBy(known);
      return answered.length === 0 ? [] : flowsWith(answered, known, seen);
    }),
};

/** By how its containers are started where they are seen, and by the release where that is given. */
export function answeredBy(known: KnownTier): readonly AdministrationRequest[] {
  const { system, version } = known;
  if (system.administration === undefined) return [];
  const containers = containersOf(known);
  const { requestsAnswered, requestsOfRelease, versionOfImage } = systems();
  if (containers.some(({ image }) => versionOfImage(image) !== undefined)) return requestsAnswered(system, containers);
  const numbers = version?.replace(/^v/, '').split(/[-+]/)[0].split('.').map(Number);
  const ofRelease = requestsOfRelease(system, numbers);
  return [...new Set([...ofRelease, ...requestsAnswered(system, containers)])];
}

function flowsWith(answered: readonly AdministrationRequest[], known: KnownTier, seen: Seen): Suspicion[] {
  const { tier, system } = known;
  const served = servedPorts(known);
  return tier.into
    .filter((flow) => opens(flow, served) && !isFromItself(flow, known, seen))
    .flatMap((flow) => {
      const open = answered.filter((request) => passes(request, flow.traffic.requests));
      if (open.length === 0) return [];
      const texts = open.map(requestText);
      return [
        {
          construct: tier.record.construct,
          ...aboutFlow(flow, seen),
          what: `${system.title} may answer ${listed(texts)} to whoever reaches it there: the first ${open[0].what}`,
          value: texts.join(', '),
          allowed: 'requests for users',
          fix: `Name the requests that are for users, http: Catalog.requests('${system.id}'), where the engine tells them apart; say the release where it does not answer these, { version: '…' }; or acknowledge it on the flow: acknowledge: [{ rule: 'admin-requests-open', because: '…' }]`,
          acknowledged: [flow.acknowledged, tier.record.acknowledged],
        },
      ];
    });
}

/** Which of the requests a flow lets through, in words. */
export function requestsPassed(answered: readonly AdministrationRequest[], { traffic }: Flow): readonly string[] {
  return answered.filter((request) => passes(request, traffic.requests)).map(requestText);
}

function passes({ method, path }: AdministrationRequest, requests: Flow['traffic']['requests']): boolean {
  return requests === undefined || requests.some((match) => mayBe(match, method, path));
}

function mayBe(match: RequestMatch, method: string | undefined, path: string): boolean {
  if (match.protocol !== 'http') return match.protocol === 'opaque';
  const isMethod = method === undefined || match.methods === undefined || match.methods.includes(method);
  // What is below a path is asked for by a name that stands for all of them.
  return isMethod && (match.path === undefined || matchesPath(match.path, path.replace(/\/\*$/, '/name')));
}

function requestText({ method, path }: AdministrationRequest): string {
  return method === undefined ? path : `${method} ${path}`;
}

function listed(texts: readonly string[]): string {
  const first = texts.slice(0, 3).join(', ');
  return texts.length > 3 ? `${first} and ${texts.length - 3} more` : first;
}
