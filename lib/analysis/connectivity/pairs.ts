import type { Profile } from './admissions';
import type { ClassSets, SetId } from './class-sets';
import { admittedBetween, type Groups, groupsOf } from './groups';
import { PairMemo } from './pair-memo';
import type { PodClass } from './pod-classes';
import { NOTHING, type VerdictId, type Verdicts } from './verdicts';

/** Verdicts between classes: one for each pair of groups, and the pairs of classes that differ from that. */
export class Pairs {
  readonly #sources: Groups;
  readonly #destinations: Groups;
  /** For each wide set, the groups of destinations to which something is admitted from it. */
  readonly #admittedFrom = new Map<SetId, number[]>();
  /** For each group of sources the groups of destinations that wide sets alone reach, and what passes, in turn. */
  readonly #reachedBySource = new Map<number, Int32Array>();
  /** By what is admitted and the sets that the other end is in: of these there are far fewer than pairs of groups. */
  readonly #egressOfGroups = new PairMemo();
  readonly #ingressOfGroups = new PairMemo();
  /** The group of sources that each group of destinations was last looked at for. */
  readonly #lookedAtFor: Int32Array;
  /** The exceptions of class `p` are at `#starts[p]` to `#starts[p + 1]`, rising by destination. */
  readonly #starts: Int32Array;
  readonly #to = new GrowingInts();
  readonly #verdicts = new GrowingInts();

