import type { Endpoint } from '../../lib/model/endpoint';
import * as ips from '../../lib/model/ip-set';
import { podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { fromLabels } from '../../lib/model/selector';
import type { Sent } from '../../lib/model/sent';
import {
  type Connection,
  type DecidedBy,
  lackProblem,
  type NotProved,
  type Proof,
  pathText,
  proofProblems,
  proofText,
  proveGraph,
  type Witness,
  witnessProblem,
} from '../../lib/proof';
import { endOf, flow, graph, planeOf, tier } from './mechanical';

const NAME = 'kubernetes.io/metadata.name';
const tools: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('198.51.100.0/24'), name: 'tools' };
const agent = tier('agents', 'agent');
const declared = flow(agent, tools, ports.number('TCP', 443));

const egress: Connection = {
  direction: 'egress',
  subject: { kind: 'pod', namespace: { [NAME]: 'agents' }, labels: { b: '2', a: '1' } },
  peer: { kind: 'address', address: '198.51.100.1' },
  protocol: 'TCP',
  port: 443,
  names: [],
};
const ingress: Connection = { ...egress, direction: 'ingress' };
const debug: DecidedBy = { policy: { kind: 'NetworkPolicy', namespace: 'agents', name: 'debug' }, index: 2 };

function witness(statement: Witness['statement'], more: Partial<Witness> = {}): Witness {
  const connection = more.direction === 'ingress' ? ingress : egress;
  return { statement, namespace: 'agents', direction: 'egress', connection, decidedBy: [debug], ...more };
}

function proofOf(more: Partial<Proof>): Proof {
  const counts = { namespaces: 1, rules: 2, flows: 3, cells: 4 };
  return {
    proved: false,
    outcome: 'not-proved',
    audited: [],
    counts,
    witnesses: [],
    notProved: [],
    assumptions: ['one', 'two'],
    ...more,
  };
}

/** How a witness of something undeclared calls its connection. */
function said(connection: Partial<Connection>, decidedBy = [debug]): string {
  const { what } = witnessProblem(witness('undeclared', { connection: { ...egress, ...connection }, decidedBy }));
  return what.slice(what.indexOf(': ') + 2);
}

describe('the text of a proof', () => {
  it('begins with what it came to and over how much, and ends with what it leaves out', () => {
    const size = '1 namespaces, 2 rules, 3 flows, 4 cells';
    const outside = 'Outside the proof:\n- one\n- two';
    expect(proofText(proofOf({ proved: true, outcome: 'proved' }))).toBe(
      `Proved: the manifests allow exactly what is declared (${size}).\n\n${outside}`,
    );
    expect(proofText(proofOf({ outcome: 'would-allow', audited: ['agents', 'data'] }))).toBe(
      `Not enforced: the manifests would allow exactly what is declared, but policies of agents, data are only tried out (${size}).\n\n${outside}`,
    );
    const vacuous: NotProved = { reason: 'vacuous', what: 'there are no flows' };
    const text = proofText(proofOf({ witnesses: [witness('undeclared')], notProved: [vacuous] })).split('\n\n');
    expect([text[0], text.at(-1)]).toEqual([`Not proved (${size}).`, outside]);
    expect(text[1]).toContain('lets out what no flow declares');
    expect(text[2]).toContain('There is nothing that could be proved: there are no flows.');
  });
});

describe('what speaks against a proof', () => {
  it('has a rule and a sentence for each reason, and what to do', () => {
    const reasons = ['vacuous', 'unsupported', 'budget', 'opaque'] as const;
    const notProved = reasons.map((reason): NotProved => ({ reason, what: 'whether it is so' }));
    const problems = proofProblems(proofOf({ notProved }));
    expect(problems.map(({ rule }) => rule)).toEqual(reasons.map((reason) => `proof-${reason}`));
    for (const { what, fix } of problems) {
      expect(what).toContain('whether it is so');
      expect(fix).toMatch(/^[A-Z].*[.]$/);
    }
  });

  it('is, where the engine leaves it open, what the plane says of itself, if it does', () => {
    const problem = { rule: 'equal-order', what: 'Two policies have the order 5' };
    const notProved: NotProved[] = [
      { reason: 'undefined', what: 'w', problem },
      { reason: 'undefined', what: 'which is first' },
    ];
    expect(proofProblems(proofOf({ notProved }))).toEqual([
      problem,
      { rule: 'proof-undefined', what: 'It is left open how the engine decides: which is first' },
    ]);
  });

  it('is, where something is not understood, also what is not ruled out by it, with its place', () => {
    const notProved: NotProved[] = [{ reason: 'opaque', what: 'the pattern x?', witness: witness('undeclared') }];
    const [problem] = proofProblems(proofOf({ notProved }));
    expect(problem.where).toBe('agents');
    expect(problem.what).toBe(
      `What is not understood is not proved: the pattern x?. Not ruled out: ${witnessProblem(witness('undeclared')).what}`,
    );
  });
});

