import * as ips from '../../../lib/model/ip-set';
import { keyConstraint } from '../../../lib/model/key-constraint';
import * as ports from '../../../lib/model/port-set';
import { anything, fromLabels, nothing } from '../../../lib/model/selector';
import { fromConstraints } from '../../../lib/model/selector-algebra';
import { type Box, isEmpty, isWithin, meet, overlaps } from '../../../lib/proof/space/box';

const named = fromConstraints([keyConstraint('TCP/http', [], { excluded: true, mayBeAbsent: false })]);
const block = (cidr: string) => ips.fromBlock(cidr);

/** A box that is narrow in no dimension. */
const wide: Box = {
  subject: anything,
  peer: 'pod',
  namespace: anything,
  pod: anything,
  addresses: ips.all,
  ports: ports.everything,
  names: anything,
  details: anything,
};

/** For each dimension two that have nothing in common. */
const apart: { [D in keyof Box]: readonly [Box[D], Box[D]] } = {
  subject: [fromLabels({ app: 'x' }), fromLabels({ app: 'y' })],
  peer: ['pod', 'address'],
  namespace: [fromLabels({ env: 'x' }), fromLabels({ env: 'y' })],
  pod: [fromLabels({ app: 'x' }), fromLabels({ app: 'y' })],
  addresses: [block('10.0.0.0/9'), block('10.128.0.0/9')],
  ports: [ports.number('TCP', 80), ports.number('UDP', 80)],
  names: [named, fromConstraints([keyConstraint('TCP/http', [], { excluded: false, mayBeAbsent: true })])],
  details: [fromLabels({ method: 'GET' }), fromLabels({ method: 'POST' })],
};
const dimensions = Object.keys(apart) as (keyof Box)[];
const withIn = (dimension: keyof Box, side: 0 | 1): Box => ({ ...wide, [dimension]: apart[dimension][side] });

describe('boxes of connections', () => {
  it.each(dimensions)('are apart where they are in one dimension: %s', (dimension) => {
    const [one, other] = [withIn(dimension, 0), withIn(dimension, 1)];
    expect([overlaps(one, other), overlaps(other, one), overlaps(one, one)]).toEqual([false, false, true]);
    expect([meet(one, other), meet(other, one), meet(one, one)]).toEqual([undefined, undefined, one]);
    expect([isWithin(one, other), isWithin(other, one), isWithin(one, one)]).toEqual([false, false, true]);
  });

  it.each(dimensions.filter((dimension) => dimension !== 'peer'))(
    'meet in what both have, and that is within both: %s',
    (dimension) => {
      const one = withIn(dimension, 0);
      expect(overlaps(one, wide)).toBe(true);
      expect(meet(one, wide)).toEqual(one);
      expect(meet(wide, one)).toEqual(one);
      expect([isWithin(one, wide), isWithin(wide, one)]).toEqual([true, false]);
    },
  );

  it('meet in every dimension at once', () => {
    const one: Box = { ...wide, subject: fromLabels({ a: '1' }), ports: ports.range('TCP', 1, 10) };
    const other: Box = {
      ...wide,
      subject: fromLabels({ b: '2' }),
      ports: ports.range('TCP', 5, 20),
      addresses: block('10.0.0.0/8'),
    };
    expect(meet(one, other)).toEqual({
      ...wide,
      subject: fromLabels({ a: '1', b: '2' }),
      ports: ports.range('TCP', 5, 10),
      addresses: block('10.0.0.0/8'),
    });
  });

  it.each<[keyof Box, Partial<Box>]>([
    ['subject', { subject: nothing }],
    ['namespace', { namespace: nothing }],
    ['pod', { pod: nothing }],
    ['names', { names: nothing }],
    ['details', { details: nothing }],
    ['ports', { ports: ports.none }],
    ['addresses', { addresses: ips.none }],
  ])('are empty where one dimension is: %s', (_dimension, change) => {
    expect(isEmpty({ ...wide, ...change })).toBe(true);
    expect(isEmpty(wide)).toBe(false);
  });
});