  constructor(
    private readonly classes: readonly PodClass[],
    egress: readonly Profile[],
    ingress: readonly Profile[],
    sets: ClassSets,
    private readonly verdicts: Verdicts,
  ) {
    const hasWideNames = [...new Set(egress)].some(({ admissions }) =>
      admissions.some(({ set, verdict }) => verdicts.hasNames(verdict) && sets.isWide(set)),
    );
    this.#sources = groupsOf(classes, egress, ingress, sets, false);
    this.#destinations = groupsOf(classes, ingress, egress, sets, hasWideNames);
    this.#destinations.groups.forEach(({ admissions }, group) => {
      for (const { set } of admissions) {
        if (!this.#admittedFrom.get(set)?.push(group)) this.#admittedFrom.set(set, [group]);
      }
    });
    this.#lookedAtFor = new Int32Array(this.#destinations.groups.length).fill(-1);
    this.#starts = new Int32Array(classes.length + 1);
    this.#findExceptions(egress, narrowIngress(ingress, sets), sets);
  }

  /** What passes from a pod of one class to another pod of the other. */
  between(from: number, to: number): VerdictId {
    const at = this.#find(from, to);
    return at === undefined
      ? this.#base(this.#sources.ofClass[from], this.#destinations.ofClass[to])
      : this.#verdicts.at(at);
  }

  /** The classes that something passes to from this one, with what passes: by destination, rising. */
  from(source: number): (readonly [to: number, verdict: VerdictId])[] {
    const row: (readonly [number, VerdictId])[] = [];
    for (let at = this.#starts[source]; at < this.#starts[source + 1]; at++)
      row.push([this.#to.at(at), this.#verdicts.at(at)]);
    const excepted = new Set(row.map(([to]) => to));
    const reached = this.#reached(this.#sources.ofClass[source]);
    for (let i = 0; i < reached.length; i += 2) {
      for (const to of this.#destinations.groups[reached[i]].classes)
        if (!excepted.has(to)) row.push([to, reached[i + 1]]);
    }
    return row.sort(([a], [b]) => a - b);
  }

  /** The same at the places of the destinations; the others stay as they are. */
  fill(source: number, row: Int32Array): void {
    const reached = this.#reached(this.#sources.ofClass[source]);
    for (let i = 0; i < reached.length; i += 2) {
      for (const to of this.#destinations.groups[reached[i]].classes) row[to] = reached[i + 1];
    }
    for (let at = this.#starts[source]; at < this.#starts[source + 1]; at++)
      row[this.#to.at(at)] = this.#verdicts.at(at);
  }

  /** How many ordered pairs of different workloads something passes between, of those that `counts` counts. */
  count(counts: (verdict: VerdictId) => boolean): number {
    const sizes = this.classes.map(({ workloads }) => workloads.length);
    const sizesOf = ({ groups }: Groups) =>
      groups.map(({ classes }) => classes.reduce((sum, id) => sum + sizes[id], 0));
    const pairsOf = (from: number, to: number) => sizes[from] * (from === to ? sizes[to] - 1 : sizes[to]);
    this.#sources.groups.forEach((_, source) => {
      this.#reached(source);
    });
    const counted = Array.from({ length: this.verdicts.size }, (_, verdict) => verdict !== NOTHING && counts(verdict));
    const destinationSizes = sizesOf(this.#destinations);
    let total = 0;
    sizesOf(this.#sources).forEach((size, source) => {
      const reached = this.#reached(source);
      for (let i = 0; i < reached.length; i += 2)
        if (counted[reached[i + 1]]) total += size * destinationSizes[reached[i]];
    });
    sizes.forEach((size, from) => {
      const source = this.#sources.ofClass[from];
      if (counted[this.#base(source, this.#destinations.ofClass[from])]) total -= size;
      for (let at = this.#starts[from]; at < this.#starts[from + 1]; at++) {
        const to = this.#to.at(at);
        const wasCounted = counted[this.#base(source, this.#destinations.ofClass[to])];
        if (counted[this.#verdicts.at(at)] && !wasCounted) total += pairsOf(from, to);
      }
    });
    return total;
  }

  #reached(source: number): Int32Array {
    const known = this.#reachedBySource.get(source);
    if (known !== undefined) return known;
    const { admissions, memberOf } = this.#sources.groups[source];
    const found = new GrowingInts();
    for (const set of admissions.length === 0 ? [] : memberOf) {
      for (const group of this.#admittedFrom.get(set) ?? []) {
        if (this.#lookedAtFor[group] === source) continue;
        this.#lookedAtFor[group] = source;
        const verdict = this.#base(source, group);
        if (verdict === NOTHING) continue;
        found.push(group);
        found.push(verdict);
      }
    }
    const reached = found.all();
    this.#reachedBySource.set(source, reached);
    return reached;
  }

  #base(source: number, destination: number): VerdictId {
    const egress = this.#egress(source, destination);
    return egress === NOTHING ? NOTHING : this.verdicts.meet(egress, this.#ingress(source, destination));
  }

  #egress(source: number, destination: number): VerdictId {
    const from = this.#sources.groups[source];
    const to = this.#destinations.groups[destination];
    const known = this.#egressOfGroups.get(from.admissionsId, to.memberId);
    if (known >= 0) return known;
    const verdict = from.admissions.length === 0 ? NOTHING : admittedBetween(from, to, this.verdicts);
    return this.#egressOfGroups.keep(from.admissionsId, to.memberId, verdict);
  }

  #ingress(source: number, destination: number): VerdictId {
    const from = this.#sources.groups[source];
    const to = this.#destinations.groups[destination];
    const known = this.#ingressOfGroups.get(to.admissionsId, from.memberId);
    if (known >= 0) return known;
    const verdict = to.admissions.length === 0 ? NOTHING : admittedBetween(to, from, this.verdicts);
    return this.#ingressOfGroups.keep(to.admissionsId, from.memberId, verdict);
  }

  /** For each class, what its narrow sets admit on top of the wide ones, where that changes the verdict. */
  #findExceptions(egress: readonly Profile[], ingress: NarrowIngress, sets: ClassSets): void {
    const { verdicts, classes } = this;
    const narrowOf = new Map(
      [...new Set(egress)].map((it) => [it, it.admissions.filter(({ set }) => !sets.isWide(set))]),
    );
    const out = new Int32Array(classes.length);
    const into = new Int32Array(classes.length);
    let touched: number[] = [];
    const touch = (id: number) => {
      if (out[id] === NOTHING && into[id] === NOTHING) touched.push(id);
    };
    classes.forEach((_, from) => {
      const source = this.#sources.ofClass[from];
      const narrow = narrowOf.get(egress[from]) ?? [];
      const { admissions } = this.#sources.groups[source];
      const hasWide = admissions.length > 0;
      // What is on nodes admits everything, so that no narrow set of its has more.
      const isPruned = admissions.every(({ set }) => set === sets.onNodes);
      for (const { set, verdict } of narrow) {
        for (const to of sets.members(set)) {
          touch(to);
          out[to] = verdicts.union(out[to], verdicts.resolve(verdict, classes[to]));
        }
      }
      // Without a wide set on the way out, what only the other end admits does not pass.
      for (const set of hasWide || narrow.length > 0 ? ingress.setsOf[from] : []) {
        const admitted = ingress.bySet.get(set) ?? [];
        for (let i = 0; i < admitted.length; i += 2) {
          const to = admitted[i];
          if (isPruned && out[to] === NOTHING) continue;
          touch(to);
          into[to] = verdicts.union(into[to], admitted[i + 1]);
        }
      }
      if (touched.length > 1) touched.sort((a, b) => a - b);
      for (const to of touched) {
        const destination = this.#destinations.ofClass[to];
        const wideOut = hasWide ? this.#egress(source, destination) : NOTHING;
        const wideInto = this.#ingress(source, destination);
        const verdict = verdicts.meet(verdicts.union(out[to], wideOut), verdicts.union(into[to], wideInto));
        if (verdict !== verdicts.meet(wideOut, wideInto)) {
          this.#to.push(to);
          this.#verdicts.push(verdict);
        }
        out[to] = NOTHING;
        into[to] = NOTHING;
      }
      touched = [];
      this.#starts[from + 1] = this.#to.length;
    });
  }

  #find(from: number, to: number): number | undefined {
    let low = this.#starts[from];
    let high = this.#starts[from + 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#to.at(middle) < to) low = middle + 1;
      else high = middle;
    }
    return low < this.#starts[from + 1] && this.#to.at(low) === to ? low : undefined;
  }
}

/** What narrow sets are admitted to, asked from the side of their members. */
interface NarrowIngress {
  /** For each class the narrow sets that it is in and that something is admitted from. */
  readonly setsOf: readonly (readonly SetId[])[];
  /** For each such set, destination and verdict in turn. */
  readonly bySet: ReadonlyMap<SetId, readonly number[]>;
}

function narrowIngress(ingress: readonly Profile[], sets: ClassSets): NarrowIngress {
  const bySet = new Map<SetId, number[]>();
  ingress.forEach(({ admissions }, to) => {
    for (const { set, verdict } of admissions) {
      if (sets.isWide(set)) continue;
      const admitted = bySet.get(set);
      if (admitted === undefined) bySet.set(set, [to, verdict]);
      else admitted.push(to, verdict);
    }
  });
  const setsOf: SetId[][] = ingress.map(() => []);
  for (const set of bySet.keys()) for (const id of sets.members(set)) setsOf[id].push(set);
  return { setsOf, bySet };
}

/** Integers in one block of memory that doubles as it fills. */
class GrowingInts {
  #ints = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#ints[index];
  }

  /** All of them, in no more memory than they take. */
  all(): Int32Array {
    return this.#ints.slice(0, this.#length);
  }

  push(value: number): void {
    if (this.#length === this.#ints.length) {
      const larger = new Int32Array(this.#ints.length * 2);
      larger.set(this.#ints);
      this.#ints = larger;
    }
    this.#ints[this.#length++] = value;
  }
}
