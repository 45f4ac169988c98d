import type { FlowEnd, SystemFlow } from '../../known-systems';
import type { Flow } from '../../model/flow';
import * as ports from '../../model/port-set';
import { DNS_REASON } from '../flows/dns-flows';
import { type KnownTier, knownTiers, systems, tierAt } from './known-tiers';
import type { Seen } from './seen';
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
      return needsMissing(known, seen).map(({ flow, other, name }) => ({
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
export function needsMissing(known: KnownTier, seen: Seen): readonly Need[] {
  const { system, part } = known;
  return (system.flows ?? []).flatMap((flow): Need[] => {
    if (flow.when !== undefined) return [];
    const isFrom = isPart(flow.from, part.name);
    if (!isFrom && !isPart(flow.to, part.name)) return [];
    const other = isFrom ? flow.to : flow.from;
    const set = flow.ports === undefined ? undefined : numbers(flow.ports);
    const isMet = known.tier[isFrom ? 'out' : 'into'].some(
      (one) =>
        !isNameResolution(one) &&
        mayBe(other, isFrom ? one.to : one.from, known, seen) &&
        (set === undefined || ports.covers(one.traffic.ports, set)),
    );
    return isMet ? [] : [needOf(flow, other)];
  });
}

function needOf(flow: SystemFlow, other: FlowEnd): Need {
  return { flow, other, name: systems().endName(other) ?? other.kind };
}

function isPart(end: FlowEnd, name: string): boolean {
  return end.kind === 'part' && end.name === name;
}

function isNameResolution({ because }: Flow): boolean {
  return because.length === 1 && because[0] === DNS_REASON;
}

/** Whether an end of a flow may be who is meant: of a tier of the catalog it is known, and of anybody else it is not. */
function mayBe(meant: FlowEnd, end: Flow['from'], { tier, system, part }: KnownTier, seen: Seen): boolean {
  const there = tierAt(end, seen);
  if (isPart(meant, part.name)) return there === tier;
  if (there === tier) return false;
  const known = there?.record.known;
  if (known?.system !== system.id) return true;
  return meant.kind === 'part' && known.part === meant.name;
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
