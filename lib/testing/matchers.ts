import type { IConstruct } from 'constructs';
import { namespaceMissing } from '../asking/nearest';
import type { ResolvedEnd } from '../asking/resolved-end';
import { PolicyGraph } from '../graph';
import { text as asText } from '../model/checked';
import type { Endpoint } from '../model/endpoint';
import { namespaceNamed } from '../model/pod-set';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import * as selectors from '../model/selector';
import type { World } from '../model/world';
import { type Apart, type Hop, isWithin, keepApart, openPods, pathText } from '../proof';
import { PolicyProof } from '../tiers';
import { aPort, type Port } from '../values/port';
import { type ApartOptions, apartAsked } from './apart-ends';
import { resolveEnd, type TestEnd } from './ends';
import { type RequestsAsked, requestsAsked } from './requests';
import { readSubject } from './subject';
import { type TestVerdict, verdictOf } from './verdict';

interface Result {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What jest hands to a matcher, as far as it is used. */
interface MatcherContext {
  readonly isNot?: boolean;
  readonly utils: { diff(expected: unknown, received: unknown): string | null };
}

/**
 * Matchers about what policies allow: `expect.extend(zeroTrustMatchers)`. The subject is an app, a chart, a list of
 * manifests (also those of `Testing.synth`), or the path of a file or folder of YAML, as `helm template` writes it.
 */
export const zeroTrustMatchers = {
  /** Every pod of `from` surely reaches every pod of `to` on every one of these ports, with each of the requests. */
  toAllow(subject: unknown, from: TestEnd, to: TestEnd, port: Port, requests?: RequestsAsked): Result {
    return resultOf('allowed', verdictOf(subject, from, to, aPort(port, 'port')._ports, requestsAsked(requests)));
  },

  /** No pod of `from` can reach any pod of `to` on any of these ports. Fails for an end that the manifests do not know. */
  toDeny(subject: unknown, from: TestEnd, to: TestEnd, port: Port, requests?: RequestsAsked): Result {
    return resultOf('denied', verdictOf(subject, from, to, aPort(port, 'port')._ports, requestsAsked(requests)));
  },

  /** Every pod that could exist in the namespace is isolated, both ways. */
  toIsolate(subject: unknown, namespace: string): Result {
    const open = unisolated(subject, asText(namespace, 'namespace'));
    return {
      pass: open.length === 0,
      message: () =>
        open.length === 0
          ? `expected ${namespace} not to be isolated`
          : `expected ${namespace} to be isolated\n\n${open.join('\n')}`,
    };
  },

  /** The graph of an app, chart, namespace or tier, in its text form; indentation of the whole does not matter. */
  toHavePolicyGraph(this: MatcherContext, subject: IConstruct, text: string): Result {
    const actual = PolicyGraph.of(subject).toText().trim();
    const expected = outdented(asText(text, 'text'));
    return {
      pass: actual === expected,
      message: () =>
        actual === expected
          ? 'expected another policy graph'
          : `the policy graph is another one\n\n${this.utils.diff(expected, actual)}`,
    };
  },

  /** The policies of the app allow exactly what is declared, for every pod that could exist. */
  toBeProved(subject: IConstruct): Result {
    const proof = PolicyProof.of(subject);
    return { pass: proof.isProved, message: () => proof.toText() };
  },

  /**
   * There is no path of any length from one end to the other: through gateways, agents and DNS alike. Name servers forward
   * names to the internet, and data can leave in names, so that whatever resolves names is not apart from it, unless
   * `ignoringDns` takes them to answer alone.
   */
  toKeepApart(subject: unknown, from: TestEnd, to: TestEnd, options?: ApartOptions): Result {
    const read = readSubject(subject);
    const { ignoringDns, through } = apartAsked(options, read);
    const [a, b] = [resolveEnd(from, 'client', read), resolveEnd(to, 'server', read)];
    const dns = read.facts.dns.servers.map(({ endpoint }) => endpoint);
    const endingAt = [...(ignoringDns ? dns : []), ...through];
    const apart = keepApart(read.plane, a.endpoint, b.endpoint, { endingAt });
    return {
      pass: apart.apart,
      message: () =>
        apart.apart
          ? 'expected a path between the two ends'
          : `expected the two ends to be apart\n\n${apartText(apart, dns)}`,
    };
  },
};

function resultOf(expected: 'allowed' | 'denied', verdict: TestVerdict): Result {
  const { from, to, ports: set, asked } = verdict;
  const unknown = [from, to].filter(({ isUnknown }) => isUnknown);
  if (unknown.length > 0) return { pass: false, message: () => unknownText(unknown) };
  if (verdict.isUnknownPort) return { pass: false, message: () => unknownPortText(to, set) };
  const pass = expected === 'allowed' ? verdict.passes : verdict.isDenied;
  return {
    pass,
    message: () =>
      pass
        ? `expected ${asked} not to be ${expected}`
        : `expected ${asked} to be ${expected}${perhaps(verdict, expected)}\n\n${verdict.explanation(expected)}`,
  };
}

/** The path, with the hops that lead to name servers told from others, and what to do where one is on the way. */
function apartText(apart: Apart, dns: readonly Endpoint[]): string {
  const isDns = ({ to }: Hop) => dns.some((server) => isWithin(to, server));
  const path = apart.path.map((hop) => (isDns(hop) ? { ...hop, note: 'name servers' } : hop));
  const isOnTheWay = apart.path.slice(0, -1).some(isDns);
  return [
    pathText({ ...apart, path }),
    ...(isOnTheWay
      ? [
          'Name servers forward names to the internet, and data can leave in names. To leave that out: toKeepApart(…, …, { ignoringDns: true }).',
        ]
      : []),
  ].join('\n');
}

/** Of what is not certain, the explanation says why, and what would make it so. */
function perhaps(verdict: TestVerdict, expected: 'allowed' | 'denied'): string {
  return verdict.isPerhaps(expected) ? ', and it is perhaps one, perhaps the other' : '';
}

function unknownPortText({ name, workloads }: ResolvedEnd, set: PortSet): string {
  const named = workloads.flatMap((workload) => workload.ports.flatMap(({ name: own }) => own ?? []));
  const theirs = named.length === 0 ? 'They name no port' : `They name ${[...new Set(named)].join(', ')}`;
  return `No container of ${name} has a port called as in ${ports.portsText(set)}, so the answer would say nothing. ${theirs}.`;
}

function unknownText(ends: readonly ResolvedEnd[]): string {
  return ends
    .flatMap(({ name, hint }) => [
      `${name} matches nothing in these manifests, neither a workload nor a policy, so the answer would say nothing.`,
      ...(hint === undefined ? [] : [`  ${hint}`]),
    ])
    .concat("If that is meant, say so: stranger('…') of cdk8s-zero-trust/testing.")
    .join('\n');
}

/** Whichever way it was asked: about a namespace that is not there the answer would say nothing. */
function notThere(namespace: string, world: World): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'test-end',
    what: namespaceMissing(namespace, world),
    value: namespace,
    allowed: 'a namespace that an object is in, or that is isolated by a policy of the whole cluster',
  });
}

function unisolated(subject: unknown, namespace: string): string[] {
  const { plane, world, podAddresses, undoing } = readSubject(subject);
  const declared = world.namespaces.filter(({ name }) => name === namespace);
  const open = openPods(plane, namespace, { podAddresses, knownNamespaces: declared });
  if (open.length > 0 && declared.length === 0) throw notThere(namespace, world);
  const unbound = world.workloads.filter((workload) => workload.namespace === namespace && workload.hostNetwork);
  return [
    ...open.map(({ direction, labels }) => {
      const pod = labels === undefined ? 'some pod, perhaps,' : `a pod with the labels ${JSON.stringify(labels)}`;
      return `no policy isolates ${pod} for ${direction}`;
    }),
    ...undoing
      .filter(({ subject: pods }) => selectors.intersects(pods.namespaces, namespaceNamed(namespace)))
      .map(({ problem }) => `perhaps no policy isolates a pod: ${problem.what}`),
    ...unbound.map(({ id }) => `no policy binds ${id}, since it is on the host network`),
  ];
}

function outdented(text: string): string {
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const margin = Math.min(...indents);
  return lines
    .map((line) => line.slice(Number.isFinite(margin) ? margin : 0).trimEnd())
    .join('\n')
    .trim();
}
