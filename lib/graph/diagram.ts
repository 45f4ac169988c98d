import { type Endpoint, isPods } from '../model/endpoint';
import * as ips from '../model/ip-set';
import { podSetText } from '../model/pod-set';
import { selectorText } from '../model/selector';
import { addressNames, endText, ownerOf, ownerText } from './ends';
import { type GraphData, tierKey } from './graph-data';
import { inline } from './plain-words';
import { policyFlow } from './policy-flow';

/** A box of a diagram. Text is in lines; escaping it is for the form that writes it. */
export interface DiagramNode {
  readonly id: string;
  readonly lines: readonly string[];
}

/** The boxes and arrows of a graph, before any syntax. Ids are safe in every syntax: letters, digits, underscores. */
export interface Diagram {
  readonly groups: readonly { readonly id: string; readonly title: string; readonly nodes: readonly DiagramNode[] }[];
  /** Pods of others. */
  readonly others: readonly DiagramNode[];
  /** Addresses, host names, and what the engine knows by itself. */
  readonly addresses: readonly DiagramNode[];
  readonly arrows: readonly { readonly from: string; readonly to: string; readonly lines: readonly string[] }[];
}

/** One group a namespace, one box a tier, and a box for every end that is not ours. */
export function diagram(data: GraphData): Diagram {
  const ends = data.flows.flatMap(({ from, to }) => [from, to]);
  const others = numbered(
    'others',
    ends.filter((end) => end.kind === 'pods'),
  );
  const addresses = numbered(
    'addresses',
    ends.filter((end) => !isPods(end)),
  );
  const outside = new Map([...others, ...addresses]);
  const idOf = (end: Endpoint) => (end.kind === 'tier' ? tierId(end) : (outside.get(endKey(end)) as string));
  const names = addressNames(data);
  const node = (end: Endpoint): DiagramNode => {
    const owner = ownerOf(end);
    return { id: idOf(end), lines: [endText(end, names), ...(owner === undefined ? [] : [ownerText(owner)])] };
  };
  return {
    groups: data.namespaces.map(({ name, purpose }) => ({
      id: safeId('namespace', name),
      title: `${name} (${inline(purpose)})`,
      nodes: data.tiers
        .filter(({ namespace }) => namespace === name)
        .map((tier) => ({ id: tierId(tier), lines: [tier.name, `{${selectorText(tier.pods.pods)}}`] })),
    })),
    others: firstOfEach(ends, others).map(node),
    addresses: firstOfEach(ends, addresses).map(node),
    arrows: data.flows.map((flow) => {
      const { traffic, because } = policyFlow(flow, names);
      return { from: idOf(flow.from), to: idOf(flow.to), lines: [traffic, ...because.map(inline)] };
    }),
  };
}

/** Ids for ends that have no name of their own, in the order of their keys. */
function numbered(prefix: string, ends: readonly Endpoint[]): Map<string, string> {
  const keys = [...new Set(ends.map(endKey))].sort();
  return new Map(keys.map((key, index) => [key, `${prefix}_${index + 1}`]));
}

function firstOfEach(ends: readonly Endpoint[], ids: ReadonlyMap<string, string>): Endpoint[] {
  return [...ids.keys()].map((key) => ends.find((end) => endKey(end) === key) as Endpoint);
}

function endKey(end: Endpoint): string {
  switch (end.kind) {
    case 'tier':
      return tierKey(end);
    case 'pods':
      return `${podSetText(end.pods)} ${end.owner}`;
    case 'addresses':
      return `${ips.ipsText(end.addresses)} ${end.name ?? ''}`;
    case 'hosts':
    case 'entity':
      return endText(end, new Map());
  }
}

function tierId(tier: { readonly namespace: string; readonly name: string }): string {
  return safeId('tier', tierKey(tier));
}

/** Different names give different ids: a hyphen is an underscore, any other sign its code between capital X. */
export function safeId(prefix: string, name: string): string {
  const safe = name.replace(/[^a-z0-9]/g, (sign) => (sign === '-' ? '_' : `X${sign.charCodeAt(0).toString(16)}X`));
  return `${prefix}_${safe}`;
}
