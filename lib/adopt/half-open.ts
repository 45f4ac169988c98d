import { objectText } from '../kinds/manifest';
import type { Direction, Rule } from '../model/layer';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import * as selectors from '../model/selector';
import type { Binding } from './binding';
import { portsCode } from './code/expressions';
import type { NamedTiers } from './named-tiers';
import { keyOf, type LeftOut, type PlannedFlow, type PlannedTier } from './plan';

/** So many tiers are named that do not let a rule's traffic through; the others are counted. */
const MOST_NAMED = 3;

/** What one end lets through by name and the other does not: somebody meant it, and nothing passes. */
export function halfOpen(
  tiers: readonly PlannedTier[],
  bound: Binding,
  named: NamedTiers,
  flows: readonly PlannedFlow[],
): readonly LeftOut[] {
  const passing = new Map(
    flows.flatMap(({ tier, peer, ports: set }) =>
      peer.kind === 'tier' ? [[`${peer.tier} ${tier}`, set] as const] : [],
    ),
  );
  return tiers.flatMap((tier) =>
    (['egress', 'ingress'] as const).flatMap((direction) => {
      const own = keyOf(tier);
      return bound.allows(tier, direction).flatMap((rule) => {
        const silent = namedBy(rule, named).filter((other) => {
          const set = passing.get(direction === 'egress' ? `${own} ${other}` : `${other} ${own}`);
          return other !== own && (set === undefined || !ports.covers(set, rule.ports));
        });
        if (silent.length === 0) return [];
        const of = { own, direction, rule, silent };
        const [only] = silent;
        const set = passing.get(direction === 'egress' ? `${own} ${only}` : `${only} ${own}`) ?? ports.none;
        return [silent.length === 1 ? leftOut(of, ports.difference(rule.ports, set)) : leftOut(of, rule.ports)];
      });
    }),
  );
}

function namedBy(rule: Rule, named: NamedTiers): readonly string[] {
  const meant = rule.peers.filter(isNamed);
  if (meant.length === 0) return [];
  return [...named(meant.length === rule.peers.length ? rule : { peers: meant })];
}

/** Who lets every pod of every namespace through meant nobody by it. */
function isNamed(peer: Rule['peers'][number]): boolean {
  return peer.kind === 'pods' && !(selectors.isAnything(peer.pods.namespaces) && selectors.isAnything(peer.pods.pods));
}

interface HalfOpen {
  readonly own: string;
  readonly direction: Direction;
  readonly rule: Rule;
  readonly silent: readonly string[];
}

function leftOut({ own, direction, rule, silent }: HalfOpen, set: PortSet): LeftOut {
  const isOut = direction === 'egress';
  const listed = silent.slice(0, MOST_NAMED).join(', ');
  const others = silent.length > MOST_NAMED ? `${listed} and ${silent.length - MOST_NAMED} more` : listed;
  const [from, to] = isOut ? [own, others] : [others, own];
  return {
    of: own,
    what: `half open today: ${objectText(rule.policy)} lets ${from} -> ${to} ${ports.portsText(set)} ${isOut ? 'out' : 'in'}, and no policy of ${silent.length === 1 ? silent[0] : 'the others'} lets it ${isOut ? 'in' : 'out'}`,
    line: `${isOut ? 'allowTo' : 'allowFrom'}(<${silent[0]}>, { ports: ${portsCode(set)}, because: '…' })`,
  };
}
