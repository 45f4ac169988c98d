import type { IConstruct } from 'constructs';
import type { ClusterFacts } from '../../cluster/cluster-facts';
import { internet } from '../../cluster/special-addresses';
import type { Engine } from '../../engines/engine';
import { engineNamed } from '../../engines/engines';
import type { Refusal } from '../../engines/refusal';
import { isWaived } from '../../findings/waiver-uses';
import { canonical, type GraphData, tierKey } from '../../graph/graph-data';
import type { Endpoint } from '../../model/endpoint';
import type { Flow } from '../../model/flow';
import type { Problem } from '../../model/problem';
import { portTraffic } from '../../model/traffic';
import { WAIVABLE } from '../../values/acknowledgement';
import type { Located } from '../records';

/** Where problems of the parts of a graph are reported. */
export interface Places {
  readonly root: IConstruct;
  /** By `namespace/name`. */
  readonly tiers: ReadonlyMap<string, IConstruct>;
  readonly namespaces: ReadonlyMap<string, IConstruct>;
  /** Guardrails of the cluster and of nodes. */
  readonly guardrails: ReadonlyMap<string, IConstruct>;
}

/**
 * The graph as the engine can say it: flows that it cannot say and that are acknowledged to be wider are made so, with a
 * note; everything else that it cannot say is a problem.
 */
export function withinLimits(
  graph: GraphData,
  facts: ClusterFacts,
  places: Places,
): { readonly graph: GraphData; readonly problems: readonly Located[] } {
  const engine = engineNamed(facts.engine);
  const refusals = engine.limits(graph, facts);
  if (refusals.length === 0) return { graph, problems: [] };
  const widened = new Map(refusals.flatMap((refusal) => widenedFlow(refusal, engine)));
  if (widened.size === 0)
    return { graph, problems: refusals.map((refusal) => located(refusal, engine, facts, places)) };
  const flows = graph.flows.map((flow) => widened.get(flow) ?? flow);
  // A flow may have been refused for two reasons, and be widened in one of them.
  return withinLimits(canonical({ ...graph, flows }), facts, places);
}

function widenedFlow({ about, rule }: Refusal, { title }: Engine): [Flow, Flow][] {
  if (about.kind !== 'flow' || !isWaived(rule, about.flow.acknowledged)) return [];
  const { flow } = about;
  if (rule === 'engine-requests' && flow.traffic.requests !== undefined) {
    const note = `wider than meant: ${title} does not tell these requests apart, so all traffic on the ports passes`;
    return [[flow, { ...flow, traffic: portTraffic(flow.traffic.ports), notes: [...flow.notes, note] }]];
  }
  if (rule === 'engine-host-names' && flow.to.kind === 'hosts') {
    const note = `wider than meant: ${title} does not know these names, so every address of the internet passes`;
    const to: Endpoint = { kind: 'addresses', addresses: internet, name: 'internet' };
    return [[flow, { ...flow, to, notes: [...flow.notes, note] }]];
  }
  return [];
}

function located(refusal: Refusal, engine: Engine, facts: ClusterFacts, places: Places): Located {
  const construct = placeOf(refusal, places);
  return { construct, problem: { where: construct.node.path || undefined, ...problemOf(refusal, engine, facts) } };
}

function placeOf({ about }: Refusal, places: Places): IConstruct {
  switch (about.kind) {
    case 'flow': {
      const ends = [about.flow.from, about.flow.to].filter((end) => end.kind === 'tier');
      return ends.map((end) => places.tiers.get(tierKey(end))).find((found) => found !== undefined) ?? places.root;
    }
    case 'namespace':
      return places.namespaces.get(about.namespace) ?? places.root;
    case 'guardrail':
    case 'host-guardrail':
      return places.guardrails.get(about.name) ?? places.root;
    case 'cluster':
      return places.root;
  }
}

function problemOf({ rule, why, value, allowed, engines, fix }: Refusal, engine: Engine, facts: ClusterFacts): Problem {
  const name = [engine.title, facts.version].filter((part) => part !== undefined).join(' ');
  const others = engines.filter((other) => other !== facts.engine).map((other) => engineNamed(other).title);
  const ways = [
    ...(fix === undefined ? [] : [fix]),
    ...(others.length === 0 ? [] : [`Render it for a cluster that can say it: ${others.join(', ')}.`]),
    ...(Object.hasOwn(WAIVABLE, rule)
      ? [`Or acknowledge on the flow that ${WAIVABLE[rule]}: acknowledge: [{ rule: '${rule}', because: '…' }]`]
      : []),
  ];
  return {
    rule,
    what: `${name} cannot say this: ${why}`,
    value,
    allowed,
    ...(ways.length === 0 ? {} : { fix: ways.join('\n') }),
  };
}
