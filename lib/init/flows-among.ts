import {
  ASKS_GATEWAY,
  ASKS_MODELS,
  DATABASES,
  ENTRANCES,
  MAY_SERVE_MODELS,
  MODEL_GATEWAYS,
  MODEL_SERVERS,
  MODELS_OF,
  OBJECT_STORES,
  PROXIES_OF,
  SEARCHES_STORES,
  TRACERS,
  VECTOR_STORES,
} from '../known-systems/used-for';
import type { BlueprintFlow, MaybeFlow, PartOf, PlacedSystem } from './blueprint-parts';

const THROUGH = 'users reach the models through the gateway';
const ASK = 'agents ask the models';
const KEYS = 'users get their keys for the models there';
const LOOK_UP = 'agents look up what is kept there';
const WEIGHTS = 'weights are loaded at start';
const TRACES = 'traces are recorded';

/** The flows that are sure among systems that do what they do in every installation. */
export function flowsAmong(placed: readonly PlacedSystem[]): readonly BlueprintFlow[] {
  const { askers, entrances, gateways, models, searchers, vectors } = ends(placed);
  return [
    ...between(gateways.length > 0 ? gateways : entrances, models, THROUGH, placed),
    ...between(askers, gateways.length > 0 ? gateways : models, ASK, placed),
    ...keysAmong(gateways, placed),
    ...between(searchers, vectors, LOOK_UP, placed),
  ];
}

/** The flows that there may be, as systems of the kind have them in some installations. */
export function maybesAmong(placed: readonly PlacedSystem[]): readonly MaybeFlow[] {
  const { askers, gateways, models, searchers, vectors } = ends(placed);
  const named = (ids: readonly string[]) => idsOf(placed).filter((id) => ids.includes(id));
  const [asking, asked, serving] = [askers, gateways, models].map(systemsOf);
  const perhaps = named(MAY_SERVE_MODELS);
  const anyModels = [...serving, ...perhaps];
  const forAnything = placed
    .filter(({ system, parts }) => system.role === 'gateway' && parts.some(isServing) && !asked.includes(system.id))
    .map(({ system }) => system.id);
  const kept = named(DATABASES).filter((id) => !isPeerOfOthers(id, placed));
  return [
    ...maybes(forAnything, asked.length > 0 ? asked : perhaps, THROUGH, placed),
    ...maybes(asked, perhaps, THROUGH, placed),
    ...maybes(asking, asked.length > 0 ? [] : perhaps, ASK, placed),
    ...maybes(asking, kept, LOOK_UP, placed),
    ...maybes(
      asking.filter((id) => !systemsOf(searchers).includes(id)),
      systemsOf(vectors),
      LOOK_UP,
      placed,
    ),
    ...maybes(anyModels, named(OBJECT_STORES), WEIGHTS, placed),
    ...maybes([...asked, ...asking], named(TRACERS), TRACES, placed),
  ];
}

/** The parts that ask, hand on, serve and keep. */
function ends(placed: readonly PlacedSystem[]) {
  const of = (table: Readonly<Record<string, readonly string[]>>) =>
    placed.flatMap(({ system, parts }) =>
      parts
        .filter(({ name }) => table[system.id]?.includes(name))
        .map(({ name }): PartOf => ({ system: system.id, part: name })),
    );
  const proxies = idsOf(placed).flatMap((id) => {
    const proxy = PROXIES_OF[id];
    return proxy !== undefined && idsOf(placed).includes(proxy.system) ? [proxy] : [];
  });
  return {
    askers: of(ASKS_MODELS),
    entrances: of(ENTRANCES),
    gateways: [...proxies, ...of(MODEL_GATEWAYS)],
    models: of(MODEL_SERVERS),
    searchers: of(SEARCHES_STORES),
    vectors: of(VECTOR_STORES),
  };
}

/** Of those that ask a gateway for keys, where it is there. */
function keysAmong(gateways: readonly PartOf[], placed: readonly PlacedSystem[]): readonly BlueprintFlow[] {
  return idsOf(placed).flatMap((system) => {
    const asks = ASKS_GATEWAY[system];
    if (asks === undefined) return [];
    const asked = gateways.filter((each) => each.system === asks.gateway);
    return between([{ system, part: asks.part }], asked, KEYS, placed);
  });
}

function between(
  from: readonly PartOf[],
  to: readonly PartOf[],
  because: string,
  placed: readonly PlacedSystem[],
): readonly BlueprintFlow[] {
  return from.flatMap((source) =>
    to
      .filter((target) => mayOpen(source.system, target.system, placed))
      .map((target) => ({ from: source, to: target, because })),
  );
}

function maybes(
  from: readonly string[],
  to: readonly string[],
  because: string,
  placed: readonly PlacedSystem[],
): readonly MaybeFlow[] {
  return from.flatMap((source) =>
    to.filter((target) => mayOpen(source, target, placed)).map((target) => ({ from: source, to: target, because })),
  );
}

/** What one of the two cannot do without is written already, and a gateway may be for the models of one system alone. */
function mayOpen(from: string, to: string, placed: readonly PlacedSystem[]): boolean {
  const isPeer = (one: string, other: string) =>
    placed.some(({ system, peers }) => system.id === one && Object.values(peers).some((peer) => peer.system === other));
  const isOfOthers = MODELS_OF[from] !== undefined && MODELS_OF[from] !== to && isModel(to);
  return from !== to && !isPeer(from, to) && !isPeer(to, from) && !isOfOthers;
}

function isModel(id: string): boolean {
  return id in MODEL_SERVERS || MAY_SERVE_MODELS.includes(id);
}

function isPeerOfOthers(id: string, placed: readonly PlacedSystem[]): boolean {
  return placed.some(({ peers }) => Object.values(peers).some((peer) => peer.system === id));
}

function isServing({ ports }: PlacedSystem['parts'][number]): boolean {
  return ports.some(({ purpose }) => purpose === 'serving');
}

function idsOf(placed: readonly PlacedSystem[]): readonly string[] {
  return placed.map(({ system }) => system.id);
}

function systemsOf(parts: readonly PartOf[]): readonly string[] {
  return [...new Set(parts.map(({ system }) => system))];
}
