import { denyAll, type Folder, folder, RETRIEVAL, workload } from './worlds';

// What list and graph show beside connections between workloads.

let here: Folder;
beforeEach(() => {
  here = folder();
});
afterEach(() => here.remove());

const WAYS = [
  workload('front/web'),
  denyAll('front'),
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: front }
spec: { podSelector: { matchLabels: { app: web } }, ingress: [{ ports: [{ port: 8080 }] }] }
`,
  `apiVersion: v1
kind: Service
metadata: { name: web, namespace: front }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
`,
  `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: public, namespace: front }
spec:
  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`,
  `apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: lost, namespace: front }
spec: { to: { kind: Service, name: nobody } }
`,
].join('---\n');

const POLICIES = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: in, namespace: data }
spec:
  podSelector: { matchLabels: { app: weaviate } }
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: agents } }
          podSelector: { matchLabels: { app: agent } }
      ports: [{ port: 8080 }]
`;

describe('list of ways in', () => {
  it('has what leads from outside to workloads, and what leads nowhere', async () => {
    here.write('a.yaml', WAYS);
    const { code, out } = await here.run(['list', 'a.yaml']);
    expect([code, out]).toEqual([
      0,
      `front/Deployment/web
  <- any address  TCP/8080

ways in
  Ingress front/public (shop.example.com) -> front/Deployment/web  TCP/8080
  Route front/lost: There is no Service front/nobody in these manifests
`,
    ]);
  });

  it('has them in every format but that of rows', async () => {
    here.write('a.yaml', WAYS);
    const { out: json } = await here.run(['list', 'a.yaml', '--format', 'json']);
    expect(JSON.parse(json).waysIn).toEqual([
      { object: 'Ingress front/public', hosts: ['shop.example.com'], to: 'front/Deployment/web', surely: 'TCP/8080' },
    ]);
    const { out: md } = await here.run(['list', 'a.yaml', '--format', 'md']);
    expect(md).toContain('| Ingress front/public | shop.example.com | front/Deployment/web | TCP/8080 |');
    const { out: csv } = await here.run(['list', 'a.yaml', '--format', 'csv']);
    expect(csv).not.toContain('Ingress');
  });

  it('leaves them out where one end is asked for', async () => {
    here.write('a.yaml', WAYS);
    expect((await here.run(['list', 'a.yaml', '--to', 'front/web'])).out).not.toContain('ways in');
  });
});

describe('list of pods that no manifest shows', () => {
  it('is what a folder of policies alone allows, by the labels that they ask for', async () => {
    here.write('a.yaml', POLICIES);
    const { code, out, err } = await here.run(['list', 'a.yaml']);
    expect(code).toBe(0);
    expect(out).toContain('agents/app=agent\n  -> data/app=weaviate  TCP/8080\n');
    expect(err).toContain('These manifests show no workload');
    for (const format of ['mermaid', 'dot', 'svg', 'html', 'json'])
      expect((await here.run(['graph', 'a.yaml', '--format', format])).out).toContain('weaviate');
  });

  it('is left out where there are workloads, unless it is asked for', async () => {
    here.write('a.yaml', `${RETRIEVAL}---\n${POLICIES.replace('agents }', 'others }')}`);
    expect((await here.run(['list', 'a.yaml'])).out).not.toContain('others/app=agent');
    expect((await here.run(['list', 'a.yaml', '--unseen'])).out).toContain(
      'others/app=agent\n  -> data/StatefulSet/weaviate  TCP/8080\n',
    );
    const { out } = await here.run(['list', 'a.yaml', '--unseen', '--to', 'data/weaviate', '--format', 'csv']);
    expect(out).toContain('others/app=agent,data/StatefulSet/weaviate,TCP/8080,');
  });

  it('says so where there is neither a workload nor a policy', async () => {
    here.write('a.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n');
    const { code, out } = await here.run(['list', 'a.yaml']);
    expect([code, out]).toEqual([0, 'These manifests show no workload, and no policy that is about any.\n']);
  });
});

describe('questions of list that exclude each other', () => {
  it.each([
    [['list', '--summary', '--focus', 'lab/notebook'], '--summary and --focus are two questions'],
    [['list', '--summary', '--port', '80'], '--summary and --port are two questions'],
    [['list', '--summary', '--unseen'], '--summary and --unseen are two questions'],
    [['graph', '--check'], '--check marks svg and html, and neither is printed'],
  ])('are refused: %j', async (argv, message) => {
    here.write('a.yaml', RETRIEVAL);
    const { code, err } = await here.run([...argv, 'a.yaml']);
    expect(code).toBe(3);
    expect(err).toContain(message);
  });
});
