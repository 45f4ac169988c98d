import { AGENT, ENVOY, flow, judged, lines, ofPlatform, REDIS, VLLM } from './records';

// Flows against the manifests at hand, with and without a graph.

const agentToRedis = { source: AGENT, destination: REDIS, port: 6379 };
const OPEN = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: redis, namespace: ai-data }
spec:
  podSelector: { matchLabels: { app: redis } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ai-agents } }, podSelector: { matchLabels: { app: agent, tier: front } } }]
      ports: [{ port: 6379 }]
`;

describe('without a graph', () => {
  const held = (records: Parameters<typeof judged>[0], manifests = OPEN) => judged(records, { graph: null, manifests });

  it('says what passes today and these manifests would drop', () => {
    expect(lines(held([flow({ source: ENVOY, destination: REDIS, port: 6379, count: 7 })]))).toEqual([
      'would-be-dropped: ai-gateway/{app=envoy} -> ai-data/{app=redis} TCP/6379 x7',
    ]);
  });

  it('says perhaps where labels decide that the log does not show', () => {
    const found = held([flow(agentToRedis)]);
    expect(lines(found)).toEqual([
      'perhaps would-be-dropped: ai-agents/{app=agent} -> ai-data/{app=redis} TCP/6379 x1',
    ]);
    const whole = { ...AGENT, labels: { app: 'agent', tier: 'front' } };
    expect(lines(held([flow({ ...agentToRedis, source: whole })]))).toEqual([]);
  });

  it('says nothing undeclared, and nothing of what no policy isolates', () => {
    expect(held([flow({ source: ENVOY, destination: VLLM })])).toMatchObject({
      entries: [],
      against: { graph: false, manifests: true },
    });
    expect(held([]).neverSeen).toBeUndefined();
  });

  it('tells what was dropped and should pass from what these manifests drop too', () => {
    const whole = { ...AGENT, labels: { app: 'agent', tier: 'front' } };
    const found = held([
      flow({ ...agentToRedis, source: whole, verdict: 'dropped' }),
      flow({ source: ENVOY, destination: REDIS, port: 6379, verdict: 'dropped' }),
    ]);
    expect(lines(found)).toEqual([
      'dropped-though-declared: ai-agents/{app=agent} -> ai-data/{app=redis} TCP/6379 x1',
      'dropped-and-undeclared: ai-gateway/{app=envoy} -> ai-data/{app=redis} TCP/6379 x1',
    ]);
    expect(found.entries[0].explanation?.allowed).toEqual({ must: true, may: true });
  });

  it('knows pods by their names and addresses where the manifests show them', () => {
    const pods = `${OPEN}---
