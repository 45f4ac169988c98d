import { fromJson } from '../../../lib/graph/json-read';
import { AGENT, ENVOY, flow, judged, lines, ofPlatform, REDIS, VLLM } from './records';

const agentToRedis = { source: AGENT, destination: REDIS, port: 6379 };
const OUTSIDE = { entity: 'outside', address: '203.0.113.9' } as const;

describe('a flow that passed', () => {
  it('is nothing to speak of where it is declared, and makes its flow seen', () => {
    const found = judged([flow(agentToRedis)]);
    expect(lines(found)).toEqual([]);
    expect(found.asDeclared).toEqual({ flows: 1, declared: 6, records: 1 });
    expect(found.neverSeen?.map(({ from, to, certainty }) => `${certainty} ${from} -> ${to}`)).not.toContain(
      'surely ai-agents/agent -> ai-data/redis',
    );
  });

  it('is undeclared on another port, from another tier, and to where nothing leads', () => {
    const found = judged([
      flow({ ...agentToRedis, port: 6380 }),
      flow({ source: ENVOY, destination: REDIS, port: 6379, count: 4 }),
      flow({ source: REDIS, destination: OUTSIDE, port: 443 }),
    ]);
    expect(lines(found)).toEqual([
      'undeclared: ai-gateway/envoy -> ai-data/redis TCP/6379 x4',
      'undeclared: ai-agents/agent -> ai-data/redis TCP/6380 x1',
      'undeclared: ai-data/redis -> 203.0.113.9 TCP/443 x1',
    ]);
  });

  it('is undeclared from pods of its namespaces that no tier has, and to such', () => {
    const stranger = { namespace: 'ai-agents', labels: { app: 'debug', 'pod-template-hash': 'x' } };
    expect(lines(judged([flow({ source: stranger, destination: REDIS, port: 6379 })]))).toEqual([
      'undeclared: ai-agents/{app=debug} -> ai-data/redis TCP/6379 x1',
    ]);
  });

  it('is no matter of the graph between others', () => {
    const found = judged([flow({ source: { namespace: 'a', labels: { x: 'y' } }, destination: OUTSIDE })]);
    expect(lines(found)).toEqual([]);
    expect(found.setAside).toMatchObject([{ what: 'others', records: 1 }]);
  });

  it('is perhaps undeclared where a label is not known that decides', () => {
    const found = judged([flow({ ...agentToRedis, source: { namespace: 'ai-agents', labels: { tenant: 'blue' } } })]);
    expect(lines(found)).toEqual(['perhaps undeclared: ai-agents/{tenant=blue} -> ai-data/redis TCP/6379 x1']);
    expect(found.entries[0].why).toEqual([
      'the log does not show all labels of ai-agents/{tenant=blue}, so that it may be who is meant',
    ]);
    expect(found.neverSeen?.find(({ to }) => to === 'ai-data/redis')?.certainty).toBe('perhaps');
  });

  it('is undeclared where what is not known could not make it a declared one', () => {
    const source = { namespace: 'ai-agents', labels: { tenant: 'blue' } };
    expect(lines(judged([flow({ source, destination: REDIS, port: 22 })]))).toEqual([
      'undeclared: ai-agents/{tenant=blue} -> ai-data/redis TCP/22 x1',
    ]);
  });

  it('is perhaps undeclared where the log does not say whether it passed, unless it is declared', () => {
    expect(lines(judged([flow({ ...agentToRedis, verdict: 'unknown' })]))).toEqual([]);
    expect(lines(judged([flow({ ...agentToRedis, port: 22, verdict: 'unknown' })]))).toEqual([
      'perhaps undeclared: ai-agents/agent -> ai-data/redis TCP/22 x1',
    ]);
  });
});

