import type { Endpoint } from '../../lib/model/endpoint';
import * as ips from '../../lib/model/ip-set';
import type { Layer, Plane, Rule } from '../../lib/model/layer';
import { namespaceNamed, podSet, podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { problemText } from '../../lib/model/problem';
import type { Labels } from '../../lib/model/selector';
import * as selectors from '../../lib/model/selector';
import { anything } from '../../lib/model/selector';
import { type Proof, type ProofOptions, proofText, proveGraph, witnessProblem } from '../../lib/proof';
import { changed, endOf, flow, graph, planeOf, tier, withRule, withRules } from './mechanical';

const tcp = (n: number) => ports.number('TCP', n);

/** A gateway that reaches a model, agents that reach a store, tool APIs and a model registry. */
function mesh() {
  const gateway = tier('ai-gateway', 'envoy');
  const vllm = tier('ai-inference', 'vllm');
  const agent = tier('ai-agents', 'agent');
  const weaviate = tier('ai-data', 'weaviate');
  const tools: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('198.51.100.0/24', ['198.51.100.0/28']) };
  const registry: Endpoint = { kind: 'addresses', addresses: ips.fromBlocks(['203.0.113.0/25', '192.0.2.0/24']) };
  const monitoring: Endpoint = {
    kind: 'pods',
    pods: podsIn('monitoring', selectors.fromLabels({ app: 'prometheus' })),
    owner: 'platform',
  };
  const flows = [
    flow(gateway, vllm, tcp(8000)),
    flow(agent, weaviate, ports.union(tcp(8080), tcp(50051))),
    flow(agent, tools, tcp(443)),
    flow(vllm, registry, tcp(443)),
    flow(monitoring, vllm, ports.named('TCP', 'metrics')),
  ];
  const declared = graph([gateway, vllm, agent, weaviate], flows);
  return { gateway, vllm, agent, weaviate, tools, registry, monitoring, flows, declared, plane: planeOf(declared) };
}

/** What is known of the cluster in these tests: pods have their addresses in 10.244.0.0/16. */
const known: ProofOptions = { podAddresses: ips.fromBlock('10.244.0.0/16') };

function statements(proof: Proof): string[] {
  return proof.witnesses.map(({ statement, namespace, direction }) => `${statement} ${direction} ${namespace}`);
}

function sentences(proof: Proof): string {
  return proof.witnesses.map(witnessProblem).map(problemText).join('\n\n');
}

