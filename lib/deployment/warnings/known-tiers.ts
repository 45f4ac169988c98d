import type * as Checks from '../../checks/seen-workloads';
import type * as Systems from '../../known-systems';
import type { ContainerAsSeen, KnownSystem, PortPurpose, SystemPart, SystemPort } from '../../known-systems';
import type { Flow } from '../../model/flow';
import * as ports from '../../model/port-set';
import { remembered } from '../../model/remembered';
import type { KnownPodsFacts } from '../../values/known-pods';
import { rendering } from '../workloads/rendering';
import type { Seen, SeenTier } from './seen';

/** A tier whose pods are a system of the catalog. */
export interface KnownTier {
  readonly tier: SeenTier;
  readonly system: KnownSystem;
  readonly part: SystemPart;
  readonly version?: string;
  readonly genericLabels?: string;
}

/** The tiers that were made of the catalog: the facts of its systems are loaded where there is one. */
export const knownTiers = remembered((seen: Seen): readonly KnownTier[] =>
  seen.seenTiers.flatMap((tier) => {
    const { known } = tier.record;
    return known === undefined ? [] : [knownTier(tier, known)];
  }),
);

function knownTier(tier: SeenTier, known: KnownPodsFacts): KnownTier {
  const { version, genericLabels } = known;
  const system = systems().KNOWN_SYSTEMS.find(({ id }) => id === known.system);
  const part = system?.parts.find(({ name }) => name === known.part);
  if (system === undefined || part === undefined) throw new Error(`Internal error: there is no system ${known.system}`);
  return { tier, system, part, ...(version && { version }), ...(genericLabels && { genericLabels }) };
}

/** The ports of a part for a purpose, as a set. */
export function portSetFor({ ports: all }: SystemPart, purpose: PortPurpose): ports.PortSet {
  return setOf(all.filter((port) => port.purpose === purpose));
}

export function setOf(all: readonly SystemPort[]): ports.PortSet {
  return ports.unionOf([
    ports.none,
    ...all.map(({ number, last = number, protocol = 'TCP' }) =>
      number === last ? ports.number(protocol, number) : ports.range(protocol, number, last),
    ),
  ]);
}

/** The ports that it serves users on here. */
export function servedPorts({ tier, part }: KnownTier): ports.PortSet {
  return tier.record.ports ?? portSetFor(part, 'serving');
}

/** Whether it is of the catalog, and has ports for metrics alone. */
export function isScrapedOnly(seen: Seen, tier: SeenTier): boolean {
  if (tier.record.known === undefined || tier.record.ports !== undefined) return false;
  const part = knownTiers(seen).find((known) => known.tier === tier)?.part;
  return part !== undefined && part.ports.length > 0 && part.ports.every(({ purpose }) => purpose === 'metrics');
}

/** Whether a flow opens some of these ports. */
export function opens({ traffic }: Flow, set: ports.PortSet): boolean {
  return !ports.isEmpty(ports.intersection(traffic.ports, set).certain);
}

/** The tier at an end of a flow, where it is one. */
export function tierAt(end: Flow['from'], { seenTiers }: Seen): SeenTier | undefined {
  if (end.kind !== 'tier') return undefined;
  return seenTiers.find(({ record }) => record.name === end.name && record.namespace.name === end.namespace);
}

/** Whether the flow comes from another tier of the same system. */
export function isFromItself({ from }: Flow, { tier, system }: KnownTier, seen: Seen): boolean {
  const other = tierAt(from, seen);
  return other !== undefined && (other === tier || other.record.known?.system === system.id);
}

/** The containers of the workloads of a tier, as far as the app renders them. */
export function containersOf({ tier }: Pick<KnownTier, 'tier'>): readonly ContainerAsSeen[] {
  const objects = new Set(tier.pods.map(({ object }) => object));
  return [...objects].flatMap((object) => checks().containersIn(rendering(object).spec));
}

export function systems(): typeof Systems {
  return require('../../known-systems');
}

function checks(): typeof Checks {
  return require('../../checks/seen-workloads');
}
