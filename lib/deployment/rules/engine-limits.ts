import type { IConstruct } from 'constructs';
import type { Engine } from '../../engines/engine';
import { engineNamed } from '../../engines/engines';
import type { Refusal } from '../../engines/refusal';
import { WAIVABLE } from '../../findings/waivable';
import { isWaived } from '../../findings/waiver-uses';
import { AS_ANY_ADDRESS } from '../../graph/ends';
import { canonical, type GraphData, tierKey } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Flow } from '../../model/flow';
import { hostText } from '../../model/host-pattern';
import type { Problem } from '../../model/problem';
import { portTraffic } from '../../model/traffic';
import { aboutFlow } from '../flows/flow-words';
import { ownerOfHost } from '../flows/hosts-of-one';
import { BY_ADDRESS } from '../flows/named-peers';
import { type AddressUse, internetPeer } from '../flows/outside-addresses';
import { insteadOfService, serviceNamed } from '../flows/service-names';
import type { Located } from '../records';
import { placeOf } from './rule';

/** Where problems of the parts of a graph are reported. */
export interface Places {
  readonly root: IConstruct;
  /** By `namespace/name`. */
  readonly tiers: ReadonlyMap<string, IConstruct>;
  readonly namespaces: ReadonlyMap<string, IConstruct>;
  /** Guardrails of the cluster and of nodes. */
  readonly guardrails: ReadonlyMap<string, IConstruct>;
  /** The user's line that declared a flow, where one is known. */
  readonly declaredAt: (flow: Flow) => string | undefined;
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
  const widened = new Map(refusals.flatMap((refusal) => widenedFlow(refusal, engine, graph, facts)));
  if (widened.size === 0)
    return { graph, problems: refusals.map((refusal) => located(refusal, engine, facts, places, graph)) };
  const flows = graph.flows.map((flow) => widened.get(flow) ?? flow);
  // A flow may have been refused for two reasons, and be widened in one of them.
  return withinLimits(canonical({ ...graph, flows }), facts, places);
}

function widenedFlow({ about, rule }: Refusal, engine: Engine, graph: GraphData, facts: ClusterFacts): [Flow, Flow][] {
  if (about.kind !== 'flow' || !isWaived(rule, about.flow.acknowledged)) return [];
  const { flow } = about;
  const { title } = engine;
  if (rule === 'engine-requests' && flow.traffic.requests !== undefined) {
    const note = `wider than meant: ${title} does not tell these requests apart, so all traffic on the ports passes`;
    return [[flow, { ...flow, traffic: portTraffic(flow.traffic.ports), notes: [...flow.notes, note] }]];
  }
  if (rule === 'engine-host-names' && flow.to.kind === 'hosts' && servicesOf(flow).length === 0) {
    const note = `wider than meant: ${title} does not know these names, so every address of the internet passes`;
    const { addresses, excepted, notes } = internetPeer('any', useOf(flow, graph, facts));
    // The name that was meant stays in the graph, so that each name keeps its line there.
    const name = `${flow.to.patterns.map(hostText).join(', ')}${AS_ANY_ADDRESS}${titleWithVersion(engine, facts)}`;
    return [
      [
        flow,
        {
          ...flow,
          to: { kind: 'addresses', addresses, name },
          excepted: [...flow.excepted, ...excepted],
          notes: [...flow.notes.filter((text) => text !== BY_ADDRESS), note, ...notes],
        },
      ],
    ];
  }
  return [];
}

/** What the internet must not hold is up to the role of the tier, as for `Internet.any()`. */
function useOf({ from, acknowledged, traffic }: Flow, { tiers }: GraphData, facts: ClusterFacts): AddressUse {
  const tier = from.kind === 'tier' ? tiers.find((it) => tierKey(it) === tierKey(from)) : undefined;
  return {
    facts,
    waivers: [...acknowledged, ...(tier?.acknowledged ?? [])],
    forAgent: tier?.role === 'agent',
    ports: traffic.ports,
  };
}

function located(refusal: Refusal, engine: Engine, facts: ClusterFacts, places: Places, graph: GraphData): Located {
  const construct = constructOf(refusal, places);
  const { about, rule } = refusal;
  const [service] = about.kind === 'flow' && rule === 'engine-host-names' ? servicesOf(about.flow) : [];
  const problem =
    service === undefined
      ? problemOf(ofItsOwner(refusal), engine, facts)
      : nameOfService(refusal, insteadOfService(service, graph, places.root));
  const flow = about.kind === 'flow' ? aboutFlow(about.flow, places.declaredAt) : {};
  return { construct, problem: { where: placeOf(construct), ...flow, ...problem } };
}

/** Whose host a name is, and that pods need not call it themselves. */
function ofItsOwner(refusal: Refusal): Refusal {
  const { about, rule, why } = refusal;
  if (about.kind !== 'flow' || about.flow.to.kind !== 'hosts' || !rule.startsWith('engine-host')) return refusal;
  const owner = ownerOfHost(about.flow.notes);
  if (owner === undefined) return refusal;
  const name = about.flow.to.patterns.map(hostText).join(', ');
  return {
    ...refusal,
    why: `${why}; here ${name}, of ${owner}`,
    value: name,
    ...(rule === 'engine-host-names' && {
      fix: `Let a gateway or proxy at addresses that you know call ${owner}, and let these pods reach that one: allowTo(gateway, …)`,
    }),
  };
}

function constructOf({ about }: Refusal, places: Places): IConstruct {
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

/** Services among the names that a flow leads to: none of them is in the internet, however wide that is opened. */
function servicesOf({ to }: Flow) {
  return to.kind === 'hosts' ? to.patterns.flatMap((pattern) => serviceNamed(pattern) ?? []) : [];
}

function nameOfService({ rule, about }: Refusal, fix: string): Problem {
  const value = about.kind === 'flow' && about.flow.to.kind === 'hosts' ? about.flow.to.patterns.map(hostText) : [];
  return {
    rule,
    what: `${value.join(', ')} is the name of a Service, whose address is translated to those of its pods before a policy sees it`,
    value: value.join(', '),
    allowed: 'names of hosts outside the cluster; tiers and pods in it',
    fix,
  };
}

function problemOf({ rule, why, value, allowed, engines, fix }: Refusal, engine: Engine, facts: ClusterFacts): Problem {
  const name = titleWithVersion(engine, facts);
  const others = engines.filter((other) => other !== facts.engine).map((other) => engineNamed(other).title);
  const ways = [
    ...(fix === undefined ? [] : [fix]),
    ...(others.length === 0
      ? []
      : [
          `${fix === undefined ? 'Only' : 'Otherwise only'} a cluster with another engine can say it: ${others.join(', ')}.`,
        ]),
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

function titleWithVersion({ title }: Engine, { version }: ClusterFacts): string {
  return version === undefined ? title : `${title} ${version}`;
}
