import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Entity, IpBlockMode } from '../../model/layer';
import type { PodSet } from '../../model/pod-set';
import type { Selector } from '../../model/selector';
import { selectorText } from '../../model/selector';
import { Addressed } from './addressed';
import { entitiesByAddress, type Match } from './match';
import { PairMemo } from './pair-memo';
import type { PodClass } from './pod-classes';
import { type ClassIds, Selected } from './selected';

/** A set of classes by number: equal pod sets have equal numbers. */
export type SetId = number;

/** Every class, also those on the host network: what `anything` matches. */
export const EVERY_CLASS: SetId = 0;

/** The classes that a rule about addresses surely matches, and those that it may match besides. */
export interface ByAddress {
  readonly surely: readonly SetId[];
  readonly perhaps: readonly SetId[];
}

/** The classes that a selector has for certain, and those that it may have besides; absent where there are none. */
export interface BySelector {
  readonly surely: SetId;
  readonly perhaps?: SetId;
}

/**
 * A set with more classes than this is wide. What wide sets admit is worked out once for each pair of groups; what the
 * others admit is written down for each pair of classes, so that the product of two wide sets never is.
 */
const MOST_OF_NARROW = 64;

const NOBODY: ByAddress = { surely: [], perhaps: [] };

/** Sets of classes, each worked out once. */
export class ClassSets {
  readonly #members: ClassIds[] = [];
  readonly #byPodSet = new Map<PodSet, BySelector>();
  readonly #selections: BySelector[] = [];
  readonly #bySelectors = new PairMemo();
  readonly #byAddresses = new Map<IpSet, ByAddress>();
  readonly #selectorIds = new Map<Selector, number>();
  readonly #selectorIdsByText = new Map<string, number>();
  readonly #addressed: Addressed;
  readonly #byMembers = new Map<number, SetId[]>();
  readonly #entities = new Map<IpSet, Readonly<Record<Entity, Match>>>();
  /** Classes of which no address is known. */
  readonly #unaddressed: SetId;
  /** Classes on the host network, which are their nodes to policy. */
  readonly onNodes: SetId;

  constructor(
    classes: readonly PodClass[],
    private readonly mode: IpBlockMode,
    private readonly podAddresses: IpSet,
    private readonly mostOfNarrow: number = MOST_OF_NARROW,
    private readonly selected: Selected = new Selected(classes),
  ) {
    this.#members.push(Int32Array.from(classes.keys()));
    this.#addressed = new Addressed(classes);
    this.#unaddressed = this.#add([...classes.keys()].filter((id) => classes[id].addresses.length === 0));
    this.onNodes = this.#add([...classes.keys()].filter((id) => classes[id].hostNetwork));
  }

  get size(): number {
    return this.#members.length;
  }

  members(id: SetId): ClassIds {
    return this.#members[id];
  }

  /** Whether what the set admits is worked out for groups of classes, since it has more than are written down. */
  isWide(id: SetId): boolean {
    return id === EVERY_CLASS || id === this.onNodes || this.#members[id].length > this.mostOfNarrow;
  }

  ofPods(set: PodSet): BySelector {
    const known = this.#byPodSet.get(set);
    if (known !== undefined) return known;
    const namespaces = this.#selectorId(set.namespaces);
    const pods = this.#selectorId(set.pods);
    const before = this.#bySelectors.get(namespaces, pods);
    const position = before >= 0 ? before : this.#bySelectors.keep(namespaces, pods, this.#select(set));
    const selection = this.#selections[position];
    this.#byPodSet.set(set, selection);
    return selection;
  }

  #select(set: PodSet): number {
    const { surely, perhaps } = this.selected.find(set);
    const certain = this.#members.push(surely) - 1;
    const selection =
      perhaps.length === 0 ? { surely: certain } : { surely: certain, perhaps: this.#members.push(perhaps) - 1 };
    return this.#selections.push(selection) - 1;
  }

  /** The pods that a rule about these addresses matches by their address. */
  ofAddresses(set: IpSet): ByAddress {
    if (this.mode === 'external-only') return NOBODY;
    const known = this.#byAddresses.get(set);
    if (known !== undefined) return known;
    const { all, some } = this.#addressed.inSet(set);
    // Where addresses are not known, every address that pods can have is reckoned with.
    const mayHoldAny = ips.intersects(set, this.podAddresses);
    const holdsAll = mayHoldAny && ips.contains(set, this.podAddresses);
    const sets = {
      surely: [...this.#unlessNone(all), ...(holdsAll ? [this.#unaddressed] : [])],
      perhaps: [...this.#unlessNone(some), ...(mayHoldAny ? [this.#unaddressed] : [])],
    };
    const found = this.mode === 'pods' ? sets : { surely: [], perhaps: [...sets.surely, ...sets.perhaps] };
    this.#byAddresses.set(set, found);
    return found;
  }

  /** Whether a rule about these addresses matches an entity by its address, which is not known. */
  entityByAddress(entity: Entity, set: IpSet): Match {
    const known = this.#entities.get(set);
    if (known !== undefined) return known[entity];
    const found = entitiesByAddress(set, this.mode);
    this.#entities.set(set, found);
    return found[entity];
  }

  /** The set of these classes, which are given rising: equal ones are one. */
  ofClasses(members: readonly number[]): SetId {
    if (members.length === this.#members[EVERY_CLASS].length) return EVERY_CLASS;
    const hash = members.reduce((sum, id) => (Math.imul(sum, 31) + id) | 0, members.length);
    const alike = this.#byMembers.get(hash) ?? [];
    const known = alike.find((id) => areEqual(this.#members[id], members));
    if (known !== undefined) return known;
    const id = this.#add(members);
    this.#byMembers.set(hash, [...alike, id]);
    return id;
  }

  /** Most blocks have no pod that is known. */
  #unlessNone(members: readonly number[]): SetId[] {
    return members.length === 0 ? [] : [this.#add(members)];
  }

  #add(members: readonly number[]): SetId {
    return this.#members.push(Int32Array.from(members)) - 1;
  }

  #selectorId(selector: Selector): number {
    const known = this.#selectorIds.get(selector);
    if (known !== undefined) return known;
    const text = selectorText(selector);
    const id = this.#selectorIdsByText.get(text) ?? this.#selectorIdsByText.size;
    this.#selectorIdsByText.set(text, id);
    this.#selectorIds.set(selector, id);
    return id;
  }
}

function areEqual(a: ClassIds, b: readonly number[]): boolean {
  return a.length === b.length && b.every((id, i) => a[i] === id);
}
