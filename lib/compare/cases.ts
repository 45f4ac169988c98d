import type { IpBlockMode, Plane } from '../model/layer';
import type { BlockMode } from '../proof/terms/facts';

/** One of the ways in which blocks of addresses may match, on the cluster of each of the two. */
export interface Case {
  readonly a: BlockMode;
  readonly b: BlockMode;
}

/**
 * What an engine leaves open about blocks is one fact of a cluster and no matter of chance, so that it is the same for all
 * rules: every way in which it may be is asked for itself. Where both planes leave it open, one cluster is meant.
 */
export function casesOf(a: Plane, b: Plane): readonly Case[] {
  if (![a, b].some(hasBlocks)) return [{ a: 'pods', b: 'pods' }];
  const isIdentified = [a, b].some(({ ipBlockMode }) => ipBlockMode === 'external-only');
  const outside: readonly BlockMode[] = isIdentified || [a, b].some(speaksOfApiServer) ? OUTSIDE : ['outside'];
  const cases = outside.flatMap((mode) => [
    { a: settled(a.ipBlockMode, mode), b: settled(b.ipBlockMode, mode) },
    ...(a.ipBlockMode === 'may' || b.ipBlockMode === 'may'
      ? [{ a: ifPods(a.ipBlockMode, mode), b: ifPods(b.ipBlockMode, mode) }]
      : []),
  ]);
  return [...new Map(cases.map((each) => [`${each.a} ${each.b}`, each])).values()];
}

const OUTSIDE: readonly BlockMode[] = ['outside', 'outside-and-api-server'];

function settled(mode: IpBlockMode, outside: BlockMode): BlockMode {
  return mode === 'pods' ? mode : outside;
}

function ifPods(mode: IpBlockMode, outside: BlockMode): BlockMode {
  return mode === 'external-only' ? outside : 'pods';
}

export function hasBlocks({ layers }: Pick<Plane, 'layers'>): boolean {
  return layers.some(({ rules }) => rules.some(({ peers }) => peers.some(({ kind }) => kind === 'addresses')));
}

function speaksOfApiServer({ layers }: Plane): boolean {
  return layers.some(({ rules }) =>
    rules.some(({ peers }) => peers.some((peer) => peer.kind === 'entity' && peer.entity === 'api-server')),
  );
}

/** What a block of addresses means in a plane, where it has any. */
export function blocksText(name: string, plane: Plane): string[] {
  return hasBlocks(plane) ? [`In ${name}, a block of addresses ${MEANING[plane.ipBlockMode]}.`] : [];
}

const MEANING: Readonly<Record<IpBlockMode, string>> = {
  pods: 'also matches pods that have one of them',
  'external-only': 'never matches pods or nodes',
  may: 'may match pods that have one of them or not, as the network plugin does it; both were asked',
};
