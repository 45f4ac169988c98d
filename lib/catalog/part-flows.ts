import {
  endName,
  type FlowEnd,
  type KnownSystem,
  type SystemFlow,
  type SystemPart,
  type SystemPort,
} from '../known-systems';
import type { Direction } from '../model/layer';
import * as ports from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import { Hostname } from '../values/hostname';
import { HttpRule } from '../values/http-rule';
import type { KnownFlow } from '../values/known-pods';
import { Nodes } from '../values/nodes';
import type { IPeer } from '../values/peer';
import { Port, portsOf } from '../values/port';
import { Rule } from '../values/rule';
import type { CatalogOptions } from './options';
import { portsFor, portValue, servingPorts } from './port-values';
import { ruleOf } from './request-values';

/** A part of a system as it is to be a tier, with the names of the parts beside it. */
export interface PartHere {
  readonly system: KnownSystem;
  readonly part: SystemPart;
  readonly here: ReadonlySet<string>;
  readonly serving?: readonly Port[];
}

/** The flows that the tier of a part opens by itself: all but those to other parts that are tiers too. */
export function flowsOfPart(of: PartHere, options: CatalogOptions): readonly KnownFlow[] {
  return [
    ...(of.system.flows ?? []).flatMap((flow) => known(flow, of, options)),
    ...metricsFlows(of, options),
    ...administrationFlows(of, options),
    ...hostFlows(of, options),
  ];
}

/** The reason that a flow of the catalog has: it says of whom it is. */
export function reasonOf({ title }: KnownSystem, because: string): string {
  return `${title}: ${because}`;
}

/** Ports of a flow of the catalog among the parts of a system: every one where it names none. */
export function portsAmongParts(flow: SystemFlow): Port[] {
  return flow.ports?.map((number) => Port.tcp(number)) ?? [Port.allTraffic()];
}

/** Whether every installation needs it, or this one does. */
export function isNeeded({ when }: SystemFlow, { given = [] }: CatalogOptions): boolean {
  return when === undefined || given.includes(when);
}

function known(flow: SystemFlow, of: PartHere, options: CatalogOptions): KnownFlow[] {
  const isFrom = isPart(flow.from, of.part.name);
  const isTo = isPart(flow.to, of.part.name);
  const because = reasonOf(of.system, flow.because);
  if (isFrom && isTo) {
    const peer = 'itself';
    return isNeeded(flow, options) ? [{ direction: 'egress', peer, ports: portsAmongParts(flow), because }] : [];
  }
  if (!isFrom && !isTo) return [];
  const direction: Direction = isFrom ? 'egress' : 'ingress';
  return othersOf(isFrom ? flow.to : flow.from, flow, of, options).map((peer) => ({
    direction,
    peer,
    ...(flow.ports && { ports: flow.ports.map((number) => Port.tcp(number)) }),
    because,
    ...waived(of.part, flow, direction, because),
    ...(isAgentAtApiServer(of, peer, direction) && { acknowledge: [{ rule: Rule.API_SERVER, because }] }),
  }));
}

/** Who is at the other end: nobody where it is a tier too, is not named, or is not needed. */
function othersOf(end: FlowEnd, flow: SystemFlow, { here }: PartHere, options: CatalogOptions): KnownFlow['peer'][] {
  switch (end.kind) {
    case 'api-server':
      return isNeeded(flow, options) ? ['api-server'] : [];
    case 'nodes':
      return isNeeded(flow, options) ? [Nodes.all()] : [];
    default: {
      const peer = options.peers?.[endName(end) ?? ''];
      return peer === undefined || (end.kind === 'part' && here.has(end.name)) ? [] : [peer];
    }
  }
}

function isPart(end: FlowEnd, name: string): boolean {
  return end.kind === 'part' && end.name === name;
}

/** Agents are kept from the API server; a part that cannot do without it says why. */
function isAgentAtApiServer({ system, part }: PartHere, peer: KnownFlow['peer'], direction: Direction): boolean {
  return peer === 'api-server' && direction === 'egress' && (part.role ?? system.role) === 'agents';
}

/** Whom the facts let in on a port that is not for users is no finding. */
function waived(part: SystemPart, flow: SystemFlow, direction: Direction, because: string) {
  if (direction === 'egress') return {};
  const open = ports.unionOf([ports.none, ...(flow.ports ?? []).map((number) => ports.number('TCP', number))]);
  const special = [
    { rule: Rule.ADMIN_PORT_OPEN, of: portsFor(part, 'administration') },
    { rule: Rule.PEER_PORT_OPEN, of: portsFor(part, 'peers') },
  ].filter(({ of }) => of.some((port) => isOpen(port, open)));
  return special.length > 0 ? { acknowledge: special.map(({ rule }) => ({ rule, because })) } : {};
}

function isOpen(port: SystemPort, open: ports.PortSet): boolean {
  const own = portsOf([portValue(port)]) ?? ports.none;
  return !ports.isEmpty(ports.intersection(own, open).certain);
}

