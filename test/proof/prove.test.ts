import type { Endpoint } from '../../lib/model/endpoint';
import * as ips from '../../lib/model/ip-set';
import { namespaceNamed, podSet, podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { problemText } from '../../lib/model/problem';
import * as selectors from '../../lib/model/selector';
import { anything, type Labels } from '../../lib/model/selector';
import { type Proof, proofText, proveGraph } from '../../lib/proof';
import { changed, flow, graph, planeOf, tier, withRule, withRules } from './mechanical';
import { known, mesh, sentences, statements, tcp } from './mesh';

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
