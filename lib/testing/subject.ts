import { App, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { type ManifestReading, planeOf, readFiles, readManifests } from '../analysis';
import type { IpSet } from '../model/ip-set';
import { NAMESPACE_NAME_ALLOWED, namespaceNameProblem } from '../model/labels';
import type { Plane } from '../model/layer';
import { ZeroTrustError } from '../model/problem';
import type { World } from '../model/world';
import { Cluster } from '../values/cluster';

/** What a matcher is asked about: an app, a chart, plain manifests, or the path of a file or folder of YAML. */
export type Subject = IConstruct | readonly unknown[] | string | Manifests;

/** Manifests and the namespace that they are applied in. */
export interface Manifests {
  readonly manifests: readonly unknown[] | string;
  readonly namespace: string;
}

/**
 * Manifests that say no namespace, as `helm template` writes them, in the one that they are applied in: a path of a file or
 * folder, or a list. `expect(manifests('rendered/', { namespace: 'models' })).toIsolate('models')`.
 */
export function manifests(manifests: readonly unknown[] | string, { namespace }: { namespace: string }): Manifests {
  const what = namespaceNameProblem(namespace);
  if (what !== undefined) {
    throw new ZeroTrustError({
      rule: 'namespace-name',
      what,
      value: String(namespace),
      allowed: NAMESPACE_NAME_ALLOWED,
      fix: "manifests('rendered/', { namespace: 'models' })",
    });
  }
  return { manifests, namespace };
}

/** A subject as it was read. */
export interface ReadSubject {
  readonly world: World;
  readonly plane: Plane;
  /** Every address that a pod can have, where that is known. */
  readonly podAddresses?: IpSet;
}

/**
 * Reads manifests; what cannot be relied on is refused, since a verdict about it would be false. Policies that are not read,
 * or that nobody takes, are in the plane as what they may say: they matter to the pods that they would bind, and to no other.
 */
export function readSubject(subject: unknown): ReadSubject {
  const reading = readingOf(subject);
  const ofPolicies = new Set(reading.refused.map(({ problem }) => problem));
  const problems = reading.problems.filter((problem) => !ofPolicies.has(problem));
  if (problems.length > 0) throw new ZeroTrustError(problems);
  const facts = Construct.isConstruct(subject) ? Cluster.of(subject)._facts : undefined;
  const { plane, problems: unclear } = planeOf(reading, facts);
  if (unclear.length > 0) throw new ZeroTrustError(unclear);
  return {
    world: reading.world,
    plane,
    ...(facts?.podRanges && { podAddresses: facts.podRanges }),
  };
}

/** What others may read otherwise makes a verdict of one of the two readings, so that it counts as a problem. */
function fromFiles(path: string, defaultNamespace: string | undefined): ManifestReading {
  const { warnings, ...reading } = readFiles([path], { defaultNamespace });
  const ambiguous = warnings.filter(({ rule }) => rule === 'ambiguous-scalar');
  return { ...reading, problems: [...reading.problems, ...ambiguous] };
}

function readingOf(subject: unknown, defaultNamespace?: string): ManifestReading {
  if (typeof subject === 'string') return fromFiles(subject, defaultNamespace);
  if (Array.isArray(subject)) return readManifests(subject, { defaultNamespace });
  if (isManifests(subject)) return readingOf(subject.manifests, subject.namespace);
  if (subject instanceof App) return readManifests(subject.charts.flatMap((chart) => chart.toJson()));
  if (subject instanceof Chart) return readManifests(subject.toJson());
  throw new ZeroTrustError({
    rule: 'test-subject',
    what: `${typeof subject === 'object' ? 'an object' : String(subject)} is not something that has policies`,
    value: String(subject),
    allowed: 'an App, a Chart, a list of manifests, or the path of a file or folder of YAML',
    fix: "expect(app).toAllow(…), expect(Testing.synth(chart)).toAllow(…), expect(folder).toAllow(…), expect(manifests(folder, { namespace: '…' })).toAllow(…)",
  });
}

function isManifests(subject: unknown): subject is Manifests {
  if (typeof subject !== 'object' || subject === null || !('manifests' in subject)) return false;
  return typeof subject.manifests === 'string' || Array.isArray(subject.manifests);
}
