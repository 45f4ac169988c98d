import { answerOf } from '../../lib/probes/answer';
import type { Leg, Prober } from '../../lib/probes/plan';
import { type ProbeRun, verdicts, worst } from '../../lib/probes/verdict';

const vllm = { name: 'ai-inference/vllm', protocol: 'TCP', address: '10.0.0.1:8000' } as const;
const allow: Leg = {
  id: 'client-vllm',
  prober: 'client',
  destination: vllm,
  expected: 'allow',
  who: 'the gateway',
  because: 'users ask the model',
  beside: [],
};
const deny: Leg = {
  id: 'stranger-vllm',
  prober: 'stranger',
  destination: vllm,
  expected: 'deny',
  who: 'a stranger',
  beside: ['client-vllm'],
};

const prober = (id: string, resolves = false): Prober => ({
  id,
  namespace: 'ns',
  labels: {},
  as: 'stranger',
  resolves,
});

const run = (leg: Leg, phase: ProbeRun['phase'], ...said: string[]): ProbeRun => ({
  prober: leg.prober,
  phase,
  log: said.map((each, index) => `probe ${index + 1} ${leg.id} ${each}`).join('\n'),
});
const thrice = (said: string) => [said, said, said];

const open = thrice('OPEN');
const dropped = thrice('TIMEOUT');
const held = [run(allow, 'before', ...open), run(allow, 'after', ...open)];

/** The words of the two legs, given what their Jobs said. */
function words(runs: readonly ProbeRun[], legs = [allow, deny], probers = [prober('client'), prober('stranger')]) {
  return verdicts({ legs, probers }, runs).map(({ word }) => word);
}

describe('what agnhost says', () => {
  it.each([
    ['OPEN', 'open'],
    ['REFUSED', 'refused'],
    ['REFUSED: read udp 10.0.0.1:1: connection refused', 'refused'],
    ['TIMEOUT', 'timeout'],
    ['TIMEOUT: read udp 10.0.0.1:1: i/o timeout', 'timeout'],
    ['DNS: lookup vllm.ai-inference.svc: no such host', 'unresolved'],
    ['OTHER: dial tcp 10.0.0.1:1: connect: no route to host', 'unreachable'],
    ['OTHER: dial tcp 10.0.0.1:1: connect: network is unreachable', 'unreachable'],
    ['OTHER: dial tcp [fd00::1]:1: connect: permission denied', 'unreachable'],
    ['OTHER: dial tcp 10.0.0.1:1: connect: operation not permitted', 'unreachable'],
    ['OTHER: protocol not supported', 'broken'],
    ['UNKNOWN: address 10.0.0.1: missing port in address', 'broken'],
    ['Unsupported protocol', 'broken'],
    ['sh: /agnhost: not found', 'broken'],
    ['', 'broken'],
    ['constructor', 'broken'],
  ])('%j is %s', (said, answer) => {
    expect(answerOf(said)).toBe(answer);
  });
});

describe('a denial', () => {
  it.each([
    ['it was dropped', dropped, 'held'],
    ['it was refused', thrice('REFUSED'), 'held'],
    ['it was unreachable', thrice('OTHER: dial tcp: connect: no route to host'), 'held'],
    ['it was dropped and refused', ['TIMEOUT', 'REFUSED', 'TIMEOUT'], 'held'],
    ['it got through', open, 'broken'],
    ['it got through once', ['TIMEOUT', 'OPEN', 'TIMEOUT'], 'broken'],
    ['a name did not resolve', thrice('DNS: lookup x'), 'untested'],
    ['a name did not resolve once', ['TIMEOUT', 'DNS: lookup x', 'TIMEOUT'], 'untested'],
    ['the kernel lacks the protocol', thrice('OTHER: protocol not supported'), 'untested'],
    ['it was tried too seldom', ['TIMEOUT', 'TIMEOUT'], 'untested'],
    ['it was not tried', [], 'untested'],
  ])('where %s, beside an allow that held', (_, said, word) => {
    expect(words([...held, run(deny, 'between', ...said)])).toEqual(['held', word]);
  });

  it.each([
    ['there was none', [], 'untested'],
    ['it was cut before', [run(allow, 'before', ...dropped), run(allow, 'after', ...open)], 'untested'],
    ['it was cut after', [run(allow, 'before', ...open), run(allow, 'after', ...dropped)], 'untested'],
    ['it was cut throughout', [run(allow, 'before', ...dropped), run(allow, 'after', ...dropped)], 'broken'],
    ['only the Job before ran', [run(allow, 'before', ...open)], 'untested'],
    [
      'it got through once',
      [run(allow, 'before', 'OPEN', 'TIMEOUT', 'TIMEOUT'), run(allow, 'after', ...open)],
      'untested',
    ],
    ['its name did not resolve', [run(allow, 'before', ...thrice('DNS: x')), run(allow, 'after', ...open)], 'untested'],
  ])('counts for nothing beside an allow that did not hold: %s', (_, runs, word) => {
    expect(words([...runs, run(deny, 'between', ...dropped)])).toEqual([word, 'untested']);
  });

  it('counts for nothing where no allow leg leads there, and an opening counts all the same', () => {
    const alone = { ...deny, beside: [] };
    expect(words([...held, run(alone, 'between', ...dropped)], [allow, alone])).toEqual(['held', 'untested']);
    expect(words([run(alone, 'between', ...open)], [alone])).toEqual(['broken']);
  });

  it('is not tested where what is only there to be reached was not, and nothing is broken by that', () => {
    const control = { ...allow, because: undefined };
    const runs = [
      run(control, 'before', ...dropped),
      run(control, 'after', ...dropped),
      run(deny, 'between', ...dropped),
    ];
    expect(words(runs, [control, deny])).toEqual(['untested', 'untested']);
  });

  it('counts for nothing where the prober resolved no name although it may', () => {
    const probers = [prober('client'), prober('stranger', true)];
    const between = run(deny, 'between', ...dropped);
    expect(words([...held, between], [allow, deny], probers)).toEqual(['held', 'untested']);
    const resolved = { ...between, log: `resolved\n${between.log}` };
    expect(words([...held, resolved], [allow, deny], probers)).toEqual(['held', 'held']);
  });

  it('says what its Job failed of', () => {
    const fault = 'its pod was never scheduled';
    const found = verdicts({ legs: [allow, deny], probers: [] }, [
      ...held,
      { prober: 'stranger', phase: 'between', fault },
    ]);
    expect(found[1]).toMatchObject({ word: 'untested', why: fault });
  });

  it('is not judged by tries while policies settled, nor by what another leg of the Job said', () => {
    const log = [
      'settling 1 stranger-vllm OPEN',
      ...dropped.map((said, index) => `probe ${index + 1} stranger-vllm ${said}`),
      'probe 1 stranger-vllm-2 OPEN',
    ].join('\n');
    expect(words([...held, { prober: 'stranger', phase: 'between', log }])).toEqual(['held', 'held']);
  });
});

describe('all verdicts together', () => {
  it('are no success where there is none', () => {
    expect(worst([])).toBe('untested');
  });

  it('are as bad as the worst', () => {
    expect(worst([{ word: 'held' }])).toBe('held');
    expect(worst([{ word: 'held' }, { word: 'untested' }])).toBe('untested');
    expect(worst([{ word: 'untested' }, { word: 'broken' }])).toBe('broken');
  });
});
