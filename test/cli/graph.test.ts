import { type Folder, folder, RETRIEVAL } from './worlds';

let here: Folder;
beforeEach(() => {
  here = folder();
  here.write('retrieval.yaml', RETRIEVAL);
});
afterEach(() => here.remove());

describe('graph', () => {
  it('draws namespaces, workloads and what passes between them', async () => {
    const { code, out } = await here.run(['graph', '--to', 'data/weaviate']);
    expect(code).toBe(0);
    expect(out).toBe(`flowchart LR
  subgraph namespace_agents["agents"]
    workload_agentsX2fXX44XeploymentX2fXagent["Deployment/agent"]
  end
  subgraph namespace_data["data"]
    workload_dataX2fXX53XtatefulX53XetX2fXweaviate["StatefulSet/weaviate"]
  end
  workload_agentsX2fXX44XeploymentX2fXagent -->|"TCP/8080"| workload_dataX2fXX53XtatefulX53XetX2fXweaviate
`);
  });

  it('is DOT for Graphviz, with what is outside', async () => {
    const { out } = await here.run(['graph', '--format', 'dot']);
    expect(out).toMatch(/^digraph policy \{\n/);
    expect(out).toContain('addresses_1 [label="any address", shape=hexagon];');
    expect(out).toContain('workload_labX2fXX44XeploymentX2fXnotebook -> addresses_1 [label="all traffic"];');
  });
});
