import { plainCsv } from '../../../lib/flow-logs/formats/plain-csv';
import { at, read, readSample } from '../read';

describe('our own CSV', () => {
  it('has the fields of JSONL as columns, and what is empty is not known', async () => {
    const { records, lines, summary } = await readSample('csv');
    expect(summary.formats.map(({ name }) => name)).toEqual(['csv']);
    expect(lines).toEqual([2, 3, 9]);
    expect(records).toEqual([
      {
        source: { namespace: 'ai-agents', labels: { app: 'agent', tenant: 'blue' }, workload: { name: 'agent' } },
        destination: { address: '203.0.113.9', hosts: ['api.example.org', 'www.example.org'] },
        protocol: 'TCP',
        port: 443,
        portIs: 'either',
        verdict: 'passed',
        isReply: false,
        policies: [{ kind: 'CiliumNetworkPolicy', namespace: 'ai-agents', name: 'agent' }, { name: 'strict' }],
        count: 7,
        from: at('10:00:00'),
        until: at('10:30:00'),
      },
      {
        source: { namespace: 'ai-agents', labels: { app: 'agent' } },
        destination: { address: '10.0.0.2' },
        protocol: 'UDP',
        port: 53,
        portIs: 'either',
        verdict: 'dropped',
        count: 1,
        from: at('10:00:01'),
        until: at('10:00:01'),
      },
      // A file with semicolons, put behind.
      { source: { pod: 'agent-0' }, destination: { pod: 'redis-0' }, portIs: 'either', verdict: 'audited', count: 1 },
    ]);
  });

  it('is refused line by line where a value is not of the schema', async () => {
    const { notes } = await readSample('csv');
    expect(notes.map((note) => [note.kind, note.line, 'what' in note ? note.what : undefined])).toEqual([
      ['passed-over', 1, 'the column remark'],
      ['unreadable', 4, 'source.labels is no object'],
      ['unreadable', 5, 'port is no whole number from 1 to 65535'],
      ['unreadable', 6, 'it has 4 values for 14 columns'],
      ['unreadable', 7, 'a quote is not closed'],
    ]);
  });

  it('needs a header', async () => {
    const { notes, records } = await read(['ai-agents,10.0.0.2,53,dropped\n'], { format: plainCsv });
    expect(records).toEqual([]);
    expect(notes).toEqual([{ kind: 'unreadable', what: 'no header names its columns', line: 1 }]);
  });
});
