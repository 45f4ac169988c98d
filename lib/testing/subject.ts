import { App, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { type ManifestReading, planeOf, readFiles, readManifests } from '../analysis';
import type { IpSet } from '../model/ip-set';
import type { Plane } from '../model/layer';
import { ZeroTrustError } from '../model/problem';
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
  if (Array.isArray(subject)) return readManifests(subject);
  if (subject instanceof App) return readManifests(subject.charts.flatMap((chart) => chart.toJson()));
  if (subject instanceof Chart) return readManifests(subject.toJson());
  throw new ZeroTrustError({
    rule: 'test-subject',
    what: `${typeof subject === 'object' ? 'an object' : String(subject)} is not something that has policies`,
    value: String(subject),
    allowed: 'an App, a Chart, a list of manifests, or the path of a file or folder of YAML',
    fix: 'expect(app).toAllow(…), expect(Testing.synth(chart)).toAllow(…), expect(folder).toAllow(…)',
  });
}
