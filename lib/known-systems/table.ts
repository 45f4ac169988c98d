/**
 * Words to write entries in, so that one reads as a table: a part by its labels and ports, a port by its purpose, a flow by
 * its ends and its reason.
 */
import type { Labels } from '../model/selector';
import type {
  AdministrationRequest,
  FlowEnd,
  PartLabels,
  PortPurpose,
  ShippedPolicy,
  SystemCall,
  SystemFlow,
  SystemPart,
  SystemPort,
  SystemTelemetry,
} from './known-system';

export const serving = portOf('serving');
export const administration = portOf('administration');
export const metrics = portOf('metrics');
export const peers = portOf('peers');
export const health = portOf('health');
export const webhook = portOf('webhook');

type PortMore = Pick<SystemPort, 'last' | 'protocol' | 'isOptional' | 'metricsAt'>;

function portOf(purpose: PortPurpose) {
  return (number: number, what: string, more: PortMore = {}): SystemPort => ({ number, purpose, what, ...more });
}

/** A port that is there only when it is switched on. */
export function optional(port: SystemPort): SystemPort {
  return { ...port, isOptional: true };
}

export function part(
  name: string,
  labels: readonly PartLabels[],
  ports: readonly SystemPort[],
  more: Pick<SystemPart, 'images' | 'madeBy' | 'role'> = {},
): SystemPart {
  return { name, labels, ports, ...more };
}

/** Labels of a chart or operator, with its versions. */
export function labelled(of: string, labels: Labels, ...keys: readonly string[]): PartLabels {
  return { labels, ...(keys.length > 0 && { keys }), of };
}

/** Labels that pods of somebody else may have as well. */
export function generic(of: string, labels: Labels, ...keys: readonly string[]): PartLabels {
  return { ...labelled(of, labels, ...keys), isGeneric: true };
}

/** Labels as most charts give them: a name, the release, and mostly a component. */
export function named(of: string, name: string, component?: string): PartLabels {
  return labelled(
    of,
    {
      'app.kubernetes.io/name': name,
      ...(component !== undefined && { 'app.kubernetes.io/component': component }),
    },
    'app.kubernetes.io/instance',
  );
}

export const API_SERVER: FlowEnd = { kind: 'api-server' };
/** Addresses of nodes. */
export const NODES: FlowEnd = { kind: 'nodes' };

/** A system of the catalog, by its id. */
export function system(id: string, title: string): FlowEnd {
  return { kind: 'system', id, title };
}

/** Pods of somebody else. */
export function pods(title: string, labels?: Labels, namespace?: string): FlowEnd {
  return { kind: 'system', title, ...(labels && { labels }), ...(namespace !== undefined && { namespace }) };
}

/** A flow; an end that is only a name is a part of the system. */
export function flow(
  from: FlowEnd | string,
  to: FlowEnd | string,
  ports: readonly number[] | 'every port',
  because: string,
  when?: string,
): SystemFlow {
  return {
    from: endOf(from),
    to: endOf(to),
    ...(ports !== 'every port' && { ports }),
    because,
    ...(when !== undefined && { when }),
  };
}

function endOf(end: FlowEnd | string): FlowEnd {
  return typeof end === 'string' ? { kind: 'part', name: end } : end;
}

/** The API server calls what serves it; the port is that of the pod. */
export function calledByApiServer(
  to: string,
  port: number,
  because = 'the API server asks it about objects',
): SystemFlow {
  return flow(API_SERVER, to, [port], because);
}

export function asksApiServer(from: string, because = 'it reads and writes objects', when?: string): SystemFlow {
  return flow(from, API_SERVER, 'every port', because, when);
}

export function call(host: string, because: string, more: Pick<SystemCall, 'port' | 'when'> = {}): SystemCall {
  return { host, because, ...more };
}

export function telemetry(
  host: string,
  off: string | undefined,
  more: Pick<SystemTelemetry, 'port' | 'what'> = {},
): SystemTelemetry {
  return { host, ...(off !== undefined && { off }), ...more };
}

/** A request for administrators, `POST /v2/models`, or every one to a path. */
export function request(
  methodAndPath: string,
  what: string,
  more: Omit<AdministrationRequest, 'method' | 'path' | 'what'> = {},
): AdministrationRequest {
  const [path, method] = methodAndPath.split(' ').reverse();
  return { ...(method !== undefined && { method }), path, what, ...more };
}

/** What nearly every chart of Bitnami ships: bitnami/charts 5165628ae0, 115 of 117. */
export const BITNAMI_POLICY: ShippedPolicy = {
  by: 'the chart of Bitnami',
  effect: 'its ports from any source, and every destination',
  off: 'networkPolicy.allowExternal: false and allowExternalEgress: false, or networkPolicy.enabled: false',
};

/** The day on which all of the facts were read. */
export const LOOKED_AT = '2026-11-27';
