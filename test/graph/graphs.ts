import fc from 'fast-check';
import { anyOf, coreDns, gkeCloudDns, nodeLocalDns, openShiftDns } from '../../lib/cluster/dns-flavours';
import { canonical, type GraphData, type GraphTier, TIER_ROLES, type TierRole } from '../../lib/graph/graph-data';
import type { ClusterFacts } from '../../lib/model/cluster-facts';
import type { Endpoint } from '../../lib/model/endpoint';
import { ENGINE_NAMES } from '../../lib/model/engine-name';
import type { Flow } from '../../lib/model/flow';
import * as ips from '../../lib/model/ip-set';
import { podSet, podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import * as selectors from '../../lib/model/selector';
import { portTraffic } from '../../lib/model/traffic';
import { clusterOf } from './clusters';

/** A tier whose pods wear its name as `app`. */
export function tier(namespace: string, name: string, role: TierRole = 'tier'): GraphTier {
  return {
    namespace,
    name,
    role,
    pods: podsIn(namespace, selectors.fromLabels({ app: name })),
    notes: [],
    acknowledged: [],
  };
}

/** The end of a flow that a tier is. */
export function end({ namespace, name, pods }: GraphTier): Endpoint {
  return { kind: 'tier', namespace, name, pods };
}

export function flow(
  from: Endpoint,
  to: Endpoint,
  traffic: ports.PortSet,
  because: string,
  more: Partial<Flow> = {},
): Flow {
  return {
    from,
    to,
    traffic: portTraffic(traffic),
    because: [because],
    excepted: [],
    acknowledged: [],
    notes: [],
    ...more,
  };
}

export function addresses(block: string, excluding: string[] = [], name?: string): Endpoint {
  return { kind: 'addresses', addresses: ips.fromBlock(block, excluding), ...(name === undefined ? {} : { name }) };
}

export const gateway = tier('ai-gateway', 'envoy', 'gateway');
export const vllm = tier('ai-inference', 'vllm', 'inference');
export const agent = tier('ai-agents', 'agent', 'agent');
export const vectors = tier('ai-data', 'weaviate', 'data');

/** The usual mesh of an AI platform, with one flow of every sort: in, within, out, owned by others, waived, excepted. */
export function mesh(): GraphData {
  const prometheus: Endpoint = {
    kind: 'pods',
    pods: podsIn('monitoring', selectors.fromLabels({ app: 'prometheus' })),
    owner: 'platform team',
  };
  const namespace = (name: string, purpose: string) =>
    ({ name, purpose, management: 'own', podSecurity: 'baseline', acknowledged: [] }) as const;
  return canonical({
    cluster: { ...clusterOf('kubernetes', '1.33'), name: 'prod' },
    namespaces: [
      namespace('ai-inference', 'inference'),
      namespace('ai-gateway', 'gateway'),
      {
        ...namespace('ai-agents', 'agents'),
        management: 'adopt',
        acknowledged: [{ rule: 'adopted-deny', because: 'agreed with the owners' }],
      },
      namespace('ai-data', 'data'),
    ],
    tiers: [vllm, { ...gateway, notes: ['clients not distinguishable'] }, agent, vectors],
    flows: [
      flow(end(gateway), end(vllm), ports.number('TCP', 8000), 'users reach the model'),
      flow(end(agent), end(vectors), ports.number('TCP', 8080), 'retrieval looks up passages'),
      flow(
        end(agent),
        addresses('10.0.0.0/8', ['10.0.0.0/28']),
        ports.number('TCP', 443),
        'agents call the tool APIs',
        {
          excepted: [{ addresses: ips.fromBlock('10.0.0.0/28'), because: 'the metadata service' }],
          acknowledged: [{ rule: 'wide-egress', because: 'the tools are everywhere' }],
        },
      ),
      flow(
        addresses('0.0.0.0/0', ['10.0.0.0/8'], 'internet'),
        end(gateway),
        ports.number('TCP', 8443),
        'customers call the models',
        {
          notes: ['clients not distinguishable'],
        },
      ),
      flow(prometheus, end(vllm), ports.named('TCP', 'metrics'), 'latency is watched'),
    ],
  });
}

/** Text that tries to be something else in every form. */
const text = fc.oneof(
  {
    arbitrary: fc.constantFrom('a reason', 'another reason', 'end', 'note: no', 'except me', 'acknowledged x: y'),
    weight: 3,
  },
  {
    arbitrary: fc.constantFrom(
      'a"b',
      'a\nb',
      'a|b',
      'x --> y',
      '"] --> z',
      '</br>',
      'a;b',
      '#quot;',
      '\\',
      '\\"',
      'ü 漢 🙂',
      '\u202e',
      '  a  b ',
      '\u2028',
      '`x`',
      ']',
      '[x]',
      '1. x',
      '- x',
      '&amp;',
    ),
    weight: 3,
  },
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const texts = fc.array(text, { maxLength: 3 });
const waivers = fc.array(fc.record({ rule: fc.constantFrom('wide-egress', 'whole-namespace'), because: text }), {
  maxLength: 2,
});
const portSet = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ports.number('TCP', 80),
        ports.number('TCP', 443),
        ports.range('UDP', 50, 60),
        ports.named('TCP', 'http'),
      ),
      fc.constantFrom(ports.allOf('SCTP'), ports.everything),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((sets) => ports.union(...sets));
const outside: fc.Arbitrary<Endpoint> = fc.oneof(
  fc.record({
    kind: fc.constant('pods' as const),
    pods: fc.constantFrom(
      podsIn('monitoring', selectors.anything),
      podSet(selectors.anything, selectors.fromRequirements([{ key: 'app', operator: 'NotIn', values: ['x', 'y'] }])),
      podSet(selectors.fromLabels({ team: 'ml' }), selectors.fromRequirements([{ key: 'job', operator: 'Exists' }])),
    ),
    owner: text,
  }),
  fc.constantFrom(
    addresses('192.0.2.0/24'),
    addresses('10.0.0.0/8', ['10.0.0.0/28']),
    addresses('2001:db8::/32'),
    addresses('192.0.2.0/24', [], 'internet'),
    addresses('10.0.0.0/8', ['10.1.0.0/16'], 'internet'),
    addresses('198.51.100.0/24', [], 'a(b) "c"'),
  ),
);

const ranges = fc.constantFrom(
  ips.fromBlock('10.244.0.0/16'),
  ips.fromBlock('10.0.0.0/8', ['10.0.0.0/28']),
  ips.fromBlock('fd00::/8'),
);

/** Clusters of which more or less is known. */
const clusters: fc.Arbitrary<ClusterFacts> = fc.record(
  {
    engine: fc.constantFrom(...ENGINE_NAMES),
    version: fc.constantFrom('1.33', '1, cluster x'),
    name: text,
    platform: text,
    testedVersions: fc.constantFrom('1.17 to 1.20'),
    encryption: fc.constantFrom('WireGuard' as const, 'IPsec' as const, 'mutual TLS' as const),
    ipBlockMode: fc.constantFrom('pods' as const, 'may' as const, 'external-only' as const),
    endPort: fc.constant('unknown' as const),
    podRanges: ranges,
    serviceRanges: ranges,
    nodeRanges: ranges,
    apiServer: fc.record({
      addresses: ranges,
      ports: fc.constantFrom(ports.number('TCP', 443), ports.number('TCP', 6443)),
    }),
    dns: fc.constantFrom(coreDns(), openShiftDns(), nodeLocalDns('169.254.20.10'), anyOf([coreDns(), gkeCloudDns()])),
    warnings: fc.array(text, { minLength: 1, maxLength: 2 }),
    acknowledged: waivers.filter((list) => list.length > 0),
  },
  { requiredKeys: ['engine', 'ipBlockMode', 'dns'] },
);

/** Graphs in no order, as constructs might declare them. */
export const declarations: fc.Arbitrary<GraphData> = fc
  .record({
    tiers: fc.uniqueArray(
      fc.record({
        namespace: fc.constantFrom('a', 'b', 'end'),
        name: fc.constantFrom('x', 'y.z', 'end'),
        notes: texts,
        acknowledged: waivers,
      }),
      { selector: ({ namespace, name }) => `${namespace}/${name}`, minLength: 1, maxLength: 5 },
    ),
    cluster: clusters,
    labels: fc.option(
      fc.record({ purpose: fc.constantFrom('x', 'y'), team: fc.constantFrom('ml', 'ops') }, { requiredKeys: [] }),
      { nil: undefined },
    ),
    purpose: text,
    management: fc.constantFrom('own' as const, 'adopt' as const),
    acknowledged: waivers,
    roles: fc.constantFrom(...TIER_ROLES),
  })
  .chain(({ tiers: bare, cluster, labels, purpose, management, acknowledged, roles }) => {
    const tiers = bare.map((about) => ({ ...tier(about.namespace, about.name, roles), ...about }));
    const ours = fc.constantFrom(...tiers.map(end));
    const ends = fc.oneof(fc.tuple(ours, ours), fc.tuple(ours, outside), fc.tuple(outside, ours));
    const flows = fc.array(
      fc.tuple(ends, portSet, fc.array(text, { minLength: 1, maxLength: 2 }), texts, waivers, texts).map(
        ([[from, to], traffic, because, excluded, waived, notes]): Flow => ({
          from,
          to,
          traffic: portTraffic(traffic),
          because,
          excepted: excluded.map((reason, index) => ({
            addresses: ips.fromBlock(`203.0.113.${index * 16}/28`),
            because: reason,
          })),
          acknowledged: waived,
          notes,
        }),
      ),
      { maxLength: 8 },
    );
    const namespaces = [...new Set(tiers.map(({ namespace }) => namespace))].map((name) => ({
      name,
      purpose,
      management,
      podSecurity: 'baseline',
      ...(labels && { labels }),
      acknowledged,
    }));
    const foreign = fc.array(
      fc.record({
        from: fc.oneof(ours, outside),
        to: fc.oneof(ours, outside),
        traffic: portSet.map((set) => portTraffic(set)),
        because: fc.array(text, { minLength: 1, maxLength: 2 }),
      }),
      { maxLength: 2 },
    );
    return fc
      .tuple(flows, foreign)
      .map(([all, others]) => ({ cluster, namespaces, tiers, flows: all, foreign: others }));
  });

export const graphs: fc.Arbitrary<GraphData> = declarations.map(canonical);