describe('a witness', () => {
  it('of something undeclared names the rule, the way, and both ends', () => {
    expect(witnessProblem(witness('undeclared')).what).toBe(
      'egress rule 2 of NetworkPolicy agents/debug lets out what no flow declares: from pod {a=1,b=2} of agents to address 198.51.100.1 on TCP 443',
    );
    const inwards = witness('undeclared', { direction: 'ingress', decidedBy: [debug, { ...debug, index: 0 }] });
    expect(witnessProblem(inwards).what).toBe(
      'ingress rule 2 of NetworkPolicy agents/debug and ingress rule 0 of NetworkPolicy agents/debug lets in what no flow declares: from address 198.51.100.1 to pod {a=1,b=2} of agents on TCP 443',
    );
  });

  it('of something undeclared is put right by pod ranges only where a pod is meant by its address', () => {
    const pod = { kind: 'pod', namespace: { [NAME]: 'x' }, labels: {}, address: '10.0.0.1' } as const;
    const byAddress: DecidedBy = { ...debug, byAddress: true };
    const fixOf = (peer: Connection['peer'], by: DecidedBy) =>
      witnessProblem(witness('undeclared', { connection: { ...egress, peer }, decidedBy: [by] })).fix;
    expect(fixOf(pod, byAddress)).toContain('podCidrs');
    expect(fixOf(pod, debug)).toContain('Declare the flow');
    expect(fixOf(egress.peer, byAddress)).toContain('Declare the flow');
  });

  it('of a flow that is stopped names the flow, and what stops it', () => {
    const isolates: DecidedBy = { policy: debug.policy };
    const denies: DecidedBy = {
      policy: { kind: 'GlobalNetworkPolicy', name: 'deny', source: 'a.yaml' },
      index: 0,
      denies: true,
    };
    const problemOf = (...decidedBy: DecidedBy[]) => witnessProblem(witness('missing', { flow: declared, decidedBy }));
    expect(problemOf(isolates).what).toContain(
      'The flow from agents/agent to tools is declared, and its egress half is stopped by NetworkPolicy agents/debug, which isolates the pod and has no rule for it: from ',
    );
    expect(problemOf(denies).what).toContain(
      'stopped by egress rule 0 of GlobalNetworkPolicy deny (a.yaml), which denies it: ',
    );
    expect(problemOf().what).toContain('stopped by no rule that allows it: ');
    expect([problemOf(isolates), problemOf(isolates, denies)].map(({ fix }) => fix?.slice(0, 8))).toEqual([
      'Let the ',
      'A denial',
    ]);
  });

  it('of a pod that is open says which way, and which type of policy is lacking', () => {
    const [out, inwards] = (['egress', 'ingress'] as const).map((direction) =>
      witnessProblem(witness('open', { direction, decidedBy: [] })),
    );
    expect(out.what).toContain('No policy isolates the pod {a=1,b=2} for egress, so it reaches everywhere: ');
    expect(out.fix).toContain('the type Egress.');
    expect(inwards.what).toContain('for ingress, so it is reached from everywhere: ');
    expect(inwards.fix).toContain('the type Ingress.');
  });

  it('of a broken promise stands at the tier, under the rule that can be acknowledged', () => {
    const promise = { tier: agent, forbids: tools, because: 'it is theirs', rule: 'no-tools' };
    const problem = witnessProblem(witness('promise', { promise }));
    expect(problem).toMatchObject({ rule: 'no-tools', where: 'agents/agent' });
    expect(problem.what).toContain('lets through what the role of the tier rules out, because it is theirs: ');
    expect(problem.fix).toContain("acknowledge: [{ rule: 'no-tools', because: '…' }]");
  });

  it('of a broken guardrail says what lets it through, if anything does', () => {
    const problemOf = (decidedBy: DecidedBy[]) =>
      witnessProblem(witness('guardrail', { guardrail: 'base', decidedBy }));
    expect(problemOf([debug])).toMatchObject({ rule: 'proof-guardrail', where: 'guardrail base' });
    expect(problemOf([debug]).what).toContain(
      'egress rule 2 of NetworkPolicy agents/debug lets through what the guardrail',
    );
    expect(problemOf([]).what).toContain('Nothing that comes first stops what the guardrail');
  });
});

