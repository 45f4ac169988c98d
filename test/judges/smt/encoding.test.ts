import { judge } from './comparison';
import type { Flow, Graph } from './graph';
import type { Manifest } from './manifests';
import { Solver } from './solver';
import type { Facts } from './world';

let solver: Solver;
beforeAll(async () => {
  solver = await Solver.start();
});
afterAll(() => solver.stop());

const FACTS: Facts = {
  mode: 'pods',
  podBlocks: ['10.0.0.0/8'],
  withoutPods: [],
  podBlocksAreKnown: true,
  promises: [],
};

/** What is wrong with these policies in a namespace `models` with one tier, `app=vllm`. */
function broken(
  manifests: readonly object[],
  flows: readonly Flow[] = [],
  engine = 'kubernetes',
  facts = FACTS,
): string[] {
  const graph: Graph = {
    cluster: { engine },
    namespaces: [{ name: 'models', management: 'own' }],
    tiers: [
      {
        namespace: 'models',
        name: 'vllm',
        role: 'inference',
        pods: { namespaceSelector: { matchLabels: IN_MODELS }, podSelector: { matchLabels: { app: 'vllm' } } },
      },
    ],
    flows,
  };
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'models', labels: { team: 'ml' } } };
  const { broken: found, witnesses } = judge(
    { manifests: [namespace, ...manifests] as Manifest[], graph, facts },
    solver,
  );
  expect(witnesses.filter(({ isBorneOut }) => !isBorneOut)).toEqual([]);
  return [...found];
}

const IN_MODELS = { 'kubernetes.io/metadata.name': 'models' };
const VLLM = { kind: 'tier', namespace: 'models', name: 'vllm' } as const;
const WEB = { traffic: { kind: 'ports', ports: [{ protocol: 'TCP', port: 80 }] } } as const;

function policy(name: string, spec: object): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'models' }, spec };
}

const DENY = policy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });

function ingress(...rules: object[]): object {
  return policy('vllm', { podSelector: { matchLabels: { app: 'vllm' } }, policyTypes: ['Ingress'], ingress: rules });
}

