import type { Endpoint } from '../../lib/model/endpoint';
import * as ips from '../../lib/model/ip-set';
import type { Plane } from '../../lib/model/layer';
import { podSet, podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { problemText } from '../../lib/model/problem';
import * as selectors from '../../lib/model/selector';
import { anything } from '../../lib/model/selector';
import { proveGraph, witnessProblem } from '../../lib/proof';
import { changed, withRule, withRules } from './mechanical';
import { known, mesh, sentences, statements, tcp } from './mesh';

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
        'Declare the flow if it is meant (of a policy that others wrote, with ForeignPolicy.declare); otherwise take it out of the policy.',
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
        "Take it out, or acknowledge it on the tier, or on the flow of the tier that opens it: acknowledge: [{ rule: 'no-tool', because: '…' }]",
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
