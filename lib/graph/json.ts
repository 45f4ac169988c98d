import type { Flow } from '../model/flow';
import type { Guardrail, HostGuardrail } from '../model/guardrail';
import { toLabelSelector } from '../model/selector';
import type { GraphData, GraphForeign, GraphNamespace, GraphTier } from './graph-data';
import { clusterJson } from './json-cluster';
import { blocksJson, endJson, podsJson, trafficJson, unlessEmpty, waiverJson } from './json-ends';

/** What the schemas of the JSON form are called; a change that a reader could trip over gets a new number. */
export const SCHEMAS = 'cdk8s-zero-trust/policy-graph/';

/** The one that is written and read. */
export const SCHEMA = `${SCHEMAS}v2`;

/** The graph as JSON for programs, indented, as a file; `docs/policy-graph.md` documents it field by field. */
export function toJson(data: GraphData): string {
  return `${JSON.stringify(graphJson(data), undefined, 2)}\n`;
}

function graphJson({
  cluster,
  namespaces,
  tiers,
  flows,
  guardrails = [],
  hostGuardrails = [],
  foreign = [],
}: GraphData): object {
  return {
    schema: SCHEMA,
    cluster: clusterJson(cluster),
    namespaces: namespaces.map(namespaceJson),
    tiers: tiers.map(tierJson),
    flows: flows.map(flowJson),
    ...unlessEmpty({
      guardrails: guardrails.map(guardrailJson),
      hostGuardrails: hostGuardrails.map(hostGuardrailJson),
      foreign: foreign.map(foreignJson),
    }),
  };
}

function guardrailJson({ name, because, denies, isolates }: Guardrail): object {
  return {
    name,
    because,
    ...unlessEmpty({
      denies: denies.map(({ direction, subject, peer, ports }) => ({
        direction,
        pods: podsJson(subject),
        peer: endJson(peer),
        traffic: trafficJson({ kind: 'ports', ports }),
      })),
      isolates: isolates.map(podsJson),
    }),
  };
}

function hostGuardrailJson({ name, because, nodes, allows }: HostGuardrail): object {
  return {
    name,
    because,
    nodes: toLabelSelector(nodes),
    ...unlessEmpty({
      allows: allows.map(({ direction, peer, ports, because: why }) => ({
        direction,
        peer: endJson(peer),
        traffic: trafficJson({ kind: 'ports', ports }),
        because: why,
      })),
    }),
  };
}

function namespaceJson({ acknowledged, rollout, labels, ...named }: GraphNamespace): object {
  const { name, purpose, management, podSecurity } = named;
  const known = { ...(rollout && { rollout }), ...(labels && { labels }) };
  return {
    name,
    purpose,
    management,
    podSecurity,
    ...known,
    ...unlessEmpty({ acknowledged: acknowledged.map(waiverJson) }),
  };
}

function tierJson({ namespace, name, role, pods, notes, acknowledged }: GraphTier): object {
  const about = unlessEmpty({ notes, acknowledged: acknowledged.map(waiverJson) });
  return { namespace, name, role, pods: podsJson(pods), ...about };
}

function flowJson({ from, to, traffic, because, encrypted, excepted, acknowledged, notes }: Flow): object {
  return {
    from: endJson(from),
    to: endJson(to),
    traffic: trafficJson(traffic),
    because,
    ...(encrypted ? { encrypted } : {}),
    ...unlessEmpty({
      excepted: excepted.map((part) => ({ blocks: blocksJson(part.addresses), because: part.because })),
      acknowledged: acknowledged.map(waiverJson),
      notes,
    }),
  };
}

function foreignJson({ from, to, traffic, because }: GraphForeign): object {
  return { from: endJson(from), to: endJson(to), traffic: trafficJson(traffic), because };
}
