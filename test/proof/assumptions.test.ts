import type { GraphData } from '../../lib/graph/graph-data';
import * as ips from '../../lib/model/ip-set';
import { podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import * as selectors from '../../lib/model/selector';
import { assumptionsOf, endName } from '../../lib/proof/assumptions';
import { factsOf } from '../../lib/proof/terms/facts';
import { clusterOf } from '../graph/clusters';
import { acknowledgement } from './arbitraries';
import { flow, graph, tier } from './mechanical';

const client = tier('a', 'client');
const server = tier('b', 'server');
const tcp = ports.number('TCP', 443);
const plain = graph([client, server], [flow(client, server, tcp)]);
const pods = { podAddresses: ips.fromBlock('10.244.0.0/16') };

const ALWAYS = 7;
/** What is left out beside what always is. */
function more(declared: GraphData, mode: 'pods' | 'external-only' = 'pods', known: object = pods): string[] {
  return assumptionsOf(declared, factsOf(mode, known)).slice(ALWAYS);
}

describe('what a proof leaves out', () => {
  it('is the other clusters of a mesh on Cilium, which selects their pods up to 1.18', () => {
    const on = (version?: string) =>
      more({ ...plain, cluster: clusterOf('cilium', version) }, 'external-only').slice(1);
    expect(on('1.18')).toEqual([expect.stringMatching(/^clusters of a mesh: the cluster is in none/)]);
    expect(on()).toEqual(on('1.18'));
    expect(on('1.19')).toEqual([expect.stringMatching(/^clusters of a mesh: policy-default-local-cluster is true/)]);
    expect(more(plain, 'external-only')).toHaveLength(1);
  });

  it('is always the same seven things, and how pods have their addresses', () => {
    const all = assumptionsOf(plain, factsOf('pods', pods));
    expect(all.slice(0, ALWAYS).map((text) => text.split(':')[0])).toEqual([
      'enforcement',
      'objects outside the deployment',
      'host-network pods',
      'node traffic',
      'self-traffic',
      'ICMP',
      'secondary networks',
    ]);
    expect(more(plain)).toEqual(['pod addresses: every pod has one of 10.244.0.0/16']);
    expect(more(plain, 'external-only')).toEqual(['address blocks: the engine never matches pods by them']);
    expect(more(plain, 'pods', {})).toEqual([
      'pod addresses: not given, so pods are reckoned with in 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16, fc00::/7, and nowhere else',
    ]);
  });

  it('is what pods may do in namespaces that are adopted', () => {
    const adopted = (count: number): GraphData => ({
      ...plain,
      namespaces: plain.namespaces.map((each, i) => (i < count ? { ...each, management: 'adopt' as const } : each)),
    });
    expect(more(adopted(1))[0]).toBe(
      'Pod Security: a is adopted, so what pods may do there (host network, say) is not ours to bind',
    );
    expect(more(adopted(2))[0]).toBe(
      'Pod Security: a, b are adopted, so what pods may do there (host network, say) is not ours to bind',
    );
  });

  it('is each flow by which pods may be reached at addresses', () => {
    const block = { kind: 'addresses' as const, addresses: ips.fromBlock('10.0.0.0/8'), name: 'the office' };
    const accepted = graph([client], [flow(client, block, tcp, acknowledgement)]);
    expect(more(accepted).slice(1)).toEqual([
      'pods by address: the flow from a/client to the office also lets pods with such addresses through, which is acknowledged',
    ]);
    expect(more(graph([client], [flow(client, block, tcp)])).slice(1)).toEqual([]);
  });

  it('is what names lead to, once, and what the cluster promises of encryption', () => {
    const names = { kind: 'hosts' as const, patterns: [{ kind: 'exact' as const, name: 'api.example.com' }] };
    const declared = graph([client, server], [flow(client, names, tcp), flow(server, names, tcp)]);
    expect(more(declared).slice(1)).toEqual([expect.stringMatching(/^host names: .*other names at the same address/)]);
    const encrypted = { ...plain, flows: plain.flows.map((each) => ({ ...each, encrypted: true as const })) };
    expect(more(encrypted).slice(1)).toEqual([
      'encrypted on the way: the cluster promises it for the flow from a/client to b/server, and no policy can',
    ]);
  });

  it('is what host guardrails let through, and what tiers acknowledge', () => {
    const guarded = {
      ...plain,
      hostGuardrails: [{ name: 'nodes' }] as unknown as GraphData['hostGuardrails'],
      tiers: [{ ...client, acknowledged: [{ rule: 'agent-internet', because: 'it browses' }] }, server],
    };
    expect(more(guarded).slice(1)).toEqual([
      'nodes themselves: what the host guardrail nodes lets through is not looked into',
      'acknowledged: a/client waives agent-internet, because it browses',
    ]);
  });
});

describe('an end in a sentence', () => {
  it.each([
    ['ns/name', { kind: 'tier' as const, namespace: 'ns', name: 'name', pods: client.pods }],
    [
      'monitoring/{app=prometheus} (platform)',
      {
        kind: 'pods' as const,
        pods: podsIn('monitoring', selectors.fromLabels({ app: 'prometheus' })),
        owner: 'platform',
      },
    ],
    ['192.0.2.0/24', { kind: 'addresses' as const, addresses: ips.fromBlock('192.0.2.0/24') }],
    ['the office', { kind: 'addresses' as const, addresses: ips.fromBlock('192.0.2.0/24'), name: 'the office' }],
    [
      'api.example.com, *.example.org',
      {
        kind: 'hosts' as const,
        patterns: [
          { kind: 'exact' as const, name: 'api.example.com' },
          { kind: 'one-label' as const, under: 'example.org' },
        ],
      },
    ],
    ['api-server', { kind: 'entity' as const, entity: 'api-server' as const }],
  ])('is %s', (text, end) => {
    expect(endName(end)).toBe(text);
  });
});
