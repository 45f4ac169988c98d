// The fields of the Elastic Common Schema that documents of flows have, in JSON Schema, written down from
// github.com/elastic/ecs, tag v9.4.0 (commit 354fd8d0, Apache-2.0): types and arrays of `generated/csv/fields.csv`, and the
// values that `generated/ecs/ecs_nested.yml` allows for `event.kind`, `event.category`, `event.type` (those that are
// expected of the category network), `event.outcome` and `network.direction`. Other fields are refused: what a flow has
// beside these has its place in `labels`, whose values are keywords.

const keyword = { type: 'string' };
const keywords = { type: 'array', items: keyword };
const date = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' };
const ip = { type: 'string', pattern: '^(\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$' };

function object(properties: object, required: readonly string[] = []) {
  return { type: 'object', properties, required, additionalProperties: false };
}

const end = { address: keyword, ip, domain: keyword };

export const ECS_DOCUMENT = object(
  {
    '@timestamp': date,
    ecs: object({ version: { const: '9.4.0' } }, ['version']),
    message: { type: 'string' },
    labels: { type: 'object', additionalProperties: keyword },
    event: object({
      kind: { enum: ['alert', 'asset', 'enrichment', 'event', 'metric', 'state', 'pipeline_error', 'signal'] },
      category: { type: 'array', items: { const: 'network' } },
      type: {
        type: 'array',
        items: { enum: ['access', 'allowed', 'connection', 'denied', 'end', 'info', 'protocol', 'start'] },
      },
      action: keyword,
      outcome: { enum: ['failure', 'success', 'unknown'] },
      id: keyword,
      module: keyword,
      dataset: keyword,
      reason: keyword,
      start: date,
      end: date,
    }),
    source: object(end),
    destination: object({ ...end, port: { type: 'integer', minimum: 1, maximum: 65_535 } }),
    network: object({
      direction: { enum: ['ingress', 'egress', 'inbound', 'outbound', 'internal', 'external', 'unknown'] },
      transport: { type: 'string', pattern: '^[a-z]+$' },
      type: { enum: ['ipv4', 'ipv6'] },
    }),
    rule: object({ name: keyword, ruleset: keyword }),
    orchestrator: object({
      type: keyword,
      namespace: keyword,
      resource: object({ name: keyword, label: keywords }),
    }),
    observer: object({ vendor: keyword, product: keyword, version: keyword, type: keyword }),
    related: object({ ip: { type: 'array', items: ip }, hosts: keywords }),
    log: object({ file: object({ path: keyword }) }),
  },
  ['@timestamp', 'ecs'],
);
