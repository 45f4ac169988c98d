import { App, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { type ManifestReading, planeOf, readFiles, readManifests } from '../analysis';
import { reading } from '../model/checked';
import type { IpSet } from '../model/ip-set';
import type { Plane } from '../model/layer';
import { ZeroTrustError } from '../model/problem';
import { shown } from '../model/shown';
import type { World } from '../model/world';
import { Cluster } from '../values/cluster';

/** What a matcher is asked about: an app, a chart, plain manifests, or the path of a file or folder of YAML. */
export type Subject = IConstruct | readonly unknown[] | string;

/** A subject as it was read. */
export interface ReadSubject {
  readonly world: World;
  readonly plane: Plane;
  /** Every address that a pod can have, where that is known. */
  readonly podAddresses?: IpSet;
}

/** Reads manifests; what cannot be relied on is refused, since a verdict about it would be false. */
export function readSubject(subject: unknown): ReadSubject {
  const reading = readingOf(subject);
  const problems = [...reading.problems, ...reading.unread.map(({ problem }) => problem)];
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

function readingOf(subject: unknown): ManifestReading {
  if (typeof subject === 'string') return readFiles([subject]);
  const manifests = reading('the subject', () => manifestsOf(subject));
  if (manifests !== undefined) return readManifests(manifests());
  throw new ZeroTrustError({
    rule: 'test-subject',
    what: `${shown(subject)} is not something that has policies`,
    value: shown(subject),
    allowed: 'an App, a Chart, a list of manifests, or the path of a file or folder of YAML',
    fix: 'expect(app).toAllow(…), expect(Testing.synth(chart)).toAllow(…), expect(folder).toAllow(…)',
  });
}

/** How the manifests of a subject are got; undefined for what has none. */
function manifestsOf(subject: unknown): (() => readonly unknown[]) | undefined {
  if (Array.isArray(subject)) {
    lookThrough(subject, new Set());
    return () => subject;
  }
  if (subject instanceof App) return () => subject.charts.flatMap((chart) => chart.toJson());
  return subject instanceof Chart ? () => subject.toJson() : undefined;
}

/** Asks for everything in it, so that what cannot be read is refused before it is read. */
function lookThrough(value: unknown, seen: Set<unknown>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  for (const part of Object.values(value)) lookThrough(part, seen);
}
