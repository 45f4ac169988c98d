import type { KnownSystem, SystemPart } from '../known-systems';

/** A system of a blueprint, in its namespace. */
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

/** A flow among two systems, by their ids, that there may be. */
export interface MaybeFlow {
  readonly from: string;
  readonly to: string;
  readonly because: string;
}