describe('a plane that says exactly what is declared', () => {
  it('is proved, and the proof counts what it looked at', () => {
    const { declared, plane } = mesh();
    const proof = proveGraph(declared, plane, known);
    expect(proof.witnesses).toEqual([]);
    expect(proof.notProved).toEqual([]);
    expect(proof.proved).toBe(true);
    // Seven halves at tiers: two of each flow between tiers, one of each other. Each is asked once for its rule and once
    // for itself, and each of four namespaces is asked twice whether it is isolated.
    expect(proof.counts).toEqual({ namespaces: 4, rules: 7, flows: 5, cells: 7 + 7 + 8 });
  });

  it('is proved when rules say a flow in several pieces, or several flows in one rule', () => {
    const { declared, plane } = mesh();
    const [first, second] = [tcp(8080), tcp(50051)];
    const inPieces = withRules(
      plane,
      (rule) => rule.policy.name === 'agent' && ports.covers(rule.ports, second),
      (rule) => [
        { ...rule, ports: first },
        { ...rule, ports: second },
      ],
    );
    expect(proveGraph(declared, inPieces, known).proved).toBe(true);
    const blocks = withRules(
      inPieces,
      (rule) => rule.policy.name === 'vllm' && rule.direction === 'egress',
      (rule) => [
        {
          ...rule,
          peers: [
            { kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') },
            { kind: 'addresses', addresses: ips.fromBlock('203.0.113.0/25') },
          ],
        },
      ],
    );
    expect(proveGraph(declared, blocks, known).proved).toBe(true);
  });

  it('is proved when only several flows together cover a rule', () => {
    const client = tier('a', 'client');
    const server = tier('b', 'server');
    const declared = graph(
      [client, server],
      [flow(client, server, ports.range('TCP', 1, 4000)), flow(client, server, ports.range('TCP', 4001, 65535))],
    );
    const wide = withRules(
      planeOf(declared),
      () => true,
      (rule) => [{ ...rule, ports: ports.allOf('TCP') }],
    );
    expect(proveGraph(declared, wide).proved).toBe(true);
  });

  it('covers a named port by all numbers together, and by no number alone', () => {
    const client = tier('a', 'client');
    const server = tier('b', 'server');
    const halves = [
      flow(client, server, ports.range('TCP', 1, 4000)),
      flow(client, server, ports.range('TCP', 4001, 65535)),
    ];
    const named = (declared = graph([client, server], halves)) =>
      withRule(planeOf(declared), {
        direction: 'ingress',
        subject: server.pods,
        peers: [{ kind: 'pods', pods: client.pods }],
        ports: ports.named('TCP', 'http'),
      });
    expect(proveGraph(graph([client, server], halves), named()).proved).toBe(true);
    const lower = graph([client, server], [halves[0]]);
    const proof = proveGraph(lower, named(lower));
    expect(statements(proof)).toEqual(['undeclared ingress b']);
    expect(proof.witnesses[0].connection).toMatchObject({ protocol: 'TCP', port: 4001, names: ['http'] });
  });

  it('finds the flows of a rule whatever labels their pods are told apart by', () => {
    const [one, two] = [tier('a', 'one'), tier('a', 'two')];
    const others = tier('a', 'batch', { job: 'batch' });
    const all = [one, two, others];
    const server = tier('b', 'server');
    const declared = graph(
      [...all, server],
      all.map((client) => flow(client, server, tcp(1))),
    );
    const narrow = (labels: Labels) =>
      withRule(planeOf(declared), {
        direction: 'egress',
        subject: podsIn('a', selectors.fromLabels(labels)),
        peers: [{ kind: 'pods', pods: server.pods }],
        ports: tcp(1),
      });
    expect(proveGraph(declared, narrow({ app: 'one', job: 'batch' })).proved).toBe(true);
    expect(proveGraph(declared, narrow({ app: 'three', job: 'batch' })).proved).toBe(true);
    expect(proveGraph(declared, narrow({ app: 'three' })).proved).toBe(false);
  });

  it('takes the protocols without ports for more than all ports together', () => {
    const client = tier('a', 'client');
    const server = tier('b', 'server');
    const allPorts = ports.union(ports.allOf('TCP'), ports.allOf('UDP'), ports.allOf('SCTP'));
    const declared = graph([client, server], [flow(client, server, allPorts)]);
    expect(proveGraph(declared, planeOf(declared)).proved).toBe(true);
    const wide = withRules(
      planeOf(declared),
      ({ direction }) => direction === 'egress',
      (rule) => [{ ...rule, ports: ports.everything }],
    );
    const proof = proveGraph(declared, wide);
    expect(statements(proof)).toEqual(['undeclared egress a']);
    expect(sentences(proof)).toContain('on a protocol without ports');
    const everything = graph([client, server], [flow(client, server, ports.everything)]);
    expect(statements(proveGraph(everything, planeOf(declared)))).toEqual(['missing egress a', 'missing ingress b']);
  });

  it('takes the own namespace by its labels for the same as by its name, where the labels are known', () => {
    const { declared, plane, gateway } = mesh();
    const byPurpose = withRules(
      plane,
      (rule) => rule.policy.name === 'vllm' && rule.direction === 'ingress',
      (rule) => [
        {
          ...rule,
          peers: rule.peers.map((peer) =>
            peer.kind === 'pods' && peer.pods === gateway.pods
              ? {
                  kind: 'pods',
                  pods: podSet(
                    selectors.fromLabels({ 'kubernetes.io/metadata.name': 'ai-gateway', purpose: 'gateway' }),
                    gateway.pods.pods,
                  ),
                }
              : peer,
          ),
        },
      ],
    );
    const knownNamespaces = [{ name: 'ai-gateway', labels: { purpose: 'gateway' } }];
    expect(proveGraph(declared, byPurpose, { ...known, knownNamespaces }).proved).toBe(true);
    expect(statements(proveGraph(declared, byPurpose, known))).toEqual(['missing ingress ai-inference']);
  });
});

describe('damage to the manifests', () => {
  const damages: [string, (m: ReturnType<typeof mesh>) => Plane, string[]][] = [
    [
      'a rule is lost',
      ({ plane }) =>
        withRules(
          plane,
          (r) => r.policy.name === 'weaviate',
          () => [],
        ),
      ['missing ingress ai-data'],
    ],
    [
      'a port is widened',
      ({ plane }) =>
        withRules(
          plane,
          (r) => r.policy.name === 'envoy',
          (r) => [{ ...r, ports: ports.range('TCP', 8000, 8001) }],
        ),
      ['undeclared egress ai-gateway'],
    ],
    [
      'a port is moved',
      ({ plane }) =>
        withRules(
          plane,
          (r) => r.policy.name === 'envoy',
          (r) => [{ ...r, ports: tcp(8001) }],
        ),
      ['missing egress ai-gateway', 'undeclared egress ai-gateway'],
    ],
    [
      'a protocol is changed',
      ({ plane }) =>
        withRules(
          plane,
          (r) => r.policy.name === 'envoy',
          (r) => [{ ...r, ports: ports.number('UDP', 8000) }],
        ),
      ['missing egress ai-gateway', 'undeclared egress ai-gateway'],
    ],
    [
      'the ports are left out',
      ({ plane }) =>
        withRules(
          plane,
          (r) => r.policy.name === 'weaviate',
          (r) => [{ ...r, ports: ports.everything }],
        ),
      ['undeclared ingress ai-data'],
    ],
    [
      'the peers are left out',
      ({ plane }) =>
        withRules(
          plane,
          (r) => r.policy.name === 'weaviate',
          (r) => [{ ...r, peers: [{ kind: 'anything' }] }],
        ),
      ['undeclared ingress ai-data'],
    ],
    [
      'a peer may be in any namespace',
      ({ plane, agent }) =>
        withRules(
          plane,
          (r) => r.policy.name === 'weaviate',
          (r) => [{ ...r, peers: [{ kind: 'pods', pods: podSet(anything, agent.pods.pods) }] }],
        ),
      ['undeclared ingress ai-data'],
    ],
    [
      'a peer is looked for in the own namespace',
      ({ plane, agent }) =>
        withRules(
          plane,
          (r) => r.policy.name === 'weaviate',
          (r) => [{ ...r, peers: [{ kind: 'pods', pods: podsIn('ai-data', agent.pods.pods) }] }],
        ),
      ['missing ingress ai-data', 'undeclared ingress ai-data'],
    ],
    [
      'a subject is narrowed',
      ({ plane }) =>
        withRules(
          plane,
          (r) => r.policy.name === 'weaviate',
          (r) => [{ ...r, subject: podsIn('ai-data', selectors.fromLabels({ app: 'weaviate', track: 'stable' })) }],
        ),
      ['missing ingress ai-data'],
    ],
    [
      'a subject is widened',
      ({ plane }) =>
        withRules(
          plane,
          (r) => r.policy.name === 'weaviate',
          (r) => [{ ...r, subject: podsIn('ai-data', anything) }],
        ),
      ['undeclared ingress ai-data'],
    ],
    [
      'a block is widened',
      ({ plane }) =>
        withRules(
          plane,
          (r) => r.policy.name === 'vllm' && r.direction === 'egress',
          (r) => [
            { ...r, peers: [{ kind: 'addresses', addresses: ips.fromBlocks(['203.0.113.0/24', '192.0.2.0/24']) }] },
          ],
        ),
      ['undeclared egress ai-inference'],
    ],
    [
      'an excepted block is forgotten',
      ({ plane }) =>
        withRules(
          plane,
          (r) => r.policy.name === 'agent' && r.peers[0].kind === 'addresses',
          (r) => [{ ...r, peers: [{ kind: 'addresses', addresses: ips.fromBlock('198.51.100.0/24') }] }],
        ),
      ['undeclared egress ai-agents'],
    ],
    [
      'a block is lost',
      ({ plane }) =>
        withRules(
          plane,
          (r) => r.policy.name === 'vllm' && r.direction === 'egress',
          (r) => [{ ...r, peers: [{ kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') }] }],
        ),
      ['missing egress ai-inference'],
    ],
    [
      'the default deny is lost',
      ({ plane }) =>
        changed(plane, ({ isolations }) => ({
          isolations: isolations.filter((i) => !(i.policy.name === 'default-deny' && i.policy.namespace === 'ai-data')),
        })),
      ['open ingress ai-data', 'open egress ai-data'],
    ],
    [
      'the type Egress is lost',
      ({ plane }) =>
        changed(plane, ({ isolations }) => ({
          isolations: isolations.filter((i) => !(i.policy.namespace === 'ai-data' && i.direction === 'egress')),
        })),
      ['open egress ai-data'],
    ],
    [
      'a stranger allows everything',
      ({ plane }) =>
        withRule(plane, {
          direction: 'egress',
          subject: podsIn('ai-data', anything),
          peers: [{ kind: 'anything' }],
          ports: ports.everything,
        }),
      ['undeclared egress ai-data'],
    ],
    [
      'a cluster-wide policy allows a port',
      ({ plane }) =>
        withRule(plane, {
          direction: 'ingress',
          subject: podSet(anything, anything),
          peers: [{ kind: 'anything' }],
          ports: tcp(9100),
        }),
      [
        'undeclared ingress ai-gateway',
        'undeclared ingress ai-inference',
        'undeclared ingress ai-agents',
        'undeclared ingress ai-data',
      ],
    ],
    [
      'a named port loses its name',
      ({ plane }) =>
        withRules(
          plane,
          (r) => ports.hasNames(r.ports),
          (r) => [{ ...r, ports: tcp(9090) }],
        ),
      ['missing ingress ai-inference', 'undeclared ingress ai-inference'],
    ],
  ];

  it.each(damages)('is caught when %s', (_title, damage, expected) => {
    const scenario = mesh();
    const proof = proveGraph(scenario.declared, damage(scenario), known);
    expect(proof.proved).toBe(false);
    expect(statements(proof)).toEqual(expected);
  });

  it('is told in sentences that name the connection, the policy, and what to do', () => {
    const { declared, plane } = mesh();
    const stray = withRule(plane, {
      direction: 'ingress',
      subject: podsIn('ai-data', anything),
      peers: [{ kind: 'pods', pods: podSet(selectors.fromLabels({ team: 'x' }), anything) }],
      ports: tcp(22),
      policy: { kind: 'NetworkPolicy', namespace: 'ai-data', name: 'debug', source: 'debug.yaml document 2' },
    });
    const text = sentences(proveGraph(declared, stray, known));
    expect(text).toBe(
      [
        'ai-data: ingress rule 0 of NetworkPolicy ai-data/debug (debug.yaml document 2) lets in what no flow declares: from pod {} of other {team=x} to pod {} of ai-data on TCP 22.',
        'Declare the flow if it is meant (of a policy that is not ours, as a foreign policy); otherwise take it out of the policy.',
      ].join('\n'),
    );
  });

  it('is told for every statement, with the fix', () => {
    const { declared, plane, agent } = mesh();
    const open = changed(plane, ({ isolations }) => ({
      isolations: isolations.filter((each) => each.policy.namespace !== 'ai-data' || each.direction === 'ingress'),
    }));
    expect(sentences(proveGraph(declared, open, known))).toContain(
      'ai-data: No policy isolates the pod {} for egress, so it reaches everywhere: from pod {} of ai-data to ',
    );
    const forbids: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('198.51.100.16/32') };
    const promises = [{ tier: agent, forbids, because: 'it is theirs', rule: 'no-tool' }];
    expect(sentences(proveGraph(declared, plane, { ...known, promises }))).toBe(
      [
        'ai-agents/agent: egress rule 0 of NetworkPolicy ai-agents/agent lets through what the role of the tier rules out, because it is theirs: from pod {app=agent} of ai-agents to address 198.51.100.16 on TCP 443.',
        "Take it out, or acknowledge it on a flow of the tier: acknowledge: [{ rule: 'no-tool', because: '…' }]",
      ].join('\n'),
    );
  });

  it('names every policy that isolates the pod when a declared flow is stopped', () => {
    const { declared, plane } = mesh();
    const lost = withRules(
      plane,
      (rule) => rule.policy.name === 'weaviate',
      () => [],
    );
    const [witness] = proveGraph(declared, lost, known).witnesses;
    expect(witness.decidedBy.map((by) => by.policy.name)).toEqual(['default-deny', 'weaviate']);
    expect(problemText(witnessProblem(witness))).toContain(
      'The flow from ai-agents/agent to ai-data/weaviate is declared, and its ingress half is stopped by NetworkPolicy ai-data/default-deny',
    );
  });
});

describe('labels of namespaces', () => {
  const byPurpose = ({ plane, vllm }: ReturnType<typeof mesh>, purpose: string) =>
    withRule(plane, {
      direction: 'ingress',
      subject: vllm.pods,
      peers: [
        { kind: 'pods', pods: podSet(selectors.fromLabels({ purpose }), selectors.fromLabels({ app: 'envoy' })) },
      ],
      ports: tcp(8000),
    });

  it('may be worn by any namespace that is not known, so a rule by label is wider than one by name', () => {
    const scenario = mesh();
    const knownNamespaces = [{ name: 'ai-gateway', labels: { purpose: 'gateway' } }];
    const proof = proveGraph(scenario.declared, byPurpose(scenario, 'gateway'), { ...known, knownNamespaces });
    expect(statements(proof)).toEqual(['undeclared ingress ai-inference']);
    const { peer } = proof.witnesses[0].connection;
    expect(peer).toMatchObject({ kind: 'pod', labels: { app: 'envoy' } });
    expect(peer.kind === 'pod' && peer.namespace['kubernetes.io/metadata.name']).not.toBe('ai-gateway');
  });

  it('are all shown where the witness is in a namespace that is known', () => {
    const { declared, plane, vllm } = mesh();
    const peers = [{ kind: 'pods' as const, pods: podsIn('ai-data', anything) }];
    const stray = withRule(plane, { direction: 'ingress', subject: vllm.pods, peers, ports: tcp(1) });
    const knownNamespaces = [{ name: 'ai-data', labels: { purpose: 'data' } }];
    expect(sentences(proveGraph(declared, stray, { ...known, knownNamespaces }))).toContain(
      'from pod {} of ai-data {purpose=data} to pod {app=vllm} of ai-inference on TCP 1',
    );
  });

  it('are not worn by a namespace that is known to have others', () => {
    const scenario = mesh();
    const peers = [
      {
        kind: 'pods' as const,
        pods: podSet(selectors.fromLabels({ 'kubernetes.io/metadata.name': 'ai-data', purpose: 'gateway' }), anything),
      },
    ];
    const impossible = withRule(scenario.plane, {
      direction: 'ingress',
      subject: scenario.vllm.pods,
      peers,
      ports: tcp(1),
    });
    const labels = (purpose: string) => ({ ...known, knownNamespaces: [{ name: 'ai-data', labels: { purpose } }] });
    expect(proveGraph(scenario.declared, impossible, labels('data')).proved).toBe(true);
    expect(proveGraph(scenario.declared, impossible, labels('gateway')).proved).toBe(false);
    expect(
      proveGraph(scenario.declared, impossible, { ...known, knownNamespaces: [{ name: 'ai-data', labels: {} }] })
        .proved,
    ).toBe(true);
    expect(proveGraph(scenario.declared, impossible, known).proved).toBe(false);
  });

  it('leave the proof open where a policy selects its subjects by labels that are not known', () => {
    const { declared, plane } = mesh();
    const wide = withRule(plane, {
      direction: 'ingress',
      subject: podSet(selectors.fromLabels({ purpose: 'data' }), anything),
      peers: [{ kind: 'anything' }],
      ports: tcp(1),
    });
    expect(proveGraph(declared, wide, known).notProved.map(({ reason }) => reason)).toContain('unsupported');
    const labelled = (purpose: string) => ({
      ...known,
      knownNamespaces: declared.namespaces.map(({ name }) => ({ name, labels: { purpose } })),
    });
    expect(proveGraph(declared, wide, labelled('other')).proved).toBe(true);
    expect(statements(proveGraph(declared, wide, labelled('data')))).toHaveLength(4);
  });

  it('are refused when they contradict the name, or come twice', () => {
    const { declared, plane } = mesh();
    const wrong = { name: 'ai-data', labels: { 'kubernetes.io/metadata.name': 'other' } };
    expect(() => proveGraph(declared, plane, { knownNamespaces: [wrong] })).toThrow('ai-data');
    const twice = { name: 'ai-data', labels: {} };
    expect(() => proveGraph(declared, plane, { knownNamespaces: [twice, twice] })).toThrow('twice');
  });
});

describe('address blocks that may hold pods', () => {
  function toPrivate(acknowledged: { rule: string; because: string }[] = [], mode: Plane['ipBlockMode'] = 'may') {
    const agent = tier('ai-agents', 'agent');
    const tools: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('10.0.0.0/8') };
    const declared = graph([agent], [flow(agent, tools, tcp(443), acknowledged)]);
    return { declared, plane: planeOf(declared, mode) };
  }

  it('let pods through that no flow declares, where pods are known to be in them', () => {
    const { declared, plane } = toPrivate();
    const proof = proveGraph(declared, plane, known);
    expect(statements(proof)).toEqual(['undeclared egress ai-agents']);
    expect(proof.witnesses[0].connection.peer).toMatchObject({ kind: 'pod', address: '10.244.0.1' });
    expect(sentences(proof)).toContain('to pod {} of other at 10.244.0.1 on TCP 443');
    expect(sentences(proof)).toContain('Give the pod ranges of the cluster (podCidrs)');
  });

  it('let pods through where it is not known where pods are', () => {
    const { declared, plane } = toPrivate();
    expect(statements(proveGraph(declared, plane))).toEqual(['undeclared egress ai-agents']);
  });

  it('hold no pods where their addresses are known to be others, as of the API server', () => {
    const { declared, plane } = toPrivate();
    const otherAddresses = ips.fromBlock('10.0.0.0/8');
    expect(proveGraph(declared, plane, { otherAddresses }).proved).toBe(true);
    expect(proveGraph(declared, plane, { otherAddresses: ips.fromBlock('10.0.0.0/9') }).proved).toBe(false);
  });

  it('are as good as declared where the flow acknowledges it, which the assumptions then say', () => {
    const { declared, plane } = toPrivate([{ rule: 'cluster-range', because: 'the tools run as pods' }]);
    const proof = proveGraph(declared, plane);
    expect(proof.proved).toBe(true);
    expect(proof.assumptions.join('\n')).toContain('the flow from ai-agents/agent to 10.0.0.0/8 also lets pods');
  });

  it('hold no pods where the engine never matches pods by them, or pods are known to be elsewhere', () => {
    const { declared, plane } = toPrivate([], 'external-only');
    expect(proveGraph(declared, plane).proved).toBe(true);
    const elsewhere = toPrivate();
    expect(
      proveGraph(elsewhere.declared, elsewhere.plane, { podAddresses: ips.fromBlock('100.64.0.0/16') }).proved,
    ).toBe(true);
  });

  it('do not stand for pods that a flow declares, unless the engine is known to match pods by them', () => {
    const client = tier('a', 'client');
    const server = tier('b', 'server');
    const declared = graph([client, server], [flow(client, server, tcp(1))]);
    const byAddress = (mode: Plane['ipBlockMode']) =>
      withRules(
        planeOf(declared, mode),
        (rule) => rule.direction === 'egress',
        (rule) => [{ ...rule, peers: [{ kind: 'addresses', addresses: ips.fromBlock('10.244.0.0/16') }] }],
      );
    const missing = (mode: Plane['ipBlockMode']) =>
      statements(proveGraph(declared, byAddress(mode), known)).filter((text) => text.startsWith('missing'));
    expect(missing('may')).toEqual(['missing egress a']);
    expect(missing('pods')).toEqual([]);
  });

  it('may deny pods where that is not known, so what is declared is not certain and what is not is not denied', () => {
    const client = tier('a', 'client');
    const server = tier('b', 'server');
    const declared = graph([client, server], [flow(client, server, tcp(1))]);
    const block = [{ kind: 'addresses' as const, addresses: ips.fromBlock('10.244.0.0/16') }];
    const denied = (plane: Plane) =>
      withRule(plane, {
        direction: 'egress',
        subject: client.pods,
        peers: block,
        ports: ports.everything,
        action: 'deny',
      });
    expect(statements(proveGraph(declared, denied(planeOf(declared)), known))).toEqual(['missing egress a']);
    const open = withRule(planeOf(declared), {
      direction: 'egress',
      subject: client.pods,
      peers: [{ kind: 'pods', pods: podsIn('c', anything) }],
      ports: tcp(2),
    });
    expect(statements(proveGraph(declared, denied(open), known))).toEqual(['missing egress a', 'undeclared egress a']);
    const certain = { ...denied(open), ipBlockMode: 'pods' as const };
    expect(statements(proveGraph(declared, certain, known))).toEqual(['missing egress a']);
  });

  it('cannot be free of pods because the pod ranges are given as none', () => {
    const { declared, plane } = toPrivate();
    expect(() => proveGraph(declared, plane, { podAddresses: ips.none })).toThrow('leaves none for pods');
  });
});

describe('policies of others', () => {
  it('are accepted as far as they are declared', () => {
    const { declared, plane, weaviate } = mesh();
    const backup: Endpoint = {
      kind: 'pods',
      pods: podsIn('backup', selectors.fromLabels({ app: 'velero' })),
      owner: 'operations',
    };
    const foreign = [
      {
        from: backup,
        to: endOf(weaviate),
        traffic: { kind: 'ports' as const, ports: tcp(8080) },
        because: ['backups'],
      },
    ];
    const rule = (port: number) =>
      withRule(plane, {
        direction: 'ingress',
        subject: weaviate.pods,
        peers: [{ kind: 'pods', pods: backup.pods }],
        ports: tcp(port),
      });
    expect(proveGraph(declared, rule(8080), known).proved).toBe(false);
    expect(proveGraph(declared, rule(8080), { ...known, foreign }).proved).toBe(true);
    expect(proveGraph(declared, rule(8081), { ...known, foreign }).proved).toBe(false);
    expect(proveGraph(declared, plane, { ...known, foreign }).proved).toBe(true);
    const outward = [{ ...foreign[0], from: endOf(weaviate), to: backup }];
    const out = withRule(plane, {
      direction: 'egress',
      subject: weaviate.pods,
      peers: [{ kind: 'pods', pods: backup.pods }],
      ports: tcp(8080),
    });
    expect(proveGraph(declared, out, { ...known, foreign: outward }).proved).toBe(true);
    expect(proveGraph(declared, out, { ...known, foreign }).proved).toBe(false);
    expect(proveGraph(declared, rule(8080), { ...known, foreign: outward }).proved).toBe(false);
    const elsewhere = [{ ...foreign[0], to: { ...backup, pods: podsIn('other', weaviate.pods.pods) } }];
    expect(proveGraph(declared, rule(8080), { ...known, foreign: elsewhere }).proved).toBe(false);
    const anywhere = [{ ...foreign[0], to: { ...backup, pods: podSet(anything, weaviate.pods.pods) } }];
    expect(proveGraph(declared, rule(8080), { ...known, foreign: anywhere }).proved).toBe(true);
  });
});

describe('a proof of nothing', () => {
  it('fails without namespaces, without layers, and without flows where there are tiers', () => {
    const { declared, plane, vllm } = mesh();
    const vacuous = (proof: Proof) => proof.notProved.filter(({ reason }) => reason === 'vacuous').length;
    const empty = graph([], []);
    expect(vacuous(proveGraph(empty, plane))).toBe(1);
    expect(proveGraph(empty, plane).proved).toBe(false);
    expect(vacuous(proveGraph(declared, { ...plane, layers: [] }, known))).toBe(1);
    const silent = graph([vllm], []);
    expect(vacuous(proveGraph(silent, planeOf(silent)))).toBe(1);
    const astray = { ...declared, namespaces: declared.namespaces.slice(1) };
    expect(vacuous(proveGraph(astray, plane, known))).toBe(1);
  });

  it('fails where a reader returned no rules, or no isolations', () => {
    const { declared, plane } = mesh();
    expect(
      statements(
        proveGraph(
          declared,
          changed(plane, () => ({ rules: [] })),
          known,
        ),
      ),
    ).toHaveLength(7);
    const none = proveGraph(
      declared,
      changed(plane, () => ({ isolations: [] })),
      known,
    );
    expect(statements(none).filter((text) => text.startsWith('open'))).toHaveLength(8);
    expect(none.proved).toBe(false);
  });

  it('fails for a flow that nothing could be admitted for', () => {
    const agent = tier('a', 'agent');
    const tools: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') };
    const declared = graph([agent], [flow(agent, tools, ports.named('TCP', 'https'))]);
    const noRules = changed(planeOf(declared), () => ({ rules: [] }));
    expect(
      proveGraph(declared, noRules)
        .notProved.map(({ what }) => what)
        .join('\n'),
    ).toContain('no connection that could be admitted');
    // A rule that says the same does as little.
    expect(proveGraph(declared, planeOf(declared)).notProved[0].what).toContain('a named port at addresses');
  });

  it('holds for a namespace in which nothing is allowed', () => {
    const sealed = graph([], [], ['vault']);
    const proof = proveGraph(sealed, planeOf(sealed));
    expect(proof).toMatchObject({ proved: true, counts: { namespaces: 1, rules: 0, flows: 0, cells: 2 } });
  });
});

describe('layers above one another', () => {
  const block = (cidr: string): Rule['peers'] => [{ kind: 'addresses', addresses: ips.fromBlock(cidr) }];
  const ranked = (rules: Rule[], otherwise: Layer['otherwise'] = 'next'): Layer => ({
    name: 'admin',
    order: 'ranked',
    rules,
    isolations: [],
    otherwise,
  });
  // A named port may be any number, so a deny for everybody would also be one for whoever scrapes.
  const fromAgents: Rule['peers'] = [{ kind: 'pods', pods: podsIn('ai-agents', anything) }];
  const rule = (action: Rule['action'], peers: Rule['peers'], port: number): Rule => ({
    policy: { kind: 'ClusterNetworkPolicy', name: action },
    direction: 'ingress',
    index: 0,
    subject: podSet(anything, anything),
    peers,
    ports: tcp(port),
    action,
  });

  it('stop a declared flow by a deny, and the witness names the deny', () => {
    const { declared, plane } = mesh();
    const guarded = { ...plane, layers: [ranked([rule('deny', fromAgents, 50051)]), ...plane.layers] };
    const proof = proveGraph(declared, guarded, known);
    expect(statements(proof)).toEqual(['missing ingress ai-data']);
    expect(problemText(witnessProblem(proof.witnesses[0]))).toContain(
      'its ingress half is stopped by ingress rule 0 of ClusterNetworkPolicy deny',
    );
  });

  it('let a pass go by the denies after it, and an allow not by those before it', () => {
    const { declared, plane } = mesh();
    const passed = ranked([rule('pass', fromAgents, 50051), rule('deny', fromAgents, 50051)]);
    expect(proveGraph(declared, { ...plane, layers: [passed, ...plane.layers] }, known).proved).toBe(true);
    const shadowed = ranked([rule('deny', fromAgents, 22), rule('allow', fromAgents, 22)]);
    expect(proveGraph(declared, { ...plane, layers: [shadowed, ...plane.layers] }, known).proved).toBe(true);
    const allowed = ranked([...shadowed.rules].reverse());
    expect(statements(proveGraph(declared, { ...plane, layers: [allowed, ...plane.layers] }, known))).toHaveLength(4);
  });

  it('do not pass on what a deny before the pass has stopped', () => {
    const { declared, plane } = mesh();
    const layers = [ranked([rule('deny', fromAgents, 8080), rule('pass', fromAgents, 8080)]), ...plane.layers];
    expect(statements(proveGraph(declared, { ...plane, layers }, known))).toEqual(['missing ingress ai-data']);
  });

  it.each<[string, Partial<Rule>, Partial<Rule>, Partial<Rule>]>([
    ['other ports', { ports: tcp(5) }, { ports: tcp(1) }, { ports: tcp(1) }],
    ['other addresses', { peers: block('198.51.100.0/24') }, { peers: block('192.0.2.0/24') }, {}],
    ['a port by its name', { ports: ports.named('TCP', 'http') }, { ports: tcp(1) }, { ports: tcp(1) }],
  ])(
    'admit before a deny what it would stop, although a deny before that stops %s',
    (_title, first, second, wanted) => {
      const server = tier('b', 'server');
      const client: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') };
      const declared = graph([server], [flow(client, server, wanted.ports ?? tcp(1))]);
      const about = (action: Rule['action'], more: Partial<Rule>): Rule => ({
        ...rule(action, block('192.0.2.0/24'), 1),
        ...more,
      });
      // Where the first deny may concern the same port under its name, the flow is not for those pods.
      const named = first.ports !== undefined && ports.hasNames(first.ports);
      const rules = [about('deny', first), about('allow', {}), about('deny', second), about('allow', {})];
      const proof = proveGraph(declared, {
        ...planeOf(declared),
        layers: [ranked(rules), ...planeOf(declared).layers],
      });
      const found = statements(proof).filter((text) => text.startsWith('missing'));
      expect(found).toEqual(named ? ['missing ingress b'] : []);
      if (named) expect(proof.witnesses[0].connection.names).toEqual(['http']);
    },
  );

  it('keep the order of rules for one namespace and for all', () => {
    const { declared, plane } = mesh();
    const forAll = rule('allow', fromAgents, 22);
    const forOne = { ...rule('deny', fromAgents, 22), subject: podsIn('ai-data', anything) };
    const inOrder = (...rules: Rule[]) =>
      statements(proveGraph(declared, { ...plane, layers: [ranked(rules), ...plane.layers] }, known));
    expect(inOrder(forAll, forOne)).toContain('undeclared ingress ai-data');
    expect(inOrder(forOne, forAll)).not.toContain('undeclared ingress ai-data');
    const [allowOne, denyAll] = [
      { ...forOne, action: 'allow' as const },
      { ...forAll, action: 'deny' as const },
    ];
    expect(inOrder(allowOne, denyAll)).toEqual(['undeclared ingress ai-data']);
    expect(inOrder(denyAll, allowOne)).toEqual([]);
  });
});

describe('a graph without flows', () => {
  it('is not proved, and what its policies let through is found all the same', () => {
    const client = tier('a', 'client');
    const declared = graph([client], []);
    const stray = withRule(planeOf(declared), {
      direction: 'egress',
      subject: client.pods,
      peers: [{ kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') }],
      ports: tcp(443),
    });
    const proof = proveGraph(declared, stray, known);
    expect(proof.notProved).toEqual([{ reason: 'vacuous', what: 'the graph has 1 tiers and no flow' }]);
    expect(statements(proof)).toEqual(['undeclared egress a']);
  });
});

describe('a rule for anything', () => {
  const client = tier('a', 'client');
  const everyPod: Endpoint = { kind: 'pods', pods: podSet(anything, anything), owner: 'others' };
  const everyAddress: Endpoint = { kind: 'addresses', addresses: ips.all };
  const declared = graph(
    [client],
    [flow(client, everyPod, ports.everything), flow(client, everyAddress, ports.everything)],
  );

  it('lets out to nodes as well, where the engine tells them from addresses', () => {
    const open = (mode: Plane['ipBlockMode']) =>
      withRules(
        planeOf(declared, mode),
        () => true,
        (rule) => [{ ...rule, peers: [{ kind: 'anything' }] }],
      );
    expect(proveGraph(declared, open('pods'), known).proved).toBe(true);
    const proof = proveGraph(declared, open('external-only'), known);
    expect(proof.witnesses.map(({ connection }) => connection.peer)).toEqual([
      expect.objectContaining({ kind: 'entity', entity: 'nodes' }),
      expect.objectContaining({ kind: 'entity', entity: 'nodes' }),
    ]);
  });
});

describe('a witness at an IPv6 address', () => {
  it('is the first that is not the address of the block itself', () => {
    const client = tier('a', 'client');
    const wanted: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('2001:db8:1::/48') };
    const declared = graph([client], [flow(client, wanted, tcp(443))]);
    const silent = withRules(
      planeOf(declared),
      () => true,
      () => [],
    );
    expect(proveGraph(declared, silent, known).witnesses.map(({ connection }) => connection.peer)).toEqual([
      { kind: 'address', address: '2001:db8:1::1' },
    ]);
  });
});

describe('what the proof does not know', () => {
  it.each([
    ['a rule that logs', { rules: [{ action: 'log' }] }],
    ['a pass in a union', { rules: [{ action: 'pass' }] }],
    ['another order', { order: 'weighted' }],
    ['another end', { otherwise: 'ask' }],
    ['a peer that is a host name', { rules: [{ peers: [{ kind: 'names' }] }] }],
    ['a rule without peers', { rules: [{ peers: [] }] }],
    ['a rule for no request at all', { rules: [{ requests: [] }] }],
    ['a rule for requests of another protocol', { rules: [{ requests: [{ protocol: 'smtp' }] }] }],
    ['a rule of another direction', { rules: [{ direction: 'sideways' }] }],
    ['what comes in from host names', { rules: [{ direction: 'ingress', peers: [{ kind: 'hosts', patterns: [] }] }] }],
  ])('stops it: %s', (_title, change) => {
    const { declared, plane } = mesh();
    const strange = changed(plane, (layer) => ({
      ...(change as object),
      rules: [
        ...layer.rules,
        ...((change as { rules?: object[] }).rules ?? []).map((each) => ({ ...layer.rules[0], ...each })),
      ],
    }));
    const proof = proveGraph(declared, strange, known);
    expect(proof.proved).toBe(false);
    expect(proof.notProved).toMatchObject([{ reason: 'unsupported' }]);
  });

  it.each<[string, object, string]>([
    ['an end of another kind', { to: { kind: 'mars' } }, "a flow has an end of the kind 'mars'"],
    ['traffic of another kind', { traffic: { kind: 'sound' } }, "a flow has traffic of the kind 'sound'"],
    ['no request at all', { traffic: { kind: 'ports', ports: tcp(1), requests: [] } }, 'an empty list of requests'],
    ['host names as a source', { from: { kind: 'hosts', patterns: [] } }, 'a flow comes from host names'],
  ])('stops it in what is declared: %s', (_title, change, says) => {
    const { declared, plane } = mesh();
    const strange = { ...declared, flows: [{ ...declared.flows[0], ...change }, ...declared.flows.slice(1)] };
    const proof = proveGraph(strange, plane, known);
    expect(proof.notProved.map(({ reason, what }) => `${reason}: ${what}`)).toEqual([
      expect.stringMatching(new RegExp(`^unsupported: .*${says}`)),
    ]);
    expect(proof.witnesses).toEqual([]);
  });
});

describe('policies that leave open how the engine decides', () => {
  it('are not proved, and the proof says what the plane says of itself', () => {
    const { declared, plane } = mesh();
    const problem = { rule: 'clash', what: 'Two policies have one priority and disagree', fix: 'Change one.' };
    const proof = proveGraph(declared, { ...plane, problems: [problem] }, known);
    expect(proof).toMatchObject({ proved: false, witnesses: [], notProved: [{ reason: 'undefined' }] });
    expect(proofText(proof)).toContain(problemText(problem));
    const damaged = withRules(
      plane,
      () => true,
      () => [],
    );
    expect(proveGraph(declared, { ...damaged, problems: [problem] }, known).witnesses).not.toEqual([]);
  });
});

describe('a search that takes too long', () => {
  it('is given up within its budget, and what is not decided is not proved', () => {
    // Whether these flows cover every pod is a satisfiability question without an easy answer.
    const { declared, plane } = hardToCover();
    const proof = proveGraph(declared, plane, { budget: 300 });
    expect(proof.proved).toBe(false);
    expect(proof.notProved.map(({ reason }) => reason)).toContain('budget');
    expect(proofText(proof)).toContain('undecided within 300 steps');
    expect(proveGraph(declared, plane).notProved).toEqual([]);
  });
});

/** Pods of every combination of yes and no over six labels, each excluded by one flow: together they cover. */
function hardToCover() {
  const server = tier('b', 'server');
  const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
  const flows = Array.from({ length: 2 ** keys.length }, (_, bits) => {
    const requirements = keys.map((key, i) => ({
      key,
      operator: bits & (1 << i) ? ('Exists' as const) : ('DoesNotExist' as const),
    }));
    const client: Endpoint = {
      kind: 'pods',
      pods: podSet(namespaceNamed('x'), selectors.fromRequirements(requirements)),
      owner: 'x',
    };
    return flow(client, server, tcp(1));
  });
  const declared = graph([server], flows);
  const wide = withRules(
    planeOf(declared),
    () => true,
    () => [],
  );
  const plane = withRule(wide, {
    direction: 'ingress',
    subject: server.pods,
    peers: [{ kind: 'pods', pods: podSet(namespaceNamed('x'), anything) }],
    ports: tcp(1),
  });
  return { declared, plane };
}