describe('a connection that is in the log twice', () => {
  it('counts once where both ends saw it', () => {
    const both = [flow({ ...agentToRedis, port: 22, seenAt: 'source', count: 3 })];
    both.push(flow({ ...agentToRedis, port: 22, seenAt: 'destination', count: 3 }));
    expect(lines(judged(both))).toEqual(['undeclared: ai-agents/agent -> ai-data/redis TCP/22 x3']);
  });

  it('did not pass where it left its source and its destination dropped it', () => {
    const found = judged([
      flow({ ...agentToRedis, port: 22, seenAt: 'source' }),
      flow({ ...agentToRedis, port: 22, seenAt: 'destination', verdict: 'dropped' }),
    ]);
    expect(lines(found)).toEqual(['dropped-and-undeclared: ai-agents/agent -> ai-data/redis TCP/22 x1']);
    expect(found.entries[0].droppedAt).toEqual(['destination']);
  });

  it('is not undeclared as its own reply', () => {
    const reply = flow({ source: REDIS, destination: AGENT, port: 41234, isReply: true });
    const found = judged([flow(agentToRedis), reply]);
    expect(lines(found)).toEqual([]);
    expect(found.setAside).toMatchObject([{ what: 'replies', records: 1 }]);
  });
});

describe('a flow that was dropped', () => {
  it('is worth most where it is declared', () => {
    const found = judged([
      flow({ ...agentToRedis, verdict: 'dropped', seenAt: 'destination', reason: 'POLICY_DENIED' }),
      flow({ ...agentToRedis, verdict: 'dropped', seenAt: 'source' }),
    ]);
    expect(lines(found)).toEqual(['dropped-though-declared: ai-agents/agent -> ai-data/redis TCP/6379 x2']);
    expect(found.entries[0]).toMatchObject({
      droppedAt: ['source', 'destination'],
      reasons: ['POLICY_DENIED'],
      declared: { match: 'surely', because: ['conversations are kept there'] },
    });
  });

  it('is ranked by how often it was tried where nothing declares it', () => {
    const found = judged([
      flow({ source: AGENT, destination: VLLM, verdict: 'dropped' }),
      flow({ source: REDIS, destination: OUTSIDE, verdict: 'dropped', port: 443, count: 90 }),
    ]);
    expect(lines(found)).toEqual([
      'dropped-and-undeclared: ai-data/redis -> 203.0.113.9 TCP/443 x90',
      'dropped-and-undeclared: ai-agents/agent -> ai-inference/vllm TCP/8000 x1',
    ]);
  });

  it('may be a reply, since logs do not mark those of what is dropped', () => {
    const found = judged([flow({ source: REDIS, destination: AGENT, port: 41234, verdict: 'dropped' })]);
    expect(lines(found)).toEqual(['perhaps dropped-and-undeclared: ai-data/redis -> ai-agents/agent TCP/41234 x1']);
    expect(found.entries[0].why[0]).toMatch(/it may be a reply/);
    expect(lines(judged([flow({ source: REDIS, destination: VLLM, port: 41234, verdict: 'dropped' })]))).toEqual([
      'dropped-and-undeclared: ai-data/redis -> ai-inference/vllm TCP/41234 x1',
    ]);
  });

  it('is set aside where no policy dropped it, and where a pod was only starting', () => {
    const found = judged([
      flow({ ...agentToRedis, verdict: 'dropped', byPolicy: false }),
      flow({ ...agentToRedis, verdict: 'dropped', source: { namespace: 'ai-agents', isStarting: true } }),
    ]);
    expect(lines(found)).toEqual([]);
    expect(found.setAside.map(({ what }) => what).sort()).toEqual(['no-policy', 'starting']);
  });
});

describe('what policies would drop that are only tried out', () => {
  it('is what the engine audited, declared or not', () => {
    const found = judged([
      flow({ ...agentToRedis, verdict: 'audited' }),
      flow({ ...agentToRedis, port: 22, verdict: 'audited' }),
    ]);
    expect(lines(found)).toEqual([
      'would-be-dropped: ai-agents/agent -> ai-data/redis TCP/22 x1',
      'would-be-dropped: ai-agents/agent -> ai-data/redis TCP/6379 x1',
    ]);
    expect(found.entries.map(({ declared }) => declared.match)).toEqual(['no', 'surely']);
  });

  it('is what passes undeclared in namespaces of audit alone', () => {
    const { graph } = ofPlatform();
    const tried = { ...graph, namespaces: graph.namespaces.map((it) => ({ ...it, rollout: 'audit' as const })) };
    const records = [flow({ ...agentToRedis, port: 22 })];
    expect(lines(judged(records, { graph: tried }))).toEqual([
      'would-be-dropped: ai-agents/agent -> ai-data/redis TCP/22 x1',
    ]);
    const [first, ...others] = tried.namespaces;
    const half = { ...tried, namespaces: [{ ...first, rollout: undefined as never }, ...others] };
    expect(first.name).toBe('ai-agents');
    expect(lines(judged(records, { graph: half }))).toEqual(['undeclared: ai-agents/agent -> ai-data/redis TCP/22 x1']);
  });
});

