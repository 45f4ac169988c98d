import type { GraphData } from '../../lib/graph/graph-data';
import type { Endpoint } from '../../lib/model/endpoint';
import * as ips from '../../lib/model/ip-set';
import * as ports from '../../lib/model/port-set';
import { proofProblems, proofText, proveGraph } from '../../lib/proof';
import { changed, flow, graph, planeOf, tier } from './mechanical';

function tryOut(...audited: string[]) {
  const agent = tier('agents', 'agent');
  const model = tier('models', 'vllm');
  const plain = graph([agent, model], [flow(agent, model, ports.number('TCP', 8000))]);
  const declared: GraphData = {
    ...plain,
    namespaces: plain.namespaces.map((each) =>
      audited.includes(each.name) ? { ...each, rollout: 'audit' as const } : each,
    ),
  };
  return { agent, model, declared, plane: planeOf(declared) };
}

describe('policies that are only tried out', () => {
  it('are never proved, and the proof says what they would allow', () => {
    const { declared, plane } = tryOut('agents');
    const proof = proveGraph(declared, plane);
    expect(proof).toMatchObject({
      proved: false,
      outcome: 'would-allow',
      audited: ['agents'],
      witnesses: [],
      notProved: [],
    });
    expect(proofProblems(proof)).toEqual([]);
    expect(proofText(proof)).toContain(
      'Not enforced: the manifests would allow exactly what is declared, but policies of agents are only tried out',
    );
    expect(proofText(proof)).not.toContain('Proved');
  });

  it('are held to what is declared like others', () => {
    const { declared, plane } = tryOut('agents', 'models');
    const open = changed(plane, () => ({ isolations: [] }));
    expect(proveGraph(declared, open)).toMatchObject({
      proved: false,
      outcome: 'not-proved',
      audited: ['agents', 'models'],
    });
    expect(proofText(proveGraph(declared, open))).toContain('Not proved');
  });

  it('are told from those that are enforced', () => {
    const { declared, plane } = tryOut();
    expect(proveGraph(declared, plane)).toMatchObject({ proved: true, outcome: 'proved', audited: [] });
  });
});

describe('what no policy can say', () => {
  it('is assumed by name: encryption on the way, and what is on nodes themselves', () => {
    const { declared, plane } = tryOut();
    const encrypted: GraphData = {
      ...declared,
      flows: declared.flows.map((each) => ({ ...each, encrypted: true as const })),
      hostGuardrails: [{ name: 'nodes', because: 'x', nodes: { constraints: [] }, allows: [] }],
    };
    const proof = proveGraph(encrypted, plane);
    expect(proof.proved).toBe(true);
    expect(proof.assumptions).toContain(
      'encrypted on the way: the cluster promises it for the flow from agents/agent to models/vllm, and no policy can',
    );
    expect(proof.assumptions.join()).toContain('the host guardrail nodes');
    const plain = proveGraph(declared, plane).assumptions.join();
    for (const word of ['encrypted', 'host guardrail', 'host names']) expect(plain).not.toContain(word);
  });

  it('names ends that have names and entities', () => {
    const { agent } = tryOut();
    const hub: Endpoint = {
      kind: 'hosts',
      patterns: [
        { kind: 'exact', name: 'a.io' },
        { kind: 'any-depth', under: 'b.io' },
      ],
    };
    const server: Endpoint = { kind: 'entity', entity: 'api-server' };
    const plain: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') };
    const https = ports.number('TCP', 443);
    const flows = [hub, server, plain].map((to) => ({ ...flow(agent, to, https), encrypted: true as const }));
    const declared = graph([agent], flows);
    const text = proveGraph(declared, planeOf(declared, 'external-only')).assumptions.join('\n');
    for (const name of ['a.io, **.b.io,', 'api-server,', '192.0.2.0/24,']) expect(text).toContain(`to ${name}`);
  });
});