describe('what Z3 says of a namespace', () => {
  it('is nothing where everything is denied and nothing declared', () => {
    expect(broken([DENY])).toEqual([]);
  });

  it('is that it is open where no policy is, or none that selects every pod', () => {
    expect(broken([])).toEqual(['open egress models', 'open ingress models']);
    const notInA = { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['a'] }] };
    expect(broken([policy('most', { podSelector: notInA, policyTypes: ['Ingress', 'Egress'] })])).toEqual([
      'open egress models',
      'open ingress models',
    ]);
  });

  it('goes by the defaults of policyTypes', () => {
    expect(broken([policy('deny', { podSelector: {}, egress: [] })])).toEqual(['open egress models']);
  });

  it('is that a flow is missing which only some of its pods have, or only some of its ports', () => {
    const flow: Flow = { from: VLLM, to: VLLM, ...WEB };
    const from = [{ podSelector: { matchLabels: { app: 'vllm', track: 'stable' } } }];
    expect(broken([DENY, ingress({ from, ports: [{ port: 80 }] })], [flow])).toEqual([
      'missing egress models',
      'missing ingress models',
    ]);
  });

  it('is that a rule which leaves out the namespace of others lets nobody else in', () => {
    const others = { podSelector: { matchLabels: { app: 'web' } }, namespaceSelector: { matchLabels: { team: 'ml' } } };
    const flow: Flow = { from: { kind: 'pods', pods: others }, to: VLLM, ...WEB };
    const rule = { from: [others], ports: [{ port: 80 }] };
    expect(broken([DENY, ingress(rule)], [flow])).toEqual([]);
    const anywhere = { ...rule, from: [{ podSelector: others.podSelector, namespaceSelector: {} }] };
    expect(broken([DENY, ingress(anywhere)], [flow])).toEqual(['undeclared ingress models']);
  });

  it('depends on whether blocks match pods only where they hold some', () => {
    const flow: Flow = { from: { kind: 'addresses', blocks: [{ cidr: '10.0.0.0/8' }] }, to: VLLM, ...WEB };
    const rule = { from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 80 }] };
    const inMode = (mode: Facts['mode']) => broken([DENY, ingress(rule)], [flow], 'kubernetes', { ...FACTS, mode });
    expect(inMode('external-only')).toEqual([]);
    expect(inMode('pods')).toEqual(['undeclared ingress models']);
    expect(inMode('may')).toEqual(['undeclared ingress models']);
    const elsewhere = { ...FACTS, podBlocks: ['172.16.0.0/12'] };
    expect(broken([DENY, ingress(rule)], [flow], 'kubernetes', elsewhere)).toEqual([]);
  });

  it('knows that a name is a number that nobody knows, and that all numbers hold it', () => {
    const named: Flow = {
      from: VLLM,
      to: VLLM,
      traffic: { kind: 'ports', ports: [{ protocol: 'TCP', port: 'http' }] },
    };
    const egress = (port: object) =>
      policy('out', { podSelector: { matchLabels: { app: 'vllm' } }, policyTypes: ['Egress'], egress: [port] });
    const to = [{ podSelector: { matchLabels: { app: 'vllm' } } }];
    const rules = (port: object) => [DENY, ingress({ from: to, ports: [port] }), egress({ to, ports: [port] })];
    expect(broken(rules({ port: 'http' }), [named])).toEqual([]);
    expect(broken(rules({ port: 8000 }), [named])).toEqual([
      'missing egress models',
      'missing ingress models',
      'undeclared egress models',
      'undeclared ingress models',
    ]);
    expect(broken(rules({ protocol: 'TCP' }), [named])).toEqual([
      'undeclared egress models',
      'undeclared ingress models',
    ]);
  });

  it('asks Admin before NetworkPolicy, and Baseline of nobody whom one selects', () => {
    const cluster = (tier: string, action: string) => ({
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'all' },
      spec: {
        tier,
        priority: 1,
        subject: { namespaces: {} },
        ingress: [{ action, from: [{ namespaces: {} }] }],
      },
    });
    const on = (...policies: object[]) => broken([DENY, ...policies], [], 'cluster-network-policy');
    expect(on(cluster('Admin', 'Accept'))).toEqual(['undeclared ingress models']);
    expect(on(cluster('Admin', 'Pass'))).toEqual([]);
    expect(on(cluster('Baseline', 'Accept'))).toEqual([]);
  });

  it('takes the policies of Calico by order, and what none of a tier decides at its end', () => {
    const calico = (name: string, spec: object) => ({
      apiVersion: 'projectcalico.org/v3',
      kind: 'NetworkPolicy',
      metadata: { name, namespace: 'models' },
      spec,
    });
    const deny = calico('deny', { selector: 'all()', types: ['Ingress', 'Egress'] });
    const first = (order: number, action: string) =>
      calico(`first-${order}`, { order, selector: "app in {'vllm'}", types: ['Ingress'], ingress: [{ action }] });
    const on = (...policies: object[]) => broken(policies, [], 'calico');
    expect(on(deny)).toEqual([]);
    expect(on(deny, first(1, 'Allow'))).toEqual(['undeclared ingress models']);
    expect(on(deny, first(1, 'Deny'), first(2, 'Allow'))).toEqual([]);
    expect(on(deny, first(1, 'Pass'))).toEqual(['open ingress models']);
    expect(on(deny, first(1, 'Log'))).toEqual([]);
  });

  it('names the tenants that a guardrail fails to part, also where two are alike but for their names', () => {
    const tenant = (of: string) => ({ namespaceSelector: { matchLabels: { team: of } }, podSelector: {} });
    const deny = (from: string, to: string) => ({
      direction: 'egress' as const,
      pods: tenant(from),
      peer: { kind: 'pods' as const, pods: tenant(to) },
      traffic: { kind: 'everything' as const },
    });
    const guardrails = [{ name: 'apart', denies: [deny('red', 'green'), deny('green', 'red')] }];
    const graph: Graph = { cluster: { engine: 'kubernetes' }, namespaces: [], tiers: [], flows: [], guardrails };
    const { witnesses } = judge({ manifests: [], graph, facts: FACTS }, solver);
    expect(
      witnesses.map(({ connection, isBorneOut }) => [connection.subject.namespaceLabels['team'], isBorneOut]),
    ).toEqual([
      ['red', true],
      ['green', true],
    ]);
  });
});
