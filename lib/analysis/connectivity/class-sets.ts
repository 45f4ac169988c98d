import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { IpBlockMode } from '../../model/layer';
import { type PodSet, soleNamespace } from '../../model/pod-set';
import type { Selector } from '../../model/selector';
import { selectorText } from '../../model/selector';
import { Addressed } from './addressed';
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

const NOBODY: ByAddress = { surely: [], perhaps: [] };

/** Sets of classes, each worked out once. */
export class ClassSets {
  readonly #members: ClassIds[] = [];
  readonly #byKey = new Map<string, SetId>();
  readonly #byAddresses = new Map<IpSet, ByAddress>();
  readonly #selectorIds = new Map<Selector, number>();
  readonly #selectorIdsByText = new Map<string, number>();
  readonly #selected: Selected;
  readonly #addressed: Addressed;
  /** Classes of which no address is known. */
  readonly #unaddressed: SetId;

  constructor(
    classes: readonly PodClass[],
    private readonly mode: IpBlockMode,
    private readonly podAddresses: IpSet,
  ) {
    this.#members.push(Int32Array.from(classes.keys()));
    this.#selected = new Selected(classes);
    this.#addressed = new Addressed(classes);
    this.#unaddressed = this.#add([...classes.keys()].filter((id) => classes[id].addresses.length === 0));
  }

  get size(): number {
    return this.#members.length;
  }

  members(id: SetId): ClassIds {
    return this.#members[id];
  }

  ofPods(set: PodSet): SetId {
    const name = soleNamespace(set.namespaces);
    const where = name ?? `{${this.#selectorId(set.namespaces)}}`;
    const key = `${where}/${this.#selectorId(set.pods)}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const id = this.#members.push(this.#selected.find(set)) - 1;
    this.#byKey.set(key, id);
    return id;
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
      surely: [this.#add(all), ...(holdsAll ? [this.#unaddressed] : [])],
      perhaps: [this.#add(some), ...(mayHoldAny ? [this.#unaddressed] : [])],
    };
    const found = this.mode === 'pods' ? sets : { surely: [], perhaps: [...sets.surely, ...sets.perhaps] };
    this.#byAddresses.set(set, found);
    return found;
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
