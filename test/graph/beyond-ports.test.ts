import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { PolicyGraphDifference } from '../../lib/graph/difference';
import { toDot } from '../../lib/graph/dot';
import { canonical, type GraphData } from '../../lib/graph/graph-data';
import { toJson } from '../../lib/graph/json';
import { fromJson } from '../../lib/graph/json-read';
import { toMermaid } from '../../lib/graph/mermaid';
import { toText } from '../../lib/graph/text';
import type { Endpoint } from '../../lib/model/endpoint';
import type { Flow } from '../../lib/model/flow';
import { podSet, podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import type { RequestMatch } from '../../lib/model/request-match';
import * as selectors from '../../lib/model/selector';
import { portTraffic } from '../../lib/model/traffic';
import { clusterOf } from './clusters';
import { addresses, agent, end, flow, gateway, vllm } from './graphs';

const https = ports.number('TCP', 443);
const serving = ports.number('TCP', 8000);
const chat: RequestMatch = {
  protocol: 'http',
  methods: ['POST'],
  path: { segments: ['v1', 'chat', 'completions'], below: false },
};
const models: RequestMatch = {
  protocol: 'http',
  methods: ['GET'],
  path: { segments: ['v1', 'models', undefined], below: true },
  host: 'models.example.com',
  headers: ['x-team'],
};
const produce: RequestMatch = { protocol: 'kafka', topic: 'orders', role: 'produce' };
const openAi: Endpoint = {
  kind: 'hosts',
  patterns: [
    { kind: 'any-depth', under: 's3.example.com' },
    { kind: 'one-label', under: 'hub.example.com' },
    { kind: 'exact', name: 'api.example.com' },
  ],
};
const limited = (requests: readonly RequestMatch[]) => ({ traffic: portTraffic(serving, requests) });

function graphOf(flows: readonly Flow[], more: Partial<GraphData> = {}): GraphData {
  const namespace = (name: string) =>
    ({ name, purpose: 'x', management: 'own', podSecurity: 'baseline', acknowledged: [] }) as const;
  return canonical({
    cluster: clusterOf('cilium', '1.20'),
    namespaces: [namespace('ai-gateway'), namespace('ai-inference'), { ...namespace('ai-agents'), rollout: 'audit' }],
    tiers: [gateway, vllm, agent],
    flows,
    ...more,
  });
}

function everything(): GraphData {
  const tenant = (operator: 'In' | 'NotIn') =>
    podSet(selectors.fromRequirements([{ key: 'tenant', operator, values: ['blue'] }]), selectors.anything);
  return graphOf(
    [
      flow(end(gateway), end(vllm), serving, 'users reach the model', limited([chat, models])),
      flow(end(vllm), end(gateway), serving, 'answers are queued', limited([produce])),
      flow(end(agent), openAi, https, 'agents ask the hosted model', { encrypted: true }),
      flow(end(agent), { kind: 'entity', entity: 'api-server' }, ports.number('TCP', 6443), 'agents read jobs'),
    ],
    {
      guardrails: [
        {
          name: 'tenants-apart',
          because: 'tenants never meet',
          denies: [
            {
              direction: 'ingress',
              subject: tenant('In'),
              peer: { kind: 'pods', pods: tenant('NotIn'), owner: 'other tenants' },
              ports: ports.everything,
            },
          ],
          isolates: [],
        },
        {
          name: 'metadata',
          because: 'credentials stay on the node',
          denies: [
            {
              direction: 'egress',
              subject: podSet(selectors.anything, selectors.anything),
              peer: addresses('169.254.169.254/32', [], 'metadata services'),
              ports: ports.everything,
            },
          ],
          isolates: [podsIn('ai-inference', selectors.anything)],
        },
      ],
      hostGuardrails: [
        {
          name: 'nodes',
          because: 'nodes are not servers',
          nodes: selectors.fromLabels({ pool: 'gpu' }),
          allows: [
            {
              direction: 'ingress',
              peer: addresses('192.0.2.0/24'),
              ports: ports.number('TCP', 22),
              because: 'on call',
            },
          ],
        },
      ],
    },
  );
}

describe('a graph that says more than ports', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, '../../docs/schemas/graph.schema.json'), 'utf8'));
  const conforms = new Ajv({ strict: true, strictRequired: false }).compile(schema);

  it('comes back from its JSON form as it was, and conforms to the schema', () => {
    const json = toJson(everything());
    expect(conforms(JSON.parse(json))).toBe(true);
    expect(fromJson(json)).toEqual(everything());
    expect(toJson(fromJson(json))).toBe(json);
  });

  it('says in text which requests pass, host names with their depth, entities, guardrails and what is only audited', () => {
    const text = toText(everything());
    expect(text).toContain('policy graph for cilium 1.20');
    expect(text).toMatch(/ai-agents +x +own +baseline +note: audit: its policies are tried out, and not enforced/);
    expect(text).toContain(
      'TCP/8000 (GET /v1/models/*/** host=models.example.com header=x-team; POST /v1/chat/completions)  users reach',
    );
    expect(text).toContain('TCP/8000 (kafka produce orders)');
    expect(text).toMatch(
      /-> \*\*\.s3\.example\.com, \*\.hub\.example\.com, api\.example\.com +TCP\/443 +agents ask the hosted model; encrypted/,
    );
    expect(text).toMatch(/-> <api-server> +TCP\/6443/);
    expect(text).toMatch(
      /guardrails of the cluster\n {2}metadata .*deny \{\*\}\/\{\*\} -> metadata services \(169\.254\.169\.254\/32\) \*; isolate ai-inference\/\{\*\}/,
    );
    expect(text).toMatch(
      /tenants-apart .*deny \{tenant!=blue\}\/\{\*\} -> \{tenant=blue\}\/\{\*\} \* +tenants never meet/,
    );
    expect(text).toMatch(
      /guardrails of nodes\n {2}nodes .*allow 192\.0\.2\.0\/24 -> nodes \{pool=gpu\} TCP\/22 \(on call\)/,
    );
  });

  it.each([
    ['another method', { ...chat, methods: ['GET'] }],
    ['another path', { ...chat, path: { segments: ['v1', 'chat'], below: false } }],
    ['what is below', { ...chat, path: { segments: ['v1', 'chat', 'completions'], below: true } }],
    ['a literal star for a free segment', { ...chat, path: { segments: ['v1', 'chat', '*'], below: false } }],
  ] as const)('is another graph, in text too, with %s', (_title, other) => {
    const requests = (match: RequestMatch) => [flow(end(gateway), end(vllm), serving, 'a reason', limited([match]))];
    const [before, after] = [graphOf(requests(chat)), graphOf(requests(other as RequestMatch))];
    expect(toText(after)).not.toBe(toText(before));
    const difference = PolicyGraphDifference._between(before, after);
    expect(difference.changed).toHaveLength(1);
    expect(difference.isEmpty).toBe(false);
  });

  it('keeps flows apart that differ in their requests, and joins those that do not', () => {
    const [one, other] = [limited([chat]), limited([models])];
    const joined = graphOf([
      flow(end(gateway), end(vllm), serving, 'first reason', one),
      flow(end(gateway), end(vllm), serving, 'second reason', { ...one, encrypted: true }),
      flow(end(gateway), end(vllm), serving, 'third reason', other),
      flow(end(gateway), end(vllm), serving, 'fourth reason'),
    ]);
    expect(joined.flows.map(({ because }) => because)).toEqual([
      ['fourth reason'],
      ['third reason'],
      ['first reason', 'second reason'],
    ]);
  });

  it('must be encrypted where one of the declarations of a flow says so', () => {
    const twice = graphOf([
      flow(end(gateway), end(vllm), serving, 'first reason'),
      flow(end(gateway), end(vllm), serving, 'second reason', { encrypted: true }),
    ]);
    expect(twice.flows.map(({ encrypted }) => encrypted)).toEqual([true]);
    expect(toText(twice)).toContain('first reason; second reason; encrypted');
  });

  it('is drawn with a box for host names and for entities', () => {
    for (const drawing of [toMermaid(everything()), toDot(everything())]) {
      expect(drawing).toContain('api.example.com');
      expect(drawing).toContain('api-server');
    }
  });

  it('tells a changed guardrail by its name', () => {
    const [first, ...others] = everything().guardrails ?? [];
    const changed = { ...everything(), guardrails: [{ ...first, because: 'another reason' }, ...others] };
    const { nodes } = PolicyGraphDifference._between(everything(), changed);
    expect(nodes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['guardrail metadata']);
  });

  it.each([
    ['host names as a source', [flow(openAi, end(vllm), serving, 'a reason')], /comes from host names/],
    [
      'no host name',
      [flow(end(vllm), { kind: 'hosts', patterns: [] } as Endpoint, https, 'a reason')],
      /an end that is nobody/,
    ],
    ['no request', [flow(end(gateway), end(vllm), serving, 'a reason', limited([]))], /lets no request through/],
  ])('is refused with %s', (_title, flows, what) => {
    expect(() => graphOf(flows)).toThrow(what);
  });

  it('is refused with two guardrails of one name', () => {
    const { guardrails = [] } = everything();
    expect(() => graphOf([], { guardrails: [guardrails[0], guardrails[0]] })).toThrow(
      /two guardrails are named metadata/,
    );
  });
});

describe('reading JSON that says more than ports', () => {
  const refusals: [string, (text: string) => string, RegExp][] = [
    [
      'a host name with a scheme',
      (text) => text.replace('"api.example.com"', '"https://api.example.com"'),
      /not a host name/,
    ],
    [
      'two kinds of host name at once',
      (text) => text.replace('"exact": ', '"oneLabelUnder": "x", "exact": '),
      /2 host names/,
    ],
    ['an entity that is none', (text) => text.replace('"entity": "api-server"', '"entity": "etcd"'), /no "etcd" here/],
    [
      'a request of an unknown protocol',
      (text) => text.replace('"protocol": "kafka"', '"protocol": "mqtt"'),
      /no "mqtt" here/,
    ],
    ['encryption that is not', (text) => text.replace('"encrypted": true', '"encrypted": false'), /this is false/],
    [
      'a path without a word on what is below',
      (text) => text.replace('"below": true', '"below": "yes"'),
      /no answer to whether/,
    ],
  ];
  it.each(refusals)('refuses %s', (_title, damage, what) => {
    const json = toJson(everything());
    const damaged = damage(json);
    expect(damaged).not.toBe(json);
    expect(() => fromJson(damaged)).toThrow(what);
  });
});
