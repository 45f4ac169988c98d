import * as ports from '../../model/port-set';
import { type PortSet, PROTOCOLS, type Protocol } from '../../model/port-set';
import type { Workload, World } from '../../model/world';
import { list, type Raw, type RawObject, raw, text } from './objects';

/** Pods behind a port of a Service, and the ports that they are reached on. */
export interface BackendPods {
  readonly workload: Workload;
  readonly ports: PortSet;
}

/** Why a Service leads nowhere that manifests show: a sentence without its full stop. */
export type NoPods = string;

/** The pods behind a port of a Service; behind all of its ports where none is named. */
export function podsBehind(
  service: RawObject,
  port: number | string | undefined,
  { workloads }: World,
): readonly BackendPods[] | NoPods {
  const { spec, namespace } = service;
  if (spec.type === 'ExternalName') return `leads out of the cluster, to ${text(spec.externalName) ?? 'a name'}`;
  const selector = Object.entries(raw(spec.selector));
  if (selector.length === 0) return 'has no selector, so that nothing here tells which pods are behind it';
  const wanted = list(spec.ports).filter((each) => port === undefined || isPort(each, port));
  const [first] = wanted;
  if (first === undefined) return `has no port ${port}`;
  const pods = workloads.filter(
    (workload) => workload.namespace === namespace && selector.every(([key, value]) => workload.labels[key] === value),
  );
  if (pods.length === 0) return 'selects no workload of these manifests';
  return pods.map((workload) => ({ workload, ports: ports.unionOf(wanted.map((each) => podPorts(each, workload))) }));
}

/** By number, by name, and as a Route of OpenShift has it, by the port of the pods. */
function isPort(each: Raw, port: number | string): boolean {
  return each.port === port || each.name === port || each.targetPort === port;
}

/** A name that no container has may be one that no manifest shows: no port is known then. */
function podPorts(each: Raw, workload: Workload): PortSet {
  const protocol = PROTOCOLS.find((one) => one === (each.protocol ?? 'TCP')) ?? 'TCP';
  const target = each.targetPort === undefined || each.targetPort === 0 ? each.port : each.targetPort;
  if (typeof target === 'number') return numbered(protocol, target);
  const named = workload.ports.filter(({ name, protocol: own }) => name === target && own === protocol);
  return ports.unionOf([ports.none, ...named.map(({ number }) => numbered(protocol, number))]);
}

function numbered(protocol: Protocol, value: number): PortSet {
  return Number.isInteger(value) && value > 0 && value < 65_536 ? ports.number(protocol, value) : ports.none;
}
