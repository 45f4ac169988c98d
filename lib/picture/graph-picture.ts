import { internet } from '../cluster/special-addresses';
import { addressNames, endText } from '../graph/ends';
import { type GraphData, type GraphTier, tierKey } from '../graph/graph-data';
import { policyFlow } from '../graph/policy-flow';
import type { Endpoint } from '../model/endpoint';
import type { Flow } from '../model/flow';
import * as ips from '../model/ip-set';
import { selectorText } from '../model/selector';
import type { Arrow, Picture } from './picture';
import { type BoxAsked, OUTSIDE, PictureBuilder } from './picture-builder';
import { rangesOf } from './port-ranges';

/** What is declared, with the reason of every flow. */
export function graphPicture(graph: GraphData, title: string): Picture {
  const names = addressNames(graph);
  const namespaces = new Map(graph.namespaces.map((namespace) => [namespace.name, namespace]));
  const builder = new PictureBuilder(({ kind, name }) => {
    const namespace = kind === 'namespace' ? namespaces.get(name) : undefined;
    const facts = namespace ? [`Purpose: ${namespace.purpose}`, `Pod Security: ${namespace.podSecurity}`] : [];
    return { facts, findings: [] };
  });
  const tiers = new Map(graph.tiers.map((tier) => [tierKey(tier), tier]));
  const boxOf = (end: Endpoint): BoxAsked => {
    const tier = end.kind === 'tier' ? tiers.get(tierKey(end)) : undefined;
    if (tier !== undefined) return tierBox(tier);
    const name = endText(end, names);
    return { key: `outside ${name}`, island: OUTSIDE, name, kind: 'outside' };
  };
  for (const { name } of graph.namespaces) builder.island({ kind: 'namespace', name });
  for (const tier of graph.tiers) builder.box(tierBox(tier));
  for (const flow of graph.flows) {
    const { traffic, because, encrypted, owner, excepted, acknowledged, notes } = policyFlow(flow, names);
    builder.arrow({
      from: builder.box(boxOf(flow.from)),
      to: builder.box(boxOf(flow.to)),
      ports: traffic,
      ranges: rangesOf(flow.traffic.ports),
      isPerhaps: false,
      ...internetOf(flow),
      reasons: because,
      policies: [],
      engines: [],
      explanation: [
        'Declared.',
        ...(encrypted ? ['It must be encrypted on its way.'] : []),
        ...(owner === undefined ? [] : [`The other half is for ${owner} to allow.`]),
        ...excepted.map((text) => `Except ${text}`),
        ...acknowledged.map((text) => `Acknowledged: ${text}`),
        ...notes,
      ],
    });
  }
  const about = `The declared graph: ${graph.tiers.length} tiers in ${graph.namespaces.length} namespaces, ${graph.flows.length} flows.`;
  return builder.picture({ title, about, findings: [], notes: [], elsewhere: ELSEWHERE });
}

/** The command that draws what is declared draws all of it. */
const ELSEWHERE = 'The formats text and json have every flow.';

function tierBox({ namespace, name, role, pods, notes }: GraphTier): BoxAsked {
  return {
    key: `tier ${namespace}/${name}`,
    island: { kind: 'namespace', name: namespace },
    name,
    small: role,
    kind: 'one',
    role,
    facts: [`Pods: ${selectorText(pods.pods)}`, ...notes],
  };
}

function internetOf({ from, to }: Flow): Pick<Arrow, 'internet'> {
  if (to.kind === 'hosts' || isInternet(to)) return { internet: 'to' };
  return isInternet(from) ? { internet: 'from' } : {};
}

function isInternet(end: Endpoint): boolean {
  return end.kind === 'addresses' && ips.intersects(end.addresses, internet);
}
