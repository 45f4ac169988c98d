import { matchOfLabels } from '../../analysis/connectivity/match';
import type { Protocol } from '../../model/port-set';
import * as selectors from '../../model/selector';
import type { Service, ServicePort, Workload, World } from '../../model/world';
import type { AttributedEnd } from '../attribution/end';
import type { KnownPods } from '../attribution/known-end';

/** The one port of the pods that a port of a Service leads to; undefined where no manifest says that, or they say several. */
export function targetPort(
  { known }: AttributedEnd,
  protocol: Protocol | undefined,
  port: number | undefined,
  world: World,
): number | undefined {
  if (known.kind !== 'pods') return undefined;
  const targets = servicePortsOf(known, world)
    .filter((one) => one.protocol === protocol && one.port === port)
    .map(({ targetPort: target, protocol: of }) => numberOf(target, of, known, world));
  const [first, ...others] = new Set(targets);
  return others.length === 0 ? first : undefined;
}

/** Of the Service that was called, or of every Service that leads to the pod. */
function servicePortsOf(known: KnownPods, { services }: World): readonly ServicePort[] {
  const { servicePorts, namespace, labels } = known;
  if (servicePorts !== undefined) return servicePorts;
  return services.filter((one) => one.namespace === namespace && selects(one, labels)).flatMap(({ ports }) => ports);
}

function selects({ selector }: Service, labels: Workload['labels']): boolean {
  if (Object.keys(selector).length === 0) return false;
  return matchOfLabels(selectors.fromLabels(selector), { labels }) === 'surely';
}

/** A name is what the containers call it; where workloads behind it differ it is no one number. */
function numberOf(
  target: number | string,
  protocol: Protocol,
  { workload, namespace, labels }: KnownPods,
  { workloads }: World,
): number | undefined {
  if (typeof target === 'number') return target;
  const behind =
    workload === undefined
      ? workloads.filter((one) => one.namespace === namespace && hasAll(one.labels, labels))
      : [workload];
  const numbers = behind.flatMap(({ ports }) =>
    ports.filter(({ name, protocol: of }) => name === target && of === protocol).map(({ number }) => number),
  );
  const isSure = behind.every(({ mayHaveMorePorts }) => mayHaveMorePorts !== true);
  const [first, ...others] = new Set(numbers);
  return isSure && others.length === 0 ? first : undefined;
}

function hasAll(labels: Workload['labels'], wanted: Workload['labels']): boolean {
  return matchOfLabels(selectors.fromLabels(wanted), { labels }) === 'surely';
}
