import fc from 'fast-check';
import { canonical } from '../../lib/graph/graph-data';
import { toJson } from '../../lib/graph/json';
import { aligned, toText } from '../../lib/graph/text';
import * as ports from '../../lib/model/port-set';
import { addresses, agent, end, flow, graphs, mesh, tier, vectors, vllm } from './graphs';

describe('the text form', () => {
  it('has lines for more flows than a call can have arguments', () => {
    const lines = aligned(Array.from({ length: 200_000 }, () => ['a', 'b']));
    expect(lines).toHaveLength(200_000);
    expect(new Set(lines)).toEqual(new Set(['a       b']));
  });

  it('lists the namespaces, the tiers with their selectors, and one flow a line with all that is said about it', () => {
    expect(toText(mesh())).toBe(`policy graph for kubernetes 1.33, cluster prod

cluster
  DNS             CoreDNS; kube-system/{k8s-app=kube-dns} [cluster DNS] TCP/53 UDP/53
  address blocks  may match pods by their addresses

namespaces (purpose, management, pod security)
  ai-agents       agents          adopt   baseline        acknowledged adopted-deny: agreed with the owners
  ai-data         data            own     baseline
  ai-gateway      gateway         own     baseline
  ai-inference    inference       own     baseline

tiers (role, pods)
  ai-agents/agent         agent           {app=agent}
  ai-data/weaviate        data            {app=weaviate}
  ai-gateway/envoy        gateway         {app=envoy}     note: clients not distinguishable
  ai-inference/vllm       inference       {app=vllm}

addresses
  internet        0.0.0.0/0 except 10.0.0.0/8

flows in
  monitoring/{app=prometheus} [platform team]     -> ai-inference/vllm    TCP/metrics     latency is watched
  internet                                        -> ai-gateway/envoy     TCP/8443        customers call the models; note: clients not distinguishable

flows within
  ai-agents/agent         -> ai-data/weaviate     TCP/8080        retrieval looks up passages
  ai-gateway/envoy        -> ai-inference/vllm    TCP/8000        users reach the model

flows out
  ai-agents/agent         -> 10.0.0.0/8 except 10.0.0.0/28        TCP/443         agents call the tool APIs; except 10.0.0.0/28: the metadata service; acknowledged wide-egress: the tools are everywhere
`);
  });

  it('says that there are no flows where there are none', () => {
    expect(toText({ ...mesh(), flows: [] })).toMatch(/\n\nflows: none\n$/);
  });

  it('is the same for two graphs only if they are the same graph', () => {
    fc.assert(
      fc.property(graphs, graphs, (a, b) => expect(toText(a) === toText(b)).toBe(toJson(a) === toJson(b))),
      { numRuns: 300 },
    );
  });

  it('gives a flow one line, whatever its reasons hold, and shows no invisible character', () => {
    fc.assert(
      fc.property(graphs, (data) => {
        const text = toText(data);
        expect(text.match(/^ {2}.* {2}-> /gm) ?? []).toHaveLength(data.flows.length);
        expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|\u00a0/u);
        expect(text).not.toMatch(/[ ]$/m);
      }),
    );
  });

  it('quotes a reason that would read as something else', () => {
    const forged = ['fine; except 0.0.0.0/0: all', 'except 10.0.0.0/8: x', 'a\n  b  -> c', '\u202egnihtemos'];
    const graph = canonical({
      ...mesh(),
      flows: [flow(end(agent), end(vectors), ports.number('TCP', 1), '', { because: forged })],
    });
    const line = toText(graph)
      .split('\n')
      .find((candidate) => candidate.includes('TCP/1'));
    expect(line).toContain(
      String.raw`"a\n  b  -> c"; "except 10.0.0.0/8: x"; "fine; except 0.0.0.0/0: all"; "\u202egnihtemos"`,
    );
  });

  it('spells addresses out where their name means different addresses in one graph', () => {
    const toInternet = (block: string) =>
      flow(end(agent), addresses(block, [], 'internet'), ports.number('TCP', 443), 'tools are called');
    const text = toText(canonical({ ...mesh(), flows: [toInternet('192.0.2.0/24'), toInternet('198.51.100.0/24')] }));
    expect(text).toContain('-> internet (192.0.2.0/24)');
    expect(text).toContain('-> internet (198.51.100.0/24)');
    expect(text).not.toContain('\naddresses\n');
  });

  it('shows the namespaces of pods where they are not the namespace of the tier', () => {
    const odd = { ...vllm, pods: tier('elsewhere', 'vllm').pods };
    expect(toText(canonical({ ...mesh(), tiers: [odd], flows: [] }))).toMatch(
      /ai-inference\/vllm .* elsewhere\/\{app=vllm\}/,
    );
  });

  it('moves no other line when a name grows within its column', () => {
    const linesWith = (name: string) =>
      toText(canonical({ ...mesh(), tiers: [vllm, tier('ai-data', name)], flows: [] })).split('\n');
    const after = linesWith('database');
    expect(linesWith('db').filter((line) => !after.includes(line))).toEqual([expect.stringContaining('ai-data/db ')]);
  });
});
