import fc from 'fast-check';
import { canonical, type GraphData } from '../../lib/graph/graph-data';
import { toJson } from '../../lib/graph/json';
import type { PolicyFlow } from '../../lib/graph/policy-flow';
import { PolicyGraph } from '../../lib/graph/policy-graph';
import type { Flow } from '../../lib/model/flow';
import { podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import * as selectors from '../../lib/model/selector';
import { portTraffic } from '../../lib/model/traffic';
import { addresses, agent, end, flow, gateway, graphs, mesh, vectors, vllm } from './graphs';

function difference(before: GraphData, after: GraphData) {
  return PolicyGraph._from(after).difference(PolicyGraph._from(before));
}

function withFlows(...flows: GraphData['flows']): GraphData {
  return canonical({ ...mesh(), flows });
}

const tcp = (port: number) => ports.number('TCP', port);
const asked = flow(end(gateway), end(vllm), tcp(8000), 'users ask');

/** What becomes of one flow: it stays, goes, moves to another port, gets another reason, or gets company. */
const fates: Record<string, (one: Flow) => Flow[]> = {
  stays: (one) => [one],
  goes: () => [],
  moves: (one) => [{ ...one, traffic: portTraffic(tcp(9)) }],
  argues: (one) => [{ ...one, because: ['another reason'] }],
  doubles: (one) => [one, { ...one, traffic: portTraffic(tcp(9)), because: ['another reason'] }],
};

/** Two graphs that have much in common. */
const pairs = graphs.chain((before) => {
  const { length } = before.flows;
  const fate = fc.array(fc.constantFrom(...Object.values(fates)), { minLength: length, maxLength: length });
  return fate.map((each) => {
    const after = canonical({ ...before, flows: before.flows.flatMap((one, index) => each[index]?.(one) ?? []) });
    return [before, after] as const;
  });
});

describe('the difference of two graphs', () => {
  it('is empty for a graph and itself', () => {
    fc.assert(fc.property(graphs, (data) => expect(difference(data, data).isEmpty).toBe(true)));
    expect(difference(mesh(), mesh()).toText()).toBe('no difference\n');
  });

  it('is empty only if the graphs are equal in everything', () => {
    const equal = (a: GraphData, b: GraphData) => toJson(a) === toJson(b);
    fc.assert(fc.property(pairs, ([a, b]) => expect(difference(a, b).isEmpty).toBe(equal(a, b))));
    fc.assert(fc.property(graphs, graphs, (a, b) => expect(difference(a, b).isEmpty).toBe(equal(a, b))));
  });

  it('adds up: what was, less the removed, with the added and the changes, is what is', () => {
    const bag = (flows: PolicyFlow[]) => flows.map((one) => JSON.stringify(one)).sort();
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const { added, removed, changed } = difference(before, after);
        const was = bag(PolicyGraph._from(before).flows);
        for (const gone of bag([...removed, ...changed.map((change) => change.before)])) {
          expect(was).toContain(gone);
          was.splice(was.indexOf(gone), 1);
        }
        const is = [...was, ...bag([...added, ...changed.map((change) => change.after)])].sort();
        expect(is).toEqual(bag(PolicyGraph._from(after).flows));
      }),
    );
  });

  it('mirrors: seen from the other side, added is removed', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const [there, back] = [difference(a, b), difference(b, a)];
        expect(back.added).toEqual(there.removed);
        expect(back.removed).toEqual(there.added);
        expect(back.changed.length).toBe(there.changed.length);
      }),
    );
  });

  it('calls a flow changed when another reason is given for it', () => {
    const { added, removed, changed } = difference(withFlows(asked), withFlows({ ...asked, because: ['batches run'] }));
    expect([added, removed]).toEqual([[], []]);
    expect(changed).toMatchObject([{ before: { because: ['users ask'] }, after: { because: ['batches run'] } }]);
  });

  it('calls a flow changed when its port moves', () => {
    const { added, removed, changed } = difference(
      withFlows(asked),
      withFlows(flow(end(gateway), end(vllm), tcp(9000), 'users ask')),
    );
    expect([added, removed]).toEqual([[], []]);
    expect(changed).toMatchObject([{ before: { traffic: 'TCP/8000' }, after: { traffic: 'TCP/9000' } }]);
  });

  it('calls a second flow between the same ends added', () => {
    const more = flow(end(gateway), end(vllm), tcp(9000), 'health is asked');
    expect(difference(withFlows(asked), withFlows(asked, more))).toMatchObject({
      added: [{ traffic: 'TCP/9000' }],
      removed: [],
      changed: [],
    });
  });

  it('shows a new selector once, at the tier, and leaves its flows alone', () => {
    const moved = { ...vllm, pods: podsIn('ai-inference', selectors.fromLabels({ app: 'vllm-2' })) };
    const after = canonical({
      ...mesh(),
      tiers: mesh().tiers.map((one) => (one.name === 'vllm' ? moved : one)),
      flows: [{ ...asked, to: end(moved) }],
    });
    const found = difference(withFlows(asked), after);
    expect(found.added.length + found.removed.length + found.changed.length).toBe(0);
    expect(found.nodes).toEqual([
      {
        kind: 'tier',
        name: 'ai-inference/vllm',
        before: 'ai-inference/vllm  inference  {app=vllm}',
        after: 'ai-inference/vllm  inference  {app=vllm-2}',
      },
    ]);
  });

  it('reads as the lines that went and came', () => {
    const before = withFlows(
      asked,
      flow(end(agent), addresses('192.0.2.0/24', [], 'internet'), tcp(443), 'tools are called'),
    );
    const after = withFlows(
      flow(end(gateway), end(vllm), tcp(8443), 'users ask'),
      flow(end(agent), end(vectors), tcp(8080), 'passages are found'),
    );
    expect(difference(before, after).toText()).toBe(`nodes
  - addresses     internet  192.0.2.0/24

flows added
  + ai-agents/agent       -> ai-data/weaviate     TCP/8080        passages are found

flows removed
  - ai-agents/agent       -> internet     TCP/443         tools are called

flows changed
  - ai-gateway/envoy      -> ai-inference/vllm    TCP/8000        users ask
  + ai-gateway/envoy      -> ai-inference/vllm    TCP/8443        users ask
`);
  });
});
