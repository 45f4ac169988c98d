import { type Folder, folder, RETRIEVAL } from './worlds';

let here: Folder;
beforeEach(() => {
  here = folder();
  here.write('retrieval.yaml', RETRIEVAL);
});
afterEach(() => here.remove());

describe('list', () => {
  it('has every connection, and what comes from outside', async () => {
    const { code, out, err } = await here.run(['list']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`agents/Deployment/agent
  -> data/StatefulSet/weaviate  TCP/8080

lab/Deployment/notebook
  -> any address  all traffic
  <- any address  all traffic
`);
  });

  it('puts together what is alike', async () => {
    here.write('open.yaml', RETRIEVAL.split('---\n').slice(0, 4).join('---\n'));
    const { out } = await here.run(['list', 'open.yaml']);
    expect(out).toBe(`every workload (4)
  -> every other workload  all traffic
  -> any address           all traffic
  <- any address           all traffic
`);
  });

  it.each([
    [['--focus', 'agents/agent'], ['agents/Deployment/agent,data/StatefulSet/weaviate,TCP/8080,']],
    [['--focus', 'data/weaviate'], ['agents/Deployment/agent,data/StatefulSet/weaviate,TCP/8080,']],
    [['--to', 'data/weaviate'], ['agents/Deployment/agent,data/StatefulSet/weaviate,TCP/8080,']],
    [['--to', 'agents/agent'], []],
    [['--to', '192.0.2.1', '--port', '443'], ['lab/Deployment/notebook,192.0.2.1/32,TCP/443,']],
    [['--focus', 'agents/agent', '--port', '443'], []],
    [
      ['--focus', 'internet', '--port', 'UDP/53'],
      ['lab/Deployment/notebook,internet,UDP/53,', 'internet,lab/Deployment/notebook,UDP/53,'],
    ],
  ])('keeps to what is asked for: %j', async (options, rows) => {
    const { out } = await here.run(['list', ...options, '--format', 'csv']);
    expect(out).toBe(['from,to,surely,perhaps', ...rows, ''].join('\r\n'));
  });

  it('marks what is perhaps', async () => {
    here.write(
      'more.yaml',
      `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: by-block, namespace: data }
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: 9000 }] }]
`,
    );
    const { out } = await here.run(['list', '--to', 'data/weaviate']);
    expect(out).toContain('lab/Deployment/notebook\n  -> data/StatefulSet/weaviate  perhaps TCP/9000\n');
    const { out: json } = await here.run(['list', '--to', 'data/weaviate', '--format', 'json']);
    expect(JSON.parse(json).connections).toContainEqual({
      from: 'lab/Deployment/notebook',
      to: 'data/StatefulSet/weaviate',
      perhaps: 'TCP/9000',
    });
  });

  it('is a table in Markdown', async () => {
    const { out } = await here.run(['list', '--to', 'data/weaviate', '--format', 'md']);
    expect(out).toBe(
      '| from | to | ports |\n|---|---|---|\n| agents/Deployment/agent | data/StatefulSet/weaviate | TCP/8080 |\n',
    );
  });

  it('counts workloads, policies in force and pairs', async () => {
    const { out } = await here.run(['list', '--summary', '--format', 'json']);
    expect(JSON.parse(out)).toEqual({
      schema: 'cdk8s-zero-trust/summary/v1',
      engine: 'kubernetes',
      namespaces: 3,
      workloads: 4,
      policies: [
        { namespace: 'agents', kind: 'NetworkPolicy', count: 2 },
        { namespace: 'data', kind: 'NetworkPolicy', count: 2 },
      ],
      must: 1,
      may: 1,
    });
    expect((await here.run(['list', '--summary'])).out).toContain('pairs that surely connect  1\n');
  });

  it('refuses a host, which no list has', async () => {
    const { code, err } = await here.run(['list', '--to', 'huggingface.co']);
    expect([code, err]).toEqual([3, expect.stringContaining('can namespace/name huggingface.co')]);
  });
});
