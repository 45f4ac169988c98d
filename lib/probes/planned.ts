import { type GraphData, type GraphTier, tierKey } from '../graph/graph-data';
import type { Flow } from '../model/flow';
import * as ports from '../model/port-set';
import * as selectors from '../model/selector';
import { Draft, type PlanOptions, type TierPlace } from './draft';
import { withoutProbes } from './graph-with-probes';
import { nameServerLegs } from './name-server-legs';
import { outsideLegs } from './outside-legs';
import { isName, type Places } from './places';
import type { Destination, ProbePlan } from './plan';
import { untriedFlows } from './untried-flows';

/**
 * A sample of what the graph says, for each tier: one client gets in, strangers of every sort do not, and the tier itself
 * gets to none of the places outside that it has no flow to. Each deny leg differs from the client in its labels, in its
 * namespace, or in both, so that a policy that became wider in one of them is found.
 */
export function planned(graph: GraphData, options: PlanOptions, places: Places): ProbePlan {
  const draft = new Draft(withoutProbes(graph), options, places);
  for (const tier of draft.graph.tiers) {
    if (options.tiers !== undefined && !options.tiers.has(tierKey(tier))) continue;
    if (isTriedOut(tier, draft.graph)) {
      draft.leaveOut(tierKey(tier), `policies of ${tier.namespace} are only tried out, so that they deny nothing`);
      continue;
    }
    legsInto(tier, draft);
    outsideLegs(tier, draft);
    nameServerLegs(tier, draft);
    untriedFlows(tier, draft);
  }
  return draft.plan();
}

function isTriedOut({ namespace }: GraphTier, { namespaces }: GraphData): boolean {
  return namespaces.some(({ name, rollout }) => name === namespace && rollout === 'audit');
}

function legsInto(tier: GraphTier, draft: Draft): void {
  const key = tierKey(tier);
  const way = wayInto(tier, draft);
  if ('why' in way) {
    draft.leaveOut(`what keeps strangers out of ${key}`, way.why);
    return;
  }
  const { flow, client, place } = way;
  const destination: Destination = { name: key, protocol: 'TCP', address: place.address };
  const allowed = draft.add({
    prober: draft.member(client).id,
    destination,
    expected: 'allow',
    who: tierKey(client),
    because: flow.because[0],
    beside: [],
  });
  const worn = selectors.sample(client.pods.pods) ?? {};
  for (const { who, prober } of [
    ...namespacesOf(tier, client).map((namespace) => ({
      who: `a stranger in ${namespace}`,
      prober: draft.stranger(namespace),
    })),
    { who: 'a stranger in a namespace without policies', prober: draft.elsewhere() },
    {
      who: `one with the labels of ${tierKey(client)} in a namespace without policies`,
      prober: draft.impostor(client, worn),
    },
  ]) {
    if ('why' in prober) {
      draft.leaveOut(`whether ${who} is kept out of ${key}`, prober.why);
    } else if (draft.mayBeDeclared(prober, tier, place)) {
      draft.leaveOut(`whether ${who} is kept out of ${key}`, 'a flow lets it in, or may');
    } else {
      draft.add({ prober: prober.id, destination, expected: 'deny', who, beside: [allowed.id] });
      if (prober.as === 'stranger') draft.letOut(prober, tier, place);
    }
  }
}

/** That of the tier, and that of its client: in the one only labels are wrong for whoever trusts a whole namespace. */
function namespacesOf(tier: GraphTier, client: GraphTier): string[] {
  return [...new Set([tier.namespace, client.namespace])];
}

interface WayIn {
  readonly flow: Flow;
  readonly client: GraphTier;
  readonly place: TierPlace;
}

/** A declared flow that can be tried: from a tier, over TCP, to where something is known to listen. */
function wayInto(tier: GraphTier, draft: Draft): WayIn | { readonly why: string } {
  const { graph, places } = draft;
  const key = tierKey(tier);
  const into = graph.flows.filter(({ to }) => to.kind === 'tier' && tierKey(to) === key);
  const clients = into.flatMap((flow) => {
    const client = flow.from.kind === 'tier' ? tierNamed(tierKey(flow.from), graph) : undefined;
    return client === undefined ? [] : [{ flow, client }];
  });
  if (clients.length === 0)
    return { why: into.length === 0 ? 'no flow leads to it' : 'no tier of the graph is its client' };
  const overTcp = clients.filter(
    ({ flow }) => flow.traffic.ports.TCP.ranges.length + flow.traffic.ports.TCP.names.length > 0,
  );
  if (overTcp.length === 0)
    return { why: 'no client reaches it over TCP, and a server of another protocol may not answer a try' };
  let why = '';
  for (const { flow, client } of overTcp) {
    const port = { ...ports.none, TCP: flow.traffic.ports.TCP };
    const place = places.ofTier(tier, port);
    if ('why' in place) why = place.why;
    else if (isName(place.address) && !draft.member(client).resolves) why = unresolving(client);
    else return { flow, client, place: { ...place, port } };
  }
  return { why };
}

function unresolving(client: GraphTier): string {
  return `its client ${tierKey(client)} resolves no names, so that it can only be dialled by address`;
}

function tierNamed(key: string, { tiers }: GraphData): GraphTier | undefined {
  return tiers.find((tier) => tierKey(tier) === key);
}