describe('a connection in a sentence', () => {
  const from = 'from pod {a=1,b=2} of agents to';

  it('names its peer: a pod with the labels of its namespace, an entity, an address with its names', () => {
    const pod = {
      kind: 'pod',
      namespace: { [NAME]: 'x', team: 't' },
      labels: { app: 'y' },
      address: '10.0.0.1',
    } as const;
    const byAddress = [debug, { ...debug, byAddress: true } as const];
    expect(said({ peer: pod })).toBe(`${from} pod {app=y} of x {team=t} on TCP 443`);
    expect(said({ peer: pod }, byAddress)).toBe(`${from} pod {app=y} of x {team=t} at 10.0.0.1 on TCP 443`);
    const node = { kind: 'entity', entity: 'nodes', address: '10.1.0.1' } as const;
    expect(said({ peer: node })).toBe(`${from} a node on TCP 443`);
    expect(said({ peer: node }, byAddress)).toBe(`${from} a node at 10.1.0.1 on TCP 443`);
    expect(said({ peer: { ...node, entity: 'api-server' } })).toBe(`${from} the API server on TCP 443`);
    expect(said({ hosts: ['a.example.com', 'b.example.com'] })).toBe(
      `${from} address 198.51.100.1 (a.example.com, b.example.com) on TCP 443`,
    );
  });

  it('names its port, and what pods call it', () => {
    expect(said({ names: ['https', 'web'] })).toBe(`${from} address 198.51.100.1 on TCP 443 (named https, web)`);
    expect(said({ protocol: 'other', port: 0 })).toBe(`${from} address 198.51.100.1 on a protocol without ports`);
  });

  it.each<[Sent, string]>([
    [{ protocol: 'http', request: { method: 'GET', path: '/v1', host: 'api', headers: [] } }, ', GET /v1 for api'],
    [
      { protocol: 'http', request: { method: 'GET', path: '/v1', host: 'api', headers: ['x-a', 'x-b'] } },
      ', GET /v1 for api with x-a, x-b',
    ],
    [{ protocol: 'kafka', role: 'produce', topic: 'orders' }, ', to produce orders by Kafka'],
    [{ protocol: 'dns', patterns: [] }, ', a query'],
    [{ protocol: 'dns', patterns: ['*.a', 'b.a'] }, ', a query for *.a and b.a'],
    [{ protocol: 'other' }, ', sending what is no known request'],
  ])('says what is sent: %j', (sent, text) => {
    expect(said({ sent })).toBe(`${from} address 198.51.100.1 on TCP 443${text}`);
  });
});

describe('a path and a lack in sentences', () => {
  it('are the hops in order, and the side that does not declare it', () => {
    const hop = { from: endOf(agent), to: tools, by: 'the flow' };
    expect(pathText({ apart: true, path: [] })).toBe('There is no path.');
    expect(pathText({ apart: false, path: [hop] })).toBe('There is a path:\n- agents/agent reaches tools: the flow');
    expect(pathText({ apart: false, path: [], why: 'Not certain.' })).toBe('Not certain.');
    const problem = lackProblem({ graph: 'other', flow: declared, connection: ingress });
    expect(problem).toMatchObject({ rule: 'other-half', where: 'tools' });
    expect(problem.what).toContain(
      'The other graph does not declare the ingress half of the flow from agents/agent to tools: from ',
    );
    expect(lackProblem({ graph: 'declared', flow: declared, connection: egress })).toMatchObject({
      where: 'agents/agent',
      what: expect.stringContaining('The own graph does not declare the egress half'),
    });
  });
});

describe('what a proof leaves out', () => {
  const base = graph([agent], [declared]);
  const assumed = (more: Partial<typeof base>, options = {}, mode: 'may' | 'external-only' = 'may') =>
    proveGraph({ ...base, ...more }, planeOf(base, mode), options).assumptions.filter((each) =>
      /^(Pod Security|address|pod|host names|encrypted|nodes themselves|acknowledged)/.test(each),
    );

  it('is what the engine may do with addresses of pods, as far as it is known', () => {
    expect(assumed({}, {}, 'external-only')).toEqual(['address blocks: the engine never matches pods by them']);
    expect(assumed({}, { podAddresses: ips.fromBlock('10.244.0.0/16') })).toEqual([
      'pod addresses: every pod has one of 10.244.0.0/16',
    ]);
    expect(assumed({})[0]).toMatch(/^pod addresses: not given, so pods are reckoned with in .*, and nowhere else$/);
  });

  it('is pods of namespaces that are adopted', () => {
    const adopted = (name: string) => ({ ...base.namespaces[0], name, management: 'adopt' as const });
    const about = (...names: string[]) => assumed({ namespaces: names.map(adopted) }, {}, 'external-only')[0];
    expect(about('agents')).toContain('Pod Security: agents is adopted');
    expect(about('agents', 'data')).toContain('Pod Security: agents, data are adopted');
  });

  it('is encryption, names, nodes, and what is acknowledged, where there is any', () => {
    const hosts: Endpoint = { kind: 'hosts', patterns: [{ kind: 'exact', name: 'api.example.com' }] };
    const waiver = { rule: 'no-tools', because: 'it is for them' };
    const guard = { name: 'hosts', because: 'b', nodes: fromLabels({}), allows: [] };
    const others: Endpoint = { kind: 'pods', pods: podsIn('x', fromLabels({ app: 'y' })), owner: 'team-x' };
    const said = assumed(
      {
        tiers: [{ ...agent, acknowledged: [waiver] }],
        flows: [
          { ...declared, encrypted: true },
          flow(agent, hosts, ports.number('TCP', 443)),
          flow(others, agent, ports.number('TCP', 80)),
        ],
        hostGuardrails: [guard],
      },
      {},
      'external-only',
    );
    expect(said.slice(1)).toEqual([
      'host names: what they are looked up as is outside the cluster and no metadata service, and other names at the same address are let through',
      'encrypted on the way: the cluster promises it for the flow from agents/agent to tools, and no policy can',
      'nodes themselves: what the host guardrail hosts lets through is not looked into',
      'acknowledged: agents/agent waives no-tools, because it is for them',
    ]);
  });
});
