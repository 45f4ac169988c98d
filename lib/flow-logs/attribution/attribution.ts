import type { Labels } from '../../model/labels';
import type { FlowPoint } from '../flow-record';
import { type AttributedEnd, describedEnd, nameOfEnd, whyOf } from './end';
import type { KnownEnd } from './known-end';
import { KnownEnds, type WhatIsKnown } from './known-ends';
import type { EndMatches, Terms } from './terms';

/** What is kept to be fast is thrown away at this many, and worked out anew. */
const MOST_KEPT = 50_000;
/** Distinct ends that results tell apart; further ones of the same kind are one. */
const MOST_ENDS = 100_000;
/** Addresses of which the names in answers of DNS are remembered, and names of each. */
const MOST_HEARD = 50_000;
const MOST_NAMES = 8;
const NO_NAMES: readonly string[] = [];

/**
 * Ties the ends of records to the terms of a graph, in bounded memory. Records of the same labels share an object of them,
 * so that most ends are found by it without a text being made.
 */
export class Attribution {
  private readonly byLabels = new Map<Labels, EndsOfLabels>();
  private readonly numbers = new Map<Labels, number>();
  private labelObjects = 0;
  private readonly byText = new Map<string, AttributedEnd>();
  private readonly bySignature = new Map<string, AttributedEnd>();
  private readonly heard = new Map<string, string[]>();
  private readonly ends: KnownEnds;
  private readonly readsManifests: boolean;
  private count = 0;

  constructor(
    private readonly terms: Terms,
    known: WhatIsKnown,
  ) {
    this.ends = new KnownEnds(known);
    this.readsManifests = known.world !== undefined;
  }

  /** An answer of DNS: what was called by a name before is called by it from here on. */
  hears(name: string, addresses: readonly string[]): void {
    for (const address of addresses) {
      const names = this.heard.get(address);
      if (names?.includes(name)) continue;
      if (this.heard.size >= MOST_HEARD && names === undefined) this.heard.clear();
      this.heard.set(address, [...(names ?? []).slice(-MOST_NAMES + 1), name]);
    }
  }

  of(point: FlowPoint): AttributedEnd {
    const { labels } = point;
    const isByLabels =
      labels !== undefined &&
      point.namespace !== undefined &&
      point.entity === undefined &&
      point.cluster === undefined;
    if (!isByLabels) return this.byKey(this.byText, this.textKey(point), point);
    let kept = this.byLabels.get(labels);
    if (kept === undefined) {
      if (this.byLabels.size >= MOST_KEPT) this.byLabels.clear();
      kept = {
        end: undefined,
        namespace: undefined,
        namespaceLabels: undefined,
        isStarting: undefined,
        byName: new Map(),
      };
      this.byLabels.set(labels, kept);
    }
    if (kept.end !== undefined && isSame(kept, point)) return kept.end;
    const end = this.byKey(kept.byName, this.nameKey(point), point);
    if (!this.readsManifests) keepLast(kept, point, end);
    return end;
  }

  /** Beside the labels the names count only where manifests can say something of them. */
  private nameKey(point: FlowPoint): string {
    const { namespace = '', isStarting, namespaceLabels } = point;
    const base = namespaceLabels === undefined ? namespace : `${namespace} ${this.numberOf(namespaceLabels)}`;
    const key = isStarting === true ? `${base} starting` : base;
    if (!this.ends.readsNames) return key;
    return `${key} ${point.workload?.kind ?? ''}/${point.workload?.name ?? ''}/${point.pod ?? point.podPrefix ?? ''}`;
  }

  /** Records of the same labels share an object of them. */
  private numberOf(labels: Labels): number {
    let number = this.numbers.get(labels);
    if (number === undefined) {
      if (this.numbers.size >= MOST_KEPT) this.numbers.clear();
      number = this.labelObjects++;
      this.numbers.set(labels, number);
    }
    return number;
  }

  private textKey(point: FlowPoint): string {
    const names = this.heardOf(point);
    return names.length === 0 ? wholeKey(point) : `${wholeKey(point)} ${names.join(',')}`;
  }

  private byKey(kept: Map<string, AttributedEnd>, key: string, point: FlowPoint): AttributedEnd {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const end = this.interned(this.ends.of(point, this.heardOf(point)));
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, end);
    return end;
  }

  private heardOf({ address }: FlowPoint): readonly string[] {
    return (address === undefined || this.heard.size === 0 ? undefined : this.heard.get(address)) ?? NO_NAMES;
  }

  /** Ends of one name that match the same are one. */
  private interned(known: KnownEnd): AttributedEnd {
    const matches = this.terms.matches(known);
    const isFull = this.bySignature.size >= MOST_ENDS;
    const name = isFull ? `${known.kind} (further ones)` : nameOfEnd(known, matches, this.terms);
    const signature = `${known.kind} ${name} ${whyOf(known) ?? ''} ${this.distinctions(known)} ${matchesText(matches)}`;
    const found = this.bySignature.get(signature);
    if (found !== undefined) return found;
    const end = { ...describedEnd(this.count++, known, matches, this.terms), name };
    this.bySignature.set(signature, end);
    return end;
  }

  /** What manifests judge by, beyond what the graph tells apart. */
  private distinctions(known: KnownEnd): string {
    if (known.kind === 'addresses') return this.readsManifests ? (known.address ?? '') : '';
    if (known.kind !== 'pods') return '';
    const { namespace, workload, labels, servicePorts } = known;
    const pods = !this.readsManifests ? '' : (workload?.id ?? JSON.stringify(labels));
    return `${namespace} ${pods} ${servicePorts === undefined ? '' : 'service'}`;
  }
}

/**
 * Ends of pods with the same labels. The one that was asked for last is here with what it was asked by, since most labels
 * are of one namespace; not where names of pods count.
 */
interface EndsOfLabels extends Mutable<Pick<FlowPoint, 'namespace' | 'namespaceLabels' | 'isStarting'>> {
  end: AttributedEnd | undefined;
  readonly byName: Map<string, AttributedEnd>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function isSame(kept: EndsOfLabels, point: FlowPoint): boolean {
  return (
    kept.namespace === point.namespace &&
    kept.namespaceLabels === point.namespaceLabels &&
    kept.isStarting === point.isStarting
  );
}

function keepLast(kept: EndsOfLabels, { namespace, namespaceLabels, isStarting }: FlowPoint, end: AttributedEnd): void {
  kept.end = end;
  kept.namespace = namespace;
  kept.namespaceLabels = namespaceLabels;
  kept.isStarting = isStarting;
}

function matchesText(matches: EndMatches): string {
  return [...matches].map(([number, match]) => `${number}${match[0]}`).join(',');
}

/** Everything of the point that an end can depend on. */
function wholeKey(point: FlowPoint): string {
  const { cluster, namespace, pod, podPrefix, workload, labels, namespaceLabels } = point;
  const { address, entity, networkSet, isStarting, hosts, service } = point;
  const isPlain =
    labels === undefined && namespaceLabels === undefined && workload === undefined && service === undefined;
  if (isPlain && networkSet === undefined && cluster === undefined) {
    return `${namespace ?? ''}|${pod ?? ''}|${podPrefix ?? ''}|${address ?? ''}|${entity ?? ''}|${hosts?.join(',') ?? ''}`;
  }
  return JSON.stringify([
    [cluster, namespace, pod, podPrefix, workload, labels, namespaceLabels],
    [address, entity, networkSet, isStarting, hosts, service],
  ]);
}
