import type { Flow } from '../../model/flow';
import * as ports from '../../model/port-set';
import type { PathPattern, RequestMatch } from '../../model/request-match';
import { requestText } from '../../model/request-match';
import type { Refusal } from '../refusal';
import { LONGEST_PATH, plainPath } from './http';

type Unsaid = Omit<Refusal, 'about'>;

/**
 * What of a flow's requests Calico cannot say. They are told apart before the pods that answer, by Dikastes beside an Envoy
 * proxy (application layer policy), and in ingress rules alone: so the pods that answer must be a tier of ours, and the half
 * of the pods that ask lets the ports through whole.
 */
export function requestLimits({ to, traffic }: Flow): Unsaid[] {
  const { requests, ports: set } = traffic;
  if (requests === undefined) return [];
  return [
    ...(to.kind === 'tier' ? [] : [notOurs()]),
    ...(ports.covers(ports.allOf('TCP'), set) ? [] : [notTcp(ports.portsText(set))]),
    ...requests.flatMap(ofRequest),
  ];
}

function ofRequest(match: RequestMatch): Unsaid[] {
  if (match.protocol !== 'http') return [unsaid(match, `Calico looks into HTTP alone, and not into ${match.protocol}`)];
  const { host, headers = [], path } = match;
  return [
    ...(host === undefined ? [] : [unsaid(match, 'Calico does not tell requests apart by their host')]),
    ...(headers.length === 0 ? [] : [unsaid(match, 'Calico does not tell requests apart by their headers')]),
    ...(path === undefined ? [] : ofPath(match, path)),
  ];
}

function ofPath(match: RequestMatch, path: PathPattern): Unsaid[] {
  const segments = path.segments.filter((segment) => segment !== undefined);
  if (segments.length < path.segments.length) {
    return [unsaid(match, 'a path of Calico is exact or a beginning, and has no free segment in it')];
  }
  // As Calico cleans paths before it compares them, it would take them for others (app-policy/checker/match.go).
  if (segments.some((segment) => ['', '.', '..'].includes(segment) || /[%;\\]/.test(segment))) {
    return [
      unsaid(match, 'Calico decodes and cleans paths before it compares them, so that this one would be another'),
    ];
  }
  if (segments.some((segment) => /[?# ]/.test(segment))) {
    return [unsaid(match, "Calico takes no '?', '#' or space in a path")];
  }
  if (plainPath(path).length + 1 <= LONGEST_PATH) return [];
  return [unsaid(match, `a path of Calico has at most ${LONGEST_PATH} characters`)];
}

function unsaid(match: RequestMatch, why: string): Unsaid {
  return {
    rule: 'engine-requests',
    why,
    value: requestText(match),
    allowed: 'methods, and paths that are exact or with all below them, in plain characters',
    engines: ['cilium'],
  };
}

function notOurs(): Unsaid {
  return {
    rule: 'engine-requests',
    why: 'Calico tells requests apart where they arrive, and those pods are not ours',
    value: 'requests',
    allowed: 'requests to a tier',
    engines: ['cilium'],
    fix: 'Let the ports through, and agree on the requests with the owner.',
  };
}

function notTcp(value: string): Unsaid {
  return {
    rule: 'engine-requests',
    why: 'Calico tells requests apart on TCP alone',
    value,
    allowed: 'ports of TCP',
    engines: [],
    fix: 'Name the TCP ports that the requests come in on: { ports: [Port.tcp(8000)], http: […] }',
  };
}
