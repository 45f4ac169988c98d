import fc from 'fast-check';
import { toDot } from '../../lib/graph/dot';
import type { GraphData } from '../../lib/graph/graph-data';
import { toMermaid } from '../../lib/graph/mermaid';
import { graphs, mesh } from './graphs';

const MERMAID_LABEL = String.raw`"(?:[\p{L}\p{M}\p{N} ,.:/()-]|#\d+;|<br/>)*"`;
const DOT_LABEL = String.raw`"(?:[^"\\\n&]|\\[\\"n]|&amp;)*"`;
const ID = '[a-z]+_[A-Za-z0-9_]+';

/** Lines of a form, told apart by the first pattern that matches the whole line; a line that none matches fails. */
function parsed(text: string, patterns: Record<string, string>): Map<string, RegExpMatchArray[]> {
  const found = new Map(Object.keys(patterns).map((name) => [name, [] as RegExpMatchArray[]]));
  for (const line of text.trimEnd().split('\n')) {
    const [name, match] = Object.entries(patterns)
      .map(([kind, pattern]) => [kind, line.match(new RegExp(`^ *(?:${pattern})$`, 'u'))] as const)
      .find(([, result]) => result) ?? ['nothing', null];
    if (!match) throw new Error(`this line is no syntax that is known here: ${JSON.stringify(line)}`);
    found.get(name)?.push(match);
  }
  return found;
}

const mermaid = (data: GraphData) =>
  parsed(toMermaid(data), {
    head: 'flowchart LR',
    group: `subgraph (${ID})\\[${MERMAID_LABEL}\\]`,
    close: 'end',
    node: `(${ID})(?:\\[${MERMAID_LABEL}\\]|\\(\\[${MERMAID_LABEL}\\]\\)|\\{\\{${MERMAID_LABEL}\\}\\})`,
    arrow: `(${ID}) -->\\|${MERMAID_LABEL}\\| (${ID})`,
  });

const dot = (data: GraphData) =>
  parsed(toDot(data), {
    head: 'digraph policy \\{|rankdir=LR;|node \\[shape=box\\];',
    group: `subgraph (cluster_${ID}) \\{`,
    title: `label=${DOT_LABEL};`,
    close: '\\}',
    node: `(${ID}) \\[label=${DOT_LABEL}(?:, style=rounded|, shape=hexagon)?\\];`,
    arrow: `(${ID}) -> (${ID}) \\[label=${DOT_LABEL}\\];`,
  });

describe.each([
  ['Mermaid', mermaid, 0],
  ['DOT', dot, 1],
] as const)('the %s form', (_name, read, outerBrackets) => {
  it('has a group for each namespace and an arrow for each flow between boxes that exist, whatever the words are', () => {
    fc.assert(
      fc.property(graphs, (data) => {
        const lines = read(data);
        const ids = (lines.get('node') ?? []).map(([, id]) => id);
        const groups = (lines.get('group') ?? []).map(([, id]) => id);
        expect(groups).toHaveLength(data.namespaces.length);
        expect(lines.get('close')).toHaveLength(data.namespaces.length + outerBrackets);
        expect(new Set([...ids, ...groups]).size).toBe(ids.length + groups.length);
        expect(ids.filter((id) => id?.startsWith('tier_'))).toHaveLength(data.tiers.length);
        expect(lines.get('arrow')).toHaveLength(data.flows.length);
        for (const [, from, to] of lines.get('arrow') ?? []) {
          expect(ids).toContain(from);
          expect(ids).toContain(to);
        }
      }),
    );
  });
});

describe('diagrams of the mesh', () => {
  it('are drawn by Mermaid with tiers inside their namespaces and everything else outside', () => {
    expect(toMermaid(mesh())).toBe(`flowchart LR
  subgraph namespace_ai_agents["ai-agents (agents)"]
    tier_ai_agentsX2fXagent["agent<br/>#123;app#61;agent#125;"]
  end
  subgraph namespace_ai_data["ai-data (data)"]
    tier_ai_dataX2fXweaviate["weaviate<br/>#123;app#61;weaviate#125;"]
  end
  subgraph namespace_ai_gateway["ai-gateway (gateway)"]
    tier_ai_gatewayX2fXenvoy["envoy<br/>#123;app#61;envoy#125;"]
  end
  subgraph namespace_ai_inference["ai-inference (inference)"]
    tier_ai_inferenceX2fXvllm["vllm<br/>#123;app#61;vllm#125;"]
  end
  others_1(["monitoring/#123;app#61;prometheus#125;<br/>#91;platform team#93;"])
  addresses_1{{"internet"}}
  addresses_2{{"10.0.0.0/8 except 10.0.0.0/28"}}
  tier_ai_agentsX2fXagent -->|"TCP/8080<br/>retrieval looks up passages"| tier_ai_dataX2fXweaviate
  tier_ai_agentsX2fXagent -->|"TCP/443<br/>agents call the tool APIs"| addresses_2
  tier_ai_gatewayX2fXenvoy -->|"TCP/8000<br/>users reach the model"| tier_ai_inferenceX2fXvllm
  others_1 -->|"TCP/metrics<br/>latency is watched"| tier_ai_inferenceX2fXvllm
  addresses_1 -->|"TCP/8443<br/>customers call the models"| tier_ai_gatewayX2fXenvoy
`);
  });

  it('are drawn by Graphviz the same', () => {
    const text = toDot(mesh());
    expect(text).toContain('  subgraph cluster_namespace_ai_agents {\n    label="ai-agents (agents)";\n');
    expect(text).toContain('    tier_ai_agentsX2fXagent [label="agent\\n{app=agent}"];\n');
    expect(text).toContain('  addresses_1 [label="internet", shape=hexagon];\n');
    expect(text).toContain('  others_1 -> tier_ai_inferenceX2fXvllm [label="TCP/metrics\\nlatency is watched"];\n');
  });
});
