import { run } from './run';

const pod = (name: string) => `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: x, labels: { app: ${name} } }
spec: { containers: [{ name: c }] }
`;

const policy = (name: string, to: string) => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: x }
spec: { podSelector: { matchLabels: { app: ${name} } }, policyTypes: [Egress], egress: [${to}] }
`;

const toPod = (name: string, port: number) =>
  `{ to: [{ podSelector: { matchLabels: { app: ${name} } } }], ports: [{ port: ${port} }] }`;

const chain = `${pod('agent')}${pod('vectors')}${pod('backup')}
${policy('agent', toPod('vectors', 8080))}${policy('vectors', toPod('backup', 9000))}
${policy('backup', '{ to: [{ ipBlock: { cidr: 203.0.113.0/24 } }], ports: [{ port: 443 }] }')}`;

const reach = (argv: readonly string[], stdin = chain) => run(['reach', ...argv, '-f', '-'], { stdin });

describe('reach', () => {
  it('tells what is reached by its distance, and the ways out', async () => {
    const { code, out } = await reach(['x/agent', '--engine', 'cilium']);
    expect(out).toBe(
      [
        'From x/Pod/agent: 2 workloads are reached; 1 reaches the internet',
        '',
        '1 hop',
        '  x/Pod/vectors TCP/8080',
        '',
        '2 hops',
        '  x/Pod/backup TCP/9000 by x/Pod/vectors',
        '',
        'ways out',
        '  203.0.113.0/24 TCP/443 from x/Pod/backup',
        '  the API server perhaps TCP/443 from x/Pod/backup',
        '',
      ].join('\n'),
    );
    expect(code).toBe(1);
  });

  it('lists the paths on which data can leave', async () => {
    const { code, out } = await reach(['x/app=agent', '--to', 'internet']);
    expect([code, out]).toEqual([
      1,
      [
        'From x/Pod/agent to internet: 1 path',
        '  x/Pod/agent -> x/Pod/vectors (TCP/8080) -> x/Pod/backup (TCP/9000) -> 203.0.113.0/24 (TCP/443)',
        '',
      ].join('\n'),
    ]);
  });

  it('draws the paths as a diagram, each connection once, with where it begins', async () => {
    const { code, out } = await reach(['x/agent', '--engine', 'cilium', '--format', 'mermaid']);
    expect(code).toBe(1);
    const ids = new Map([...out.matchAll(/(\w+)[[{]+"([^"]*)"/g)].map(([, id, label]) => [id, label]));
    expect([...ids.values()]).toEqual([
      'x',
      'Pod/agent<br/>begins here',
      'Pod/backup',
      'Pod/vectors',
      '203.0.113.0/24',
      'the API server',
    ]);
    expect([...out.matchAll(/(\w+) -->\|"(.*)"\| (\w+)/g)].map(([, a, on, b]) => [ids.get(a), on, ids.get(b)])).toEqual(
      [
        ['Pod/agent<br/>begins here', 'TCP/8080', 'Pod/vectors'],
        ['Pod/vectors', 'TCP/9000', 'Pod/backup'],
        ['Pod/backup', 'TCP/443', '203.0.113.0/24'],
        ['Pod/backup', 'perhaps TCP/443', 'the API server'],
      ],
    );
  });

  it('draws only the paths that were asked for, and alike workloads in one box', async () => {
    const { out } = await reach(['x/agent', '--to', 'x/vectors', '--format', 'mermaid']);
    expect(out).toContain('Pod/vectors');
    expect(out).not.toContain('Pod/backup');
    const replicas = ['one', 'two', 'three'].map((name) => pod('vectors').replace('name: vectors', `name: ${name}`));
    const open = `${pod('agent')}${replicas.join('')}${policy('agent', toPod('vectors', 80))}`;
    const drawn = await reach(['x/agent', '--format', 'mermaid'], open);
    expect([...drawn.out.matchAll(/\["(Pod[^"]*)"/g)].map(([, label]) => label)).toEqual([
      'Pod/agent<br/>begins here',
      'Pod/one<br/>and 2 workloads alike',
    ]);
  });

  it('finds no path where there are too few hops, and ends with 0', async () => {
    expect(await reach(['x/agent', '--to', 'x/backup', '--hops', '1'])).toEqual({
      code: 0,
      out: 'From x/Pod/agent to x/backup: no path\n',
      err: '',
    });
    const { code, out } = await reach(['x/agent', '--to', 'x/backup', '--format', 'json']);
    expect([code, JSON.parse(out).paths[0].hops]).toEqual([1, 2]);
  });

  it('ends with 2 where a path perhaps is: a block may hold the pods, as long as nobody says which addresses they have', async () => {
    const open = `${pod('agent')}${pod('vectors')}${policy('agent', '{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }')}`;
    const { code, out } = await reach(['x/agent', '--to', 'x/vectors'], open);
    expect([code, out]).toEqual([
      2,
      expect.stringContaining('perhaps x/Pod/agent -> x/Pod/vectors (perhaps everything)'),
    ]);
  });

  it('names the nearest workload where there is none of the name', async () => {
    const { code, out, err } = await reach(['x/agnt']);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain("There is no workload 'agnt' in the namespace 'x'");
    expect(err).toContain("Did you mean 'x/agent'?");
  });

  it('starts and ends at workloads alone', async () => {
    for (const argv of [['internet'], ['x/agent', '--to', '10.0.0.1']]) {
      const { code, err } = await reach(argv);
      expect([code, err]).toEqual([3, expect.stringContaining('is not a workload of these manifests')]);
    }
  });

  it.each(['0', 'three', '-1', '1.5'])('takes no %s for hops', async (hops) => {
    const { code, err } = await reach(['x/agent', `--hops=${hops}`]);
    expect([code, err]).toEqual([3, expect.stringContaining(`'${hops}' is not a number of connections`)]);
  });
});
