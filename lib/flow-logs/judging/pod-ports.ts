import { matchOfLabels } from '../../analysis/connectivity/match';
import type { Protocol } from '../../model/port-set';
import * as selectors from '../../model/selector';
import type { Service, ServicePort, Workload, World } from '../../model/world';
import type { AttributedEnd } from '../attribution/end';
import type { KnownPods } from '../attribution/known-end';
import type { SeenTraffic } from './traffic';

/** What a port that was seen can be to the pods at which it arrived. */
export interface PortReadings {
  /** Whether it may be their own port. A Service that no manifest shows is not reckoned with. */
  readonly mayBeOfPod: boolean;
  /** Whether it may be that of a Service. */
  readonly mayBeOfService: boolean;
  /** Where Services that may lead to them take it; empty where no manifest shows one that has this port. */
  readonly targets: readonly TargetPort[];
}

/** A port behind a Service: its name, where it goes by one, and its number, where manifests give it one. */
export interface TargetPort {
  readonly name?: string;
  readonly number?: number;
}

/**
 * Every Service that may lead to the pods counts, since the one that was called is one of them. Whoever called the address
 * of a Service called its port, whatever else the log leaves open. What is outside has no Service in front of it.
 */
export function portReadings(
  { known }: AttributedEnd,
  { protocol, port, portIs }: Pick<SeenTraffic, 'protocol' | 'port' | 'portIs'>,
  world: World | undefined,
): PortReadings {
  if (portIs === 'pod' || (portIs === 'either' && known.kind === 'addresses')) return OF_POD;
  const isCalled = known.kind === 'pods' && known.servicePorts !== undefined;
  const targets =
    known.kind !== 'pods'
      ? []
      : servicePortsOf(known, world)
          .filter((one) => one.protocol === protocol && one.port === port)
          .map(({ targetPort, protocol: of }) => targetOf(targetPort, of, known, world));
  return { mayBeOfPod: portIs === 'either' && !isCalled, mayBeOfService: true, targets };
}

const OF_POD: PortReadings = { mayBeOfPod: true, mayBeOfService: false, targets: [] };

/**
 * The numbers that the port can have at the pods, each once: their own first. Undefined where a manifest would have to say
 * one and does not.
 */
export function podPorts(
  end: AttributedEnd,
  traffic: Pick<SeenTraffic, 'protocol' | 'port' | 'portIs'>,
  world: World,
): readonly number[] | undefined {
  const { mayBeOfPod, targets } = portReadings(end, traffic, world);
  const numbers = targets.map(({ number }) => number);
  const all = new Set(mayBeOfPod ? [traffic.port, ...numbers] : numbers);
  const found = [...all].filter((number) => number !== undefined);
  return all.size > found.length || found.length === 0 ? undefined : found;
}

/** Why it is not known which port of the pods it is: a sentence without its full stop, or none. */
export function whichPort(
  end: AttributedEnd,
  traffic: Pick<SeenTraffic, 'protocol' | 'port' | 'portIs'>,
  world: World | undefined,
): readonly string[] {
  const { mayBeOfPod, mayBeOfService, targets } = portReadings(end, traffic, world);
  if (traffic.port === undefined || !mayBeOfService) return [];
  const numbers = targets.map(({ number }) => number);
  if (numbers.length === 0 || numbers.includes(undefined)) return [OF_UNKNOWN_SERVICE];
  if (new Set(mayBeOfPod ? [traffic.port, ...numbers] : numbers).size === 1) return [];
  return [mayBeOfPod ? OF_EITHER : OF_SEVERAL];
}

const OF_UNKNOWN_SERVICE =
  'the port may be that of a Service, and no manifest that was given says to which port of the pods it leads';
const OF_EITHER = 'the log does not say whether the port is that of the pod or of a Service that leads to it';
const OF_SEVERAL = 'several Services may lead to the pod from this port, each to another one';

/** Of the Service that was called, or of every Service that may lead to the pod. */
function servicePortsOf(known: KnownPods, world: World | undefined): readonly ServicePort[] {
  const { servicePorts, namespace } = known;
  if (servicePorts !== undefined) return servicePorts;
  const services = world?.services ?? [];
  return services.filter((one) => one.namespace === namespace && mayLeadTo(one, known)).flatMap(({ ports }) => ports);
}

function mayLeadTo({ selector }: Service, { labels, unknownLabels }: KnownPods): boolean {
  if (Object.keys(selector).length === 0) return false;
  const pod = { labels, ...(unknownLabels !== undefined && { unknownLabels }) };
  return matchOfLabels(selectors.fromLabels(selector), pod) !== 'no';
}

function targetOf(
  target: ServicePort['targetPort'],
  protocol: Protocol,
  pods: KnownPods,
  world: World | undefined,
): TargetPort {
  if (typeof target === 'number') return { number: target };
  const number = world && numberOf(target, protocol, pods, world);
  return { name: target, ...(number !== undefined && { number }) };
}

/** A name is what the containers call it; where workloads behind it differ it is no one number. */
function numberOf(
  name: string,
  protocol: Protocol,
  { workload, namespace, labels }: KnownPods,
  { workloads }: World,
): number | undefined {
  const behind =
    workload === undefined
      ? workloads.filter((one) => one.namespace === namespace && hasAll(one.labels, labels))
      : [workload];
  const numbers = behind.flatMap(({ ports }) =>
    ports.filter((port) => port.name === name && port.protocol === protocol).map(({ number }) => number),
  );
  const isSure = behind.every(({ mayHaveMorePorts }) => mayHaveMorePorts !== true);
  const [first, ...others] = new Set(numbers);
  return isSure && others.length === 0 ? first : undefined;
}

function hasAll(labels: Workload['labels'], wanted: Workload['labels']): boolean {
  return matchOfLabels(selectors.fromLabels(wanted), { labels }) === 'surely';
}
