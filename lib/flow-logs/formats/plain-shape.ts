import type { FlowRecord } from '../flow-record';
import type { MapShape, ObjectShape, Shape } from '../reading/shape';

const TEXT: Shape = { type: 'string', minLength: 1 };
const MAP: MapShape = { type: 'object', additionalProperties: { type: 'string' } };

/** With its zone, as 2026-11-27T10:00:00Z or 2026-11-27T11:00:00.5+01:00. */
const TIME: Shape = {
  type: 'string',
  pattern:
    '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)$',
};

const NAMED: ObjectShape = object({ namespace: TEXT, name: TEXT }, ['name']);

const END: ObjectShape = object({
  cluster: { ...TEXT, description: 'Where it is another one than the cluster of the log.' },
  namespace: TEXT,
  pod: TEXT,
  podPrefix: {
    ...TEXT,
    description: 'The beginning of the names of pods that were counted together: vllm-7d9f of vllm-7d9f-*.',
  },
  workload: object({ kind: TEXT, name: TEXT }, ['name']),
  labels: { ...MAP, description: 'Labels that the pods have; others may be there too.' },
  namespaceLabels: { ...MAP, description: 'Labels that the namespace has; others may be there too.' },
  address: TEXT,
  entity: {
    type: 'string',
    description: 'What is known to be no pod.',
    enum: [
      'internet',
      'nodes',
      'api-server',
      'ingress',
      'cluster',
      'unmanaged',
      'outside',
      'public-address',
      'private-address',
    ],
  },
  networkSet: NAMED,
  isStarting: { type: 'boolean', description: 'The labels of the pod were not known to the engine yet.' },
  hosts: { type: 'array', items: TEXT, description: 'Host names that the address had.' },
  service: { ...NAMED, description: 'The Service that was called.' },
});

/**
 * A flow in our own formats: the fields of a record, with times as texts. What JSONL has as an object, CSV has as columns
 * that are named by their paths.
 */
export const PLAIN_FLOW: ObjectShape = object(
  {
    source: { ...END, description: 'Who called. A field that is absent is not known.' },
    destination: { ...END, description: 'Who was called. A field that is absent is not known.' },
    protocol: { type: 'string', enum: ['TCP', 'UDP', 'SCTP', 'other'] },
    port: { type: 'integer', minimum: 1, maximum: 65535, description: 'Of the destination.' },
    portIs: {
      type: 'string',
      enum: ['pod', 'service', 'either'],
      description:
        'Whether the port is that of the pod or that of a Service before translation. Where it is absent: either.',
    },
    verdict: {
      type: 'string',
      enum: ['passed', 'dropped', 'audited', 'unknown'],
      description: 'audited: it passed, and would be dropped where the policy is enforced.',
    },
    seenAt: { type: 'string', enum: ['source', 'destination'], description: 'The end whose policies decided.' },
    isReply: { type: 'boolean' },
    byPolicy: { type: 'boolean', description: 'Whether it was a policy that dropped it.' },
    reason: { ...TEXT, description: 'Why it was dropped.' },
    policies: {
      type: 'array',
      items: object({ kind: TEXT, namespace: TEXT, name: TEXT }, ['name']),
      description: 'The policies that decided.',
    },
    request: object({ method: TEXT, path: TEXT, host: TEXT }),
    dns: object({ name: TEXT, addresses: { type: 'array', items: TEXT } }, ['name', 'addresses']),
    count: {
      type: 'integer',
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Connections, requests or packets that it stands for. Where it is absent: 1.',
    },
    from: { ...TIME, description: 'When the first of them was seen: a time with its zone.' },
    until: {
      ...TIME,
      description: 'When the last of them was seen: a time with its zone. Where it is absent: as `from`.',
    },
  },
  ['source', 'destination', 'verdict'],
);

/** The schema as it is published. */
export const FLOW_LOG_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'cdk8s-zero-trust flow log, v1',
  description: 'A line of a log of flows in JSON lines. What is left out is not known.',
  ...PLAIN_FLOW,
};

/** A flow of this shape, as it was parsed. */
export type PlainFlow = Omit<FlowRecord, 'portIs' | 'count' | 'from' | 'until'> & {
  readonly portIs?: FlowRecord['portIs'];
  readonly count?: number;
  readonly from?: string;
  readonly until?: string;
};

function object(properties: Readonly<Record<string, Shape>>, required: readonly string[] = []): ObjectShape {
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties,
    additionalProperties: false,
  };
}
