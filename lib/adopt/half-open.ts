import { objectText } from '../kinds/manifest';
import type { Direction, Rule } from '../model/layer';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { remembered } from '../model/remembered';
import * as selectors from '../model/selector';
import { within } from '../model/within';
import { portsCode } from './code/expressions';
import type { EndsAsked } from './ends-asked';
import type { NamedTiers } from './named-tiers';
import { keyOf, type LeftOut, type PlannedFlow, type PlannedTier } from './plan';

/** So many tiers are named that do not let a rule's traffic through; the others are counted. */
const MOST_NAMED = 3;

/**
 * What one end lets through by name and the other does not: somebody meant it, and nothing passes. What both let through and
 * only perhaps passes is told at the end that is called.
 */
export function halfOpen(
  tiers: readonly PlannedTier[],
  flows: readonly PlannedFlow[],
  { bound, named, portsAt, answering, mayPass }: EndsAsked,
): readonly LeftOut[] {
  const passing = passingByEnds(flows);
  const meant = remembered((rule: Rule) => namedBy(rule, named));
  return tiers.flatMap((tier) =>
    (['egress', 'ingress'] as const).flatMap((direction) => {
      const own = keyOf(tier);
      const through = passing[direction].get(own) ?? NOTHING;
      return bound.allows(tier, direction).flatMap((rule) => {
        const at = (other: string, set: PortSet) => portsAt(direction === 'egress' ? other : own, set);
        const asked = meantAt(meant(rule), rule, at);
        const answers = answering(own, rule, asked);
        const perhaps = direction === 'egress' ? [] : perhapsPassing([...answers], own, rule);
        const silent = silentOf(without(asked, answers), own, rule, through, at);
        return [
          ...(perhaps.length === 0 ? [] : [passesPerhaps(own, rule, perhaps)]),
          ...(silent.count === 0 ? [] : [leftOut({ own, direction, rule, silent }, portsLeft(silent))]),
        ];

        /** Of one other all that does not pass, and of several the ports of the rule. */
        function portsLeft({ first: [only], count }: Silent): PortSet {
          const set = count === 1 ? through.get(only) : undefined;
          return set === undefined ? rule.ports : ports.difference(at(only, rule.ports), at(only, set));
        }
      });
    }),
  );

  function perhapsPassing(callers: readonly string[], to: string, rule: Rule): readonly Perhaps[] {
    const set = portsAt(to, rule.ports);
    return callers
      .map((from): Perhaps => {
        const surely = passing.ingress.get(to)?.get(from) ?? ports.none;
        return { from, ports: ports.difference(ports.intersection(mayPass(from, to), set).possible, surely) };
      })
      .filter((each) => !ports.isEmpty(each.ports));
  }
}

/** What passes from a tier perhaps, and not surely. */
interface Perhaps {
  readonly from: string;
  readonly ports: PortSet;
}

function without(all: ReadonlySet<string>, some: ReadonlySet<string>): ReadonlySet<string> {
  return some.size === 0 ? all : new Set([...all].filter((each) => !some.has(each)));
}

function passesPerhaps(own: string, { policy }: Rule, perhaps: readonly Perhaps[]): LeftOut {
  const more = perhaps.length - MOST_NAMED;
  const named = perhaps.slice(0, MOST_NAMED).map(({ from }) => from);
  const from = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const set = ports.unionOf(perhaps.map((each) => each.ports));
  return {
    kind: 'not-said',
    policy: nameOf(policy),
    of: own,
    what: `perhaps passes today: ${from} -> ${own} ${ports.portsText(set)}, let through by ${nameOf(policy)} and at the other end; only what surely passes is taken over`,
    line: `allowFrom(<${named[0]}>, { ports: ${portsCode(set)}, because: '…' })`,
  };
}

/** What passes with other tiers, by the key of the other. */
type Passing = ReadonlyMap<string, PortSet>;

const NOTHING: Passing = new Map();

