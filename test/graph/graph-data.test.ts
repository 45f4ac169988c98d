import fc from 'fast-check';
import { canonical, type GraphData, tierKey } from '../../lib/graph/graph-data';
import { toJson } from '../../lib/graph/json';
import * as ips from '../../lib/model/ip-set';
import { podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { ZeroTrustError } from '../../lib/model/problem';
import * as selectors from '../../lib/model/selector';
import { addresses, agent, declarations, end, flow, gateway, mesh, vectors, vllm } from './graphs';

function withFlows(...flows: GraphData['flows']): GraphData {
  return { ...mesh(), flows };
}

const web = ports.number('TCP', 80);

describe('the canonical graph', () => {
  it('does not depend on the order of declaration', () => {
    const shuffled = declarations.chain((data) =>
      fc.tuple(
        fc.constant(data),
        fc.shuffledSubarray([...data.namespaces], { minLength: data.namespaces.length }),
        fc.shuffledSubarray([...data.tiers], { minLength: data.tiers.length }),
        fc.shuffledSubarray([...data.flows, ...data.flows], { minLength: data.flows.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([data, namespaces, tiers, flows]) => {
        expect(toJson(canonical({ ...data, namespaces, tiers, flows }))).toBe(toJson(canonical(data)));
      }),
    );
  });

  it('is canonical already', () => {
    fc.assert(fc.property(declarations, (data) => expect(canonical(canonical(data))).toEqual(canonical(data))));
  });

  it('sorts tiers and flows by namespace before name, so that a namespace stays together', () => {
    const [short, long] = [
      { ...agent, namespace: 'ai' },
      { ...agent, namespace: 'ai-x' },
    ];
    const namespaces = ['ai-x', 'ai'].map((name) => ({ ...mesh().namespaces[0], name })) as GraphData['namespaces'];
    const flows = [flow(end(long), end(short), web, 'x'), flow(end(short), end(long), web, 'x')];
    const graph = canonical({ ...mesh(), namespaces, tiers: [long, short], flows });
    expect(graph.namespaces.map(({ name }) => name)).toEqual(['ai', 'ai-x']);
    expect(graph.tiers.map(tierKey)).toEqual(['ai/agent', 'ai-x/agent']);
    expect(graph.flows.map(({ from }) => from.kind === 'tier' && from.namespace)).toEqual(['ai', 'ai-x']);
  });

  it('loses no reason, note, acknowledgement or excepted address, and makes none up', () => {
    const said = ({ flows }: GraphData) => ({
      because: new Set(flows.flatMap(({ because }) => because)),
      notes: new Set(flows.flatMap(({ notes }) => notes)),
      acknowledged: new Set(flows.flatMap(({ acknowledged }) => acknowledged.map((waiver) => JSON.stringify(waiver)))),
      excepted: ips.ipsText(ips.union(...flows.flatMap(({ excepted }) => excepted.map((part) => part.addresses)))),
    });
    fc.assert(fc.property(declarations, (data) => expect(said(canonical(data))).toEqual(said(data))));
  });
});

describe('flows that are declared twice', () => {
  const [from, to] = [end(gateway), end(vllm)];

  it('become one with both reasons, where ends and traffic are the same', () => {
    const { flows } = canonical(
      withFlows(
        flow(from, to, web, 'users ask', { excepted: [{ addresses: ips.fromBlock('10.0.0.0/9'), because: 'ours' }] }),
        flow(from, to, web, 'batches run', {
          excepted: [{ addresses: ips.fromBlock('10.128.0.0/9'), because: 'ours' }],
        }),
        flow(from, to, web, 'users ask'),
      ),
    );
    expect(flows).toEqual([
      flow(from, to, web, '', {
        because: ['batches run', 'users ask'],
        excepted: [{ addresses: ips.fromBlock('10.0.0.0/8'), because: 'ours' }],
      }),
    ]);
  });

  it('stay apart where the traffic differs, since a reason belongs to its traffic', () => {
    const both = [
      flow(from, to, ports.number('TCP', 8000), 'users ask'),
      flow(from, to, ports.number('TCP', 9000), 'health is asked'),
    ];
    expect(canonical(withFlows(...both)).flows).toEqual(both);
  });
});

describe('a graph that does not hold together', () => {
  const stranger = { ...vllm, name: 'stranger' };
  const namespace = mesh().namespaces[0];
  const cases: [string, GraphData, RegExp][] = [
    [
      'a tier that it does not hold',
      withFlows(flow(end(stranger), end(vllm), web, 'x')),
      /names the tier ai-inference\/stranger/,
    ],
    [
      'other pods for a tier',
      withFlows(flow(end({ ...vllm, pods: podsIn('ai-inference', selectors.anything) }), end(agent), web, 'x')),
      /takes the tier ai-inference\/vllm for other pods/,
    ],
    [
      'no tier at either end',
      withFlows(flow(addresses('192.0.2.0/24'), addresses('10.0.0.0/8'), web, 'x')),
      /no tier at an end/,
    ],
    ['no reason', withFlows(flow(end(agent), end(vectors), web, 'x', { because: [] })), /has no reason/],
    ['no traffic', withFlows(flow(end(agent), end(vectors), ports.none, 'x')), /has no traffic/],
    [
      'traffic without words',
      withFlows(flow(end(agent), end(vectors), ports.difference(ports.everything, web), 'x')),
      /no policy can say/,
    ],
    [
      'nobody at an end',
      withFlows(flow(end(agent), { kind: 'addresses', addresses: ips.none }, web, 'x')),
      /end that is nobody/,
    ],
    [
      'two namespaces of one name',
      { ...mesh(), namespaces: [...mesh().namespaces, namespace] } as GraphData,
      /two namespaces are named ai-agents/,
    ],
    ['two tiers of one name', { ...mesh(), tiers: [...mesh().tiers, vllm] }, /two tiers are named ai-inference\/vllm/],
    [
      'a tier in no namespace of it',
      { ...mesh(), tiers: [...mesh().tiers, { ...vllm, namespace: 'other' }] },
      /other\/vllm is in a namespace/,
    ],
    [
      'a tier of no pods',
      { ...mesh(), flows: [], tiers: [{ ...vllm, pods: podsIn('ai-inference', selectors.nothing) }] },
      /ai-inference\/vllm selects no pod/,
    ],
  ];
  it.each(cases)('is refused: %s', (_title, data, message) => {
    expect(() => canonical(data)).toThrow(ZeroTrustError);
    expect(() => canonical(data)).toThrow(message);
  });

  it('keeps tiers apart that share a name in different namespaces', () => {
    const keys = canonical({ ...mesh(), tiers: [...mesh().tiers, { ...agent, namespace: 'ai-data' }] }).tiers.map(
      tierKey,
    );
    expect(keys).toContain('ai-data/agent');
    expect(keys).toContain('ai-agents/agent');
  });
});
