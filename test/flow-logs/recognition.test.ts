import { FORMATS } from '../../lib/flow-logs/formats';
import { hubble } from '../../lib/flow-logs/formats/hubble';
import { at, read, readSample, sample } from './read';

const HUBBLE =
  '{"flow":{"time":"2026-11-27T10:00:00Z","verdict":"FORWARDED","source":{"namespace":"a"},"event_type":{"type":5}}}';
const OVN =
  '2026-11-27T10:00:00Z|1|acl_log(x)|INFO|name="NP:a:b:Ingress:0", verdict=allow, severity=info: tcp,nw_src=10.0.0.1,nw_dst=10.0.0.2,tp_dst=80';

describe('the format of a log', () => {
  it.each(FORMATS.map(({ name }) => name))('is recognised by the lines of its sample: %s', async (name) => {
    const { summary } = await readSample(name);
    expect(summary.formats.map((format) => format.name)).toEqual([name]);
  });

  it('is certain by each of its lines to one format at most', () => {
    for (const { name } of FORMATS) {
      for (const line of sample(name).toString().split('\n')) {
        const certain = FORMATS.filter((format) => format.recognises(line) === 2).map((format) => format.name);
        expect([line, [name]]).toEqual([line, certain.length === 0 ? [name] : certain]);
      }
    }
  });

  it('is found by a line that comes after others, which are noted', async () => {
    const { records, notes } = await read([`level=info msg="starting"\n\n${HUBBLE}\n`]);
    expect(records).toHaveLength(1);
    expect(notes).toEqual([{ kind: 'unreadable', what: 'it is no JSON object', line: 1 }]);
  });

  it('is not guessed where no line is of any', async () => {
    const { records, notes, summary } = await read(['hello\nworld']);
    expect([records, summary.formats]).toEqual([[], []]);
    expect(notes).toEqual([
      { kind: 'unreadable', what: 'its format is not recognised', line: 1 },
      { kind: 'unreadable', what: 'the log ends in the middle of it', line: 2 },
    ]);
  });

  it('is found after any number of other lines', async () => {
    const { records, notes } = await read([`${'hello\n'.repeat(1000)}${HUBBLE}\n`]);
    expect(records).toHaveLength(1);
    expect(notes).toHaveLength(1000);
  });

  it('says how to write JSON that is spread over lines', async () => {
    const { notes } = await read([`${JSON.stringify(JSON.parse(HUBBLE), undefined, 2)}\n`]);
    expect(notes[0]).toEqual({
      kind: 'unreadable',
      what: 'JSON that is spread over several lines is not read: put each flow on a line of its own (jq -c)',
      line: 1,
    });
  });

  it.each([
    [
      'Nov 27 10:00:00.000: ai-agents/agent-0:41234 (ID:51234) -> ai-data/redis-0:6379 (ID:51300) policy-verdict:none INGRESS DENIED DROPPED (TCP Flags: SYN)',
      'the text of Hubble leaves out most of what is known: write hubble observe -o jsonpb',
    ],
    [
      'I1127 10:00:00.257809       1 logging.go:67] "Evaluating packet" id=9 direction="Egress" srcPod="a/b"',
      'the text of kube-network-policies is not read, and has payloads in it: run it with --logging-format=json',
    ],
    [`[${HUBBLE},`, 'a list in JSON is not read: put each flow on a line of its own (jq -c ".[]")'],
  ])('says what to write instead of %s', async (line, what) => {
    expect((await read([`${line}\n`])).notes).toEqual([{ kind: 'unreadable', what, line: 1 }]);
  });

  it('may change in the middle, which is noted', async () => {
    const { records, notes, summary } = await read([`${HUBBLE}\n${OVN}\n${HUBBLE}\n`]);
    expect(records).toHaveLength(3);
    expect(summary.formats.map(({ name }) => name)).toEqual(['hubble', 'ovn-acl']);
    expect(notes).toEqual([
      { kind: 'format', format: 'ovn-acl', line: 2 },
      { kind: 'format', format: 'hubble', line: 3 },
    ]);
  });

  it('does not change where it was told', async () => {
    const { records, notes } = await read([`${HUBBLE}\n${OVN}\n`], { format: hubble });
    expect(records).toHaveLength(1);
    expect(notes).toEqual([{ kind: 'unreadable', what: 'it is no JSON object', line: 2 }]);
  });

  it('keeps what waits for its other half while other lines come between', async () => {
    const packet = '{"ts":1795773600000,"msg":"Evaluating packet","id":1,"srcPod":"a/b","packet":{"SrcIP":"10.0.0.1"}}';
    const { records } = await read([
      `${packet}\n${OVN}\n{"ts":1795773600001,"msg":"Packet accepted by policy","id":1}\n`,
    ]);
    expect(records.map(({ verdict, source }) => [verdict, source.pod])).toEqual([
      ['passed', undefined],
      ['passed', 'b'],
    ]);
  });
});

describe('every sample put together', () => {
  it('gives what each gives by itself', async () => {
    const logs = FORMATS.map(({ name }) => `${sample(name).toString()}\n`);
    const apart = await Promise.all(logs.map((log) => read([log])));
    const together = await read([logs.join('')]);
    const ofBoth = (records: readonly unknown[]) => records.map((record) => JSON.stringify(record)).sort();
    expect(ofBoth(together.records)).toEqual(ofBoth(apart.flatMap(({ records }) => records)));
  });
});

describe('the clock of a log', () => {
  const of = (time: string) => HUBBLE.replace('10:00:00', time);

  it('is noted where it goes back, and not where records are a little out of order', async () => {
    const { notes } = await read([['10:00:00', '10:30:00', '10:25:00', '10:00:00', '10:00:01'].map(of).join('\n')]);
    expect(notes).toEqual([{ kind: 'clock', from: at('10:25:00'), to: at('10:00:00'), line: 4 }]);
  });
});
