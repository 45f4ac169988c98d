import type { AttributedEnd } from '../attribution/end';
import type { SeenTraffic } from './traffic';

/** Traffics whose numbers fit into a small whole number beside that of an end, which are found faster than others. */
const SMALL = 4096;

/** What becomes of records, by their ends and traffic: asked for each record of a log. */
export class Fates<T> {
  size = 0;
  private readonly byFrom: (Map<number, T> | undefined)[] = [];
  private readonly others = new Map<string, T>();

  of(from: AttributedEnd, to: AttributedEnd, traffic: SeenTraffic): T | undefined {
    return traffic.id < SMALL
      ? this.byFrom[from.id]?.get(to.id * SMALL + traffic.id)
      : this.others.get(`${from.id} ${to.id} ${traffic.id}`);
  }

  set(from: AttributedEnd, to: AttributedEnd, traffic: SeenTraffic, fate: T): void {
    this.size++;
    if (traffic.id >= SMALL) {
      this.others.set(`${from.id} ${to.id} ${traffic.id}`, fate);
      return;
    }
    let own = this.byFrom[from.id];
    if (own === undefined) {
      own = new Map();
      this.byFrom[from.id] = own;
    }
    own.set(to.id * SMALL + traffic.id, fate);
  }

  /** Takes out those of which that holds. */
  forget(isForgotten: (fate: T) => boolean): void {
    for (const own of this.byFrom) if (own !== undefined) this.forgetOf(own, isForgotten);
    this.forgetOf(this.others, isForgotten);
  }

  private forgetOf<K>(kept: Map<K, T>, isForgotten: (fate: T) => boolean): void {
    for (const [key, fate] of kept) {
      if (!isForgotten(fate)) continue;
      kept.delete(key);
      this.size--;
    }
  }
}
