import type { Endpoint, TierEndpoint } from '../model/endpoint';
import { type GraphData, tierKey } from './graph-data';

/** What names a tier. */
export interface TierName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The part of a graph that is about the tiers to `keep`: their flows, the tiers at the other end of those, and the
 * namespaces of all these. `keepNamespace` adds namespaces that no kept tier is in.
 */
export function restrict(
  data: GraphData,
  keep: (tier: TierName) => boolean,
  keepNamespace: (name: string) => boolean = () => false,
): GraphData {
  const flows = data.flows.filter(({ from, to }) => isTier(from, keep) || isTier(to, keep));
  const foreign = data.foreign?.filter(({ from, to }) => isTier(from, keep) || isTier(to, keep)) ?? [];
  const atEnds = new Set(
    [...flows, ...foreign].flatMap(({ from, to }) => [from, to].filter((end) => end.kind === 'tier').map(tierKey)),
  );
  const tiers = data.tiers.filter((tier) => keep(tier) || atEnds.has(tierKey(tier)));
  const inhabited = new Set(tiers.map(({ namespace }) => namespace));
  return {
    cluster: data.cluster,
    namespaces: data.namespaces.filter(({ name }) => inhabited.has(name) || keepNamespace(name)),
    tiers,
    flows,
    ...(foreign.length > 0 && { foreign }),
  };
}

function isTier(end: Endpoint, keep: (tier: TierEndpoint) => boolean): boolean {
  return end.kind === 'tier' && keep(end);
}
