import type { PortPurpose } from '../../known-systems';
import type { Flow } from '../../model/flow';
import * as ports from '../../model/port-set';
import { aboutFlow } from './flow-text';
import { isFromItself, type KnownTier, knownTiers, opens, portSetFor, setOf } from './known-tiers';
import type { Seen } from './seen';
import type { Suspicion, Warning } from './warning';

/** A port of a system that clients have no business on. */
export const adminPortOpen: Warning = {
  id: 'admin-port-open',
  level: 'warning',
  why: 'Who reaches it runs code, changes models or reads what is stored, mostly without being asked who he is',
  fix: 'Open the ports for users alone, and name who administers the system: `administrationFrom`.',
  find: (seen) => openPorts(seen, 'administration', 'admin-port-open'),
};

/** A port that the pods of a system talk among themselves on. */
export const peerPortOpen: Warning = {
  id: 'peer-port-open',
  level: 'warning',
  why: 'Pods of one system trust each other there, so that whoever reaches it can join them, read their data or change it',
  fix: 'Open the ports for users alone: those among its own pods are opened by what the catalog gives.',
  find: (seen) => openPorts(seen, 'peers', 'peer-port-open'),
};

function openPorts(seen: Seen, purpose: PortPurpose, rule: string): Suspicion[] {
  return knownTiers(seen).flatMap((known) => {
    const { tier } = known;
    return tier.into.flatMap((flow): Suspicion[] => {
      const what = openTo(flow, known, purpose, seen);
      if (what === undefined) return [];
      return [
        {
          construct: tier.record.construct,
          ...aboutFlow(flow, seen),
          what,
          value: ports.portsText(flow.traffic.ports),
          allowed: ports.portsText(portSetFor(known.part, 'serving')),
          fix: `${purpose === 'administration' ? 'Name who administers it, administrationFrom: […], close it to others' : 'Close it to others than its own pods'}, or acknowledge it on the flow: acknowledge: [{ rule: '${rule}', because: '…' }]`,
          acknowledged: [flow.acknowledged, tier.record.acknowledged],
        },
      ];
    });
  });
}

/** What is open to the other end of a flow into the tier, and is not for it; a number that it serves users on as well is. */
export function openTo(flow: Flow, known: KnownTier, purpose: PortPurpose, seen: Seen): string | undefined {
  const { system, part } = known;
  const serving = portSetFor(part, 'serving');
  const open = part.ports.filter(
    (port) => port.purpose === purpose && opens(flow, setOf([port])) && !ports.covers(serving, setOf([port])),
  );
  if (open.length === 0 || isFromItself(flow, known, seen)) return undefined;
  const [{ what }] = open;
  return `${ports.portsText(setOf(open))} of ${system.title} is not for users: ${what}`;
}
