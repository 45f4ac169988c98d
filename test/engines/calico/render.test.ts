import fc from 'fast-check';
import { calico } from '../../../lib/engines/calico/engine';
import { kubernetes } from '../../../lib/engines/kubernetes/engine';
import { canonical, type GraphData } from '../../../lib/graph/graph-data';
import { readNetworkPolicy } from '../../../lib/kinds/networking.k8s.io';
import type { Endpoint } from '../../../lib/model/endpoint';
import type { Guardrail, GuardrailDeny } from '../../../lib/model/guardrail';
import * as ips from '../../../lib/model/ip-set';
import { podSet, podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import type { HttpMatch, RequestMatch } from '../../../lib/model/request-match';
import * as selectors from '../../../lib/model/selector';
import { portTraffic } from '../../../lib/model/traffic';
import { type Proof, proofText, proveGraph } from '../../../lib/proof';
import { addresses, end, flow, gateway, mesh, vllm } from '../../graph/graphs';
import { type Connection, passes } from '../decide';
import { facts } from '../facts';
import { connections, guardedGraphs, isMeant } from '../guarded-graphs';
import { cluster, planeOf, readAll, rendered, type Spec, specOf } from './calico';

const tcp = ports.number('TCP', 8000);
const everyPod = podSet(selectors.anything, selectors.anything);

/** The gateway may reach the model over this. */
function serving(traffic = tcp, requests?: readonly RequestMatch[], from: Endpoint = end(gateway)): GraphData {
  const one = { ...flow(from, end(vllm), traffic, 'users reach the model'), traffic: portTraffic(traffic, requests) };
  return canonical({ ...mesh(), flows: [one] });
}

function specNamed(graph: GraphData, name: string): Spec {
  const found = rendered(graph).find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`nothing is called ${name}`);
  return specOf(found);
}

/** Where the mesh lets no block reach. */
const inTheGap = { podAddresses: ips.fromBlock('10.0.0.0/28') };

function proofOf(graph: GraphData, manifests: readonly object[]): Proof {
  return proveGraph(graph, planeOf(manifests), { ...inTheGap, requestsAt: calico.requestsAt });
}

function proved(graph: GraphData): void {
  const proof = proofOf(graph, rendered(graph));
  expect(proof.proved ? [] : proofText(proof)).toEqual([]);
}

const ingressOf = (graph: GraphData) => specNamed(graph, 'vllm').ingress ?? [];
const egressOf = (graph: GraphData) => specNamed(graph, 'envoy').egress ?? [];

/** Graphs that have no limits: tiers without dots in their names, above all. */
const sayable = guardedGraphs.filter((graph) => calico.limits(graph, cluster).length === 0);

