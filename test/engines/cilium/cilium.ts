import { cilium } from '../../../lib/engines/cilium/engine';
import type { PolicyManifest } from '../../../lib/engines/manifest';
import { canonical, type GraphData } from '../../../lib/graph/graph-data';
import type { PolicyReading } from '../../../lib/kinds/policy-reading';
import { policyReaderOf } from '../../../lib/kinds/readers';
import type { Plane } from '../../../lib/model/layer';
import type { PortSet } from '../../../lib/model/port-set';
import * as ports from '../../../lib/model/port-set';
import { portTraffic } from '../../../lib/model/traffic';
import { facts } from '../facts';

export const cluster = facts('cilium', { version: '1.20', ipBlockMode: 'external-only' });

/** What is rendered, which nothing is refused of. */
export function rendered(graph: GraphData, of = cluster): PolicyManifest[] {
  expect(cilium.limits(graph, of).map(({ why }) => why)).toEqual([]);
  return cilium.render(graph, of);
}

/** The same graph with numbers where Cilium takes no names: where traffic leaves tiers, and where guardrails deny that. */
export function withNumbersInEgress(graph: GraphData): GraphData {
  const numbered = (set: PortSet) => ports.resolve(set, NAMED);
  return canonical({
    ...graph,
    flows: graph.flows.map((flow) =>
      flow.from.kind === 'tier'
        ? { ...flow, traffic: portTraffic(numbered(flow.traffic.ports), flow.traffic.requests) }
        : flow,
    ),
    ...(graph.guardrails && {
      guardrails: graph.guardrails.map((guardrail) => ({
        ...guardrail,
        denies: guardrail.denies.map((deny) =>
          deny.direction === 'egress' ? { ...deny, ports: numbered(deny.ports) } : deny,
        ),
      })),
    }),
  });
}

const NAMED = ports.PROTOCOLS.map((protocol) => ({ name: 'http', protocol, number: 8080 }));

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