/** Both ends find what passes: by who opens it, and by who is called. */
function passingByEnds(flows: readonly PlannedFlow[]): Readonly<Record<Direction, ReadonlyMap<string, Passing>>> {
  const found = { egress: new Map<string, Map<string, PortSet>>(), ingress: new Map<string, Map<string, PortSet>>() };
  for (const { tier, peer, ports: set } of flows) {
    if (peer.kind !== 'tier') continue;
    put(found.ingress, tier, peer.tier, set);
    put(found.egress, peer.tier, tier, set);
  }
  return found;
}

function put(all: Map<string, Map<string, PortSet>>, own: string, other: string, set: PortSet): void {
  const known = within(all, own);
  const before = known.get(other);
  known.set(other, before === undefined ? set : ports.union(before, set));
}

/** Those that are meant and do not let the traffic of a rule through: the first of them, and how many there are. */
interface Silent {
  readonly first: readonly string[];
  readonly count: number;
}

/** Ports as numbers at the end that is called, which is either the other tier or the own one. */
type At = (other: string, set: PortSet) => PortSet;

/** Where a tier that is called has no port of a name, the rule lets nothing through to it. */
function meantAt(meant: ReadonlySet<string>, rule: Rule, at: At): ReadonlySet<string> {
  if (!ports.hasNames(rule.ports)) return meant;
  return new Set([...meant].filter((other) => !ports.isEmpty(at(other, rule.ports))));
}

/** What passes is mostly less than what is meant, so that it is counted, and the first ones are looked for until there are enough. */
function silentOf(meant: ReadonlySet<string>, own: string, rule: Rule, through: Passing, at: At): Silent {
  let count = meant.size - (meant.has(own) ? 1 : 0);
  if (count === 0) return { first: [], count };
  const heard = new Set<string>();
  for (const other of meant.size < through.size ? meant : through.keys()) {
    const set = through.get(other);
    if (other === own || set === undefined || !meant.has(other)) continue;
    if (coversPorts(at(other, set), at(other, rule.ports))) heard.add(other);
  }
  count -= heard.size;
  const first: string[] = [];
  if (count === 0) return { first, count };
  for (const other of meant) {
    if (other === own || heard.has(other)) continue;
    first.push(other);
    if (first.length === MOST_NAMED) break;
  }
  return { first, count };
}

/** Few different sets meet in a world, many times each. */
function coversPorts(a: PortSet, b: PortSet): boolean {
  if (a === b) return true;
  const known = coveredBy(a);
  const found = known.get(b) ?? ports.covers(a, b);
  known.set(b, found);
  return found;
}

const coveredBy = remembered((_: PortSet) => new WeakMap<PortSet, boolean>());

function namedBy(rule: Rule, named: NamedTiers): ReadonlySet<string> {
  const meant = rule.peers.filter(isNamed);
  if (meant.length === 0) return NOBODY;
  return named(meant.length === rule.peers.length ? rule : { peers: meant });
}

const NOBODY: ReadonlySet<string> = new Set();

/** Who lets every pod of every namespace through meant nobody by it. */
function isNamed(peer: Rule['peers'][number]): boolean {
  return peer.kind === 'pods' && !(selectors.isAnything(peer.pods.namespaces) && selectors.isAnything(peer.pods.pods));
}

interface HalfOpen {
  readonly own: string;
  readonly direction: Direction;
  readonly rule: Rule;
  readonly silent: Silent;
}

function leftOut({ own, direction, rule, silent }: HalfOpen, set: PortSet): LeftOut {
  const isOut = direction === 'egress';
  const { first, count } = silent;
  const listed = first.join(', ');
  const others = count > first.length ? `${listed} and ${count - first.length} more` : listed;
  const [from, to] = isOut ? [own, others] : [others, own];
  const policy = nameOf(rule.policy);
  return {
    kind: 'half-open',
    policy,
    of: own,
    what: `half open today: ${policy} lets ${from} -> ${to} ${ports.portsText(set)} ${isOut ? 'out' : 'in'}, and no policy of ${count === 1 ? first[0] : 'the others'} lets it ${isOut ? 'in' : 'out'}`,
    line: `${isOut ? 'allowTo' : 'allowFrom'}(<${first[0]}>, { ports: ${portsCode(set)}, because: '…' })`,
  };
}

const nameOf = remembered(objectText);
