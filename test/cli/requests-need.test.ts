import { type Folder, folder, workload } from './worlds';

let here: Folder;
beforeEach(() => {
  here = folder();
  here.write('pods.yaml', `${workload('x/a')}---\n${workload('x/b')}`);
});
afterEach(() => here.remove());

const PROXY =
  "This holds only where Cilium's Envoy proxy is on (Helm l7Proxy: true, which is the default); it cannot look into TLS.";

/** `b` lets `a` in on 8080 by these rules. */
function cilium(...traffic: string[]): void {
  writeCilium('b', 'ingress', ...traffic.map((each) => `fromEndpoints: [{ matchLabels: { app: a } }]\n      ${each}`));
}

function writeCilium(pods: string, direction: 'ingress' | 'egress', ...rules: string[]): void {
  here.write(
    'policies.yaml',
    `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: x }
spec:
  endpointSelector: { matchLabels: { app: ${pods} } }
  ${direction}:
${rules.map((rule) => `    - ${rule}\n`).join('')}`,
  );
}

const POSTS =
  "toPorts: [{ ports: [{ port: '8080', protocol: TCP }], rules: { http: [{ method: POST, path: /chat }] } }]";
const ALL = "toPorts: [{ ports: [{ port: '8080', protocol: TCP }] }]";

async function answer(request: string, more: readonly string[] = [], command = 'can') {
  const asked = ['x/a', 'x/b', '8080', ...(request === '' ? [] : ['--http', request]), ...more];
  const { code, out } = await here.run([command, ...asked]);
  return { code, needs: out.split('\n').filter((line) => line.includes('This holds only where')) };
}

describe('an answer about a request', () => {
  it.each([
    ['yes', 'POST /chat', 0],
    ['no', 'GET /chat', 1],
    ['perhaps', '/chat', 2],
  ])('says with a %s of a policy that looks at requests what that needs, once', async (_, request, code) => {
    cilium(POSTS);
    expect(await answer(request)).toEqual({ code, needs: [`  ${PROXY}`] });
    expect((await answer(request, [], 'explain')).needs).toEqual([`  ${PROXY}`]);
    const { out } = await here.run(['can', 'x/a', 'x/b', '8080', '--http', request, '--format', 'json']);
    expect(JSON.parse(out).assumed).toEqual([PROXY]);
  });

  it('says it once for many pairs', async () => {
    cilium(POSTS);
    const { out } = await here.run(['can', 'x/*', 'x/b', '8080', '--http', 'POST /chat']);
    expect(out.split(PROXY)).toHaveLength(2);
  });

  it('says it of a host by its name', async () => {
    writeCilium(
      'a',
      'egress',
      `toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': kube-system, k8s-app: kube-dns } }]
      toPorts: [{ ports: [{ port: '53', protocol: ANY }], rules: { dns: [{ matchPattern: '*' }] } }]`,
      `toFQDNs: [{ matchName: api.example.com }]
      ${ALL.replace(' }] }', ' }], rules: { http: [{ method: GET }] } }')}`,
    );
    for (const [method, code] of [
      ['GET', 0],
      ['PUT', 1],
    ] as const) {
      const ended = await here.run(['can', 'x/a', 'api.example.com', '8080', '--http', `${method} /models`]);
      expect([ended.code, ended.out]).toEqual([code, expect.stringContaining(PROXY)]);
    }
    const other = await here.run(['can', 'x/a', 'api.example.org', '8080', '--http', 'GET /models']);
    expect([other.code, other.out]).toEqual([1, expect.not.stringContaining(PROXY)]);
  });

  it('says it without a port', async () => {
    cilium(POSTS);
    const { out } = await here.run(['can', 'x/a', 'x/b', '--http', 'POST /chat']);
    expect(out).toContain(PROXY);
  });

  it('does not where another rule decides, or the other end does', async () => {
    cilium(POSTS, ALL);
    expect(await answer('GET /chat')).toEqual({ code: 0, needs: [] });
    cilium(ALL);
    expect(await answer('GET /chat')).toEqual({ code: 0, needs: [] });
    cilium(POSTS);
    here.write(
      'deny.yaml',
      `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: x }
spec: { podSelector: { matchLabels: { app: a } }, policyTypes: [Egress] }
`,
    );
    expect(await answer('POST /chat')).toEqual({ code: 1, needs: [] });
  });

  it('does not on another port, or where no request is asked about', async () => {
    cilium(POSTS);
    const { out } = await here.run(['can', 'x/a', 'x/b', '9090', '--http', 'POST /chat']);
    expect(out).not.toContain('This holds only where');
    expect(await answer('')).toEqual({ code: 2, needs: [] });
  });

  it('says on the Cilium of AKS that it has to be paid for', async () => {
    cilium(POSTS);
    here.write('facts.yml', "engine: cilium\nversion: '1.18'\nplatform: aks\n");
    const { out } = await here.run([
      'can',
      'x/a',
      'x/b',
      '8080',
      '--http',
      'POST /chat',
      '--cluster',
      'facts.yml',
      '-f',
      'pods.yaml',
      '-f',
      'policies.yaml',
    ]);
    expect(out).toContain('Advanced Container Networking Services are on');
  });

  it('says of Calico that ApplicationLayer is on', async () => {
    here.write(
      'policies.yaml',
      `apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: api, namespace: x }
spec:
  selector: app == 'b'
  types: [Ingress]
  ingress:
    - action: Allow
      protocol: TCP
      source: { selector: app == 'a' }
      destination: { ports: [8080] }
      http: { methods: [POST] }
`,
    );
    for (const [request, code] of [
      ['POST /chat', 0],
      ['GET /chat', 1],
    ] as const) {
      expect(await answer(request)).toEqual({
        code,
        needs: [expect.stringContaining('application layer policy is on (Calico, `ApplicationLayer`)')],
      });
    }
  });

  it('says of Antrea that its feature gate is on', async () => {
    here.write(
      'policies.yaml',
      `apiVersion: crd.antrea.io/v1beta1
kind: NetworkPolicy
metadata: { name: api, namespace: x }
spec:
  priority: 5
  appliedTo: [{ podSelector: { matchLabels: { app: b } } }]
  ingress:
    - action: Allow
      from: [{ podSelector: { matchLabels: { app: a } } }]
      ports: [{ protocol: TCP, port: 8080 }]
      l7Protocols: [{ http: { method: POST } }]
`,
    );
    for (const [request, code] of [
      ['POST /chat', 0],
      ['GET /chat', 1],
    ] as const) {
      expect(await answer(request)).toEqual({ code, needs: [expect.stringContaining('L7NetworkPolicy')] });
    }
  });
});
