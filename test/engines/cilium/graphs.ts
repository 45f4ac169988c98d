/** Random graphs of what Cilium can say beyond ports: requests, host names, entities, guardrails of pods and nodes. */
import fc from 'fast-check';
import { FAILSAFE_INBOUND } from '../../../lib/cluster/failsafe-ports';
import { canonical, type GraphData, type GraphTier } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import type { Flow } from '../../../lib/model/flow';
import type { HostGuardrail } from '../../../lib/model/guardrail';
import type { HostPattern } from '../../../lib/model/host-pattern';
import * as ips from '../../../lib/model/ip-set';
import { podSet, podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import { canonicalRequests, type HttpMatch, type PathPattern } from '../../../lib/model/request-match';
import * as selectors from '../../../lib/model/selector';
import { portTraffic } from '../../../lib/model/traffic';
import { clusterOf } from '../../graph/clusters';
import { addresses, end, flow, tier } from '../../graph/graphs';

export const web = tier('shop', 'web');
export const api = tier('shop', 'api');
export const store = tier('orders', 'store');
const tiers: readonly GraphTier[] = [web, api, store];

export const kubeDns: Endpoint = {
  kind: 'pods',
  pods: podsIn('kube-system', selectors.fromLabels({ 'k8s-app': 'kube-dns' })),
  owner: 'the platform',
};

export const dnsPorts = ports.union(ports.number('UDP', 53), ports.number('TCP', 53));

/** A graph of the three tiers. */
export function graphOf(flows: readonly Flow[], more: Partial<GraphData> = {}): GraphData {
  return canonical({
    cluster: clusterOf('cilium', '1.20'),
    namespaces: ['shop', 'orders'].map((name) => ({
      name,
      purpose: 'any',
      management: 'own',
      podSecurity: 'baseline',
      acknowledged: [],
    })),
    tiers,
    flows,
    ...more,
  });
}

/** Characters that a path is sent with as they are, most of which mean something in regular expressions. */
const character = fc.constantFrom(..."abcXYZ059-._~!$&'()*+,;=:@[]");
const literal = fc
  .string({ unit: character, minLength: 1, maxLength: 6 })
  .filter((segment) => segment !== '.' && segment !== '..');

export const paths: fc.Arbitrary<PathPattern> = fc
  .record({
    segments: fc.array(fc.oneof({ arbitrary: literal, weight: 3 }, fc.constant(undefined)), { maxLength: 4 }),
    below: fc.boolean(),
    endsInSlash: fc.boolean(),
  })
  .map(({ segments, below, endsInSlash }) => {
    const ends = endsInSlash && !below && segments.length > 0;
    return { segments: ends ? [...segments, ''] : segments, below };
  });

export const httpMatches: fc.Arbitrary<HttpMatch> = fc
  .record(
    {
      methods: fc.uniqueArray(fc.constantFrom('GET', 'POST', 'PUT', 'M-SEARCH'), { minLength: 1, maxLength: 3 }),
      path: paths,
      host: fc.constantFrom('models.example.com', 'api-2.example.com', 'localhost'),
      headers: fc.uniqueArray(fc.constantFrom('x-team', 'authorization', 'mcp-method=tools/call'), { minLength: 1 }),
    },
    { requiredKeys: [] },
  )
  .map(({ methods, headers, ...match }) => ({
    protocol: 'http' as const,
    ...match,
    ...(methods !== undefined && { methods: [...methods].sort() }),
    ...(headers !== undefined && { headers: [...headers].sort() }),
  }));

const hostPatterns: fc.Arbitrary<HostPattern> = fc.constantFrom<HostPattern>(
  { kind: 'exact', name: 'api.example.com' },
  { kind: 'exact', name: 'example.org' },
  { kind: 'one-label', under: 's3.example.com' },
  { kind: 'any-depth', under: 'example.net' },
  { kind: 'any' },
);

const others: readonly Endpoint[] = [
  ...tiers.map(end),
  kubeDns,
  { kind: 'pods', pods: podSet(selectors.fromLabels({ team: 'red' }), selectors.anything), owner: 'the red team' },
  {
    kind: 'pods',
    pods: podSet(
      selectors.fromRequirements([{ key: 'team', operator: 'NotIn', values: ['red'] }]),
      selectors.fromRequirements([{ key: 'legacy', operator: 'DoesNotExist' }]),
    ),
    owner: 'everybody else',
  },
  addresses('192.0.2.0/24', ['192.0.2.16/28']),
  { kind: 'entity', entity: 'api-server' },
  { kind: 'entity', entity: 'nodes' },
];

const portSets = [
  ports.everything,
  ports.allOf('UDP'),
  ports.range('TCP', 30_000, 32_767),
  ports.named('TCP', 'http'),
  ports.number('SCTP', 9000),
  ports.union(...Array.from({ length: 41 }, (_, i) => ports.number('TCP', 9001 + 2 * i))),
];

/** Each has a port of its own, or no rule about requests would hold beside rules about ports. */
const limited = fc.record({
  requests: fc.array(httpMatches, { minLength: 1, maxLength: 3 }),
  to: fc.constantFrom(...others),
});
/** Names of ports are pods' to give. */
const plain = fc
  .record({ ports: fc.constantFrom(...portSets), to: fc.constantFrom(...others) })
  .filter(({ ports: set, to }) => 'pods' in to || !ports.hasNames(set));

const hostGuardrail: HostGuardrail = {
  name: 'nodes',
  because: 'nodes are not servers',
  nodes: selectors.fromLabels({ pool: 'gpu' }),
  allows: [
    ...FAILSAFE_INBOUND.map(({ ports: set, because }) => ({
      direction: 'ingress' as const,
      peer: { kind: 'addresses' as const, addresses: ips.all, name: 'anywhere' },
      ports: set,
      because,
    })),
    {
      direction: 'ingress',
      peer: { kind: 'entity', entity: 'nodes' },
      ports: ports.number('TCP', 9100),
      because: 'metrics',
    },
    { direction: 'egress', peer: addresses('192.0.2.0/24'), ports: ports.number('TCP', 443), because: 'updates' },
  ],
};

const everyPod = podSet(selectors.anything, selectors.anything);

export const richGraphs: fc.Arbitrary<GraphData> = fc
  .record({
    limited: fc.array(limited, { maxLength: 3 }),
    plain: fc.array(plain, { maxLength: 3 }),
    hosts: fc.array(hostPatterns, { maxLength: 3 }),
    isGuarded: fc.boolean(),
    hasHostGuardrail: fc.boolean(),
  })
  .map(({ limited, plain, hosts, isGuarded, hasHostGuardrail }) =>
    graphOf(
      [
        flow(end(web), end(api), ports.number('TCP', 7000), 'the shop asks'),
        ...limited.map(({ to, requests }, i) => {
          const traffic = portTraffic(ports.number('TCP', 8000 + i), canonicalRequests(requests));
          return flow(end(web), to, ports.none, `requests ${i}`, { traffic });
        }),
        // From other pods than what is limited, so that nothing is undone.
        ...plain.map(({ to, ports: set }, i) => flow(end(store), to, set, `ports ${i}`)),
        ...(hosts.length === 0
          ? []
          : [
              flow(end(api), kubeDns, dnsPorts, 'names are resolved'),
              ...hosts.map((pattern, i) =>
                flow(end(api), { kind: 'hosts', patterns: [pattern] }, ports.number('TCP', 443), `hosts ${i}`),
              ),
            ]),
      ],
      {
        ...(isGuarded && {
          guardrails: [
            {
              name: 'edge',
              because: 'any',
              denies: [
                {
                  direction: 'egress',
                  subject: everyPod,
                  peer: addresses('169.254.169.254/32'),
                  ports: ports.everything,
                },
                {
                  direction: 'ingress',
                  subject: podSet(selectors.fromLabels({ tenant: 'blue' }), selectors.anything),
                  peer: {
                    kind: 'pods',
                    pods: podSet(selectors.fromLabels({ tenant: 'green' }), selectors.anything),
                    owner: 'green',
                  },
                  ports: ports.everything,
                },
              ],
              isolates: [everyPod],
            },
          ],
        }),
        ...(hasHostGuardrail && { hostGuardrails: [hostGuardrail] }),
      },
    ),
  );