function metricsFlows({ system, part, serving }: PartHere, { metricsFrom = [] }: CatalogOptions): KnownFlow[] {
  const because = reasonOf(system, 'metrics are scraped');
  const own = portsFor(part, 'metrics');
  const shared = servingPorts(part).filter(({ metricsAt }) => metricsAt !== undefined);
  return metricsFrom.flatMap((peer): KnownFlow[] => {
    if (own.length > 0) return [{ direction: 'ingress', peer, ports: own.map(portValue), because }];
    if (shared.length === 0) return [];
    const http = [HttpRule.get(shared[0].metricsAt ?? '/metrics')];
    return [limited(peer, serving ?? shared.map(portValue), http, because, 'metrics are on the port for users')];
  });
}

function administrationFlows(of: PartHere, { administrationFrom = [] }: CatalogOptions): KnownFlow[] {
  const { system, part, serving } = of;
  const own = portsFor(part, 'administration');
  const because = reasonOf(system, 'it is administered from there');
  const requests = (system.administration ?? []).map(ruleOf);
  const users = serving ?? servingPorts(part).map(portValue);
  return administrationFrom.flatMap((peer) => [
    ...(own.length === 0
      ? []
      : [
          {
            direction: 'ingress' as const,
            peer,
            ports: own.map(portValue),
            because,
            acknowledge: [{ rule: Rule.ADMIN_PORT_OPEN, because: 'it is named as who administers the system' }],
          },
        ]),
    ...(requests.length === 0 || users.length === 0
      ? []
      : [limited(peer, users, requests, because, 'administration is on the port for users', ADMINISTERS)]),
  ]);
}

const ADMINISTERS = { rule: Rule.ADMIN_REQUESTS_OPEN, because: 'it is named as who administers the system' };

/** Requests alone where the engine tells them apart, and the whole port where it does not, with the word of it in the graph. */
function limited(
  peer: IPeer,
  on: readonly Port[],
  http: readonly HttpRule[],
  because: string,
  why: string,
  ...more: NonNullable<KnownFlow['acknowledge']>
): KnownFlow {
  const acknowledge = [{ rule: Rule.ENGINE_REQUESTS, because: why }, ...more];
  return { direction: 'ingress', peer, ports: on, http, because, acknowledge };
}

/** Which part calls is not among the facts: those that do the work of the system. */
function hostFlows({ system, part }: PartHere, { callsHosts, sendsTelemetry }: CatalogOptions): KnownFlow[] {
  if (part.role !== undefined && part.role !== system.role) return [];
  const called = callsHosts === true ? (system.calls ?? []) : [];
  const told = sendsTelemetry === true ? (system.telemetry ?? []) : [];
  return [
    ...called.map(({ host, port, because }) => toHost(host, port, reasonOf(system, because))),
    ...told.map(({ host, port, what = 'it sends figures about its use' }) =>
      toHost(host, port, reasonOf(system, what)),
    ),
  ];
}

function toHost(host: string, port: number | undefined, because: string): KnownFlow {
  return { direction: 'egress', peer: Hostname.exact(host), ports: [Port.tcp(port ?? 443)], because };
}

/** Of a system none of whose parts has metrics, or administration, to open. */
export function refuseNothingToOpen(system: KnownSystem, here: readonly SystemPart[], options: CatalogOptions): void {
  const { metricsFrom = [], administrationFrom = [], callsHosts = false, sendsTelemetry = false } = options;
  const isServed = (isOne: (port: SystemPort) => boolean) => here.some((part) => part.ports.some(isOne));
  const missing = [
    {
      property: 'metricsFrom',
      isAsked: metricsFrom.length > 0,
      has: isServed(({ purpose, metricsAt }) => purpose === 'metrics' || metricsAt !== undefined),
      what: 'no port of it is known to answer metrics',
    },
    {
      property: 'administrationFrom',
      isAsked: administrationFrom.length > 0,
      has: isServed(({ purpose }) => purpose === 'administration') || (system.administration ?? []).length > 0,
      what: 'nothing of it is known to be for administrators alone',
    },
    {
      property: 'callsHosts',
      isAsked: callsHosts,
      has: (system.calls ?? []).length > 0,
      what: 'it is not known to call any host outside',
    },
    {
      property: 'sendsTelemetry',
      isAsked: sendsTelemetry,
      has: (system.telemetry ?? []).length > 0,
      what: 'it is not known to send telemetry',
    },
  ].find(({ isAsked, has }) => isAsked && !has);
  if (missing === undefined) return;
  throw new ZeroTrustError({
    rule: 'catalog-nothing-to-open',
    what: `\`${missing.property}\` would open nothing of ${system.title}: ${missing.what}`,
    value: missing.property,
    allowed: 'what Catalog.entry lists of the system',
    fix: `Leave \`${missing.property}\` out, and declare the flow with its ports: connections.allowFrom(…, { ports: […], because: '…' })`,
  });
}
