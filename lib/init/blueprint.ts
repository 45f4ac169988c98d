import { partsOfUsers } from '../catalog/known';
import { endName, type KnownSystem, type SystemPart } from '../known-systems';
import type { BlueprintFlow, MaybeFlow, PlacedSystem } from './blueprint-parts';
import { flowsAmong, maybesAmong } from './flows-among';

/** A platform of known systems, before it is written: what is declared, by names of the code. */
export interface Blueprint {
  readonly namespaces: readonly { readonly name: string; readonly purpose: string }[];
  readonly systems: readonly PlacedSystem[];
  readonly flows: readonly BlueprintFlow[];
  /** Flows that there may be: what the systems are does not tell it. */
  readonly maybes: readonly MaybeFlow[];
}

/** Who talks to whom on a platform of these systems, as far as what they are tells it. */
export function blueprint(systems: readonly KnownSystem[]): Blueprint {
  const placed = systems.map((system) => place(system, systems));
  return {
    // One for each, as charts are installed: labels of two charts often do not keep their pods apart.
    namespaces: placed.map(({ system, namespace }) => ({ name: namespace, purpose: system.role })),
    systems: placed,
    flows: flowsAmong(placed),
    maybes: maybesAmong(placed),
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
function servingParts(system: KnownSystem): readonly SystemPart[] {
  const serving = partsOfUsers(system).filter(
    (part) => (part.role ?? system.role) !== 'cluster' && part.ports.some(({ purpose }) => purpose === 'serving'),
  );
  const always = serving.filter((part) =>
    part.ports.some((port) => port.purpose === 'serving' && port.isOptional !== true),
  );
  return always.length > 0 ? always : serving;
}