describe('a graph for Calico', () => {
  it('is one policy for each tier, and one for each namespace that denies both ways, in the default tier', () => {
    const manifests = rendered(mesh());
    expect(manifests.map(({ kind, metadata: { namespace, name } }) => `${kind} ${namespace}/${name}`)).toEqual([
      'NetworkPolicy ai-agents/agent',
      'NetworkPolicy ai-agents/default-deny',
      'NetworkPolicy ai-data/default-deny',
      'NetworkPolicy ai-data/weaviate',
      'NetworkPolicy ai-gateway/default-deny',
      'NetworkPolicy ai-gateway/envoy',
      'NetworkPolicy ai-inference/default-deny',
      'NetworkPolicy ai-inference/vllm',
    ]);
    for (const { tier, types } of manifests.map(specOf)) {
      expect({ tier, types }).toEqual({ tier: 'default', types: ['Ingress', 'Egress'] });
    }
  });

  it('isolates every pod of a namespace last of all, and opens it where NetworkPolicies are asked', () => {
    expect(specNamed(mesh(), 'default-deny')).toEqual({
      tier: 'default',
      selector: 'all()',
      types: ['Ingress', 'Egress'],
    });
    expect(specNamed(mesh(), 'vllm')).toMatchObject({ order: 1000, selector: "app == 'vllm'" });
  });

  it('lets pass what is meant, guardrails included, in every version', () => {
    fc.assert(
      fc.property(sayable, fc.constantFrom('3.29', '3.31', '3.32'), (graph, version) => {
        const of = { ...cluster, version };
        const plane = planeOf(rendered(graph, of), of);
        expect(plane.problems).toBeUndefined();
        expect(connections.filter((it) => passes(plane, it) !== isMeant(graph, it))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('lets pass what it lets pass on Kubernetes, where that can say it', () => {
    fc.assert(
      fc.property(sayable, ({ guardrails: _, ...graph }) => {
        const own = kubernetes
          .render(graph, facts('kubernetes'))
          .map(({ of: __, ...object }) => readNetworkPolicy(object));
        const theirs = kubernetes.compose(
          { rules: own.flatMap((it) => it.rules), isolations: own.flatMap((it) => it.isolations) },
          { ipBlockMode: 'pods' },
        );
        const ours = planeOf(rendered(graph));
        expect(connections.filter((it) => passes(ours, it) !== passes(theirs, it))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('is proved', () => {
    proved(mesh());
  });

  it('is read as in order, whatever it is', () => {
    fc.assert(fc.property(sayable, (graph) => expect(readAll(rendered(graph)).length).toBeGreaterThan(0)));
  });

  it('is the same bytes whatever the order in which it was declared', () => {
    fc.assert(
      fc.property(sayable, (graph) => {
        const turned = canonical({
          ...graph,
          flows: [...graph.flows].reverse(),
          tiers: [...graph.tiers].reverse(),
          guardrails: [...(graph.guardrails ?? [])]
            .map((it) => ({ ...it, isolates: [...it.isolates].reverse() }))
            .reverse(),
        });
        expect(JSON.stringify(rendered(turned))).toBe(JSON.stringify(rendered(graph)));
      }),
      { numRuns: 40 },
    );
  });
});

describe('the peers of a policy of Calico', () => {
  it('are pods and nothing else that has such labels, by the label that only pods have', () => {
    expect(ingressOf(serving())).toEqual([
      {
        action: 'Allow',
        protocol: 'TCP',
        source: {
          selector: "projectcalico.org/orchestrator == 'k8s' && app == 'envoy'",
          namespaceSelector: "projectcalico.org/name == 'ai-gateway'",
        },
        destination: { ports: [8000] },
      },
    ]);
    expect(ingressOf(serving(tcp, undefined, end(vllm)))[0].source).toEqual({
      selector: "projectcalico.org/orchestrator == 'k8s' && app == 'vllm'",
    });
  });

  it('are written with every operator', () => {
    const pods = selectors.fromRequirements([
      { key: 'a', operator: 'In', values: ['x', 'y'] },
      { key: 'b', operator: 'NotIn', values: ['x', 'y'] },
      { key: 'c', operator: 'NotIn', values: ['x'] },
      { key: 'd', operator: 'Exists' },
      { key: 'e', operator: 'DoesNotExist' },
    ]);
    const from: Endpoint = { kind: 'pods', pods: podSet(selectors.anything, pods), owner: 'others' };
    expect(ingressOf(serving(tcp, undefined, from))[0].source).toEqual({
      selector:
        "projectcalico.org/orchestrator == 'k8s' && a in {'x', 'y'} && b not in {'x', 'y'} && c != 'x' && has(d) && !has(e)",
      namespaceSelector: 'all()',
    });
  });

  it('trap 12: all pods are not the addresses outside, which stand in rules of their own', () => {
    const everywhere: Endpoint = { kind: 'pods', pods: everyPod, owner: 'others' };
    const outside = { ip: '192.0.2.7' };
    const pod = {
      namespaceLabels: { 'kubernetes.io/metadata.name': 'ai-inference' },
      labels: { app: 'vllm' },
      ip: '172.20.0.1',
    };
    const arrives = (graph: GraphData) =>
      passes(planeOf(rendered(graph)), { from: outside, to: pod, protocol: 'TCP', port: 8000 });
    expect(arrives(serving(tcp, undefined, everywhere))).toBe(false);
    expect(arrives(serving(tcp, undefined, addresses('192.0.2.0/24')))).toBe(true);
  });

  it('trap 18: addresses of both families are two rules, and an exception stands beside its own block', () => {
    const both: Endpoint = { kind: 'addresses', addresses: ips.all };
    expect(ingressOf(serving(tcp, undefined, both)).map(({ source }) => source)).toEqual([
      { nets: ['0.0.0.0/0'] },
      { nets: ['::/0'] },
    ]);
    const but = ips.union(
      ips.fromBlock('10.0.0.0/8', ['10.1.0.0/16']),
      ips.fromBlocks(['192.0.2.0/24', '2001:db8::/32']),
    );
    expect(
      ingressOf(serving(tcp, undefined, { kind: 'addresses', addresses: but })).map(({ source }) => source),
    ).toEqual([
      { nets: ['192.0.2.0/24'] },
      { nets: ['2001:db8::/32'] },
      { nets: ['10.0.0.0/8'], notNets: ['10.1.0.0/16'] },
    ]);
  });
});

describe('the ports of a policy of Calico', () => {
  it('are a rule for each protocol', () => {
    const set = ports.union(
      ports.number('TCP', 80),
      ports.range('TCP', 8000, 8100),
      ports.named('TCP', 'metrics'),
      ports.allOf('UDP'),
      ports.number('SCTP', 36412),
    );
    expect(egressOf(serving(set)).map(({ protocol, destination }) => [protocol, destination?.ports])).toEqual([
      ['TCP', [80, '8000:8100', 'metrics']],
      ['UDP', undefined],
      ['SCTP', [36412]],
    ]);
  });

  it('are no protocol where everything passes', () => {
    expect(Object.keys(ingressOf(serving(ports.everything))[0])).toEqual(['action', 'source']);
  });
});

describe('what would be too much for one object', () => {
  it('splits 51 ports into two rules', () => {
    const many = ports.union(...Array.from({ length: 51 }, (_, i) => ports.number('TCP', 1000 + 2 * i)));
    expect(ingressOf(serving(many)).map(({ destination }) => destination?.ports?.length)).toEqual([50, 1]);
    proved(serving(many));
  });

  it('splits 257 blocks into two rules, and writes out a block with 257 exceptions', () => {
    const blocks = Array.from({ length: 257 }, (_, i) => `192.0.${i % 128}.${i < 128 ? 1 : i < 256 ? 3 : 5}/32`);
    const many = serving(tcp, undefined, { kind: 'addresses', addresses: ips.fromBlocks(blocks) });
    expect(ingressOf(many).map(({ source }) => source?.nets?.length)).toEqual([256, 1]);
    proved(many);
    const holes = Array.from({ length: 257 }, (_, i) => `198.51.${2 * Math.floor(i / 128)}.${2 * (i % 128)}/32`);
    const holed = serving(tcp, undefined, addresses('198.51.0.0/16', holes));
    for (const { source } of ingressOf(holed)) expect(source?.notNets?.length ?? 0).toBeLessThanOrEqual(256);
    proved(holed);
  });

  it('splits 1025 rules into two policies, passing over names that a tier has', () => {
    const own = canonical({
      ...mesh(),
      tiers: [
        ...mesh().tiers,
        { ...vllm, name: 'vllm-2', pods: podsIn('ai-inference', selectors.fromLabels({ app: 'two' })) },
      ],
      flows: Array.from({ length: 1025 }, (_, i) =>
        flow(
          addresses(`192.${Math.floor(i / 256)}.${i % 256}.0/24`),
          end(vllm),
          ports.number('TCP', 1 + i),
          'partners ask',
        ),
      ),
    });
    const counts = rendered(own)
      .filter(({ metadata: { name } }) => name.startsWith('vllm'))
      .map((it) => [it.metadata.name, specOf(it).ingress?.length ?? 0, it.of]);
    const of = { kind: 'tier', namespace: 'ai-inference', name: 'vllm' };
    expect(counts).toEqual([
      ['vllm', 1024, of],
      ['vllm-2', 0, { ...of, name: 'vllm-2' }],
      ['vllm-3', 1, of],
    ]);
    expect(
      new Set(
        rendered(own)
          .filter((it) => it.metadata.name.startsWith('vllm'))
          .map((it) => specOf(it).selector),
      ).size,
    ).toBe(2);
  });

  it('splits 21 methods and 11 paths with what is below them', () => {
    const methods = Array.from({ length: 21 }, (_, i) => `M${String(i).padStart(2, '0')}`);
    const matches = Array.from(
      { length: 11 },
      (_, i): HttpMatch => ({
        protocol: 'http',
        methods,
        path: { segments: [`p${i}`], below: true },
      }),
    );
    const rules = ingressOf(serving(tcp, matches));
    expect(rules.map(({ http }) => [http?.methods?.length, http?.paths?.length])).toEqual([
      [20, 20],
      [20, 2],
      [1, 20],
      [1, 2],
    ]);
  });
});

describe('requests for Calico', () => {
  const chat: HttpMatch = { protocol: 'http', methods: ['POST'], path: { segments: ['v1', 'chat'], below: false } };
  const models: HttpMatch = { protocol: 'http', methods: ['GET'], path: { segments: ['v1', 'models'], below: true } };

  it('are told apart where they arrive, and let through whole where they are sent', () => {
    const graph = serving(tcp, [chat, models]);
    expect(ingressOf(graph).map(({ http, protocol }) => ({ http, protocol }))).toEqual([
      {
        protocol: 'TCP',
        http: { methods: ['GET'], paths: [{ exact: '/v1/models' }, { prefix: '/v1/models/' }] },
      },
      { protocol: 'TCP', http: { methods: ['POST'], paths: [{ exact: '/v1/chat' }] } },
    ]);
    expect(egressOf(graph).map(({ http }) => http)).toEqual([undefined]);
  });

  it('are proved, and not where they are lost on the way in', () => {
    const graph = serving(tcp, [chat, models]);
    proved(graph);
    const lost = JSON.parse(JSON.stringify(rendered(graph)), (key, value) => (key === 'http' ? undefined : value));
    const { witnesses } = proofOf(graph, lost);
    // One for each rule that asked for requests.
    expect(witnesses.map(({ statement, direction, namespace }) => `${statement} ${direction} ${namespace}`)).toEqual([
      'undeclared ingress ai-inference',
      'undeclared ingress ai-inference',
    ]);
  });

  it.each<[string, HttpMatch[], object[]]>([
    ['every request', [{ protocol: 'http' }], [{}]],
    ['every path of a method', [{ protocol: 'http', methods: ['GET'] }, { ...models }], [{ methods: ['GET'] }]],
    ['the root', [{ protocol: 'http', path: { segments: [], below: false } }], [{ paths: [{ exact: '/' }] }]],
    [
      'everything below the root',
      [{ protocol: 'http', path: { segments: [], below: true } }],
      [{ paths: [{ prefix: '/' }] }],
    ],
    [
      'a path that is also the top of one',
      [models, { ...models, path: { segments: ['v1', 'models'], below: false } }],
      [{ methods: ['GET'], paths: [{ exact: '/v1/models' }, { prefix: '/v1/models/' }] }],
    ],
  ])('are written so that releases agree on them: %s', (_, matches, expected) => {
    expect(ingressOf(serving(tcp, matches)).map(({ http }) => http)).toEqual(expected);
  });

  it.each<[string, string, boolean]>([
    ['POST', '/v1/chat', true],
    ['POST', '/v1/chat?stream=true', true],
    ['POST', '/v1/chat/x', false],
    ['GET', '/v1/chat', false],
    ['GET', '/v1/models', true],
    ['GET', '/v1/models/llama', true],
    ['GET', '/v1/models2', false],
    ['DELETE', '/v1/models', false],
  ])('let %s %s through: %s', (method, path, expected) => {
    const plane = planeOf(rendered(serving(tcp, [chat, models])));
    const pod = (namespace: string, app: string, ip: string) => ({
      namespaceLabels: { 'kubernetes.io/metadata.name': namespace },
      labels: { app },
      ip,
    });
    const connection: Connection = {
      from: pod('ai-gateway', 'envoy', '172.20.0.1'),
      to: pod('ai-inference', 'vllm', '172.20.0.2'),
      protocol: 'TCP',
      port: 8000,
      request: { method, path, host: 'vllm', headers: [] },
    };
    expect(passes(plane, connection)).toBe(expected);
  });
});

describe('what is only tried out', () => {
  it('is staged, and isolates nobody', () => {
    const [first, ...rest] = mesh().namespaces;
    const graph = canonical({ ...mesh(), namespaces: [{ ...first, rollout: 'audit' }, ...rest] });
    const staged = rendered(graph).filter(({ kind }) => kind === 'StagedNetworkPolicy');
    expect(staged.map(({ metadata: { namespace, name } }) => `${namespace}/${name}`)).toEqual([
      `${first.name}/agent`,
      `${first.name}/default-deny`,
    ]);
    for (const { spec } of staged) expect(spec).toMatchObject({ stagedAction: 'Set', tier: 'default' });
    const isolated = planeOf(rendered(graph)).layers.flatMap(({ isolations }) =>
      isolations.map(({ policy }) => policy.namespace),
    );
    expect(isolated).not.toContain(first.name);
  });
});

describe('a guardrail of Calico', () => {
  const deny = (peer: Endpoint, more: Partial<GuardrailDeny> = {}): GuardrailDeny => ({
    direction: 'egress',
    subject: everyPod,
    peer,
    ports: ports.everything,
    ...more,
  });
  const guarded = (guardrail: Partial<Guardrail>): GraphData =>
    canonical({ ...mesh(), guardrails: [{ name: 'guard', because: 'any', denies: [], isolates: [], ...guardrail }] });

  it.each([
    ['3.32', 'kube-admin'],
    ['3.31', 'adminnetworkpolicy'],
  ])('in %s denies in the tier %s, before anything that a namespace says', (version, tier) => {
    const policies = rendered(guarded({ denies: [deny(addresses('169.254.169.254/32'))] }), { ...cluster, version });
    expect(policies[0]).toEqual({
      apiVersion: 'projectcalico.org/v3',
      kind: 'GlobalNetworkPolicy',
      metadata: { name: `${tier}.guard` },
      spec: {
        tier,
        order: -1,
        selector: "projectcalico.org/orchestrator == 'k8s'",
        namespaceSelector: 'all()',
        types: ['Egress'],
        egress: [{ action: 'Deny', destination: { nets: ['169.254.169.254/32'] } }],
      },
      of: { kind: 'guardrail', name: 'guard' },
    });
  });

  it('isolates at the end of the tier of the namespaces, whose owners may open it', () => {
    const others = podSet(
      selectors.fromRequirements([{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }]),
      selectors.anything,
    );
    expect(specNamed(guarded({ isolates: [others] }), 'guard')).toEqual({
      tier: 'default',
      selector: "projectcalico.org/orchestrator == 'k8s'",
      namespaceSelector: "projectcalico.org/name != 'kube-system'",
      types: ['Ingress', 'Egress'],
    });
  });

  it('leaves pods out of the blocks that it denies', () => {
    const spec = specNamed(guarded({ denies: [deny(addresses('172.16.0.0/12'))] }), 'kube-admin.guard');
    expect(spec.egress).toEqual([
      { action: 'Deny', destination: { nets: ['172.16.0.0/12'], notNets: ['172.20.0.0/16'] } },
    ]);
  });

  it('is proved beside the policies of namespaces, and a policy that goes around it is not', () => {
    const graph = guarded({ denies: [deny(addresses('169.254.169.254/32'))], isolates: [everyPod] });
    proved(graph);
    const around = { tier: 'kube-admin', order: -2, types: ['Egress'], egress: [{ action: 'Allow' }] };
    const policy = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'GlobalNetworkPolicy',
      metadata: { name: 'kube-admin.around' },
      spec: around,
    };
    expect(proofOf(graph, [...rendered(graph), policy])).toMatchObject({ proved: false });
    // At the same place behind it, it opens namespaces and not the metadata service.
    const behind = { ...policy, spec: { ...around, order: 0 } };
    expect(proofText(proofOf(graph, [...rendered(graph), behind]))).not.toContain('169.254.169.254');
  });

  it('of nodes is about host endpoints alone, and leaves alone what nodes forward', () => {
    const graph = canonical({
      ...mesh(),
      hostGuardrails: [
        {
          name: 'nodes',
          because: 'any',
          nodes: selectors.fromLabels({ pool: 'gpu' }),
          allows: [
            { direction: 'ingress', peer: addresses('192.0.2.0/24'), ports: ports.number('TCP', 22), because: 'any' },
            { direction: 'egress', peer: addresses('192.0.2.53/32'), ports: ports.number('UDP', 53), because: 'any' },
          ],
        },
      ],
    });
    expect(specNamed(graph, 'nodes')).toEqual({
      tier: 'default',
      order: 1000,
      selector: "!has(projectcalico.org/namespace) && pool == 'gpu'",
      applyOnForward: false,
      types: ['Ingress', 'Egress'],
      ingress: [{ action: 'Allow', protocol: 'TCP', source: { nets: ['192.0.2.0/24'] }, destination: { ports: [22] } }],
      egress: [{ action: 'Allow', protocol: 'UDP', destination: { nets: ['192.0.2.53/32'], ports: [53] } }],
    });
    const layers = planeOf(rendered(graph)).layers;
    expect(
      layers
        .flatMap(({ rules, isolations }) => [...rules, ...isolations])
        .filter(({ policy }) => policy.name === 'nodes'),
    ).toEqual([]);
  });
});
