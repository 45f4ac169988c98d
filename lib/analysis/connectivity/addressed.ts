import type { IpInterval, IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { PodClass } from './pod-classes';

interface AddressOfClass {
  readonly address: bigint;
  readonly id: number;
}

/** Classes by the addresses of their pods, sorted, so that a block finds its own without asking each. */
export class Addressed {
  readonly #v4: readonly AddressOfClass[];
  readonly #v6: readonly AddressOfClass[];

  constructor(private readonly classes: readonly PodClass[]) {
    const all = classes.flatMap(({ addresses }, id) => addresses.map((text) => ({ id, set: ips.fromAddress(text) })));
    this.#v4 = sorted(all.flatMap(({ id, set }) => set.v4.map(({ first }) => ({ id, address: first }))));
    this.#v6 = sorted(all.flatMap(({ id, set }) => set.v6.map(({ first }) => ({ id, address: first }))));
  }

  /** Classes with all of their addresses in the set, and those with some of them, by number, rising. */
  inSet(set: IpSet): { readonly all: readonly number[]; readonly some: readonly number[] } {
    // Most manifests tell no address of a pod.
    if (this.#v4.length === 0 && this.#v6.length === 0) return NOBODY;
    const hits = new Map<number, number>();
    for (const id of [...within(this.#v4, set.v4), ...within(this.#v6, set.v6)]) hits.set(id, (hits.get(id) ?? 0) + 1);
    const ids = [...hits.keys()].sort((a, b) => a - b);
    const hasAll = (id: number) => hits.get(id) === this.classes[id].addresses.length;
    return { all: ids.filter(hasAll), some: ids.filter((id) => !hasAll(id)) };
  }
}

const NOBODY = { all: [], some: [] };

function sorted(addresses: readonly AddressOfClass[]): readonly AddressOfClass[] {
  return [...addresses].sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}

function* within(addresses: readonly AddressOfClass[], intervals: readonly IpInterval[]): Generator<number> {
  for (const { first, last } of intervals) {
    for (let i = firstFrom(addresses, first); i < addresses.length && addresses[i].address <= last; i++) {
      yield addresses[i].id;
    }
  }
}

/** The position of the first address that is not below. */
function firstFrom(addresses: readonly AddressOfClass[], least: bigint): number {
  let low = 0;
  let high = addresses.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (addresses[middle].address < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
