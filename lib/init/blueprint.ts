import { partsOfUsers } from '../catalog/known';
import { endName, type KnownSystem, type SystemPart, type SystemRole } from '../known-systems';

/** A platform of known systems, before it is written: what is declared, by names of the code. */
export interface Blueprint {
  readonly namespaces: readonly { readonly name: string; readonly purpose: string }[];
  readonly systems: readonly PlacedSystem[];
  readonly flows: readonly BlueprintFlow[];
}

export interface PlacedSystem {
  readonly system: KnownSystem;
  readonly namespace: string;
  /** The parts that become tiers. */
  readonly parts: readonly SystemPart[];
  /** Others that it talks with, by the names that the catalog has for them, as parts of systems that are there. */
  readonly peers: Readonly<Record<string, PartOf>>;
  /** Others that it talks with and that are not there. */
  readonly missing: readonly string[];
  /** Who scrapes it. */
  readonly scraper?: PartOf;
}

/** A part of a system of the blueprint. */
export interface PartOf {
  readonly system: string;
  readonly part: string;
}

export interface BlueprintFlow {
  readonly from: PartOf;
  readonly to: PartOf;
  readonly because: string;
}

/** Who talks to whom on a platform of these systems, as far as what they are tells it. */
export function blueprint(systems: readonly KnownSystem[]): Blueprint {
  const placed = systems.map((system) => place(system, systems));
  return {
    // One for each, as charts are installed: labels of two charts often do not keep their pods apart.
    namespaces: placed.map(({ system, namespace }) => ({ name: namespace, purpose: system.role })),
    systems: placed,
    flows: flowsAmong(placed),
  };
}

function place(system: KnownSystem, all: readonly KnownSystem[]): PlacedSystem {
  const parts = partsOfUsers(system);
  const others = othersOf(system, parts);
  const peers = others.flatMap((name) => {
    const other = all.find(({ id }) => id === name && id !== system.id);
    const part = other && servingParts(other)[0];
    return other && part ? [[name, { system: other.id, part: part.name }] as const] : [];
  });
  const known = new Set(peers.map(([name]) => name));
  const scraper = all.find(({ id }) => id === 'prometheus');
  return {
    system,
    namespace: system.id,
    parts,
    peers: Object.fromEntries(peers),
    missing: others.filter((name) => !known.has(name)),
    ...(scraper && scraper !== system && { scraper: { system: scraper.id, part: 'prometheus' } }),
  };
}

/** Those that it cannot do without. */
function othersOf({ flows = [] }: KnownSystem, parts: readonly SystemPart[]): readonly string[] {
  const here = new Set(parts.map(({ name }) => name));
  const names = flows
    .filter(({ when }) => when === undefined)
    .flatMap(({ from, to }) => {
      const isOurs = [from, to].map((end) => end.kind === 'part' && here.has(end.name));
      if (isOurs[0] === isOurs[1]) return [];
      return endName(isOurs[0] ? to : from) ?? [];
    });
  return [...new Set(names)];
}

/** The parts that serve users; those that do when it is switched on, where no other does. */
export function servingParts(system: KnownSystem): readonly SystemPart[] {
  const serving = partsOfUsers(system).filter(
    (part) => (part.role ?? system.role) !== 'cluster' && part.ports.some(({ purpose }) => purpose === 'serving'),
  );
  const always = serving.filter((part) =>
    part.ports.some((port) => port.purpose === 'serving' && port.isOptional !== true),
  );
  return always.length > 0 ? always : serving;
}

/** Systems that keep objects: weights among them. */
const OBJECT_STORES = ['minio', 'seaweedfs', 'ceph-rgw'];
/** Systems that traces are sent to. */
const TRACERS = ['langfuse', 'phoenix', 'opentelemetry-collector', 'tempo'];

function flowsAmong(placed: readonly PlacedSystem[]): readonly BlueprintFlow[] {
  const of = (role: SystemRole) => placed.filter(({ system }) => system.role === role);
  const [gateways, models, agents, data] = [of('gateway'), of('inference'), of('agents'), of('data')];
  const named = (ids: readonly string[]) => placed.filter(({ system }) => ids.includes(system.id));
  const stores = named(OBJECT_STORES);
  const isPeerOfOthers = ({ system }: PlacedSystem) =>
    placed.some(({ peers }) => Object.values(peers).some((peer) => peer.system === system.id));
  const entrances = gateways.filter(({ system }) => servingParts(system).length > 0);
  return [
    ...between(entrances, models, 'users reach the models through the gateway'),
    ...between(agents, entrances.length > 0 ? entrances : models, 'agents ask the models'),
    ...between(
      agents,
      data.filter((each) => !stores.includes(each) && !isPeerOfOthers(each)),
      'agents look up what is kept there',
    ),
    ...between(models, stores, 'weights are loaded at start'),
    ...between([...entrances, ...agents], named(TRACERS), 'traces are recorded'),
  ];
}

/** From the parts of the first that do the system's own work to the parts of the others that serve. */
function between(
  from: readonly PlacedSystem[],
  to: readonly PlacedSystem[],
  because: string,
): readonly BlueprintFlow[] {
  return from.flatMap((source) =>
    to.flatMap((target) =>
      source === target || isPeer(source, target) || isPeer(target, source)
        ? []
        : callersOf(source).flatMap((part) =>
            servingParts(target.system).map((other) => ({
              from: { system: source.system.id, part: part.name },
              to: { system: target.system.id, part: other.name },
              because,
            })),
          ),
    ),
  );
}

/** What one of the two cannot do without is open already. */
function isPeer({ peers }: PlacedSystem, { system }: PlacedSystem): boolean {
  return Object.values(peers).some((peer) => peer.system === system.id);
}

/** Of a gateway the proxy, which users come to; otherwise the parts of the system's own role. */
function callersOf({ system, parts }: PlacedSystem): readonly SystemPart[] {
  if (system.role === 'gateway') return servingParts(system).slice(0, 1);
  const own = parts.filter((part) => (part.role ?? system.role) === system.role);
  return own.length > 0 ? own : parts;
}
