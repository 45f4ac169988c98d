import fc from 'fast-check';
import { kubernetes } from '../../../lib/engines/kubernetes/engine';
import type { PolicyManifest } from '../../../lib/engines/manifest';
import { canonical, type GraphData } from '../../../lib/graph/graph-data';
import { readNetworkPolicy } from '../../../lib/kinds/networking.k8s.io';
import type { Endpoint } from '../../../lib/model/endpoint';
import type { Guardrail, GuardrailDeny } from '../../../lib/model/guardrail';
import * as ips from '../../../lib/model/ip-set';
import { NAMESPACE_NAME_LABEL, podSet, podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import { portTraffic } from '../../../lib/model/traffic';
import { type Proof, proofText, proveGraph } from '../../../lib/proof';
import { addresses, end, flow, graphs, mesh, tier } from '../../graph/graphs';
import { passes } from '../decide';
import { facts } from '../facts';
import { connections, guardedGraphs, isMeant } from '../guarded-graphs';
import { cluster, planeOf, rendered, withNumbersInEgress } from './cilium';
import { api, dnsPorts, graphOf, kubeDns, richGraphs, store, web } from './graphs';

interface Spec {
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

interface Rule {
  readonly toPorts?: readonly { readonly ports: readonly { readonly port: string }[]; readonly rules?: object }[];
  readonly [peers: string]: unknown;
}

function policyOf(manifests: readonly PolicyManifest[], name: string): Spec {
  const found = manifests.find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found.spec as Spec;
}

/** The rules of egress that one flow of the tier web makes, where there are no others. */
function egressTo(to: Endpoint, set = ports.number('TCP', 80), of = cluster): readonly Rule[] {
  return policyOf(rendered(graphOf([flow(end(web), to, set, 'it is needed')]), of), 'web').egress ?? [];
}

const tcp = (...numbers: number[]) => ({ ports: numbers.map((port) => ({ port: `${port}`, protocol: 'TCP' })) });

function pods(namespaces: selectors.Selector, of = selectors.anything): Endpoint {
  return { kind: 'pods', pods: podSet(namespaces, of), owner: 'others' };
}

/** A guardrail between tenants can only be judged where it is known who is one. */
const knownNamespaces = ['shop', 'orders'].map((name) => ({
  name,
  labels: { [NAMESPACE_NAME_LABEL]: name, ...(name === 'shop' && { tenant: 'blue' }) },
}));

function sentences(proof: Proof): string {
  return proof.proved ? '' : proofText(proof);
}

describe('a graph for Cilium', () => {
  it('lets pass what is meant, with guardrails, over pods and addresses', () => {
    fc.assert(
      fc.property(guardedGraphs.map(withNumbersInEgress), (graph) => {
        const plane = planeOf(rendered(graph));
        expect(plane.problems).toBeUndefined();
        expect(connections.filter((it) => passes(plane, it) !== isMeant(graph, it))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is proved, with requests, host names, entities and guardrails', () => {
    fc.assert(
      fc.property(richGraphs.map(withNumbersInEgress), (graph) => {
        const plane = planeOf(rendered(graph));
        expect(plane.problems).toBeUndefined();
        expect(sentences(proveGraph(graph, plane, { knownNamespaces }))).toBe('');
      }),
      { numRuns: 40 },
    );
  });

  it('lets pass what it lets pass as NetworkPolicies', () => {
    fc.assert(
      fc.property(graphs.map(withNumbersInEgress), (graph) => {
        const read = kubernetes
          .render(graph, facts('kubernetes'))
          .map(({ of: _, ...object }) => readNetworkPolicy(object));
        const plain = kubernetes.compose(
          { rules: read.flatMap(({ rules }) => rules), isolations: read.flatMap(({ isolations }) => isolations) },
          { ipBlockMode: 'external-only' },
        );
        const plane = planeOf(rendered(graph));
        expect(connections.filter((it) => passes(plane, it) !== passes(plain, it))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("trap 9: has Cilium's own kinds alone, since NetworkPolicies beside them add up", () => {
    fc.assert(
      fc.property(richGraphs.map(withNumbersInEgress), (graph) => {
        for (const { apiVersion, kind } of rendered(graph)) {
          expect([apiVersion, kind]).toEqual([
            'cilium.io/v2',
            expect.stringMatching(/^Cilium(Clusterwide)?NetworkPolicy$/),
          ]);
        }
      }),
    );
  });

  it('has names of its own for all objects, and the same bytes whatever the order of its flows', () => {
    fc.assert(
      fc.property(richGraphs.map(withNumbersInEgress), (graph) => {
        const manifests = rendered(graph);
        const keys = manifests.map(({ kind, metadata: { namespace, name } }) => `${kind} ${namespace}/${name}`);
        expect(new Set(keys).size).toBe(keys.length);
        const turned = canonical({ ...graph, flows: [...graph.flows].reverse(), tiers: [...graph.tiers].reverse() });
        expect(JSON.stringify(rendered(turned))).toBe(JSON.stringify(manifests));
      }),
    );
  });

  it('trap 1: denies by default with rules that name nobody, in namespaces and in tiers without flows', () => {
    const manifests = rendered(graphOf([]));
    for (const name of ['default-deny', 'store']) {
      expect(policyOf(manifests, name)).toMatchObject({ ingress: [{}], egress: [{}] });
    }
    expect(manifests.find(({ metadata }) => metadata.name === 'default-deny')).toEqual({
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'default-deny', namespace: 'orders' },
      spec: { endpointSelector: {}, ingress: [{}], egress: [{}] },
      of: { kind: 'namespace', namespace: 'orders' },
    });
  });
});

describe('peers for Cilium', () => {
  it('trap 10: of its own namespace name none, and others theirs', () => {
    expect(egressTo(end(api))).toEqual([{ toEndpoints: [{ matchLabels: { 'k8s:app': 'api' } }], toPorts: [tcp(80)] }]);
    expect(egressTo(end(store))).toEqual([
      {
        toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'orders', 'k8s:app': 'store' } }],
        toPorts: [tcp(80)],
      },
    ]);
  });

  it('of any namespace ask for one, so that nothing outside the cluster is meant', () => {
    const some = { key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' };
    const without = (key: string) => selectors.fromRequirements([{ key, operator: 'DoesNotExist' }]);
    expect(egressTo(pods(selectors.anything))[0]?.toEndpoints).toEqual([{ matchExpressions: [some] }]);
    expect(egressTo(pods(without('team'), without('app')))[0]?.toEndpoints).toEqual([
      {
        matchExpressions: [
          some,
          { key: 'k8s:io.cilium.k8s.namespace.labels.team', operator: 'DoesNotExist' },
          { key: 'k8s:app', operator: 'DoesNotExist' },
        ],
      },
    ]);
  });

  it('are of one kind in each rule, which Cilium asks for', () => {
    const kinds = /^(from|to)(Endpoints|CIDRSet|Entities|FQDNs)$/;
    fc.assert(
      fc.property(richGraphs.map(withNumbersInEgress), (graph) => {
        for (const { spec } of rendered(graph)) {
          for (const rule of Object.values(spec as Record<string, Rule[]>)
            .filter(Array.isArray)
            .flat()) {
            const given = Object.keys(rule).filter((name) => name !== 'toPorts');
            expect(given.length).toBeLessThanOrEqual(1);
            for (const name of given.filter((it) => it !== 'toEntities' && it !== 'fromEntities'))
              expect(name).toMatch(kinds);
          }
        }
      }),
    );
  });

  it('trap 6: are addresses that mean no pod, so that anywhere is addresses and every namespace', () => {
    const graph = graphOf([
      flow(end(web), addresses('0.0.0.0/0'), ports.number('TCP', 80), 'outside'),
      flow(end(web), pods(selectors.anything), ports.number('TCP', 80), 'inside'),
    ]);
    expect(policyOf(rendered(graph), 'web').egress?.map((rule) => Object.keys(rule)[0])).toEqual([
      'toEndpoints',
      'toCIDRSet',
    ]);
    const { ipBlockMode } = planeOf(rendered(graph));
    expect(ipBlockMode).toBe('external-only');
  });

  it('trap 18: are blocks of both families, each with exceptions of its own', () => {
    const both = ips.union(ips.fromBlock('0.0.0.0/0', ['10.0.0.0/8']), ips.fromBlock('::/0', ['fc00::/7']));
    expect(egressTo({ kind: 'addresses', addresses: both })[0]?.toCIDRSet).toEqual([
      { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] },
      { cidr: '::/0', except: ['fc00::/7'] },
    ]);
  });

  it('are the API server and nodes by name', () => {
    expect(egressTo({ kind: 'entity', entity: 'api-server' })[0]?.toEntities).toEqual(['kube-apiserver']);
    expect(egressTo({ kind: 'entity', entity: 'nodes' })[0]?.toEntities).toEqual(['host', 'remote-node']);
  });
});

describe('ports for Cilium', () => {
  it('are at most 40 in an entry, and what is beyond is another', () => {
    const set = ports.union(...Array.from({ length: 41 }, (_, i) => ports.number('TCP', 8000 + 2 * i)));
    const [rule] = egressTo(end(api), set);
    expect(rule?.toPorts?.map((entry) => entry.ports.length)).toEqual([40, 1]);
  });

  it('are left out for all traffic, and 0 for every port of a protocol', () => {
    expect(egressTo(end(api), ports.everything)[0]?.toPorts).toBeUndefined();
    expect(egressTo(end(api), ports.allOf('UDP'))[0]?.toPorts).toEqual([{ ports: [{ port: '0', protocol: 'UDP' }] }]);
  });

  it('are ranges, names and SCTP as they are', () => {
    const set = ports.union(ports.range('TCP', 80, 90), ports.named('TCP', 'http'), ports.number('SCTP', 9000));
    const graph = graphOf([flow(pods(selectors.fromLabels({ team: 'red' })), end(api), set, 'others ask')]);
    expect(policyOf(rendered(graph), 'api').ingress?.[0]?.toPorts).toEqual([
      {
        ports: [
          { port: '80', endPort: 90, protocol: 'TCP' },
          { port: 'http', protocol: 'TCP' },
          { port: '9000', protocol: 'SCTP' },
        ],
      },
    ]);
  });
});

describe('requests for Cilium', () => {
  const path = { segments: ['v1'], below: false };
  const get = portTraffic(ports.union(ports.number('TCP', 80), ports.number('TCP', 81)), [
    { protocol: 'http', methods: ['GET'], path },
  ]);

  it('are written at both ends, port by port', () => {
    const manifests = rendered(graphOf([flow(end(web), end(api), ports.none, 'it asks', { traffic: get })]));
    const entry = { ...tcp(80, 81), rules: { http: [{ method: 'GET', path: '/v1(\\?.*)?' }] } };
    expect(policyOf(manifests, 'web').egress?.[0]?.toPorts).toEqual([entry]);
    expect(policyOf(manifests, 'api').ingress?.[0]?.toPorts).toEqual([entry]);
  });

  it('to pods of others are held back where they are asked', () => {
    const manifests = rendered(graphOf([flow(end(web), kubeDns, ports.none, 'it asks', { traffic: get })]));
    expect(policyOf(manifests, 'web').egress?.[0]?.toPorts?.[0]?.rules).toBeDefined();
  });

  it('that no longer hold at one end are found by the proof', () => {
    const graph = graphOf([flow(end(web), end(api), ports.none, 'it asks', { traffic: get })]);
    const wider = rendered(graph).map((manifest) =>
      manifest.metadata.name === 'api'
        ? (JSON.parse(JSON.stringify(manifest).replace(/"rules":\{.*?\}\]\}/, '"rules":{}')) as PolicyManifest)
        : manifest,
    );
    expect(proveGraph(graph, planeOf(wider)).witnesses.map(({ statement }) => statement)).toContain('undeclared');
  });
});

describe('host names for Cilium', () => {
  const to = (...patterns: Extract<Endpoint, { kind: 'hosts' }>['patterns'][number][]): Endpoint => ({
    kind: 'hosts',
    patterns,
  });
  const https = ports.number('TCP', 443);
  const withNames = (dns: Endpoint = kubeDns, set = dnsPorts, of = cluster) =>
    rendered(
      graphOf([
        flow(end(web), dns, set, 'names are resolved'),
        flow(
          end(web),
          to(
            { kind: 'exact', name: 'api.example.com' },
            { kind: 'one-label', under: 's3.example.com' },
            { kind: 'any-depth', under: 'example.net' },
          ),
          https,
          'the tools',
        ),
        flow(end(api), kubeDns, dnsPorts, 'names are resolved'),
      ]),
      of,
    );
  const proxied = { dns: [{ matchPattern: '*' }] };

  it('trap 4: come in a rule of their own, with DNS through the proxy beside them', () => {
    const { egress = [] } = policyOf(withNames(), 'web');
    expect(egress.find((rule) => rule.toFQDNs !== undefined)).toEqual({
      toFQDNs: [
        { matchPattern: '**.example.net' },
        { matchPattern: '*.s3.example.com' },
        { matchName: 'api.example.com' },
      ],
      toPorts: [tcp(443)],
    });
    expect(egress.find((rule) => rule.toEndpoints !== undefined)?.toPorts?.[0]?.rules).toEqual(proxied);
  });

  it('trap 5: let every query pass the proxy, so that search lists do no harm', () => {
    expect(
      policyOf(withNames(), 'web')
        .egress?.flatMap(({ toPorts }) => toPorts ?? [])
        .map(({ rules }) => rules),
    ).toContainEqual(proxied);
  });

  it('leave the DNS of tiers without host names alone', () => {
    expect(JSON.stringify(policyOf(withNames(), 'api'))).not.toContain('"dns"');
  });

  it('trap 7: take DNS on the port that its pods listen on', () => {
    const openShift = ports.union(ports.number('UDP', 5353), ports.number('TCP', 5353));
    const endpoint = { kind: 'pods', pods: podsIn('openshift-dns', selectors.anything), owner: 'OpenShift' } as const;
    const dns = { flavour: 'OpenShift', servers: [{ endpoint, ports: openShift }] };
    expect(JSON.stringify(withNames(endpoint, openShift, { ...cluster, dns }))).toContain(JSON.stringify(proxied));
  });

  it('trap 8: take DNS that is reached by its address', () => {
    const { egress = [] } = policyOf(withNames(addresses('169.254.20.10/32')), 'web');
    expect(egress.find((rule) => rule.toCIDRSet !== undefined)?.toPorts?.[0]?.rules).toEqual(proxied);
  });

  it('trap 4: are not learnt where the DNS rule is taken out, and the proof says so', () => {
    const broken = withNames().map((it) =>
      JSON.parse(JSON.stringify(it).replace(',"rules":{"dns":[{"matchPattern":"*"}]}', '')),
    );
    const { problems = [] } = planeOf(broken);
    expect(problems.map(({ rule, value }) => `${rule} ${value}`)).toEqual([
      'cilium-hosts-without-dns **.example.net',
      'cilium-hosts-without-dns *.s3.example.com',
      'cilium-hosts-without-dns api.example.com',
    ]);
  });
});

describe('guardrails for Cilium', () => {
  const everyPod = podSet(selectors.anything, selectors.anything);
  const some = { matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] };
  const guarded = (guardrail: Partial<Guardrail>): GraphData =>
    canonical({ ...mesh(), guardrails: [{ name: 'g', because: 'any', denies: [], isolates: [], ...guardrail }] });
  const cluserwide = (graph: GraphData) =>
    rendered(graph).filter(({ kind }) => kind === 'CiliumClusterwideNetworkPolicy');
  const deny = (peer: Endpoint, more: Partial<GuardrailDeny> = {}): GuardrailDeny => {
    return { direction: 'egress', subject: everyPod, peer, ports: ports.everything, ...more };
  };

  it('deny, and isolate nobody by that', () => {
    expect(cluserwide(guarded({ denies: [deny(addresses('169.254.169.254/32'))] }))).toEqual([
      {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumClusterwideNetworkPolicy',
        metadata: { name: 'g' },
        spec: {
          endpointSelector: some,
          enableDefaultDeny: { ingress: false, egress: false },
          egressDeny: [{ toCIDRSet: [{ cidr: '169.254.169.254/32' }] }],
        },
        of: { kind: 'guardrail', name: 'g' },
      },
    ]);
  });

  it('deny between tenants by the labels of their namespaces', () => {
    const tenant = (name: string) => podSet(selectors.fromLabels({ tenant: name }), selectors.anything);
    const [policy] = cluserwide(
      guarded({
        denies: [
          deny(
            { kind: 'pods', pods: tenant('green'), owner: 'green' },
            { direction: 'ingress', subject: tenant('blue') },
          ),
        ],
      }),
    );
    const of = (name: string) => ({ ...some, matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.tenant': name } });
    expect(policy?.spec).toMatchObject({
      endpointSelector: of('blue'),
      ingressDeny: [{ fromEndpoints: [of('green')] }],
    });
  });

  it('isolate pods, and not what Cilium checks nodes with', () => {
    expect(cluserwide(guarded({ isolates: [everyPod] }))[0]?.spec).toEqual({
      endpointSelector: some,
      ingress: [{}],
      egress: [{}],
    });
  });

  it('that shadow a flow are found by the proof', () => {
    const graph = guarded({ denies: [deny(addresses('10.0.0.0/8'))] });
    expect(proveGraph(graph, planeOf(rendered(graph))).witnesses.map(({ statement }) => statement)).toContain(
      'missing',
    );
  });

  it('of nodes keep open from anywhere what keeps a node alive', () => {
    const graph = fc.sample(
      richGraphs.filter(({ hostGuardrails }) => hostGuardrails !== undefined),
      { numRuns: 1, seed: 1 },
    )[0] as GraphData;
    const policy = rendered(graph).find(({ of }) => of.kind === 'host-guardrail');
    expect(policy?.spec).toMatchObject({
      nodeSelector: { matchLabels: { pool: 'gpu' } },
      ingress: [{ fromEntities: ['all'] }, { fromEntities: ['host', 'remote-node'], toPorts: [tcp(9100)] }],
      egress: [{ toCIDRSet: [{ cidr: '192.0.2.0/24' }], toPorts: [tcp(443)] }],
    });
  });

  it('of nodes without any allow deny everything', () => {
    const nodes = { name: 'nodes', because: 'any', nodes: selectors.anything, allows: [] };
    expect(cluserwide(canonical({ ...mesh(), hostGuardrails: [nodes] }))[0]?.spec).toEqual({
      nodeSelector: {},
      ingress: [{}],
      egress: [{}],
    });
  });
});

describe('a tier for Cilium', () => {
  it('is selected by labels of Kubernetes alone', () => {
    const odd = {
      ...tier('shop', 'odd'),
      pods: podsIn('shop', selectors.fromRequirements([{ key: 'a', operator: 'NotIn', values: ['b'] }])),
    };
    const [policy] = rendered(graphOf([], { tiers: [odd] })).filter(({ metadata }) => metadata.name === 'odd');
    expect(policy?.spec).toMatchObject({
      endpointSelector: { matchExpressions: [{ key: 'k8s:a', operator: 'NotIn', values: ['b'] }] },
    });
  });
});
