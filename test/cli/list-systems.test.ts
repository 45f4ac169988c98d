import { run } from './run';

const world = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: models, namespace: ai }
spec:
  selector: { matchLabels: { app: models } }
  template: { metadata: { labels: { app: models } }, spec: { containers: [{ name: c, image: vllm/vllm-openai:v0.33.0 }] } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: other, namespace: ai }
spec:
  selector: { matchLabels: { app: other } }
  template: { metadata: { labels: { app: other } }, spec: { containers: [{ name: c, image: example/other }] } }
`;

const list = (argv: readonly string[] = []) => run(['list', '-', '--quiet', ...argv], { stdin: world });

describe('list tells known systems by their names and roles', () => {
  it('as text, below the connections', async () => {
    expect((await list()).out).toMatch(/\n\nknown systems\n {2}ai\/Deployment\/models {2}vLLM \(inference\)\n$/);
  });

  it('as JSON', async () => {
    const { out } = await list(['--format', 'json']);
    expect(JSON.parse(out).systems).toEqual([
      { workload: 'ai/Deployment/models', system: 'vllm', title: 'vLLM', role: 'inference' },
    ]);
  });

  it('as a table', async () => {
    expect((await list(['--format', 'md'])).out).toContain('| ai/Deployment/models | vLLM | inference |');
  });

  it('not where connections of one end are asked for', async () => {
    expect((await list(['--focus', 'ai/models'])).out).not.toContain('known systems');
  });
});
