import { calico } from '../../../lib/engines/calico/engine';
import type { PolicyManifest } from '../../../lib/engines/manifest';
import type { GraphData } from '../../../lib/graph/graph-data';
import { pathText } from '../../../lib/kinds/field';
import type { PolicyReading } from '../../../lib/kinds/policy-reading';
import { policyReaderOf } from '../../../lib/kinds/readers';
import type { ClusterFacts } from '../../../lib/model/cluster-facts';
import type { Plane } from '../../../lib/model/layer';
import { facts } from '../facts';

export type Json = Readonly<Record<string, unknown>>;

export const cluster = facts('calico', { version: '3.32' });

export interface Rule {
  readonly action: string;
  readonly protocol?: string;
  readonly source?: End;
  readonly destination?: End;
  readonly http?: {
    readonly methods?: readonly string[];
    readonly paths?: readonly Readonly<Record<string, string>>[];
  };
}

interface End {
  readonly selector?: string;
  readonly namespaceSelector?: string;
  readonly nets?: readonly string[];
  readonly notNets?: readonly string[];
  readonly ports?: readonly (number | string)[];
}

export interface Spec {
  readonly tier: string;
  readonly order?: number;
  readonly selector: string;
  readonly namespaceSelector?: string;
  readonly types: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

export const specOf = ({ spec }: PolicyManifest) => spec as Spec;

/** What is rendered of a graph that has no limits. */
export function rendered(graph: GraphData, of: ClusterFacts = cluster): PolicyManifest[] {
  expect(calico.limits(graph, of)).toEqual([]);
  return calico.render(graph, of);
}

export function readAll(manifests: readonly object[]): PolicyReading[] {
  return manifests.map((manifest) => {
    const { of: _, ...object } = manifest as PolicyManifest;
    const reader = policyReaderOf(object.apiVersion.split('/')[0], object.kind);
    if (reader === undefined) throw new Error(`no reader of ${object.kind}`);
    const reading = reader.read(object);
    const wrong = reading.problems.map(({ rule, path, what }) => `${rule} at ${pathText(path)}: ${what}`);
    if (wrong.length > 0) throw new Error(`${object.kind} ${object.metadata.name}: ${wrong.join('; ')}`);
    return reading;
  });
}

/** What is rendered, as it is read back and decided: nothing may be wrong with any of it. */
export function planeOf(manifests: readonly object[], { version, ipBlockMode }: ClusterFacts = cluster): Plane {
  return calico.compose({ rules: [], isolations: [], others: readAll(manifests) }, { version, ipBlockMode });
}
