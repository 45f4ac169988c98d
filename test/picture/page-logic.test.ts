import { type Wanted, wantedArrows } from '../../lib/picture/page-logic';
import type { Arrow, Box } from '../../lib/picture/picture';

const NOTHING: Wanted = { search: '', island: '', role: '', port: '', engine: '', only: '', around: '' };

function box(id: string, island: string, kind: Box['kind'] = 'one', role = ''): Box {
  return { id, island, name: id, small: '', kind, role, facts: [], findings: [] };
}

function arrow(id: string, from: string, to: string, more: Partial<Arrow> = {}): Arrow {
  return {
    id,
    from,
    to,
    ports: 'TCP/8080',
    ranges: [['TCP', 8080, 8080]],
    isPerhaps: false,
    reasons: [],
    policies: [],
    engines: [],
    explanation: [],
    findings: [],
    ...more,
  };
}

/** An agent asks a model and a gateway; all models may call out; a notebook is apart. */
const PICTURE = {
  islands: [
    { id: 'agents', name: 'ai-agents', kind: 'namespace' as const, facts: [], findings: [] },
    { id: 'models', name: 'ai-models', kind: 'namespace' as const, facts: [], findings: [] },
    { id: 'out', name: 'outside', kind: 'outside' as const, facts: [], findings: [] },
  ],
  boxes: [
    box('agent', 'agents', 'one', 'agent'),
    box('notebook', 'agents'),
    box('vllm', 'models', 'one', 'inference'),
    box('allModels', 'models', 'all'),
    box('everyone', 'out', 'everyone'),
    box('internet', 'out', 'outside'),
    box('dns', 'models'),
  ],
  arrows: [
    arrow('ask', 'agent', 'vllm', { reasons: ['agents ask the model'], engines: ['NetworkPolicy'] }),
    arrow('leave', 'allModels', 'internet', { internet: 'to', ranges: [['*', 1, 65535]], ports: 'all traffic' }),
    arrow('look', 'everyone', 'dns', { ranges: [['UDP', 53, 53]], ports: 'UDP/53', isPerhaps: true }),
    arrow('dead', 'notebook', 'vllm', { mark: 'half-open', findings: [0] }),
  ],
};

describe.each([
  ['nothing', {}, ['ask', 'leave', 'look', 'dead']],
  ['words of a reason', { search: 'Agents MODEL' }, ['ask', 'dead']],
  ['a word that is nowhere', { search: 'kafka' }, []],
  ['a namespace, with what every workload has', { island: 'agents' }, ['ask', 'look', 'dead']],
  ['a role', { role: 'inference' }, ['ask', 'dead']],
  ['a port, of which all traffic has each', { port: '8080' }, ['ask', 'leave', 'dead']],
  ['a port of a protocol', { port: 'udp/53' }, ['leave', 'look']],
  ['a range of ports', { port: '8000-9000' }, ['ask', 'leave', 'dead']],
  ['what is no port', { port: 'http' }, []],
  ['a kind of policy', { engine: 'NetworkPolicy' }, ['ask']],
  ['findings', { only: 'found' as const }, ['dead']],
  ['what is marked', { only: 'marked' as const }, ['dead']],
  ['what passes perhaps', { only: 'perhaps' as const }, ['look']],
  ['one workload, with what its namespace and everyone has', { around: 'vllm' }, ['ask', 'leave', 'look', 'dead']],
  ['a workload that is in no group but everyone', { around: 'agent' }, ['ask', 'look']],
  ['what is around a namespace', { around: 'models' }, ['ask', 'leave', 'look', 'dead']],
  ['what is around an end outside', { around: 'internet' }, ['leave']],
] as [string, Partial<Wanted>, string[]][])('asked for %s', (_, asked, expected) => {
  it('finds these arrows', () => {
    expect(wantedArrows(PICTURE, { ...NOTHING, ...asked })).toEqual(expected);
  });
});

describe('paths to the internet', () => {
  it('are every hop that leads there, through whole namespaces too, and nothing that does not pass', () => {
    // `look` leads from everyone to DNS, which is one of the models that may leave.
    expect(wantedArrows(PICTURE, { ...NOTHING, only: 'internet' })).toEqual(['ask', 'leave', 'look']);
  });

  it('are those of one workload where one is looked at', () => {
    expect(wantedArrows(PICTURE, { ...NOTHING, only: 'internet', around: 'vllm' })).toEqual(['leave', 'look']);
  });
});

it('runs from its own text, as the page has it', () => {
  const again = new Function(`return (${wantedArrows})`)() as typeof wantedArrows;
  expect(again(PICTURE, { ...NOTHING, only: 'internet' })).toEqual(['ask', 'leave', 'look']);
});
