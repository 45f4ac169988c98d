import type { IConstruct } from 'constructs';
import { ACKNOWLEDGEMENT_UNUSED, unusedAcknowledgement } from '../../findings/acknowledgement-unused';
import { isUsed } from '../../findings/waiver-uses';
import { tierKey } from '../../graph/graph-data';
import type { Flow, Waiver } from '../../model/flow';
import type { Declaration, TierRecord } from '../records';
import type { Seen } from './seen';
import type { Suspicion, Warning } from './warning';

/** Asked last: every other rule has asked for its waivers by then. */
export const acknowledgementUnused: Warning = {
  ...ACKNOWLEDGEMENT_UNUSED,
  find: (seen) => {
    const idle = given(seen).filter(({ waiver }) => !isUsed(waiver));
    const ofCluster = (seen.facts.acknowledged ?? []).filter((waiver) => !isUsed(waiver));
    if (idle.length + ofCluster.length === 0) return [];
    const inFlows = usedInFlows(seen.graph.flows);
    return [
      ...ofCluster.map((waiver) => unusedOnCluster(seen, waiver)),
      ...idle
        .filter(({ key, waiver }) => !inFlows.has(keyOf(key, waiver)) && !seen.isNeededByProof(waiver))
        .map(unused),
    ];
  },
};

interface Given {
  readonly construct: IConstruct;
  readonly waiver: Waiver;
  readonly key: string;
  readonly on: string;
  readonly declaredAt?: Declaration['declaredAt'];
}

function given({ declarations }: Seen): Given[] {
  const { namespaces, tiers, flows } = declarations;
  return [
    ...namespaces
      .filter(waivesSomething)
      .flatMap(({ construct, name, acknowledged }) =>
        acknowledged.map((waiver) => ({ construct, waiver, key: name, on: `the namespace ${name}` })),
      ),
    ...tiers.filter(waivesSomething).flatMap((tier) => {
      const { construct, namespace, name, acknowledged } = tier;
      const key = tierKey({ namespace: namespace.name, name });
      return acknowledged
        .filter((waiver) => isUsed(waiver) || !isUsedBeside(waiver, tier, tiers))
        .map((waiver) => ({ construct, waiver, key, on: `the tier ${key}` }));
    }),
    ...flows.filter(waivesSomething).flatMap(({ tier, acknowledged, because, direction, declaredAt }) => {
      const key = tierKey({ namespace: tier.namespace.name, name: tier.name });
      const on = `the flow ${direction === 'egress' ? 'from' : 'to'} ${key} ("${because}")`;
      return acknowledged
        .filter((waiver) => !isOfCatalog(waiver, tier))
        .map((waiver) => ({ construct: tier.construct, waiver, key, on, declaredAt }));
    }),
  ];
}

/** Most waive nothing, so that their names need not be made. */
function waivesSomething({ acknowledged }: { readonly acknowledged: readonly Waiver[] }): boolean {
  return acknowledged.length > 0;
}

/** What is waived for a system of the catalog is waived for each of its parts, and needed on one of them. */
function isUsedBeside(
  { rule, because }: Waiver,
  { known, namespace }: TierRecord,
  tiers: readonly TierRecord[],
): boolean {
  if (known === undefined) return false;
  return tiers.some(
    (other) =>
      other.known?.system === known.system &&
      other.namespace === namespace &&
      other.acknowledged.some((one) => one.rule === rule && one.because === because && isUsed(one)),
  );
}

/** What the catalog waives for engines and releases of every kind, nobody wrote and nobody can take away. */
function isOfCatalog({ rule, because }: Waiver, { known }: TierRecord): boolean {
  return (known?.flows ?? []).some(({ acknowledge = [] }) =>
    acknowledge.some((one) => one.rule === rule && one.because === because),
  );
}

/** Flows that are said twice keep one of two equal waivers, so the other is known by its words. */
function usedInFlows(flows: readonly Flow[]): ReadonlySet<string> {
  return new Set(
    flows.flatMap(({ from, to, acknowledged }) =>
      acknowledged
        .filter(isUsed)
        .flatMap((waiver) => [from, to].flatMap((end) => (end.kind === 'tier' ? [keyOf(tierKey(end), waiver)] : []))),
    ),
  );
}

function keyOf(tier: string, { rule, because }: Waiver): string {
  return [tier, rule, because].join('\u0000');
}

/** What is needed on one engine or cluster alone is no mistake in a declaration for several. */
const OF_CLUSTER: readonly string[] = [
  'engine-host-names',
  'engine-nodes',
  'engine-requests',
  'cluster-range',
  'api-server',
];

function unused({ construct, waiver, on, declaredAt }: Given): Suspicion {
  const line = declaredAt?.();
  return {
    construct,
    about: on,
    ...(line !== undefined && { declaredAt: line }),
    ...unusedAcknowledgement(waiver),
    ...(OF_CLUSTER.includes(waiver.rule) && {
      level: 'note',
      why: 'Nothing on this cluster needs it',
      fix: 'Remove it, unless the same declaration is rendered for a cluster that does.',
    }),
    acknowledged: [],
  };
}

/** Several apps may be rendered for a cluster: what one of them could need is no mistake where another does not. */
function unusedOnCluster({ root, facts }: Seen, waiver: Waiver): Suspicion {
  const couldBeNeeded = waiver.rule === 'cluster-range' && facts.ipBlockMode !== 'external-only';
  return {
    construct: root,
    about: `the cluster${facts.name === undefined ? '' : ` ${facts.name}`}`,
    ...unusedAcknowledgement(waiver),
    ...(couldBeNeeded && {
      level: 'note',
      why: 'Nothing in this app needs it',
      fix: 'Remove it, unless another app for the same cluster does.',
    }),
    acknowledged: [],
  };
}
