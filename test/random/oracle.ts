/**
 * What a declaration lets through, read from its plan alone: a connection passes an end in a zero-trust namespace where
 * some declared flow has both its ends and its port, and any other end always. Nothing here comes from `lib`, and nothing
 * from the evaluator that it is held against but the arithmetic of blocks.
 */
import { isIn } from '../naive/addresses';
import { hasAll, type MeantEnd, type MeantFlow, meantFlows } from './meaning';
import type { Labels, Plan, PodsPlan, PortPlan, Protocol } from './plan';

/** A pod with at most one address, or an address outside the cluster. */
export interface SampledEnd {
  readonly ip?: string;
  readonly pod?: SampledPod;
}

export interface SampledPod {
  readonly namespace: string;
  /** Of the namespace; its name is beside them. */
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  readonly ports: readonly { readonly name?: string; readonly protocol: Protocol; readonly number: number }[];
}

/** The protocol is `ICMP` for what no port can name. */
export interface Connection {
  readonly from: SampledEnd;
  readonly to: SampledEnd;
  readonly protocol: Protocol | 'ICMP';
  readonly port: number;
}

/** Whether blocks also mean pods that have an address in them. */
export type BlockMode = 'pods' | 'external-only';

export class Oracle {
  public readonly flows: readonly MeantFlow[];
  private readonly isolated: ReadonlySet<string>;
  private readonly known = new Map<MeantEnd, Map<SampledEnd, boolean>>();

  constructor(
    plan: Plan,
    private readonly mode: BlockMode,
  ) {
    this.flows = meantFlows(plan);
    this.isolated = new Set(plan.namespaces.map(({ name }) => name));
  }

  public leaves(connection: Connection): boolean {
    return !this.isIsolated(connection.from) || this.isDeclared(connection, ({ from }) => isTier(from));
  }

  public arrives(connection: Connection): boolean {
    return !this.isIsolated(connection.to) || this.isDeclared(connection, ({ to }) => isTier(to));
  }

  /** The flows whose ends these are, on whatever port. */
  public between(from: SampledEnd, to: SampledEnd): MeantFlow[] {
    return this.flows.filter((flow) => this.isAt(flow.from, from) && this.isAt(flow.to, to));
  }

  /** The flows that one of these is at the end of, and the other is not. */
  public nearly(from: SampledEnd, to: SampledEnd): MeantFlow[] {
    return this.flows.filter((flow) => this.isAt(flow.from, from) !== this.isAt(flow.to, to));
  }

  private isIsolated({ pod }: SampledEnd): boolean {
    return pod !== undefined && this.isolated.has(pod.namespace);
  }

  private isDeclared(connection: Connection, isOurs: (flow: MeantFlow) => boolean): boolean {
    return this.between(connection.from, connection.to)
      .filter(isOurs)
      .some(({ ports }) => ports.some((port) => isOn(port, connection)));
  }

  /** Asked again and again of the same ends. */
  private isAt(end: MeantEnd, sampled: SampledEnd): boolean {
    const known = this.known.get(end) ?? new Map<SampledEnd, boolean>();
    const is = known.get(sampled) ?? this.findsAt(end, sampled);
    this.known.set(end, known.set(sampled, is));
    return is;
  }

  private findsAt(end: MeantEnd, { ip, pod }: SampledEnd): boolean {
    if (end.kind === 'pods') {
      return pod !== undefined && end.isIn(pod.namespace, pod.namespaceLabels) && isOf(end.pods, pod.labels);
    }
    if (ip === undefined || (pod !== undefined && this.mode === 'external-only')) return false;
    return end.blocks.some((block) => isIn(block, ip)) && !end.without.some((block) => isIn(block, ip));
  }
}

/** Pods with these labels, wherever they are. */
export function isOf(pods: PodsPlan, labels: Labels): boolean {
  switch (pods.kind) {
    case 'all':
      return true;
    case 'labeled':
    case 'workload':
      return hasAll(labels, pods.labels);
    case 'matching':
      return pods.requirements.every(({ key, operation, values = [] }) => {
        const value = labels[key];
        if (operation === 'Exists') return value !== undefined;
        if (operation === 'DoesNotExist') return value === undefined;
        return (value !== undefined && values.includes(value)) === (operation === 'In');
      });
  }
}

/** A block may hold pods of a tier, and is none of its ends all the same. */
function isTier(end: MeantEnd): boolean {
  return end.kind === 'pods' && end.isTier;
}

/** A name is what the pod that is reached calls its port; addresses have no names. */
function isOn(plan: PortPlan, { protocol, port, to }: Connection): boolean {
  if ('all' in plan) return plan.all === 'traffic' || plan.all === protocol;
  if (plan.protocol !== protocol) return false;
  if ('first' in plan) return plan.first <= port && port <= plan.last;
  return to.pod?.ports.some((it) => it.name === plan.name && it.protocol === protocol && it.number === port) === true;
}
