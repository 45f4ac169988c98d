import { App, Chart } from 'cdk8s';
import { PolicyGraph } from '../../lib/graph';
import { declaredGraph, provideGraph } from '../../lib/graph/declared';
import { ZeroTrustError } from '../../lib/model/problem';
import { mesh } from './graphs';

describe('the graph of a scope', () => {
  it('is asked of the tree that the scope is in, with the scope', () => {
    const app = new App();
    const chart = new Chart(app, 'platform');
    const asked: string[] = [];
    provideGraph(app, (scope) => {
      asked.push(scope.node.path);
      return mesh();
    });
    expect(PolicyGraph.of(chart).toJson()).toBe(PolicyGraph._from(mesh()).toJson());
    expect(declaredGraph(app)).toEqual(mesh());
    expect(asked).toEqual(['platform', '']);
  });

  it('is an error that says what to declare, where nothing is declared', () => {
    const chart = new Chart(new App(), 'platform');
    expect(() => PolicyGraph.of(chart)).toThrow(ZeroTrustError);
    expect(() => PolicyGraph.of(chart)).toThrow(
      /^platform: there is no zero-trust namespace[\s\S]*new ZeroTrustNamespace\(/,
    );
  });

  it('has one source: the same one may be named again, another one is refused', () => {
    const app = new App();
    const provide = () => mesh();
    provideGraph(app, provide);
    provideGraph(app, provide);
    expect(() => provideGraph(app, () => mesh())).toThrow(/two copies of cdk8s-zero-trust/);
  });
});

describe('a policy graph', () => {
  const graph = PolicyGraph._from(mesh());

  it('tells its flows in words', () => {
    expect(graph.flows).toHaveLength(5);
    expect(graph.flows[1]).toEqual({
      source: 'ai-agents/agent',
      destination: '10.0.0.0/8 except 10.0.0.0/28',
      traffic: 'TCP/443',
      encrypted: false,
      because: ['agents call the tool APIs'],
      excepted: ['10.0.0.0/28: the metadata service'],
      acknowledged: ['wide-egress: the tools are everywhere'],
      notes: [],
    });
    expect(graph.flows.map(({ owner }) => owner)).toEqual([
      undefined,
      undefined,
      undefined,
      'platform team',
      undefined,
    ]);
  });

  it('cannot be changed through what it hands out', () => {
    graph.flows[0]?.because.push('forged');
    graph.flows.pop();
    expect(graph.toJson()).toBe(PolicyGraph._from(mesh()).toJson());
  });

  it('is read back from its JSON in every form', () => {
    const again = PolicyGraph.parse(graph.toJson());
    expect([again.toText(), again.toMermaid(), again.toDot()]).toEqual([
      graph.toText(),
      graph.toMermaid(),
      graph.toDot(),
    ]);
    expect(again.difference(graph).isEmpty).toBe(true);
  });
});
