import type { Endpoint } from '../model/endpoint';
import { ENGINE_NAMES } from '../model/engine-name';
import type { Excepted, Flow, Waiver } from '../model/flow';
import type { Guardrail, HostGuardrail } from '../model/guardrail';
import { hostText } from '../model/host-pattern';
import * as ips from '../model/ip-set';
import { namespaceNameProblem, objectNameProblem } from '../model/labels';
import type { PodSet } from '../model/pod-set';
import * as ports from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import { fromLabelSelector, type Selector } from '../model/selector';
import { portTraffic, type Traffic } from '../model/traffic';
import {
  canonical,
  type GraphCluster,
  type GraphData,
  type GraphNamespace,
  type GraphTier,
  type TierRole,
  tierKey,
} from './graph-data';
import { SCHEMA } from './json';
import { fields, type JsonPart, kindOf, list, made, oneOf, record, refused, text } from './json-fields';
import { readHost, readRequest } from './json-read-matches';
import { compareText } from './merged-flows';

const ROLES: readonly TierRole[] = ['tier', 'gateway', 'inference', 'agent', 'data'];

/** Tiers by what flows name them. */
type Tiers = ReadonlyMap<string, GraphTier>;

/**
 * The graph in its JSON form. Strict: what the schema does not have is refused and not skipped, since a field that this
 * version does not know may be what narrows a flow.
 *
 * @throws ZeroTrustError that names the place in the document (`$.flows[0].to.kind`)
 */
export function fromJson(json: string): GraphData {
  const root = { value: parsed(json), path: '$' };
  const parts = graphFields(root);
  const tiers = list(parts.tiers, readTier);
  const byName: Tiers = new Map(tiers.map((tier) => [tierKey(tier), tier]));
  return made(root, () =>
    canonical({
      cluster: readCluster(parts.cluster),
      namespaces: list(parts.namespaces, readNamespace),
      tiers,
      flows: list(parts.flows, (part) => readFlow(part, byName)),
      guardrails: list(parts.guardrails, (part) => readGuardrail(part, byName)),
      hostGuardrails: list(parts.hostGuardrails, (part) => readHostGuardrail(part, byName)),
    }),
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new ZeroTrustError({
      rule: 'policy-graph-json',
      what: `this is not JSON (${(error as Error).message})`,
      allowed: `a document with the schema ${SCHEMA}`,
    });
  }
}

/** Looks at the schema first: fields of another version would only be called unknown. */
function graphFields(root: JsonPart) {
  const schema = (root.value as { schema?: unknown } | null)?.schema;
  if (schema !== undefined && schema !== SCHEMA) {
    throw refused({ value: schema, path: '$.schema' }, `the schema ${JSON.stringify(schema)} is not known`, SCHEMA);
  }
  return fields(root, ['schema', 'cluster', 'namespaces', 'tiers', 'flows'], ['guardrails', 'hostGuardrails']);
}

function readCluster(part: JsonPart): GraphCluster {
  const { engine, version, name } = fields(part, ['engine'], ['version', 'name']);
  return {
    engine: oneOf(engine, ENGINE_NAMES),
    ...(version && { version: text(version) }),
    ...(name && { name: text(name) }),
  };
}

function readNamespace(part: JsonPart): GraphNamespace {
  const parts = fields(part, ['name', 'purpose', 'management', 'podSecurity'], ['rollout', 'acknowledged']);
  return {
    name: nameIn(parts.name, namespaceNameProblem),
    purpose: text(parts.purpose),
    management: oneOf(parts.management, ['own', 'adopt']),
    podSecurity: text(parts.podSecurity),
    ...(parts.rollout && { rollout: oneOf(parts.rollout, ['audit'] as const) }),
    acknowledged: list(parts.acknowledged, readWaiver),
  };
}

function readTier(part: JsonPart): GraphTier {
  const parts = fields(part, ['namespace', 'name', 'role', 'pods'], ['notes', 'acknowledged']);
  return {
    ...readTierName(parts),
    role: oneOf(parts.role, ROLES),
    pods: readPods(parts.pods),
    notes: list(parts.notes, text),
    acknowledged: list(parts.acknowledged, readWaiver),
  };
}