describe('what policies do not tell apart, or do not know', () => {
  it('is set aside: ICMP, a pod with itself, and what passed between a pod and nodes', () => {
    const pod = { ...AGENT, pod: 'agent-0' };
    const found = judged([
      flow({ ...agentToRedis, protocol: 'other' }),
      flow({ source: pod, destination: pod }),
      flow({ source: { entity: 'nodes' }, destination: VLLM, count: 100 }),
    ]);
    expect(lines(found)).toEqual([]);
    expect(found.setAside.map(({ what }) => what).sort()).toEqual(['other-protocols', 'own-node', 'self']);
  });

  it('does not hide what is dropped from nodes', () => {
    expect(lines(judged([flow({ source: { entity: 'nodes' }, destination: VLLM, verdict: 'dropped' })]))).toEqual([
      'dropped-and-undeclared: <nodes> -> ai-inference/vllm TCP/8000 x1',
    ]);
  });
});

describe('requests', () => {
  const POST = { method: 'POST', path: '/v1/chat/completions?user=7' };

  it('are declared one by one, and a connection without any is that of those', () => {
    const call = { source: ENVOY, destination: VLLM };
    const found = judged([
      flow(call),
      flow({ ...call, request: POST }),
      flow({ ...call, request: { method: 'GET', path: '/v1/models/4f2a9c1be07d?key=s3cret' }, verdict: 'dropped' }),
    ]);
    expect(lines(found)).toEqual([
      'dropped-and-undeclared: ai-gateway/envoy -> ai-inference/vllm TCP/8000 (GET /v1/models/*) x1',
    ]);
  });

  it('of which the log leaves out the path are perhaps declared', () => {
    const found = judged([flow({ source: ENVOY, destination: VLLM, request: { method: 'POST' } })]);
    expect(lines(found)).toEqual(['perhaps undeclared: ai-gateway/envoy -> ai-inference/vllm TCP/8000 (POST *) x1']);
  });
});

describe('host names', () => {
  const to = (parts: object) => flow({ source: AGENT, destination: { ...OUTSIDE, ...parts }, port: 443 });

  it('are those that the record has, and that DNS answered before', () => {
    expect(lines(judged([to({ hosts: ['api.example.org'] })]))).toEqual([]);
    const answer = flow({
      source: AGENT,
      destination: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
      protocol: 'UDP',
      port: 53,
      dns: { name: 'api.example.org', addresses: ['203.0.113.9'] },
    });
    expect(lines(judged([answer, to({})]))).toEqual([]);
    expect(lines(judged([to({}), answer]))).toEqual(['perhaps undeclared: ai-agents/agent -> 203.0.113.9 TCP/443 x1']);
  });

  it('are undeclared where the record has others alone', () => {
    expect(lines(judged([to({ hosts: ['evil.example.net'] })]))).toEqual([
      'undeclared: ai-agents/agent -> evil.example.net TCP/443 x1',
    ]);
  });
});

describe('what cannot be attributed', () => {
  it('is counted with why, and never guessed', () => {
    const nobody = (address: string) => flow({ source: AGENT, destination: { address }, port: 6379 });
    const found = judged([
      flow({ source: { namespace: 'ai-gateway' }, destination: { namespace: 'ai-inference' } }),
      flow({ source: { ...AGENT, labels: undefined, pod: 'agent-0' }, destination: REDIS, port: 6379 }),
      nobody('10.10.9.9'),
      nobody('10.96.0.7'),
      flow({ source: { address: '172.16.0.1' }, destination: REDIS, port: 6379 }),
      flow({ source: { cluster: 'west', ...AGENT }, destination: REDIS, port: 6379 }),
      flow({ source: {}, destination: REDIS, port: 6379 }),
    ]);
    expect(lines(found)).toEqual(['undeclared: 172.16.0.1 -> ai-data/redis TCP/6379 x1']);
    expect(found.notAttributable.map(({ why }) => why).sort()).toEqual([
      'namespace-only',
      'no-end',
      'other-cluster',
      'pod-address',
      'pod-without-labels',
      'service-address',
    ]);
  });
});

