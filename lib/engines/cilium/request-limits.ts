import type { ClusterFacts } from '../../model/cluster-facts';
import type { Flow } from '../../model/flow';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import {
  type Header,
  type HttpMatch,
  headerOf,
  type PathPattern,
  type RequestMatch,
  requestText,
} from '../../model/request-match';
import { isAtLeast } from '../../model/version';
import { areBetweenSame } from '../flows-a-guardrail-denies';
import type { Refusal } from '../refusal';

type Unsaid = Omit<Refusal, 'about'>;

/** What of a flow's requests Cilium cannot say. */
export function requestLimits({ traffic }: Flow, facts: ClusterFacts): Unsaid[] {
  const { requests, ports: set } = traffic;
  if (requests === undefined) return [];
  return [
    ...(areSinglePorts(set) ? [] : [notSinglePorts(ports.portsText(set))]),
    ...(protocolsOf(requests).length > 1 ? [mixed(set)] : []),
    ...requests.flatMap((match) => ofRequest(match, facts)),
  ];
}

/** Flows between some of the same ends that ask for requests of different protocols on one port. */
export function mixedFlows(flows: readonly Flow[]): Refusal[] {
  const limited = flows.filter(({ traffic }) => traffic.requests !== undefined);
  return limited
    .filter((flow) => limited.some((other) => areMixed(flow, other)))
    .map((flow) => ({ ...mixed(flow.traffic.ports), about: { kind: 'flow', flow } }));
}

function areMixed(flow: Flow, other: Flow): boolean {
  const [one] = protocolsOf(flow.traffic.requests ?? []);
  const [two] = protocolsOf(other.traffic.requests ?? []);
  return one !== two && areBetweenSame(flow, other);
}

function protocolsOf(requests: readonly RequestMatch[]): string[] {
  return [...new Set(requests.map(({ protocol }) => protocol))].sort();
}

/** Rules about requests are for TCP (`PortRule.sanitize`); which request comes in on a name or a range is not told. */
function areSinglePorts({ TCP, UDP, SCTP, other }: PortSet): boolean {
  const isEmpty = [UDP, SCTP].every(({ ranges, names }) => ranges.length + names.length === 0);
  return (
    isEmpty && !other && TCP.names.length === 0 && TCP.ranges.every(([first, last]) => last - first < MOST_NEIGHBOURS)
  );
}

/** Ports beside each other are one range here, and are written one by one. */
const MOST_NEIGHBOURS = 40;

function ofRequest(match: RequestMatch, { version }: ClusterFacts): Unsaid[] {
  switch (match.protocol) {
    case 'http':
      return ofHttp(match);
    case 'kafka':
      return isAtLeast(version, '1.20')
        ? [{ ...unsaid(match, 'rules about Kafka were removed in Cilium 1.20'), allowed: 'HTTP and gRPC' }]
        : ofTopic(match, match.topic);
    case 'dns':
    case 'opaque':
      return [unsaid(match, 'Cilium tells HTTP requests apart, and these are none')];
  }
}

const LONGEST_TOPIC = 255;

function ofTopic(match: RequestMatch, topic: string): Unsaid[] {
  if (topic.length <= LONGEST_TOPIC && /^[a-zA-Z0-9._-]+$/.test(topic)) return [];
  return [unsaid(match, `a topic of Kafka has at most ${LONGEST_TOPIC} of a-z A-Z 0-9 '.' '_' '-'`)];
}

function ofHttp(match: HttpMatch): Unsaid[] {
  const { path, headers = [] } = match;
  return [
    ...(path === undefined ? [] : ofPath(match, path)),
    ...headers.flatMap((text) => ofHeader(match, headerOf(text))),
  ];
}

function ofHeader(match: HttpMatch, { name, value }: Header): Unsaid[] {
  if (/[\s:]/.test(name)) return [unsaid(match, `'${name}' is not the name of a header`)];
  if (value === undefined || /^[!-~]([ -~]*[!-~])?$/.test(value)) return [];
  return [unsaid(match, `'${value}' is no value that a header is compared with`)];
}

/**
 * Envoy makes paths plain before it compares them: it takes out empty segments, '.' and '..', decodes what needs no code,
 * and sends clients with an encoded slash to the path with a slash (cilium, pkg/envoy/model.go, `httpNormalizePath`, on
 * unless it is turned off). A path that it would change is never seen.
 */
function ofPath(match: HttpMatch, { segments, below }: PathPattern): Unsaid[] {
  const literals = segments.filter((segment) => segment !== undefined);
  const last = segments.length - 1;
  if (literals.some((segment) => /[^!-~]|[?#\\"<>^`{|}/]/.test(segment))) {
    return [unsaid(match, 'a path has a character that is never sent as it is')];
  }
  if (
    literals.some(
      (segment) =>
        segment === '.' || segment === '..' || /%(2f|5c|2d|2e|5f|7e|[46][1-9a-f]|[57][0-9a]|3[0-9])/i.test(segment),
    )
  ) {
    return [
      unsaid(match, 'the proxy of Cilium makes paths plain before it compares them, so that it never sees this one'),
    ];
  }
  if (segments.some((segment, i) => segment === '' && (below || i < last))) {
    return [unsaid(match, 'the proxy of Cilium takes empty segments out of paths before it compares them')];
  }
  return [];
}

function unsaid(match: RequestMatch, why: string): Unsaid {
  return {
    rule: 'engine-requests',
    why,
    value: requestText(match),
    allowed: 'methods, paths as they are after decoding, hosts, and headers that are there or have one value',
    engines: [],
  };
}

function notSinglePorts(value: string): Unsaid {
  return {
    rule: 'engine-requests',
    why: 'Cilium tells requests apart on TCP ports that are named by their numbers',
    value,
    allowed: 'single ports of TCP',
    engines: [],
    fix: 'Name the TCP ports that the requests come in on.',
  };
}

function mixed(set: PortSet): Unsaid {
  return {
    rule: 'engine-requests-mixed',
    why: 'Cilium tells requests of one protocol apart on a port, and here are several between some of the same ends',
    value: ports.portsText(set),
    allowed: 'requests of one protocol on a port',
    engines: [],
    fix: 'Give each protocol a port of its own.',
  };
}
