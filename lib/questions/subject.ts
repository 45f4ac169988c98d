import { App, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { type FileReading, type ManifestReading, planeOf, readFiles, readManifests } from '../analysis';
import { reliabilityOf } from '../analysis/reliability';
import type { KnownWorld } from '../asking/known-world';
import { Deployment } from '../deployment/deployment';
import { anything, type Checked, listOf, properties, reading, type Shape, text, wrongKind } from '../model/checked';
import type { ClusterFacts } from '../model/cluster-facts';
import { NAMESPACE_NAME_ALLOWED, namespaceNameProblem } from '../model/labels';
import { type Problem, ZeroTrustError } from '../model/problem';
import { shown } from '../model/shown';
import type { UnreadPolicy } from '../model/unread-policy';
import { type Places, placesIn } from '../report/places';
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
export function manifests(manifests: readonly unknown[] | string, options: { namespace: string }): Manifests {
  const subject = given(manifests, 'the manifests');
  const { namespace } = properties(options, OPTIONS, 'the options of manifests');
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
  return { manifests: subject, namespace };
}

const OPTIONS: Shape<{ namespace: string }> = { namespace: text };

const given: Checked<readonly unknown[] | string> = (value, name) =>
  reading(name, () => {
    if (typeof value === 'string') return value;
    if (Array.isArray(value)) return listOf(anything)(value, name);
    throw wrongKind(value, name, {
      is: 'manifests',
      allowed: 'a list of manifests, or the path of a file or folder of YAML',
      fix: "manifests('rendered/', { namespace: 'models' })",
    });
  });

/** A subject as it was read. Of manifests nothing is known of the cluster. */
export interface ReadSubject extends KnownWorld {
  /** What may change or delete the policies of others. */
  readonly undoing: readonly UnreadPolicy[];
  /** Where policies are written, where they were read from files. */
  readonly places: Places;
}

const NOWHERE: Places = { of: () => undefined };

/**
 * Reads manifests; what cannot be relied on is refused, since a verdict about it would be false. Policies that are not read,
 * or that nobody takes, or of which nobody knows what the engine makes, are in the plane as what they may say: they matter to the pods that they would bind, and to no other.
 */
export function readSubject(subject: unknown, cluster?: ClusterFacts): ReadSubject {
  const reading = readingOf(subject);
  const facts = cluster ?? (Construct.isConstruct(subject) ? Cluster.of(subject)._facts : undefined);
  const planeRead = planeOf(reading, facts);
  const { plane } = planeRead;
  // What may bind any pod is said before anything else, since every answer could be wrong.
  const broken = [...reliabilityOf(reading, planeRead).broken, ...ambiguous(reading)];
  if (broken.length > 0) throw new ZeroTrustError(broken);
  return {
    world: reading.world,
    places: 'written' in reading ? placesIn(reading) : NOWHERE,
    undoing: reading.unread.filter(({ changesOthers }) => changesOthers === true),
    plane,
    facts: facts ?? Cluster.kubernetes()._facts,
    ...(facts?.podRanges && { podAddresses: facts.podRanges }),
  };
}

/**
 * Of files: what may be another value to whoever applies them than to us. What else is warned of is about what was not
 * read, and takes nothing from what was.
 */
function ambiguous(reading: ManifestReading | FileReading): readonly Problem[] {
  return 'warnings' in reading ? reading.warnings.filter(({ rule }) => rule === 'ambiguous-scalar') : [];
}

function readingOf(subject: unknown, defaultNamespace?: string): ManifestReading | FileReading {
  if (typeof subject === 'string') return readFiles([subject], { defaultNamespace });
  if (isManifests(subject)) return readingOf(subject.manifests, subject.namespace);
  const manifests = reading('the subject', () => manifestsOf(subject));
  if (manifests !== undefined) return readManifests(manifests(), { defaultNamespace });
  throw new ZeroTrustError({
    rule: 'test-subject',
    what: `${shown(subject)} is not something that has policies`,
    value: shown(subject),
    allowed: 'an App, a Chart, a list of manifests, or the path of a file or folder of YAML',
    fix: "expect(app).toAllow(…), expect(Testing.synth(chart)).toAllow(…), expect(folder).toAllow(…), expect(manifests(folder, { namespace: '…' })).toAllow(…)",
  });
}

function isManifests(subject: unknown): subject is Manifests {
  return reading('the subject', () => {
    if (typeof subject !== 'object' || subject === null || !('manifests' in subject)) return false;
    return typeof subject.manifests === 'string' || Array.isArray(subject.manifests);
  });
}

/** How the manifests of a subject are got; undefined for what has none. */
function manifestsOf(subject: unknown): (() => readonly unknown[]) | undefined {
  if (Array.isArray(subject)) {
    lookThrough(subject, new Set());
    return () => subject;
  }
  if (subject instanceof App) return () => rendered(subject, () => subject.charts.flatMap((chart) => chart.toJson()));
  return subject instanceof Chart ? () => rendered(subject, () => subject.toJson()) : undefined;
}

/** cdk8s validates before it renders, and makes one text of everything that is wrong. @throws what is wrong, in fields. */
function rendered(scope: IConstruct, render: () => readonly unknown[]): readonly unknown[] {
  try {
    return render();
  } catch (error) {
    const refused = Deployment.known(scope)?.refusals() ?? [];
    throw refused.length > 0 ? new ZeroTrustError(refused) : error;
  }
}

/** Asks for everything in it, so that what cannot be read is refused before it is read. */
function lookThrough(value: unknown, seen: Set<unknown>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  for (const part of Object.values(value)) lookThrough(part, seen);
}