function readFlow(part: JsonPart, tiers: Tiers): Flow {
  const parts = fields(part, ['from', 'to', 'traffic', 'because'], ['encrypted', 'excepted', 'acknowledged', 'notes']);
  return {
    from: readEnd(parts.from, tiers),
    to: readEnd(parts.to, tiers),
    traffic: readTraffic(parts.traffic),
    because: list(parts.because, text),
    ...(parts.encrypted && { encrypted: isTrue(parts.encrypted) }),
    excepted: list(parts.excepted, readExcepted),
    acknowledged: list(parts.acknowledged, readWaiver),
    notes: list(parts.notes, text),
  };
}

function readEnd(part: JsonPart, tiers: Tiers): Endpoint {
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
      return { kind, entity: oneOf(fields(part, ['kind', 'entity']).entity, ['api-server', 'nodes', 'ingress']) };
  }
}

function readTierEnd(part: JsonPart, tiers: Tiers): Endpoint {
  const name = readTierName(fields(part, ['kind', 'namespace', 'name']));
  const tier = tiers.get(tierKey(name));
  if (!tier) throw refused(part, `there is no tier ${tierKey(name)} in $.tiers`, [...tiers.keys()].join(', '));
  return { kind: 'tier', ...name, pods: tier.pods };
}

function readTierName(parts: { readonly namespace: JsonPart; readonly name: JsonPart }) {
  return { namespace: nameIn(parts.namespace, namespaceNameProblem), name: nameIn(parts.name, objectNameProblem) };
}

function nameIn(part: JsonPart, wrong: (name: string) => string | undefined): string {
  const name = text(part);
  const problem = wrong(name);
  if (problem !== undefined) throw refused(part, problem, 'a name that Kubernetes accepts');
  return name;
}

function readPods(part: JsonPart): PodSet {
  const { namespaceSelector, podSelector } = fields(part, ['namespaceSelector', 'podSelector']);
  return { namespaces: readSelector(namespaceSelector), pods: readSelector(podSelector) };
}

/** A LabelSelector: its shape is checked here, its keys and values by the selector. */
function readSelector(part: JsonPart): Selector {
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

function readBlocks(part: JsonPart): ips.IpSet {
  return ips.union(
    ...list(part, (block) => {
      const parts = fields(block, ['cidr'], ['except']);
      return made(block, () => ips.fromBlock(text(parts.cidr), list(parts.except, text)));
    }),
  );
}

function readTraffic(part: JsonPart): Traffic {
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
  throw refused(part, `this is not a number: ${JSON.stringify(part.value)}`, 'a port number, 1 to 65535');
}

function readExcepted(part: JsonPart): Excepted {
  const { blocks, because } = fields(part, ['blocks', 'because']);
  return { addresses: readBlocks(blocks), because: text(because) };
}

function readGuardrail(part: JsonPart, tiers: Tiers): Guardrail {
  const { name, because, denies, isolates } = fields(part, ['name', 'because'], ['denies', 'isolates']);
  return {
    name: nameIn(name, objectNameProblem),
    because: text(because),
    denies: list(denies, (item) => {
      const parts = fields(item, ['direction', 'pods', 'peer', 'traffic']);
      const { ports: set } = readTraffic(parts.traffic);
      return { ...readConnection(parts, tiers), subject: readPods(parts.pods), ports: set };
    }),
    isolates: list(isolates, readPods),
  };
}

function readHostGuardrail(part: JsonPart, tiers: Tiers): HostGuardrail {
  const { name, because, nodes, allows } = fields(part, ['name', 'because', 'nodes'], ['allows']);
  return {
    name: nameIn(name, objectNameProblem),
    because: text(because),
    nodes: readSelector(nodes),
    allows: list(allows, (item) => {
      const parts = fields(item, ['direction', 'peer', 'traffic', 'because']);
      return { ...readConnection(parts, tiers), ports: readTraffic(parts.traffic).ports, because: text(parts.because) };
    }),
  };
}

function readConnection(parts: { readonly direction: JsonPart; readonly peer: JsonPart }, tiers: Tiers) {
  return { direction: oneOf(parts.direction, ['ingress', 'egress']), peer: readEnd(parts.peer, tiers) };
}

function isTrue(part: JsonPart): true {
  if (part.value === true) return true;
  throw refused(part, `this is ${JSON.stringify(part.value)}`, 'true, or no such field');
}

function readWaiver(part: JsonPart): Waiver {
  const { rule, because } = fields(part, ['rule', 'because']);
  return { rule: text(rule), because: text(because) };
}
