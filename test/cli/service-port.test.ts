import { run } from './run';

const world = (targetPort: string) => `
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: ai, labels: { app: agent } }
spec: { containers: [{ name: c }] }
---
apiVersion: v1
kind: Pod
metadata: { name: store, namespace: ai, labels: { app: store } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: store, namespace: ai }
spec: { selector: { app: store }, ports: [{ port: 80, targetPort: ${targetPort} }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: store, namespace: ai }
spec:
  podSelector: { matchLabels: { app: store } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: agent } } }], ports: [{ port: 8080 }] }]
`;

const HINT = '80 is the port of Service ai/store; its pods listen on TCP/8080, which is the port that policies see';

describe.each(['8080', 'http'])('a port of a Service whose pods listen on %s', (targetPort) => {
  it('is told for what it is, by can and explain, and no policy is proposed for it', async () => {
    const stdin = world(targetPort);
    const can = await run(['can', 'ai/agent', 'ai/store', '80', '-f', '-'], { stdin });
    expect([can.code, can.out]).toEqual([1, expect.stringContaining(`  ${HINT}\n`)]);
    const explain = await run(['explain', 'ai/agent', 'ai/store', '80', '-f', '-'], { stdin });
    expect(explain.out).toContain(HINT);
    expect(explain.out).not.toContain('To allow it, add');
    const json = await run(['can', 'ai/agent', 'ai/store', '80', '-f', '-', '--format', 'json'], { stdin });
    expect(JSON.parse(json.out).hints).toEqual([HINT]);
  });

  it('is no matter where the port of the pod is asked for', async () => {
    const { code, out } = await run(['can', 'ai/agent', 'ai/store', '8080', '-f', '-'], { stdin: world(targetPort) });
    expect([code, out.includes('Service')]).toEqual([0, false]);
  });
});

it('nothing is said of a port that no Service has', async () => {
  const { out } = await run(['can', 'ai/agent', 'ai/store', '81', '-f', '-'], { stdin: world('8080') });
  expect(out).not.toContain('Service');
});