apiVersion: apps/v1
kind: Deployment
metadata: { name: envoy, namespace: ai-gateway }
spec: { selector: { matchLabels: { app: envoy } }, template: { metadata: { labels: { app: envoy } }, spec: { containers: [{ name: a }] } } }
---
apiVersion: v1
kind: Pod
metadata: { name: redis-0, namespace: ai-data, labels: { app: redis } }
spec: { containers: [{ name: a }] }
status: { podIP: 10.0.2.9 }
`;
    const source = { namespace: 'ai-gateway', pod: 'envoy-5d9c7f5b4d-x7k2p' };
    const found = held([flow({ source, destination: { address: '10.0.2.9' }, port: 6379 })], pods);
    expect(lines(found)).toEqual(['would-be-dropped: ai-gateway/Deployment/envoy -> ai-data/Pod/redis-0 TCP/6379 x1']);
  });

  it('does not take a namespace for one whose labels it does not know', () => {
    const byLabel = OPEN.replace('kubernetes.io/metadata.name: ai-agents', 'purpose: agents').replace(
      ', tier: front',
      '',
    );
    expect(lines(held([flow(agentToRedis)], byLabel))).toEqual([
      'perhaps would-be-dropped: ai-agents/{app=agent} -> ai-data/{app=redis} TCP/6379 x1',
    ]);
    const namespace = `${byLabel}---\napiVersion: v1\nkind: Namespace\nmetadata: { name: ai-agents, labels: { purpose: agents } }\n`;
    expect(lines(held([flow(agentToRedis)], namespace))).toEqual([]);
  });
});

describe('with the graph and what is rendered of it', () => {
  const { manifests } = ofPlatform();

  it('would drop nothing that is declared, and whatever is not', () => {
    const found = judged([flow(agentToRedis), flow({ ...agentToRedis, port: 22 })], { manifests });
    expect(lines(found)).toEqual([
      'undeclared: ai-agents/agent -> ai-data/redis TCP/22 x1',
      'would-be-dropped: ai-agents/agent -> ai-data/redis TCP/22 x1',
    ]);
  });

  it('lets through by its name what the log has an address and a name of', () => {
    const to = (host: string) =>
      flow({ source: AGENT, destination: { entity: 'outside', address: '203.0.113.9', hosts: [host] }, port: 443 });
    expect(lines(judged([to('api.example.org')], { manifests }))).toEqual([]);
    expect(lines(judged([to('evil.example.net')], { manifests }))).toEqual([
      'undeclared: ai-agents/agent -> evil.example.net TCP/443 x1',
      'would-be-dropped: ai-agents/agent -> evil.example.net TCP/443 x1',
    ]);
  });

  it('explains what is dropped though it is declared, by the manifests at hand', () => {
    const dropped = [flow({ ...agentToRedis, verdict: 'dropped', seenAt: 'destination' })];
    const asRendered = judged(dropped, { manifests });
    expect(asRendered.entries[0].explanation?.allowed.must).toBe(true);
    const without = manifests
      .split('\n---\n')
      .map((text) => text.replace(/port: "?6379"?/g, 'port: "6380"'))
      .join('\n---\n');
    const { entries } = judged(dropped, { manifests: without });
    expect(lines({ entries } as never)).toEqual([
      'dropped-though-declared: ai-agents/agent -> ai-data/redis TCP/6379 x1',
    ]);
    expect(entries[0].explanation).toMatchObject({ allowed: { may: false }, ingress: { verdict: 'denied' } });
    expect(entries[0].explanation?.ingress.nearest?.lacks[0]).toMatchObject({ kind: 'port' });
  });
});

describe('labels of namespaces that no manifest shows', () => {
  const policy = (namespace: string, app: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${app}, namespace: ${namespace} }
spec:
  podSelector: { matchLabels: { app: ${app} } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: web } } }] }]
`;
  const closed = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: closed, namespace: ai-data }
spec: { podSelector: {}, policyTypes: [Ingress] }
`;
  const held = (...policies: string[]) =>
    judged([flow({ source: AGENT, destination: REDIS, port: 6379 })], { graph: null, manifests: policies.join('---') });

  it('leave a denial sure where policies of others ask for them', () => {
    expect(held(closed, policy('shop', 'redis'), policy('ai-data', 'pg')).entries).toMatchObject([
      { class: 'would-be-dropped', certainty: 'surely' },
    ]);
    expect(held(closed, policy('shop', 'redis')).entries).toMatchObject([
      { class: 'would-be-dropped', certainty: 'surely' },
    ]);
  });

  it('are known where its manifest shows that there are none', () => {
    const namespace = '\napiVersion: v1\nkind: Namespace\nmetadata: { name: ai-agents }\n';
    expect(held(closed, policy('ai-data', 'redis'), namespace).entries).toMatchObject([
      { class: 'would-be-dropped', certainty: 'surely' },
    ]);
  });

  it('are named where a denial hangs on them', () => {
    const [entry] = held(closed, policy('ai-data', 'redis')).entries;
    expect(entry.certainty).toBe('perhaps');
    expect(entry.why).toContain('no manifest that was given says which labels the namespace ai-agents has');
  });
});
