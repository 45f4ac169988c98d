import { type Folder, folder, RETRIEVAL, workload } from './worlds';

let here: Folder;
beforeEach(() => {
  here = folder();
  here.write('retrieval.yaml', RETRIEVAL);
});
afterEach(() => here.remove());

/** A workload that reaches itself by requests of one rule alone. */
function limitToRequests(rule: string): void {
  here.write(
    'cilium.yaml',
    `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: lab }
spec:
  endpointSelector: { matchLabels: { app: notebook } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: notebook } }]
      toPorts: [{ ports: [{ port: '8080', protocol: TCP }], rules: { http: [{ ${rule} }] } }]
`,
  );
  here.write('second.yaml', workload('lab/notebook'));
}

describe('can', () => {
  it('says yes where all of it surely passes, with the rules that let it', async () => {
    const { code, out, err } = await here.run(['can', 'agents/agent', 'data/weaviate', '8080']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(
      'yes: agents/agent to data/weaviate on TCP/8080\n' +
        `  NetworkPolicy agents/agent spec.egress[0] (${here.path}/retrieval.yaml:52) allows it; NetworkPolicy data/weaviate spec.ingress[0] (${here.path}/retrieval.yaml:66) allows it\n`,
    );
  });

  it('says of nodes that the one a pod runs on always reaches it', async () => {
    const { code, out } = await here.run(['can', 'nodes', 'data/weaviate', '8080']);
    expect(code).toBe(1);
    expect(out).toContain('This is about other nodes: the one that a pod runs on always reaches it');
    const other = await here.run(['can', 'lab/notebook', 'data/StatefulSet/weaviate', 'TCP/8080']);
    expect(other.out).not.toContain('other nodes');
  });

  it('says no where nothing of it may pass, with who stops it', async () => {
    const { code, out } = await here.run(['can', 'lab/notebook', 'data/StatefulSet/weaviate', 'TCP/8080']);
    expect(code).toBe(1);
    expect(out).toContain('no: lab/notebook to data/StatefulSet/weaviate on TCP/8080\n');
    expect(out).toContain(
      `data/StatefulSet/weaviate is isolated by NetworkPolicy data/default-deny (${here.path}/retrieval.yaml:`,
    );
  });

  it('says which differ where an end is several workloads', async () => {
    const { code, out } = await here.run(['can', 'agents/*', 'data/weaviate', 'http']);
    expect(code).toBe(2);
    expect(out).toContain('differs: agents/* to data/weaviate on TCP/http');
    expect(out).toContain('  yes: agents/Deployment/agent to data/StatefulSet/weaviate\n');
    expect(out).toContain('  no: agents/Deployment/planner to data/StatefulSet/weaviate\n');
  });

  it('says partly where some of the ports pass and others surely do not', async () => {
    const { code, out } = await here.run(['can', 'agents/agent', 'data/weaviate', '8080-8090']);
    expect(code).toBe(2);
    expect(out).toContain('partly: agents/agent to data/weaviate on TCP/8080-8090\n  passes on TCP/8080\n');
  });

  it('says without a port whether anything passes, and what', async () => {
    const yes = await here.run(['can', 'agents/app=agent', 'data/weaviate']);
    expect([yes.code, yes.out]).toEqual([0, expect.stringContaining('\n  passes on TCP/8080\n')]);
    expect((await here.run(['can', 'agents/planner', 'data/weaviate'])).code).toBe(1);
    expect((await here.run(['can', 'lab/notebook', 'internet'])).out).toContain('yes: lab/notebook to internet');
  });

  it('says perhaps of what hangs on what no manifest shows', async () => {
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
    const { code, out } = await here.run(['can', 'lab/notebook', 'data/weaviate', '9000']);
    expect(code).toBe(2);
    expect(out).toContain('perhaps: lab/notebook to data/weaviate on TCP/9000');
    expect(out).toContain('NetworkPolicy data/by-block spec.ingress[0]');
  });

  it('says of a perhaps what it hangs on', async () => {
    here.write('pods.yaml', `${workload('x/a')}---\n${workload('x/b')}`);
    here.write(
      'policies.yaml',
      `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: by-block, namespace: x }
spec:
  podSelector: { matchLabels: { app: b } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]
`,
    );
    const { code, out } = await here.run(['can', 'x/a', 'x/b', '80', '-f', 'pods.yaml', '-f', 'policies.yaml']);
    expect([code, out]).toEqual([
      2,
      `perhaps: x/a to x/b on TCP/80
  ingress of x/Deployment/b is allowed or denied, depending on what is not known here: NetworkPolicy x/by-block spec.ingress[0] (${here.path}/policies.yaml:7) allows it, if its blocks match that end by address here
`,
    ]);
  });

  it('names the rule that denies, and not a policy that is not read and comes before it', async () => {
    here.write('pods.yaml', `${workload('x/a')}---\n${workload('x/b')}`);
    const unread = (egress: string) => `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: odd, namespace: x }
spec: { endpointSelector: { matchLabels: { app: b } }, ingress: [{ fromEndpoints: [{}], strange: 1 }] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: other, namespace: x }
spec: { endpointSelector: { matchLabels: { app: b } }, ingress: [{}], ${egress} }
`;
    const asked = ['x/a', 'x/b', '80', '-f', 'pods.yaml', '-f', 'policies.yaml'];
    here.write('policies.yaml', unread('ingressDeny: [{ fromEndpoints: [{ matchLabels: { app: a } }] }]'));
    const denied = await here.run(['can', ...asked]);
    expect([denied.code, denied.out]).toEqual([
      1,
      `no: x/a to x/b on TCP/80\n  CiliumNetworkPolicy x/other spec.ingress[0] (${here.path}/policies.yaml:9) denies it\n`,
    ]);
    // What is not read has no rule that anybody could look up.
    const explained = await here.run(['explain', ...asked]);
    expect(explained.out).toContain(
      `CiliumNetworkPolicy x/odd (${here.path}/policies.yaml:3) may deny it: There is no field 'strange'`,
    );
    expect(explained.out).not.toContain('x/odd spec');

    here.write('policies.yaml', unread(''));
    const perhaps = await here.run(['can', ...asked]);
    expect([perhaps.code, perhaps.out]).toEqual([
      2,
      expect.stringContaining(
        `depending on what is not known here: CiliumNetworkPolicy x/odd (${here.path}/policies.yaml:3) may deny it: There is no field 'strange'`,
      ),
    ]);
  });

  it('says once what a policy that is not read leaves open at both ends', async () => {
    here.write('pods.yaml', `${workload('x/a')}---\n${workload('x/b')}`);
    here.write(
      'policies.yaml',
      `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: odd, namespace: x }
spec: { endpointSelector: {}, ingress: [{ fromEndpoints: [{}], strange: 1 }], egress: [{ toEndpoints: [{}] }] }
`,
    );
    const asked = ['x/a', 'x/b', '80', '-f', 'pods.yaml', '-f', 'policies.yaml'];
    const odd = `CiliumNetworkPolicy x/odd (${here.path}/policies.yaml:3)`;
    const why = "There is no field 'strange' here, so what it asks for would be lost";
    expect((await here.run(['can', ...asked])).out).toBe(
      `perhaps: x/a to x/b on TCP/80
  egress of x/Deployment/a and ingress of x/Deployment/b are allowed or denied, depending on what is not known here: ${odd} may deny it: ${why} (and 1 more: explain has them)
`,
    );
    expect((await here.run(['explain', ...asked])).out).toContain(
      `  egress of x/Deployment/a: allowed or denied, by what is not known here
    not read  ${odd} may deny it: ${why}
              Take it out, or move it to where it belongs.
    Cilium    ${odd} may allow it, for the same reason
  ingress of x/Deployment/b: allowed or denied, by what is not known here
    not read  ${odd} may deny it, for the same reason
    Cilium    ${odd} may allow it, for the same reason
`,
    );
    const markdown = (await here.run(['explain', ...asked, '--format', 'md'])).out;
    expect(markdown.split('There is no field').length - 1).toBe(1);
  });

  it('knows addresses, blocks, hosts, nodes and the API server', async () => {
    expect((await here.run(['can', 'agents/agent', '10.0.0.1', '443'])).code).toBe(1);
    expect((await here.run(['can', 'agents/agent', '10.0.0.0/8', '443'])).code).toBe(1);
    expect((await here.run(['can', 'lab/notebook', 'huggingface.co', '443'])).code).toBe(0);
    expect((await here.run(['can', 'agents/agent', 'api-server', '443'])).code).toBe(1);
    expect((await here.run(['can', 'nodes', 'data/weaviate', '9090'])).code).toBe(1);
  });

  it('asks about a request', async () => {
    limitToRequests("method: POST, path: '/v1/chat/completions(\\?.*)?'");
    const asked = ['can', 'lab/notebook', 'lab/notebook', '8080', '-f', 'cilium.yaml', '-f', 'second.yaml'];
    expect((await here.run([...asked, '--http', 'POST /v1/chat/completions'])).code).toBe(0);
    expect((await here.run([...asked, '--http', 'GET /v1/chat/completions'])).code).toBe(1);
    expect((await here.run([...asked, '--http', 'chat'])).err).toContain("'chat' is not a request");
  });

  it.each<[rule: string, request: string, code: number]>([
    ["method: GET, path: '/v1/.*'", 'GET /v1/x', 0],
    ["method: GET, path: '/v1/.*'", 'POST /v1/x', 1],
    ["method: GET, path: '/v1/.*'", 'GET /v2', 1],
    ['path: /v1/models', 'GET /v1/models', 0],
    ['path: /v1/models', 'GET /v1/models/a', 1],
    // Without its method, what is asked stands for many requests.
    ['path: /v1/models', '/v1/models', 2],
    ["path: '(?i)/v1'", 'GET /v1', 2],
    ["path: /v1, headers: ['x-a b']", 'GET /v1', 2],
    ["path: /v1, headers: ['x-a b']", 'GET /v2', 1],
  ])('decides about one request by the expression %s: %s', async (rule, request, code) => {
    limitToRequests(rule);
    const asked = ['lab/notebook', 'lab/notebook', '8080', '-f', 'cilium.yaml', '-f', 'second.yaml', '--http', request];
    expect((await here.run(['can', ...asked])).code).toBe(code);
    expect((await here.run(['explain', ...asked])).out).not.toContain('Ask about one request');
  });

  it('answers programs', async () => {
    const { out } = await here.run(['can', 'agents/agent', 'data/weaviate', '8080', '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({
      schema: 'cdk8s-zero-trust/answer/v1',
      from: 'agents/agent',
      to: 'data/weaviate',
      ports: 'TCP/8080',
      verdict: 'yes',
      pairs: [{ from: 'agents/Deployment/agent', to: 'data/StatefulSet/weaviate', verdict: 'yes', surely: 'TCP/8080' }],
    });
  });

  it('paints the verdict in a terminal, unless NO_COLOR says no', async () => {
    const asked = ['can', 'agents/agent', 'data/weaviate', '8080'];
    expect((await here.run(asked, { isTerminal: true })).out.startsWith('\u001b[1;32myes\u001b[0m: ')).toBe(true);
    expect((await here.run(asked, { isTerminal: true, env: { NO_COLOR: '1' } })).out).toMatch(/^yes: /);
  });

  it.each([
    [
      ['agents/agnt', 'data/weaviate'],
      "There is no workload 'agnt' in the namespace 'agents'",
      "Did you mean 'agents/agent'?",
    ],
    [
      ['agnets/agent', 'data/weaviate'],
      "There is no namespace 'agnets' in these manifests; did you mean 'agents'",
      'Allowed: ',
    ],
    [['weaviate', 'data/weaviate'], '"weaviate" is not an end of a connection', "Did you mean 'data/weaviate'?"],
    [['agents', 'data/weaviate'], '"agents" is not an end of a connection', "Did you mean 'agents/*'?"],
    [['agents/app=agnt', 'data/weaviate'], 'agents/app=agnt matches nothing in these manifests', 'app=agent'],
    [['agents/agent', 'data/weaviate', '80800'], '80800 is not a port number', 'not that of its Service'],
    [
      ['agents/agent', 'data/weaviate', 'grpc'],
      'No container of data/weaviate has a port called as in TCP/grpc',
      'a number, or http',
    ],
    [['huggingface.co', 'data/weaviate'], 'huggingface.co is the name of a host', 'destinations only'],
    [['10.0.0.1', '10.0.0.2'], 'neither 10.0.0.1 nor 10.0.0.2 is pods', 'pods at one end'],
  ])('refuses %j with what is meant', async (ends, what, hint) => {
    const { code, out, err } = await here.run(['can', ...ends]);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain(what);
    expect(err).toContain(hint);
  });

  it('refuses a namespace of which no workload is shown, since labels decide', async () => {
    here.write('empty/deny.yaml', RETRIEVAL.split('---\n').slice(4).join('---\n'));
    const { code, err } = await here.run(['can', 'data/weaviate', 'agents/*', '-f', 'empty']);
    expect([code, err]).toEqual([
      3,
      expect.stringContaining('No workload of data is in these manifests. Ask by labels: data/app=weaviate'),
    ]);
    const any = await here.run(['can', 'agents/*', 'data/app=weaviate', '-f', 'empty']);
    expect(any.err).toContain("There is no workload in the namespace 'agents' in these manifests");
    expect(any.err).toContain('agents/app=agent');
  });
});
