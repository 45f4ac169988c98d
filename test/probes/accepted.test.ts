import { Testing } from 'cdk8s';
import { acceptedIn, acceptedLines } from '../../lib/probes/accepted';
import { renderedTests } from '../../lib/probes/rendered-test';
import { platform } from './scenario';

const left = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ what: `tier ${i}`, why: 'nobody: calls it' }));

describe('what a test leaves untested', () => {
  it('is on the namespace that it brings, a line each, with the reason', () => {
    const { chart, test } = platform();
    const namespace = Testing.synth(chart).find(
      ({ kind, metadata }) => kind === 'Namespace' && metadata.name === test.elsewhere,
    );
    const [because, ...lines] = namespace.metadata.annotations['cdk8s-zero-trust/untested'].split('\n');
    expect(because).toBe('agents are reached by nobody');
    const told = test
      .toText()
      .split('\n')
      .flatMap((line) => /^not tested {2}(.*)$/.exec(line)?.[1] ?? []);
    expect(lines).toEqual(told.map((each) => `- ${each}`));
    expect(lines.length).toBeGreaterThan(0);
  });

  it('is read back from what was rendered', () => {
    const [test] = renderedTests(Testing.synth(platform().chart));
    expect(test.accepted).toMatchObject({
      because: 'agents are reached by nobody',
      untested: [
        { what: 'what keeps strangers out of ai-agents/agent', why: expect.stringMatching(/^no flow leads to it/) },
      ],
    });
  });

  it('comes back from its lines, and of very many the number', () => {
    const few = { because: 'nobody calls it', untested: left(3) };
    expect(acceptedIn(acceptedLines(few))).toEqual(few);
    const many = acceptedIn(acceptedLines({ because: 'nobody calls it', untested: left(250) }));
    expect(many?.untested).toHaveLength(201);
    expect(many?.untested.at(-1)).toEqual({ what: '50 more', why: 'toText() of the test has each' });
  });

  it.each([undefined, 'a reason alone', 'a reason\nand no list'])(
    'is nothing in what are no such lines: %j',
    (text) => {
      expect(acceptedIn(text)).toBeUndefined();
    },
  );
});
