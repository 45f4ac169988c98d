import fc from 'fast-check';
import { stringify } from 'yaml';
import type { FoundProblem } from '../../lib/findings/finding';
import { fingerprintOf, marked } from '../../lib/findings/fingerprint';
import { reportOf } from '../report/made-up';

const policy = (name: string, blocks: readonly string[], ports: readonly number[] = []) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'ai', labels: { owner: 'platform', app: name } },
  spec: {
    podSelector: { matchLabels: { app: name, part: 'x' } },
    policyTypes: ['Egress'],
    egress: [
      { to: [{ ipBlock: { cidr: '10.0.0.0/16' } }], ports: [{ port: 443 }, { port: 80 }] },
      { to: blocks.map((cidr) => ({ ipBlock: { cidr } })), ports: ports.map((port) => ({ port })) },
    ],
  },
});

const OBJECTS = [
  policy('agents', ['0.0.0.0/0', '::/0', '10.2.0.0/16']),
  policy('tools', ['0.0.0.0/0']),
  policy('twice', ['0.0.0.0/0', '0.0.0.0/0']),
  { ...policy('broken', []), spec: { podSelector: {}, ingress: [{ form: [] }, { from: [{ podSelektor: {} }] }] } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ai' } },
];

function marksOf(objects: readonly unknown[], between = ''): string[] {
  const text = objects.map((object) => `${between}${stringify(object)}`).join('---\n');
  return reportOf(text)
    .found.map(({ rule, fingerprint }) => `${rule} ${fingerprint}`)
    .sort();
}

/** Lists and keys in another order, at every depth. */
function shuffled(value: unknown, random: () => number): unknown {
  const inAnyOrder = <T>(list: readonly T[]) =>
    list
      .map((item) => ({ item, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  if (Array.isArray(value)) return inAnyOrder(value.map((item) => shuffled(item, random)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(inAnyOrder(Object.entries(value)).map(([key, of]) => [key, shuffled(of, random)]));
}

describe('fingerprints of findings', () => {
  const before = marksOf(OBJECTS);

  it('are of five wide blocks, two misspelt fields and what one leaves empty, and the Namespace that is nobody’s', () => {
    expect(before.map((mark) => mark.split(' ')[0])).toEqual([
      'made-up-owner',
      ...Array(5).fill('made-up-wide-block'),
      // A peer of which nothing is known is of nothing.
      'peer-empty',
      ...Array(2).fill('unknown-field'),
    ]);
  });

  it('differ for every finding, also for two of the same in one object', () => {
    expect(new Set(before).size).toBe(before.length);
  });

  it('are the same for documents, lists and keys in any order, behind any lines', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        fc.array(fc.constantFrom('', '# a comment'), { maxLength: 5 }),
        (numbers, lines) => {
          const random = () => numbers.next().value ?? 0;
          const objects = shuffled(OBJECTS, random) as unknown[];
          expect(marksOf(objects, lines.map((line) => `${line}\n`).join(''))).toEqual(before);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are the same in another file', () => {
    const one = { rule: 'some-rule', level: 'error', what: 'it is odd' } as const;
    const at = (file: string, line: number): FoundProblem => ({
      ...one,
      where: `${file}, line ${line}`,
      place: { file, line, object: 'Pod ai/x' },
    });
    expect(marked([at('old/a.yaml', 3)])[0].fingerprint).toBe(marked([at('new/b.yaml', 300)])[0].fingerprint);
  });

  const identity = {
    rule: 'some-rule',
    on: 'NetworkPolicy ai/x',
    object: OBJECTS[0],
    path: ['spec', 'egress', 1, 'to', 0],
  };
  const mark = fingerprintOf(identity);

  it('differ by rule, object, field, item, and whom it is about', () => {
    const others = [
      { ...identity, rule: 'other-rule' },
      { ...identity, on: 'NetworkPolicy ai/y' },
      { ...identity, path: ['spec', 'egress', 1, 'ports', 0] },
      { ...identity, path: ['spec', 'egress', 1, 'to', 1] },
      { ...identity, about: 'a -> b' },
    ].map(fingerprintOf);
    expect(new Set([mark, ...others]).size).toBe(6);
  });

  it('stay when a neighbour of the item is edited, and go when the item itself is', () => {
    const edited = (blocks: readonly string[]) =>
      fingerprintOf({ ...identity, object: policy('agents', blocks, [443]) });
    expect(edited(['0.0.0.0/0', '192.0.2.0/24'])).toBe(mark);
    expect(edited(['128.0.0.0/1'])).not.toBe(mark);
  });

  it('take null for what is absent, as the API server does', () => {
    const of = (item: unknown) => fingerprintOf({ ...identity, object: { list: [item] }, path: ['list', 0] });
    expect(of({ a: 1, b: null })).toBe(of({ a: 1 }));
    expect(of({ a: 1, b: {} })).not.toBe(of({ a: 1 }));
  });

  it('are there for what is nested deeper than anything is', () => {
    let item: unknown = 1;
    for (let i = 0; i < 100_000; i++) item = [item];
    expect(fingerprintOf({ ...identity, object: [item], path: [0] })).toMatch(/^[0-9a-f]{32}$/);
  });
});
