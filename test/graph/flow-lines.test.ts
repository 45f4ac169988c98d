import { ApiObject, App, Chart, Yaml } from 'cdk8s';
import fc from 'fast-check';
import { addressNames } from '../../lib/graph/ends';
import { flowLines, linesText, lineText, type PolicyLine, parsedLine, tierLines } from '../../lib/graph/flow-lines';
import { inline } from '../../lib/graph/plain-words';
import * as ports from '../../lib/model/port-set';
import { agent, end, flow, gateway, graphs, mesh, vllm } from './graphs';

/** Reasons that try to be something else, or are hard to write. */
const HARD = [
  'line\nbreak',
  'a "quote"',
  '# no comment',
  'a -> b',
  '\u0000\u0007\u001b[2J',
  'x'.repeat(2048),
  'a; b',
  'encrypted',
  'note: no',
  'in TCP/1 from a/b: c',
  ' ',
  '\\',
  '---',
  '\u2028',
];

/** All lines of a graph. */
function linesOf(data: ReturnType<typeof mesh>): string[] {
  const written = flowLines(addressNames(data));
  const halves = data.flows.map(written).flatMap(({ ingress, egress }) => [ingress(), egress()]);
  return [...data.tiers.flatMap(tierLines), ...halves];
}

const text = fc.oneof(fc.constantFrom(...HARD), fc.string({ unit: 'binary', maxLength: 8 }));
const filled = fc.array(text, { minLength: 1, maxLength: 3 });
const remark = { acknowledged: fc.array(text, { maxLength: 2 }), notes: fc.array(text, { maxLength: 2 }) };
const lines: fc.Arbitrary<PolicyLine> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('in' as const, 'out' as const),
    traffic: fc.oneof(text, fc.constantFrom('TCP/80', 'TCP/80 (GET /a from b)', 'x to y', 'x from y')),
    peer: fc.oneof(text, fc.constantFrom('a/b', 'a/{x=y} [us: all]', 'a:', '2001:db8::/32')),
    because: filled,
    encrypted: fc.boolean(),
    excepted: fc.array(text, { maxLength: 2 }),
    ...remark,
  }),
  fc
    .record({ kind: fc.constant('tier' as const), ...remark })
    .filter(({ acknowledged, notes }) => acknowledged.length + notes.length > 0),
  fc.record({ kind: fc.constant('guardrail' as const), because: text }),
);

describe('a line of the annotation', () => {
  it('says half a flow: direction, traffic, peer, reasons', () => {
    const one = flow(end(gateway), end(vllm), ports.number('TCP', 8000), 'users reach the model');
    const { ingress, egress } = flowLines(new Map())(one);
    expect(ingress()).toBe('in TCP/8000 from ai-gateway/envoy: users reach the model');
    expect(egress()).toBe('out TCP/8000 to ai-inference/vllm: users reach the model');
  });

  it('says what was excepted and acknowledged, and whose the other end is', () => {
    expect(linesOf(mesh())).toEqual(
      expect.arrayContaining([
        'out TCP/443 to 10.0.0.0/8 except 10.0.0.0/28: agents call the tool APIs; except 10.0.0.0/28: the metadata service; acknowledged wide-egress: the tools are everywhere',
        'in TCP/metrics from monitoring/{app=prometheus} [platform team]: latency is watched',
        'in TCP/8443 from internet: customers call the models; note: clients not distinguishable',
        'tier: note: clients not distinguishable',
      ]),
    );
  });

  it('is read back as what it says, whatever the text', () => {
    fc.assert(
      fc.property(lines, (line) => {
        expect(parsedLine(lineText(line))).toEqual(line);
        expect(lineText(line)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 500 },
    );
  });

  it('is read back in every graph, and differs where flows differ', () => {
    fc.assert(
      fc.property(graphs, (data) => {
        const all = linesOf(data);
        expect(all.map((line) => lineText(parsedLine(line) as PolicyLine))).toEqual(all);
      }),
    );
  });

  it.each(HARD)('keeps the reason %j', (because) => {
    const { egress } = flowLines(new Map())(flow(end(agent), end(vllm), ports.number('TCP', 8000), because));
    expect(parsedLine(egress())).toMatchObject({ kind: 'out', because: [because], notes: [], encrypted: false });
  });

  it.each([
    ['nothing', ''],
    ['another direction', 'up TCP/80 from a/b: c'],
    ['the preposition of the other direction', 'in TCP/80 to a/b: c'],
    ['no reason', 'in TCP/80 from a/b: '],
    ['a remark alone', 'in TCP/80 from a/b: note: x'],
    ['remarks in another order', 'in TCP/80 from a/b: c; note: x; except y'],
    ['a remark that has no end', 'in TCP/80 from a/b: c; '],
    ['text that need not be quoted', 'in TCP/80 from a/b: "c"'],
    ['a quote that is left open', 'in TCP/80 from a/b: "c'],
    ['a quote in the middle', 'in TCP/80 from a/b: c "d"'],
    ['two blanks', 'in TCP/80  from a/b: c  d'],
    ['a reason of a tier', 'tier: because'],
    ['a line break', 'in TCP/80 from a/b: c\n'],
    ['a guardrail without a reason', 'guardrail: '],
  ])('is none with %s', (_, line) => {
    expect(parsedLine(line)).toBeUndefined();
  });
});

describe('the annotation', () => {
  /** As it is in a file. */
  function written(lines: readonly string[]): string[] {
    const chart = new Chart(new App(), 'c');
    const metadata = { name: 'x', annotations: { flows: linesText(lines) } };
    const object = new ApiObject(chart, 'o', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
    return Yaml.stringify(object.toJson()).split('\n');
  }

  it.each([1, 2])('is a block of YAML, a line a line (%i of them)', (count) => {
    const all = HARD.slice(0, count).map((because) => lineText({ kind: 'guardrail', because }));
    expect(written(all)).toEqual(expect.arrayContaining(['    flows: |', ...all.map((line) => `      ${line}`)]));
  });

  it('changes by one line where one flow changes, comes or goes', () => {
    const line = (because: string) => `in TCP/80 from a/b: ${inline(because)}`;
    const before = written([line('a'), line('b'), line('c')]);
    expect(written([line('a'), line('x\ny'), line('c')]).filter((one) => !before.includes(one))).toHaveLength(1);
    expect(before.filter((one) => !written([line('a'), line('c')]).includes(one))).toHaveLength(1);
    expect(written([line('a')]).filter((one) => !before.includes(one))).toEqual([]);
  });

  it('is a block with text of 2 KB and of every sort', () => {
    const all = HARD.map((because) => lineText({ kind: 'guardrail', because }));
    expect(written(all)).toEqual(expect.arrayContaining(['    flows: |', ...all.map((line) => `      ${line}`)]));
  });
});
