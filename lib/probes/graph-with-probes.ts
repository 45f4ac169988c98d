import { canonical, type GraphData, type GraphTier, tierKey } from '../graph/graph-data';
import type { TierEndpoint } from '../model/endpoint';
import type { Flow } from '../model/flow';
import { podsIn } from '../model/pod-set';
import * as selectors from '../model/selector';
import { portTraffic } from '../model/traffic';
import { PROBER_LABEL } from './labels';
import type { Passage, ProbePlan } from './plan';
import { shortName } from './short-name';

/** Strangers as tiers of the graph, with the flows that let them out: nothing lets them in anywhere. */
export interface ProbesInGraph {
  readonly tiers: readonly GraphTier[];
  readonly flows: readonly Flow[];
}

/**
 * What a plan adds to the graph. The other end of each flow is pods that somebody answers for, and no tier: only the half of
 * the prober is rendered, so that what keeps it out is the policy of the tier, and the proof takes none of it for declared
 * there.
 */
export function probesInGraph(plan: ProbePlan, graph: GraphData): ProbesInGraph {
  const ends = plan.passages.map((passage) => ({ passage, end: endOf(plan, passage) }));
  const resolving = new Set(plan.probers.filter(({ resolves }) => resolves).map(({ id }) => id));
  return {
    tiers: ends.map(({ end: { namespace, name, pods } }) => {
      return { namespace, name, role: 'probe', pods, notes: [NOTE], acknowledged: [] };
    }),
    flows: ends.flatMap(({ passage, end }) => [
      ...passage.to.map(({ tier, pods, ports }) =>
        flow(
          end,
          { kind: 'pods', pods, owner: OWNER },
          ports,
          `the isolation test ${plan.name} tries whether ${tier} keeps strangers out`,
        ),
      ),
      ...(resolving.has(passage.prober) ? graph.cluster.dns.servers : []).map(({ endpoint, ports }) =>
        flow(end, endpoint, ports, 'a stranger shows that it has a network by resolving a name'),
      ),
    ]),
  };
}

/** The graph as it is while probes are there. */
export function withProbes(graph: GraphData, plan: ProbePlan): GraphData {
  const { tiers, flows } = probesInGraph(plan, graph);
  return canonical({ ...graph, tiers: [...graph.tiers, ...tiers], flows: [...graph.flows, ...flows] });
}

/** The graph without the probes of earlier tests. */
export function withoutProbes(graph: GraphData): GraphData {
  const probes = new Set(graph.tiers.filter(({ role }) => role === 'probe').map(tierKey));
  if (probes.size === 0) return graph;
  return {
    ...graph,
    tiers: graph.tiers.filter((tier) => !probes.has(tierKey(tier))),
    flows: graph.flows.filter(({ from }) => from.kind !== 'tier' || !probes.has(tierKey(from))),
  };
}

/** The name of the policy of a stranger. */
export function passageName({ name }: Pick<ProbePlan, 'name'>, { prober }: Passage): string {
  return shortName([name, prober], 63);
}

function endOf(plan: ProbePlan, passage: Passage): TierEndpoint {
  const { prober, namespace } = passage;
  const pods = podsIn(namespace, selectors.fromLabels({ [PROBER_LABEL]: prober }));
  return { kind: 'tier', namespace, name: passageName(plan, passage), pods };
}

function flow(from: TierEndpoint, to: Flow['to'], ports: Flow['traffic']['ports'], because: string): Flow {
  return { from, to, traffic: portTraffic(ports), because: [because], excepted: [], acknowledged: [], notes: [] };
}

const NOTE = 'a probe: its policy is there only while an isolation test runs';
const OWNER = 'the tiers that are tested';
