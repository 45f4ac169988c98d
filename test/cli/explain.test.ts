import { type Folder, folder, RETRIEVAL } from './worlds';

let here: Folder;
beforeEach(() => {
  here = folder();
  here.write('retrieval.yaml', RETRIEVAL);
});
afterEach(() => here.remove());

interface Explained {
  readonly explanations: readonly {
    readonly missing: readonly { readonly object?: object; readonly advice?: string; readonly caution?: string }[];
  }[];
}

/** What is missing for a connection, added to the manifests. */
async function mended(asked: readonly string[]): Promise<number> {
  const { out } = await here.run(['explain', ...asked, '--format', 'json']);
  const { explanations } = JSON.parse(out) as Explained;
  const objects = explanations.flatMap(({ missing }) => missing.map(({ object }) => object));
  expect(objects).not.toContain(undefined);
  here.write('mended.yaml', objects.map((object) => JSON.stringify(object)).join('\n---\n'));
  return (await here.run(['can', ...asked])).code;
}

describe('explain', () => {
  it('says of each end what each layer says, with file and line, and what is missing', async () => {
    const { code, out } = await here.run(['explain', 'agents/planner', 'data/weaviate', '8080']);
    const file = `${here.path}/retrieval.yaml`;
    expect(code).toBe(1);
    expect(out).toContain(`no: agents/planner to data/weaviate on TCP/8080

agents/Deployment/planner to data/StatefulSet/weaviate on TCP/8080: denied
  egress of agents/Deployment/planner: denied
    NetworkPolicy  isolated by NetworkPolicy agents/default-deny (${file}:35), and no rule allows it
                   there is no rule for egress about it at all
  ingress of data/StatefulSet/weaviate: denied
`);
    expect(out).toContain(
      `nearest is NetworkPolicy data/weaviate spec.ingress[0] (${file}:66), which wants app=agent where the pod has app=planner`,
    );
    expect(out).toContain(`  To allow it, add:
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: allow-planner-to-weaviate
      namespace: agents
    spec:
      podSelector:
        matchLabels:
          app: planner
      policyTypes:
        - Egress
`);
  });

  it.each([
    ['of which both ends deny it', ['agents/planner', 'data/weaviate', '8080']],
    ['of another port', ['agents/agent', 'data/weaviate', '9090']],
    ['from a namespace without policies', ['lab/notebook', 'data/weaviate', '8080']],
    ['to an address', ['agents/agent', '192.0.2.7', '443']],
    ['from an address', ['192.0.2.7', 'data/weaviate', 'TCP/8080']],
  ])('gives what is missing for a connection %s, after which it passes', async (_, asked) => {
    expect((await here.run(['can', ...asked])).code).toBe(1);
    expect(await mended(asked)).toBe(0);
  });

  it('gives a policy of Cilium for a host name there', async () => {
    here.write(
      'deny.yaml',
      `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: deny, namespace: lab }
spec: { endpointSelector: {}, egress: [{}] }
`,
    );
    const asked = ['lab/notebook', 'huggingface.co', '443'];
    expect((await here.run(['can', ...asked])).code).toBe(1);
    expect(await mended(asked)).toBe(0);
  });

  it('gives a rule for one request where a policy is about requests', async () => {
    here.write(
      'api.yaml',
      `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: lab }
spec:
  endpointSelector: { matchLabels: { app: notebook } }
  ingress:
    - fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': agents } }]
      toPorts: [{ ports: [{ port: '8080', protocol: TCP }], rules: { http: [{ method: GET, path: '/v1/models(\\?.*)?' }] } }]
  egress: [{}]
`,
    );
    const asked = ['lab/notebook', 'lab/notebook', '8080', '--http', 'POST /v1/chat/completions'];
    expect((await here.run(['can', ...asked])).code).toBe(1);
    expect(await mended(asked)).toBe(0);
    expect((await here.run(['can', ...asked.slice(0, -1), 'POST /v1/embeddings'])).code).toBe(1);
  });

  it('gives pods of a StatefulSet by the labels that all of them have', async () => {
    const { out } = await here.run(['explain', 'agents/planner', 'data/weaviate', '8080']);
    expect(out).not.toContain('pod-index');
  });

  it('says what to do where nothing that is added would help', async () => {
    here.write(
      'deny.yaml',
      `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: guard }
spec:
  tier: Admin
  priority: 1
  subject: { namespaces: { matchLabels: { kubernetes.io/metadata.name: data } } }
  ingress: [{ name: none, action: Deny, from: [{ namespaces: {} }] }]
`,
    );
    const { code, out } = await here.run(['explain', 'agents/agent', 'data/weaviate', '8080']);
    expect(code).toBe(1);
    expect(out).toContain('ClusterNetworkPolicy guard spec.ingress[0]');
    expect(out).toContain('denies it');
    expect(out).toContain('not asked, since it is decided');
    expect(out).toContain('Take out the rule that denies ingress of data/StatefulSet/weaviate');
    expect(out).not.toContain('To allow it, add');
  });

  it('explains one pair of each verdict where an end is several workloads', async () => {
    const { out } = await here.run(['explain', 'agents/*', 'data/weaviate', '8080', '--format', 'json']);
    const { explanations } = JSON.parse(out);
    expect(explanations.map(({ from, verdict }: { from: string; verdict: string }) => [from, verdict])).toEqual([
      ['agents/Deployment/agent', 'yes'],
      ['agents/Deployment/planner', 'no'],
    ]);
    expect(explanations[0].ingress.layers).toEqual([
      {
        layer: 'NetworkPolicy',
        said: 'allowed',
        rules: [
          {
            policy: 'NetworkPolicy data/weaviate',
            field: 'spec.ingress[0]',
            file: `${here.path}/retrieval.yaml`,
            line: 66,
            does: 'allow',
            doubts: [],
          },
        ],
        isolatedBy: [],
      },
    ]);
  });

  it('is Markdown for a ticket, in which names are no markup', async () => {
    const { out } = await here.run(['explain', 'agents/planner', 'data/weaviate', '8080', '--format', 'md']);
    expect(out).toMatch(/^\*\*no\*\*: agents\/planner to data\/weaviate on TCP\/8080\n/);
    expect(out).toContain(
      '| layer | says |\n|---|---|\n| NetworkPolicy | isolated by NetworkPolicy agents/default-deny',
    );
    expect(out).toContain('spec.ingress\\[0\\]');
    expect(out).toContain('```yaml\napiVersion: networking.k8s.io/v1');
  });

  it.each([
    ['169.254.169.254', '443'],
    ['169.254.170.23', '80'],
    ['fd00:ec2::254', '80'],
    ['100.100.100.200', '80'],
    ['168.63.129.16', '80'],
  ])('warns before it proposes to open the metadata service %s', async (address, port) => {
    const asked = ['explain', 'agents/planner', address, port];
    const caution = `Caution: ${address} is a metadata service, or leads to one`;
    const { out } = await here.run(asked);
    expect(out).toMatch(new RegExp(`  ${caution}.*\\n  To allow it, add:\\n`));
    expect((await here.run([...asked, '--format', 'md'])).out).toContain('is a metadata service, or leads to one');
    const json = JSON.parse((await here.run([...asked, '--format', 'json'])).out) as Explained;
    expect(json.explanations[0].missing[0].caution).toContain(caution);
  });

  it('says no such thing of other addresses, nor of the name server at the address of the wire server', async () => {
    for (const [address, port] of [
      ['203.0.113.7', '443'],
      ['168.63.129.16', 'UDP/53'],
    ]) {
      const { out } = await here.run(['explain', 'agents/planner', address, port]);
      expect(out).toContain('To allow it, add:');
      expect(out).not.toContain('Caution');
    }
  });
});
