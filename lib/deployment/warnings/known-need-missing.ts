import type { FlowEnd, SystemFlow } from '../../known-systems';
import type { Flow } from '../../model/flow';
import * as ports from '../../model/port-set';
import { DNS_REASON } from '../flows/dns-flows';
import { type KnownTier, knownTiers, systems } from './known-tiers';
import type { Warning } from './warning';

/** What every installation of a system needs, and nobody was named for. */
export const knownNeedMissing: Warning = {
  id: 'known-need-missing',
  level: 'warning',
  why: 'It does not start, or stops to do what it is there for, once its policies are in force',
  fix: 'Name who is at the other end (`peers`), or declare the flow.',
  find: (seen) =>
    knownTiers(seen).flatMap((known) => {
      const { tier } = known;
      return needsMissing(known).map(({ flow, other, name }) => ({
        construct: tier.record.construct,
        about: tier.key,
        what: `${needText(flow, other, known)}, and no flow is there for it`,
        value: name,
        fix: `Name it: peers: { '${name}': … }; declare the flow on the tier; or acknowledge that it is not there: acknowledge: [{ rule: 'known-need-missing', because: '…' }]`,
        acknowledged: [tier.record.acknowledged, tier.record.namespace.acknowledged],
      }));
    }),
};

/** A flow that a system needs, with what is at its other end. */
export interface Need {
  readonly flow: SystemFlow;
  readonly other: FlowEnd;
  readonly name: string;
}

/** A need as a clause: `Ray (head) is called by KubeRay operator on TCP/8265: the operator submits jobs`. */
export function needText(flow: SystemFlow, other: FlowEnd, { system, part }: KnownTier): string {
  const who = part.name === system.id ? system.title : `${system.title} (${part.name})`;
  const isCaller = flow.to === other;
  const on = flow.ports === undefined ? '' : ` on ${ports.portsText(numbers(flow.ports))}`;
  return `${who} ${isCaller ? 'needs' : 'is needed by'} ${titleOf(other, part.name)}${on} ("${flow.because}")`;
}

/** The flows of every installation with others, that no flow of the tier is there for. */
export function needsMissing(known: KnownTier): readonly Need[] {
  const { system, part } = known;
  return (system.flows ?? []).flatMap((flow): Need[] => {
    if (flow.when !== undefined) return [];
    const isFrom = isPart(flow.from, part.name);
    const isTo = isPart(flow.to, part.name);
    if (isFrom === isTo) return isFrom && !isMet(flow, 'out', known) ? [needOf(flow, flow.to)] : [];
    const other = isFrom ? flow.to : flow.from;
    return isMet(flow, isFrom ? 'out' : 'into', known) ? [] : [needOf(flow, other)];
  });
}

function needOf(flow: SystemFlow, other: FlowEnd): Need {
  return { flow, other, name: systems().endName(other) ?? other.kind };
}

function isPart(end: FlowEnd, name: string): boolean {
  return end.kind === 'part' && end.name === name;
}

/** Who is at the other end is not known by the facts alone: a flow on these ports with somebody else counts. */
function isMet(need: SystemFlow, side: 'into' | 'out', known: KnownTier): boolean {
  const { from, to } = need;
  const isOwn = from.kind === 'part' && to.kind === 'part' && from.name === to.name;
  const set = need.ports === undefined ? undefined : numbers(need.ports);
  return known.tier[side].some((flow) => {
    if (flow.because.length === 1 && flow.because[0] === DNS_REASON) return false;
    if (isOwn !== isAmongItself(flow, known)) return false;
    return set === undefined || ports.covers(flow.traffic.ports, set);
  });
}

function isAmongItself({ from, to }: Flow, { tier }: KnownTier): boolean {
  const { name, namespace } = tier.record;
  return [from, to].every((end) => end.kind === 'tier' && end.name === name && end.namespace === namespace.name);
}

function numbers(list: readonly number[]): ports.PortSet {
  return ports.unionOf([ports.none, ...list.map((number) => ports.number('TCP', number))]);
}

function titleOf(end: FlowEnd, own: string): string {
  switch (end.kind) {
    case 'part':
      return end.name === own ? 'other pods of its own' : `its ${end.name}`;
    case 'system':
      return end.title;
    case 'nodes':
      return 'the nodes';
    default:
      return 'the API server';
  }
}
