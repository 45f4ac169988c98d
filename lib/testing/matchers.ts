import type { IConstruct } from 'constructs';
import { namespaceMissing } from '../asking/nearest';
import { PolicyGraph } from '../graph';
import { text as asText } from '../model/checked';
import { namespaceNamed } from '../model/pod-set';
import { ZeroTrustError } from '../model/problem';
import * as selectors from '../model/selector';
import type { World } from '../model/world';
import { openPods } from '../proof';
import { apartAsked, apartOf, apartText } from '../questions/apart';
import { statementOf } from '../questions/connection';
import type { TestEnd } from '../questions/ends';
import { type RequestsAsked, requestsAsked } from '../questions/requests';
import { readSubject } from '../questions/subject';
import { type TestVerdict, verdictOf } from '../questions/verdict';
import { PolicyProof } from '../tiers';
import { aPort, type Port } from '../values/port';
import type { ApartOptions } from './apart-options';

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
    return resultOf('allowed', asked(subject, from, to, port, requests));
  },

  /** No pod of `from` can reach any pod of `to` on any of these ports. Fails for an end that the manifests do not know. */
  toDeny(subject: unknown, from: TestEnd, to: TestEnd, port: Port, requests?: RequestsAsked): Result {
    return resultOf('denied', asked(subject, from, to, port, requests));
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
    const found = apartOf(read, from, to, apartAsked(options, read, 'the options of toKeepApart'));
    const { apart } = found;
    return {
      pass: apart.apart,
      message: () =>
        apart.apart
          ? 'expected a path between the two ends'
          : `expected the two ends to be apart\n\n${apartText(found, 'toKeepApart(…, …, { ignoringDns: true }).')}`,
    };
  },
};

function asked(subject: unknown, from: TestEnd, to: TestEnd, port: Port, requests?: RequestsAsked): TestVerdict {
  const [set, sent] = [aPort(port, 'port')._ports, requestsAsked(requests)];
  return verdictOf(readSubject(subject), from, to, set, sent);
}

function resultOf(expected: 'allowed' | 'denied', verdict: TestVerdict): Result {
  const { holds = false, message } = statementOf(expected, verdict, "stranger('…') of cdk8s-zero-trust/testing.");
  return { pass: holds, message };
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
