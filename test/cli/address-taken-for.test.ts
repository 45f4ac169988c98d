import { denyAll, type Folder, folder, RETRIEVAL, workload } from './worlds';

let here: Folder;
beforeEach(() => {
  here = folder();
  here.write('retrieval.yaml', RETRIEVAL);
});
afterEach(() => here.remove());

const toAddresses = (cidr: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: to-tools, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress: [{ to: [{ ipBlock: { cidr: ${cidr} } }], ports: [{ port: 443 }] }]
`;

async function answer(words: readonly string[], facts?: object) {
  if (facts !== undefined) here.write('facts/cluster.yaml', JSON.stringify(facts));
  const cluster = facts === undefined ? [] : ['--cluster', 'facts/cluster.yaml'];
  const { out, err } = await here.run(['can', ...words, '-f', 'retrieval.yaml', '-f', 'tools.yaml', ...cluster]);
  return {
    verdict: `${out}${err}`.split(':')[0],
    assumed: out.split('\n').filter((line) => line.includes('taken for') || line.includes('of Services')),
  };
}

const SERVICE_OR_POD =
  '  172.20.0.1 is taken for an address outside the cluster; of a Service or a pod that no manifest shows, policies may decide otherwise. What is known of the cluster (serviceCidrs, podCidrs) would tell.';

describe('a private address of which nobody said whose it is', () => {
  beforeEach(() => here.write('tools.yaml', toAddresses('172.20.0.0/16')));

  it('is answered about as outside the cluster, and the answer says so', async () => {
    expect(await answer(['agents/agent', '172.20.0.1', '443'])).toEqual({ verdict: 'yes', assumed: [SERVICE_OR_POD] });
    // Weaviate, which the agent reaches, may be behind it.
    expect(await answer(['agents/agent', '172.20.0.1', '8080'])).toEqual({ verdict: 'no', assumed: [SERVICE_OR_POD] });
  });

  it('is said to be taken for one where the answer hangs on it alone', async () => {
    // The planner reaches nothing, whatever has the address; the internet has no Services.
    expect(await answer(['agents/planner', '172.20.0.1', '443'])).toEqual({ verdict: 'no', assumed: [] });
    expect(await answer(['agents/agent', '198.51.100.7', '443'])).toEqual({ verdict: 'no', assumed: [] });
    expect(await answer(['agents/agent', 'internet', '443'])).toEqual({ verdict: 'no', assumed: [] });
  });

  it('is settled by the ranges of the cluster', async () => {
    const engine = 'kubernetes';
    const ranges = { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'] };
    expect((await answer(['agents/agent', '172.20.0.1', '443'], { engine, ...ranges })).assumed).toEqual([]);
    expect(
      (await answer(['agents/agent', '172.20.0.1', '443'], { engine, podCidrs: ranges.podCidrs })).assumed,
    ).toEqual([
      '  172.20.0.1 is taken for an address outside the cluster; of a Service, policies may decide otherwise. What is known of the cluster (serviceCidrs) would tell.',
    ]);
    expect(
      (await answer(['agents/agent', '172.20.0.1', '443'], { engine, serviceCidrs: ['10.96.0.0/12'] })).assumed,
    ).toEqual([
      '  172.20.0.1 is taken for an address outside the cluster; of a pod that no manifest shows, policies may decide otherwise. What is known of the cluster (podCidrs) would tell.',
    ]);
    expect(
      (await answer(['agents/agent', '172.20.0.1', '443'], { engine, nodeCidrs: ['172.20.0.0/24'] })).assumed,
    ).toEqual([]);
    expect(
      (await answer(['agents/agent', '172.20.0.1', '443'], { engine, serviceCidrs: ['172.20.0.0/16'] })).assumed,
    ).toEqual([
      '  172.20.0.1 is an address of Services of this cluster, and most engines see the pod behind a Service in its place: ask about that pod.',
    ]);
  });

  it('is a pod perhaps where it is who asks, and never a Service', async () => {
    expect(await answer(['10.9.8.7', 'data/weaviate', '8080'])).toEqual({
      verdict: 'no',
      assumed: [
        '  10.9.8.7 is taken for an address outside the cluster; of a pod that no manifest shows, policies may decide otherwise. What is known of the cluster (podCidrs) would tell.',
      ],
    });
  });

  it('is one of a block too', async () => {
    const { verdict, assumed } = await answer(['agents/agent', '172.20.4.0/24', '443']);
    expect([verdict, assumed]).toEqual([
      'yes',
      [
        '  Addresses of 172.20.4.0/24 are taken for ones outside the cluster; of a Service or a pod that no manifest shows, policies may decide otherwise. What is known of the cluster (serviceCidrs, podCidrs) would tell.',
      ],
    ]);
  });
});

test('Where no policy denies anything, whose the address is makes no difference.', async () => {
  here.write('retrieval.yaml', workload('lab/notebook'));
  here.write('tools.yaml', workload('lab/other'));
  expect(await answer(['lab/notebook', '10.1.2.3', '443'])).toEqual({ verdict: 'yes', assumed: [] });
  here.write('tools.yaml', denyAll('data'));
  // A pod of the namespace that is closed may have it.
  expect((await answer(['lab/notebook', '10.1.2.3', '443'])).assumed).toHaveLength(1);
});

test.each([
  ['can', 'json', 'assumed'],
  ['explain', 'text', 'taken for an address'],
  ['explain', 'md', 'taken for an address'],
  ['explain', 'json', 'assumed'],
])('%s says it in the format %s too.', async (command, format, words) => {
  const { out } = await here.run([command, 'agents/agent', '172.20.0.1', '443', '--format', format]);
  expect(out).toContain(words);
});
