import type { Seen } from '../checks/seen';
import type { KnownEnd } from '../flow-logs/attribution/known-end';
import { KnownEnds } from '../flow-logs/attribution/known-ends';
import type { FlowPoint, FlowRecord } from '../flow-logs/flow-record';
import type { Protocol } from '../model/port-set';
import * as selectors from '../model/selector';
import type { ServicePort } from '../model/world';
import { keyOf, type PlannedTier } from './plan';
import { tierByWorkload } from './todays-tiers';

/** What a log shows of connections with tiers. */
export interface SeenFlow {
  /** The tier that opened it, by its key. Absent where it came from elsewhere. */
  readonly from?: string;
  /** The tier that it came to; otherwise a host name. */
  readonly to: { readonly tier: string } | { readonly host: string };
  readonly protocol: Protocol;
  /** Of the pod. */
  readonly port: number;
  readonly count: number;
  /** In milliseconds since 1970; undefined where the log has no times. */
  readonly until?: number;
}

/** Distinct flows that are kept; a log of more is one of a scan. */
const MOST_KEPT = 200_000;

interface Counted {
  readonly flow: Omit<SeenFlow, 'count' | 'until'>;
  /** Both ends may report the same connections. */
  readonly counts: { source: number; destination: number; untold: number };
  until?: number;
}

/** Gathers what passed from the records of logs, in bounded memory. */
export class SeenFlows {
  /** Records that passed and whose ends are no tiers, or not known. */
  public others = 0;
  readonly #known: KnownEnds;
  readonly #tierOf: ReadonlyMap<string, string>;
  readonly #flows = new Map<string, Counted>();

  constructor(
    { reading: { world }, facts }: Seen,
    private readonly tiers: readonly PlannedTier[],
  ) {
    this.#known = new KnownEnds({ world, ...(facts && { facts }) });
    this.#tierOf = tierByWorkload(tiers);
  }

  public record(record: FlowRecord): void {
    const { verdict, isReply, protocol, port, source, destination } = record;
    if ((verdict !== 'passed' && verdict !== 'audited') || isReply === true) return;
    if (protocol === undefined || protocol === 'other' || port === undefined) return;
    const end = this.#known.of(destination, []);
    const own = podPort(record, end);
    const to = own === undefined ? undefined : this.#target(end, destination);
    const from = this.#tierOfEnd(this.#known.of(source, []));
    if (to === undefined || own === undefined || ('host' in to && from === undefined)) {
      this.others += 1;
      return;
    }
    this.#count({ ...(from !== undefined && { from }), to, protocol, port: own }, record);
  }

  public all(): readonly SeenFlow[] {
    return [...this.#flows.values()].map(({ flow, counts, until }) => ({
      ...flow,
      count: Math.max(counts.source, counts.destination) + counts.untold,
      ...(until !== undefined && { until }),
    }));
  }

  #count(flow: Counted['flow'], { seenAt, count, until, from }: FlowRecord): void {
    const key = JSON.stringify(flow);
    const known = this.#flows.get(key) ?? { flow, counts: { source: 0, destination: 0, untold: 0 } };
    if (!this.#flows.has(key) && this.#flows.size >= MOST_KEPT) {
      this.others += 1;
      return;
    }
    known.counts[seenAt ?? 'untold'] += count;
    const last = until ?? from;
    if (last !== undefined) known.until = Math.max(known.until ?? last, last);
    this.#flows.set(key, known);
  }

  #target(end: KnownEnd, { hosts = [] }: FlowPoint): SeenFlow['to'] | undefined {
    const tier = this.#tierOfEnd(end);
    if (tier !== undefined) return { tier };
    // An address with several names is whichever the caller meant, which no log says.
    return end.kind === 'addresses' && hosts.length === 1 ? { host: hosts[0] } : undefined;
  }

  /** By the workload that the manifests show, or by labels that make it one tier for sure. */
  #tierOfEnd(end: KnownEnd): string | undefined {
    if (end.kind !== 'pods') return undefined;
    if (end.workload !== undefined) return this.#tierOf.get(end.workload.id);
    const there = this.tiers.filter(({ namespace, pods }) => namespace === end.namespace && hasAll(end.labels, pods));
    return there.length === 1 ? keyOf(there[0]) : undefined;
  }
}

/** Labels that are not logged may be there: only what asks for labels that are, holds. */
function hasAll(labels: Readonly<Record<string, string>>, pods: PlannedTier['pods']): boolean {
  return (
    pods.every(({ operator }) => operator === 'In' || operator === 'Exists') &&
    selectors.matches(selectors.fromRequirements(pods), labels)
  );
}

/** The port of the pod: what a Service calls it says only the Service. */
function podPort({ port, protocol, portIs }: FlowRecord, end: KnownEnd): number | undefined {
  const services: readonly ServicePort[] = end.kind === 'pods' ? (end.servicePorts ?? []) : [];
  const mapped = services.find((each) => each.port === port && each.protocol === protocol);
  if (mapped !== undefined) return typeof mapped.targetPort === 'number' ? mapped.targetPort : undefined;
  return portIs === 'service' ? undefined : port;
}
