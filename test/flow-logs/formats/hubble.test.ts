import { at, read, readSample } from '../read';

const ENVOY = {
  namespace: 'ai-gateway',
  pod: 'envoy-5d9c7f-abcde',
  labels: { app: 'envoy' },
  address: '10.0.1.7',
};
const VLLM = { namespace: 'ai-inference', pod: 'vllm-0', labels: { app: 'vllm' }, address: '10.0.2.9' };

describe('a log of Hubble', () => {
  it('is read flow by flow, and nothing is believed that it does not say', async () => {
    const { records, lines } = await readSample('hubble');
    expect(lines).toEqual([1, 2, 3, 4, 9, 10, 11, 12, 13, 14, 15, 17, 18]);
    const [allowed, dropped, audited, answer, together, translated] = records;
    expect(allowed).toEqual({
      source: {
        ...ENVOY,
        namespaceLabels: { purpose: 'gateway' },
        workload: { kind: 'Deployment', name: 'envoy' },
      },
      destination: VLLM,
      protocol: 'TCP',
      port: 8000,
      portIs: 'pod',
      verdict: 'passed',
      seenAt: 'source',
      isReply: false,
      policies: [{ kind: 'CiliumNetworkPolicy', namespace: 'ai-gateway', name: 'envoy' }],
      count: 1,
      from: at('10:00:00.123'),
      until: at('10:00:00.123'),
    });
    // A drop of UDP: nothing tells whether it is an answer.
    expect(dropped).toEqual({
      source: { namespace: 'ai-agents', pod: 'a-1', labels: { app: 'a' }, address: '10.0.1.7' },
      destination: { entity: 'outside', address: '203.0.113.9', hosts: ['example.org'] },
      protocol: 'UDP',
      port: 53,
      portIs: 'either',
      verdict: 'dropped',
      seenAt: 'source',
      byPolicy: true,
      reason: 'POLICY_DENIED',
      count: 1,
      from: at('10:00:00.123'),
      until: at('10:00:00.123'),
    });
    expect(audited).toMatchObject({
      verdict: 'audited',
      seenAt: 'destination',
      destination: { pod: 'redis-0', workload: { kind: 'StatefulSet', name: 'redis' } },
      policies: [{ kind: 'CiliumNetworkPolicy', namespace: 'ai-data', name: 'default-deny' }],
    });
    expect(answer).toEqual({
      source: { address: '10.0.1.7' },
      destination: { address: '10.0.0.53' },
      protocol: 'UDP',
      port: 53,
      portIs: 'either',
      verdict: 'passed',
      seenAt: 'source',
      isReply: true,
      dns: { name: 'example.org', addresses: ['203.0.113.9'] },
      count: 1,
      from: at('10:00:01'),
      until: at('10:00:01'),
    });
    // Counted together by namespace: no pods, no port, and only the time of the last.
    expect(together).toEqual({
      source: { namespace: 'ai-gateway' },
      destination: { namespace: 'ai-inference' },
      portIs: 'either',
      verdict: 'passed',
      count: 7,
      until: at('10:05:00'),
    });
    expect(translated).toMatchObject({
      destination: { service: { namespace: 'ai-inference', name: 'vllm' }, address: '10.96.0.20' },
      port: 80,
      portIs: 'service',
      verdict: 'unknown',
    });
  });

  it('tells drops by policies from others, and pods that are starting', async () => {
    const { records } = await readSample('hubble');
    expect(records[6]).toMatchObject({
      source: { namespace: 'ai-gateway', pod: 'envoy-5d9c7f-fghij', isStarting: true },
      verdict: 'dropped',
      byPolicy: false,
      reason: 'AUTH_REQUIRED',
      isReply: false,
      portIs: 'pod',
    });
    expect(records[6]?.source.labels).toBeUndefined();
  });

  it('turns an answer round', async () => {
    const { records } = await readSample('hubble');
    expect(records[7]).toMatchObject({ source: ENVOY, destination: VLLM, port: 8000, isReply: true, portIs: 'pod' });
  });

  it('takes what is handed to a proxy for passed, and addresses for outside', async () => {
    const { records } = await readSample('hubble');
    expect(records[8]).toMatchObject({ source: { entity: 'outside', address: '10.0.1.7' }, verdict: 'passed' });
    expect(records[8]?.source.labels).toBeUndefined();
  });

  it('takes of a request its method, host and path, and nothing that may be secret', async () => {
    const { records, notes } = await readSample('hubble');
    expect(records[9]).toMatchObject({
      request: { method: 'DELETE', path: '/v1/models', host: 'vllm.ai-inference:8000' },
      verdict: 'dropped',
      byPolicy: true,
    });
    expect(JSON.stringify([records, notes])).not.toMatch(/s3cret|secret/);
  });

  it('knows a node of the control plane, and protocols without ports', async () => {
    const { records } = await readSample('hubble');
    expect(records[10]).toEqual({
      source: { entity: 'api-server', address: '10.0.9.1' },
      destination: { entity: 'nodes', address: '10.0.9.2' },
      protocol: 'other',
      portIs: 'either',
      verdict: 'passed',
      count: 1,
      from: at('10:05:06'),
      until: at('10:05:06'),
    });
  });

  it('reads a bare flow, and knows a pod of another cluster', async () => {
    const { records } = await readSample('hubble');
    expect(records[11]).toMatchObject({
      source: { namespace: 'ai-gateway', labels: { app: 'envoy' } },
      destination: { cluster: 'west', namespace: 'ai-inference' },
      protocol: 'SCTP',
      port: 3868,
    });
    expect(records[11]?.source.cluster).toBeUndefined();
    // Which of two workloads runs the pod is not said.
    expect(records[11]?.destination.workload).toBeUndefined();
  });

  it('does not believe that Retina knows replies or verdicts', async () => {
    const { records } = await readSample('hubble');
    expect(records[12]).toMatchObject({ verdict: 'unknown', port: 8000 });
    expect(records[12]?.isReply).toBeUndefined();
  });

  it('notes what is lost, what is no flow, and a line that is cut off', async () => {
    const { notes } = await readSample('hubble');
    expect(notes).toEqual([
      { kind: 'lost', count: 42, line: 5, from: at('10:00:00') },
      { kind: 'lost', line: 6, from: at('10:00:02') },
      { kind: 'passed-over', what: 'the state of a node', line: 7 },
      { kind: 'passed-over', what: 'an event of the agent', line: 8 },
      { kind: 'passed-over', what: "a check of Cilium's own health", line: 16 },
      { kind: 'unreadable', what: 'the log ends in the middle of it', line: 19 },
    ]);
  });

  it('takes a verdict, a protocol or an end that is masked for unknown', async () => {
    const { records } = await read([
      '{"flow":{"IP":{"source":"10.0.1.7","destination":"10.0.2.9"},"event_type":{"type":5}}}\n',
      '{"flow":{"verdict":"VERDICT_UNKNOWN","source":{"identity":7},"event_type":{"type":4}}}\n',
      '{"flow":{"verdict":"ERROR","l4":{},"event_type":{"type":129}}}\n',
    ]);
    expect(records).toEqual([
      {
        source: { address: '10.0.1.7' },
        destination: { address: '10.0.2.9' },
        portIs: 'pod',
        verdict: 'unknown',
        count: 1,
      },
      { source: { entity: 'api-server' }, destination: {}, portIs: 'either', verdict: 'unknown', count: 1 },
      { source: {}, destination: {}, portIs: 'either', verdict: 'unknown', count: 1 },
    ]);
  });

  it.each([
    ['{"SYN":true}', false],
    ['{"SYN":true,"ACK":true}', true],
    ['{"ACK":true}', undefined],
    ['{"RST":true}', undefined],
  ])('knows of a drop with the flags %s whether it is a reply: %s', async (flags, expected) => {
    const { records } = await read([
      `{"flow":{"verdict":"DROPPED","l4":{"TCP":{"source_port":1,"destination_port":2,"flags":${flags}}},"event_type":{"type":1}}}\n`,
    ]);
    expect(records[0]?.isReply).toBe(expected);
    expect(records[0]?.port).toBe(expected === true ? 1 : 2);
    expect(records[0]?.byPolicy).toBeUndefined();
  });

  it('gives ends of one identity one object of labels, and not where the labels differ', async () => {
    const flow = (labels: string) =>
      `{"flow":{"verdict":"FORWARDED","source":{"identity":70000,"labels":[${labels}]},"event_type":{"type":4}}}\n`;
    const { records } = await read([flow('"k8s:a=b"'), flow('"k8s:a=b"'), flow('"k8s:a=c"')]);
    expect(records[1]?.source.labels).toBe(records[0]?.source.labels);
    expect(records[2]?.source.labels).toEqual({ a: 'c' });
  });
});
