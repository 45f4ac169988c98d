import type { Endpoint } from '../model/endpoint';
import type { Waiver } from '../model/flow';
import { hostText } from '../model/host-pattern';
import * as ips from '../model/ip-set';
import { namespaceNameProblem, objectNameProblem } from '../model/labels';
import { ENTITIES } from '../model/layer';
import type { PodSet } from '../model/pod-set';
import * as ports from '../model/port-set';
import { fromLabelSelector, type Selector } from '../model/selector';
import { shallowJson } from '../model/shallow-json';
import { portTraffic, type Traffic } from '../model/traffic';
import { type GraphTier, tierKey } from './graph-data';
import { fields, type JsonPart, kindOf, list, made, oneOf, record, refused, text } from './json-fields';
import { readHost, readRequest } from './json-read-matches';
import { compareText } from './merged-flows';

/** Tiers by what flows name them. */
export type Tiers = ReadonlyMap<string, GraphTier>;

/** An end of a flow; a tier is one of those that the graph holds. */
export function readEnd(part: JsonPart, tiers: Tiers): Endpoint {
  const kind = kindOf(part, ['tier', 'pods', 'addresses', 'hosts', 'entity']);
  switch (kind) {
    case 'tier':
      return readTierEnd(part, tiers);
    case 'pods': {
      const { pods, owner } = fields(part, ['kind', 'pods', 'owner']);
      return { kind, pods: readPods(pods), owner: text(owner) };
    }
    case 'addresses': {
      const { name, blocks } = fields(part, ['kind', 'blocks'], ['name']);
      return { kind, addresses: readBlocks(blocks), ...(name && { name: text(name) }) };
    }
    case 'hosts': {
      const patterns = list(fields(part, ['kind', 'hosts']).hosts, readHost);
      return { kind, patterns: patterns.sort((a, b) => compareText(hostText(a), hostText(b))) };
    }
    case 'entity':
      return { kind, entity: oneOf(fields(part, ['kind', 'entity']).entity, ENTITIES) };
  }
}

function readTierEnd(part: JsonPart, tiers: Tiers): Endpoint {
  const name = readTierName(fields(part, ['kind', 'namespace', 'name']));
  const tier = tiers.get(tierKey(name));
  if (!tier) throw refused(part, `there is no tier ${tierKey(name)} in $.tiers`, [...tiers.keys()].join(', '));
  return { kind: 'tier', ...name, pods: tier.pods };
}

export function readTierName(parts: { readonly namespace: JsonPart; readonly name: JsonPart }) {
  return { namespace: nameIn(parts.namespace, namespaceNameProblem), name: nameIn(parts.name, objectNameProblem) };
}

export function nameIn(part: JsonPart, wrong: (name: string) => string | undefined): string {
  const name = text(part);
  const problem = wrong(name);
  if (problem !== undefined) throw refused(part, problem, 'a name that Kubernetes accepts');
  return name;
}

export function readPods(part: JsonPart): PodSet {
  const { namespaceSelector, podSelector } = fields(part, ['namespaceSelector', 'podSelector']);
  return { namespaces: readSelector(namespaceSelector), pods: readSelector(podSelector) };
}

/** A LabelSelector: its shape is checked here, its keys and values by the selector. */
export function readSelector(part: JsonPart): Selector {
  const { matchLabels, matchExpressions } = fields(part, [], ['matchLabels', 'matchExpressions']);
  if (matchLabels) record(matchLabels, text);
  if (matchExpressions) list(matchExpressions, checkExpression);
  return made(part, () => fromLabelSelector(part.value));
}

function checkExpression(part: JsonPart): void {
  const { key, operator, values } = fields(part, ['key', 'operator'], ['values']);
  text(key);
  oneOf(operator, ['In', 'NotIn', 'Exists', 'DoesNotExist']);
  if (values) list(values, text);
}

export function readBlocks(part: JsonPart): ips.IpSet {
  return ips.union(
    ...list(part, (block) => {
      const parts = fields(block, ['cidr'], ['except']);
      return made(block, () => ips.fromBlock(text(parts.cidr), list(parts.except, text)));
    }),
  );
}

export function readTraffic(part: JsonPart): Traffic {
  if (kindOf(part, ['ports', 'everything']) === 'everything') {
    fields(part, ['kind']);
    return portTraffic(ports.everything);
  }
  const { ports: portList, requests } = fields(part, ['kind', 'ports'], ['requests']);
  const set = ports.unionOf(list(portList, readPort));
  return portTraffic(set, requests && list(requests, readRequest));
}

function readPort(part: JsonPart): ports.PortSet {
  const { protocol: protocolPart, port, endPort } = fields(part, ['protocol'], ['port', 'endPort']);
  const protocol = oneOf(protocolPart, ports.PROTOCOLS);
  if (!port && endPort) throw refused(part, 'there is an endPort without a port', 'port with endPort, or neither');
  if (!port) return ports.allOf(protocol);
  if (typeof port.value === 'string' && !endPort) return made(port, () => ports.named(protocol, text(port)));
  if (!endPort) return made(port, () => ports.number(protocol, number(port)));
  return made(part, () => ports.range(protocol, number(port), number(endPort)));
}

function number(part: JsonPart): number {
  if (typeof part.value === 'number') return part.value;
  throw refused(part, `this is not a number: ${shallowJson(part.value)}`, 'a port number, 1 to 65535');
}

export function readWaiver(part: JsonPart): Waiver {
  const { rule, because } = fields(part, ['rule', 'because']);
  return { rule: text(rule), because: text(because) };
}
