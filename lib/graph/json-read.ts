import type { Excepted, Flow } from '../model/flow';
import type { Guardrail, HostGuardrail } from '../model/guardrail';
import { type JsonText, readJson } from '../model/json-text';
import { namespaceNameProblem, objectNameProblem } from '../model/labels';
import { ZeroTrustError } from '../model/problem';
import { shallowJson } from '../model/shallow-json';
import {
  canonical,
  type GraphData,
  type GraphForeign,
  type GraphNamespace,
  type GraphTier,
  TIER_ROLES,
  tierKey,
} from './graph-data';
import { SCHEMA, SCHEMAS } from './json';
import { fields, type JsonPart, list, made, oneOf, record, refused, text } from './json-fields';
import { readCluster } from './json-read-cluster';
import {
  nameIn,
  readBlocks,
  readEnd,
  readPods,
  readSelector,
  readTierName,
  readTraffic,
  readWaiver,
  type Tiers,
} from './json-read-ends';

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
      foreign: list(parts.foreign, (part) => readForeign(part, byName)),
    }),
  );
}

function parsed(json: string): unknown {
  const { value, twice } = jsonOf(json);
  if (twice === undefined) return value;
  throw new ZeroTrustError({
    rule: 'policy-graph-json',
    where: twice,
    what: 'this key stands twice in one object, and which one counts depends on who reads it',
    value: twice,
    allowed: 'each key once',
    fix: 'Take one of the two out, or render the app again.',
  });
}

function jsonOf(json: string): JsonText {
  try {
    return readJson(json);
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
  if (schema !== undefined && schema !== SCHEMA) throw otherSchema(schema);
  return fields(
    root,
    ['schema', 'cluster', 'namespaces', 'tiers', 'flows'],
    ['guardrails', 'hostGuardrails', 'foreign'],
  );
}

/** A graph of another version lacks what this one is proved by, or says what this one does not know. */
function otherSchema(schema: unknown): ZeroTrustError {
  const isGraph = typeof schema === 'string' && schema.startsWith(SCHEMAS);
  const error = refused(
    { value: schema, path: '$.schema' },
    isGraph
      ? `this is a policy graph in the schema ${shallowJson(schema)}, and another version of cdk8s-zero-trust wrote it`
      : `the schema ${shallowJson(schema)} is not known`,
    SCHEMA,
  );
  if (!isGraph) return error;
  return new ZeroTrustError({
    ...error.problems[0],
    fix: 'Render the app again with this version: ZeroTrust.render(app).',
  });
}

function readNamespace(part: JsonPart): GraphNamespace {
  const parts = fields(part, ['name', 'purpose', 'management', 'podSecurity'], ['rollout', 'labels', 'acknowledged']);
  return {
    name: nameIn(parts.name, namespaceNameProblem),
    purpose: text(parts.purpose),
    management: oneOf(parts.management, ['own', 'adopt']),
    podSecurity: text(parts.podSecurity),
    ...(parts.rollout && { rollout: oneOf(parts.rollout, ['audit'] as const) }),
    ...(parts.labels && { labels: record(parts.labels, text) }),
    acknowledged: list(parts.acknowledged, readWaiver),
  };
}

function readTier(part: JsonPart): GraphTier {
  const parts = fields(part, ['namespace', 'name', 'role', 'pods'], ['notes', 'acknowledged']);
  return {
    ...readTierName(parts),
    role: oneOf(parts.role, TIER_ROLES),
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

function readForeign(part: JsonPart, tiers: Tiers): GraphForeign {
  const { from, to, traffic, because } = fields(part, ['from', 'to', 'traffic', 'because']);
  return {
    from: readEnd(from, tiers),
    to: readEnd(to, tiers),
    traffic: readTraffic(traffic),
    because: list(because, text),
  };
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
  throw refused(part, `this is ${shallowJson(part.value)}`, 'true, or no such field');
}