describe('bounds', () => {
  it('leave off flows beyond those that can be told apart, and say how many', () => {
    const records = Array.from({ length: 50 }, (_, i) =>
      flow({ source: REDIS, destination: { entity: 'outside', address: `203.0.113.${i}` }, port: 443 }),
    );
    const found = judged([...records, ...records, flow(agentToRedis)], { mostTallies: 10 });
    expect(found.entries).toHaveLength(10);
    expect(found.leftOff).toEqual({ records: 81, undeclared: 80, dropped: 0 });
    expect(found.neverSeen?.some(({ to }) => to === 'ai-data/redis')).toBe(false);
  });

  it('leave out what is outside the time that was asked for', () => {
    const found = judged(
      [flow({ ...agentToRedis, port: 22, from: 1000 }), flow({ ...agentToRedis, port: 23, until: 5000 })],
      { since: 2000 },
    );
    expect(lines(found)).toEqual(['undeclared: ai-agents/agent -> ai-data/redis TCP/23 x1']);
    expect(found).toMatchObject({ first: 5000, last: 5000, setAside: [{ what: 'out-of-window', records: 1 }] });
  });
});

it('keeps the first and the last time, and the line of the first', () => {
  const found = judged([
    flow({ ...agentToRedis, port: 22, from: 3000, until: 4000 }),
    flow({ ...agentToRedis, port: 22, from: 1000 }),
    flow({ ...agentToRedis, port: 22 }),
  ]);
  expect(found.entries).toMatchObject([
    { first: 1000, last: 4000, count: 3, records: 3, sample: { log: 'log', line: 1 } },
  ]);
});

it('takes what is declared of others for declared', () => {
  const graph = fromJson(JSON.stringify({ ...JSON.parse(JSON.stringify(graphJson())), foreign: [foreignFlow()] }));
  const source = { namespace: 'monitoring', labels: { app: 'prometheus' } };
  expect(lines(judged([flow({ source, destination: REDIS, port: 9121 })], { graph }))).toEqual([]);
  expect(judged([], { graph }).neverSeen?.some(({ from }) => from.startsWith('monitoring'))).toBe(false);
});

function graphJson(): Record<string, unknown> {
  return JSON.parse(platformJson());
}

function platformJson(): string {
  return require('../platform').platform().graph;
}

/** As the JSON of a graph has it. */
function foreignFlow() {
  const flows = graphJson()['flows'] as { from: unknown; to: unknown; traffic: unknown }[];
  const dns = flows.find(({ to }) => JSON.stringify(to).includes('kube-dns')) as never as { to: object };
  const toRedis = flows.find(({ to }) => JSON.stringify(to).includes('redis')) as never as {
    to: object;
    traffic: object;
  };
  const text = JSON.stringify(dns.to)
    .replaceAll('kube-system', 'monitoring')
    .replaceAll('k8s-app', 'app')
    .replaceAll('kube-dns', 'prometheus');
  return {
    from: JSON.parse(text),
    to: toRedis.to,
    traffic: JSON.parse(JSON.stringify(toRedis.traffic).replaceAll('6379', '9121')),
    because: ['metrics are scraped'],
  };
}

describe('an address that may be a node', () => {
  const probe = flow({ source: { address: '172.16.0.1' }, destination: REDIS, port: 22 });

  it('is nobody where the ranges of the nodes are not known, since its own node always reaches a pod', () => {
    const { graph } = ofPlatform();
    const { nodeRanges: _, ...cluster } = graph.cluster;
    const found = judged([probe], { graph: { ...graph, cluster } });
    expect(lines(found)).toEqual([]);
    expect(found.notAttributable).toMatchObject([{ why: 'nobodys-address' }]);
  });

  it('is outside where all ranges are known', () => {
    expect(lines(judged([probe]))).toEqual(['undeclared: 172.16.0.1 -> ai-data/redis TCP/22 x1']);
  });
});
