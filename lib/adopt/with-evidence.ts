import { groupBy } from '../model/group-by';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import type { Binding } from './binding';
import { portsCode } from './code/expressions';
import { keyOf, type LeftOut, type PlannedFlow, type PlannedTier } from './plan';
import type { SeenFlow } from './seen-flows';

export interface Evidenced {
  readonly flows: readonly PlannedFlow[];
  readonly left: readonly LeftOut[];
}

/**
 * What logs of flows add to a plan: how often each flow was used and until when, flows that pass because no policy says
 * anything and that are used, and what nobody used.
 */
export function withEvidence(
  flows: readonly PlannedFlow[],
  seen: readonly SeenFlow[],
  tiers: readonly PlannedTier[],
  bound: Binding,
): Evidenced {
  const used = new Set<SeenFlow>();
  const told = flows.map((flow) => {
    const own = seen.filter((each) => isOf(each, flow));
    for (const each of own) used.add(each);
    return own.length === 0 ? flow : { ...flow, because: `${flow.because}; ${seenText(own)}` };
  });
  const unused = told.filter((flow, i) => flow === flows[i]);
  const fresh = seen.filter((each) => !used.has(each));
  const open = fresh.filter((each) => passesUnasked(each, tiers, bound));
  const hosts = fresh.filter(({ to }) => 'host' in to);
  const isOpen = ({ from }: SeenFlow) => isOpenTo(from, tiers, bound);
  return {
    flows: [...told, ...grouped(open).map(flowOf), ...grouped(hosts.filter(isOpen)).map(flowOf)],
    left: [
      ...unused.map(({ tier, because }) => ({
        kind: 'unused' as const,
        of: tier,
        what: `nobody used this in the time of the log: ${because}`,
      })),
      ...grouped(hosts.filter((each) => !isOpen(each))).map(hostLeft),
    ],
  };
}

function isOf({ from, to, protocol, port }: SeenFlow, flow: PlannedFlow): boolean {
  if (!ports.hasNumber(flow.ports, protocol, port)) return false;
  const [own, other] = flow.direction === 'ingress' ? [keyIn(to), from] : [from, keyIn(to)];
  if (own !== flow.tier) return false;
  switch (flow.peer.kind) {
    case 'tier':
      return other === flow.peer.tier;
    case 'namespace':
      return other?.startsWith(`${flow.peer.name}/`) === true;
    case 'host':
      return 'host' in to && flow.peer.host.kind === 'exact' && flow.peer.host.name === to.host;
    default:
      return false;
  }
}

function keyIn(to: SeenFlow['to']): string | undefined {
  return 'tier' in to ? to.tier : undefined;
}

/** It passes between two tiers of which no policy isolates the ends that decide. */
function passesUnasked({ from, to }: SeenFlow, tiers: readonly PlannedTier[], bound: Binding): boolean {
  const source = tiers.find((tier) => keyOf(tier) === from);
  const target = tiers.find((tier) => keyOf(tier) === keyIn(to));
  if (source === undefined || target === undefined) return false;
  return bound.isolates(source, 'egress').length === 0 && bound.isolates(target, 'ingress').length === 0;
}

function isOpenTo(from: string | undefined, tiers: readonly PlannedTier[], bound: Binding): boolean {
  const tier = tiers.find((each) => keyOf(each) === from);
  return tier !== undefined && bound.isolates(tier, 'egress').length === 0;
}

/** Those of the same ends, whatever their ports. */
function grouped(seen: readonly SeenFlow[]): readonly (readonly SeenFlow[])[] {
  return [...groupBy(seen, ({ from, to }) => JSON.stringify([from, to])).values()];
}

function flowOf(group: readonly SeenFlow[]): PlannedFlow {
  const [{ from = '', to }] = group;
  const set = portsIn(group);
  const because = `${seenText(group)}, and no policy says anything of it`;
  if ('host' in to) {
    const peer = { kind: 'host', host: { kind: 'exact', name: to.host } } as const;
    return { tier: from, direction: 'egress', peer, ports: set, because, waived: [] };
  }
  return { tier: to.tier, direction: 'ingress', peer: { kind: 'tier', tier: from }, ports: set, because, waived: [] };
}

function hostLeft(group: readonly SeenFlow[]): LeftOut {
  const [{ from = '', to }] = group;
  const host = 'host' in to ? to.host : '';
  return {
    kind: 'by-address',
    of: from,
    what: `${host} ${ports.portsText(portsIn(group))}, ${seenText(group)}, is allowed by address: its name would be narrower`,
    line: `allowTo(Hostname.exact('${host}'), { ports: ${portsCode(portsIn(group))}, because: '…' })`,
  };
}

function portsIn(group: readonly SeenFlow[]): PortSet {
  return ports.unionOf([ports.none, ...group.map(({ protocol, port }) => ports.number(protocol, port))]);
}

/** `seen 4,312 times until 2026-11-20`. */
function seenText(seen: readonly SeenFlow[]): string {
  const count = seen.reduce((sum, each) => sum + each.count, 0);
  const last = Math.max(...seen.map(({ until = Number.NEGATIVE_INFINITY }) => until));
  const day = Number.isFinite(last) ? ` until ${new Date(last).toISOString().slice(0, 10)}` : '';
  return `seen ${count.toLocaleString('en-US')} ${count === 1 ? 'time' : 'times'}${day}`;
}
