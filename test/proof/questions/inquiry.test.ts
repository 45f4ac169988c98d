import * as ips from '../../../lib/model/ip-set';
import { keyConstraint } from '../../../lib/model/key-constraint';
import type { Plane } from '../../../lib/model/layer';
import { anything } from '../../../lib/model/selector';
import { fromConstraints } from '../../../lib/model/selector-algebra';
import { Inquiry } from '../../../lib/proof/questions/inquiry';
import type { Box } from '../../../lib/proof/space/box';
import { everyConnection } from '../../../lib/proof/space/boxes';
import type { Connection } from '../../../lib/proof/space/cell';
import { vocabularyOf } from '../../../lib/proof/space/vocabulary';
import { factsOf } from '../../../lib/proof/terms/facts';
import type { Witness } from '../../../lib/proof/witness';

const plane: Plane = { name: 'engine', layers: [], ipBlockMode: 'pods' };

function inquiry(budget = 1000): Inquiry {
  const facts = factsOf('pods', { podAddresses: ips.fromBlock('10.244.0.0/16') });
  const words = vocabularyOf({ patterns: [], requests: [] });
  return new Inquiry(plane, { facts, namespaceKeys: new Set(), words, budget });
}

const connection: Connection = {
  direction: 'egress',
  subject: { kind: 'pod', namespace: { 'kubernetes.io/metadata.name': 'a' }, labels: {} },
  peer: { kind: 'address', address: '192.0.2.1' },
  protocol: 'TCP',
  port: 443,
  names: [],
};
const witness: Witness = { statement: 'undeclared', namespace: 'a', direction: 'egress', connection, decidedBy: [] };

/** One box for each combination of yes and no over some labels: whether together they are all takes a search. */
function everyCombination(box: Box, keys: readonly string[]): Box[] {
  return Array.from({ length: 2 ** keys.length }, (_, bits) => ({
    ...box,
    subject: fromConstraints(
      keys.map((key, i) =>
        keyConstraint(
          key,
          [],
          bits & (1 << i) ? { excluded: true, mayBeAbsent: false } : { excluded: false, mayBeAbsent: true },
        ),
      ),
    ),
  }));
}

describe('an inquiry', () => {
  it('takes a witness that a plain evaluation bears out', () => {
    const asked = inquiry();
    asked.report(witness, (each) => each === connection);
    expect(asked.witnesses).toEqual([witness]);
    expect(asked.notProved).toEqual([]);
  });

  it('believes neither search nor evaluation where they disagree', () => {
    const flow = {
      from: { kind: 'addresses' as const, addresses: ips.fromBlock('192.0.2.1/32') },
      to: { kind: 'addresses' as const, addresses: ips.none },
    };
    const withNumbers = { ...witness, flow: flow as unknown as Witness['flow'] };
    expect(() => inquiry().report(withNumbers, () => false)).toThrow(
      /^Internal error in the proof: a witness was not confirmed.*"192\.0\.2\.1".*"first":"3221225985"/,
    );
  });

  it('says of each search that it was given up, and stops asking after five', () => {
    const asked = inquiry(10);
    const [box] = everyConnection(anything, asked.ground);
    const others = everyCombination(box, ['a', 'b', 'c', 'd', 'e', 'f']);
    for (let i = 0; i < 8; i++) expect(asked.outside(box, others, () => `question ${i}`)).toBeUndefined();
    expect(asked.notProved).toEqual([
      ...[0, 1, 2, 3, 4].map((i) => ({ reason: 'budget', what: `question ${i}: undecided within 10 steps` })),
      { reason: 'budget', what: 'further questions were not searched after these' },
    ]);
    // Not even one that would be answered at once.
    expect(asked.outside(box, [], () => 'an easy question')).toBeUndefined();
    expect(asked.notProved).toHaveLength(6);
  });

  it('decides with enough steps what it gives up with few', () => {
    const asked = inquiry(100_000);
    const [box] = everyConnection(anything, asked.ground);
    const others = everyCombination(box, ['a', 'b', 'c', 'd', 'e', 'f']);
    expect(asked.outside(box, others, () => 'question')).toBeUndefined();
    expect(asked.outside(box, others.slice(1), () => 'question')).toMatchObject({ subject: {} });
    expect(asked.notProved).toEqual([]);
  });
});
