import { cilium } from '../../../lib/engines/cilium/engine';
import type { PolicyManifest } from '../../../lib/engines/manifest';
import type { GraphData } from '../../../lib/graph/graph-data';
import type { PolicyReading } from '../../../lib/kinds/policy-reading';
import { policyReaderOf } from '../../../lib/kinds/readers';
import type { Plane } from '../../../lib/model/layer';
import { facts } from '../facts';

export const cluster = facts('cilium', { version: '1.20', ipBlockMode: 'external-only' });

/** What is rendered, which nothing is refused of. */
export function rendered(graph: GraphData, of = cluster): PolicyManifest[] {
  expect(cilium.limits(graph, of).map(({ why }) => why)).toEqual([]);
  return cilium.render(graph, of);
}

/** As its reader has it: nothing may be wrong with any of it. */
export function readBack(manifests: readonly PolicyManifest[]): PolicyReading[] {
  return manifests.map(({ of: _, ...object }) => {
    const reading = policyReaderOf('cilium.io', object.kind)?.read(object);
    if (reading === undefined) throw new Error(`nobody reads ${object.kind}`);
    expect(reading.problems).toEqual([]);
    return reading;
  });
}

export function planeOf(manifests: readonly PolicyManifest[], version = '1.20'): Plane {
  const others = readBack(manifests);
  return cilium.compose({ rules: [], isolations: [], others }, { version, ipBlockMode: 'external-only' });
}
