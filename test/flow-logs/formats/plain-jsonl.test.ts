import { at, readSample } from '../read';

describe('our own JSON lines', () => {
  it('are records, with times as texts', async () => {
    const { records, lines, summary } = await readSample('jsonl');
    expect(summary.formats.map(({ name }) => name)).toEqual(['jsonl']);
    expect(lines).toEqual([1, 2, 3]);
    expect(records).toEqual([
      {
        source: { namespace: 'ai-gateway', labels: { app: 'envoy' } },
        destination: {
          namespace: 'ai-inference',
          pod: 'vllm-0',
          workload: { kind: 'StatefulSet', name: 'vllm' },
          address: '10.0.2.9',
        },
        protocol: 'TCP',
        port: 8000,
        portIs: 'pod',
        verdict: 'passed',
        seenAt: 'destination',
        isReply: false,
        policies: [{ kind: 'NetworkPolicy', namespace: 'ai-inference', name: 'vllm' }],
        request: { method: 'POST', path: '/v1/chat/completions' },
        count: 12,
        from: at('10:00:00'),
        until: at('10:00:00.500'),
      },
      {
        source: { podPrefix: 'agent-7c9d', namespace: 'ai-agents' },
        destination: { entity: 'outside', hosts: ['example.org'] },
        portIs: 'either',
        verdict: 'dropped',
        byPolicy: true,
        reason: 'default deny',
        count: 1,
        from: at('10:00:01'),
        until: at('10:00:01'),
      },
      { source: {}, destination: {}, portIs: 'either', verdict: 'unknown', count: 1 },
    ]);
  });

  it('are refused where they are not of the schema, with where and what', async () => {
    const { notes } = await readSample('jsonl');
    expect(notes.map((note) => [note.line, 'what' in note ? note.what : note.kind])).toEqual([
      [4, 'verdict is "allowed", none of passed, dropped, audited, unknown'],
      [
        5,
        'destination.port is no field: there are cluster, namespace, pod, podPrefix, workload, labels, namespaceLabels, address, entity, networkSet, isStarting, hosts, service',
      ],
      [6, 'port is no whole number from 1 to 65535'],
      [7, expect.stringMatching(/^until is not of the form \^/)],
    ]);
  });
});
