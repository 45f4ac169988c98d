import { matchesPod, podSet, podsIn } from '../../../lib/model/pod-set';
import type { Labels } from '../../../lib/model/selector';
import * as selectors from '../../../lib/model/selector';
import { withoutAll } from '../../../lib/proof/terms/pod-set-difference';

const name = (namespace: string) => ({ 'kubernetes.io/metadata.name': namespace });

describe('pods without those of other sets', () => {
  it('are told apart by namespace and by labels, each pod in one set', () => {
    const whole = podSet(selectors.anything, selectors.fromLabels({ app: 'x' }));
    const others = [
      podsIn('a', selectors.fromLabels({ tier: 'web' })),
      podsIn('b', selectors.anything),
      podsIn('c', selectors.fromLabels({ tier: 'web', zone: '1' })),
      podSet(selectors.fromLabels({ env: 'prod' }), selectors.fromRequirements([{ key: 'zone', operator: 'Exists' }])),
    ];
    const rest = withoutAll(whole, others);
    let left = 0;
    for (const namespace of ['a', 'b', 'c']) {
      for (const env of ['prod', 'test']) {
        for (const labels of [
          {},
          { tier: 'web' },
          { tier: 'db' },
          { zone: '1' },
          { tier: 'web', zone: '1' },
        ] as Labels[]) {
          for (const app of ['x', 'y']) {
            const pod = [
              { ...name(namespace), env },
              { app, ...labels },
            ] as const;
            const isLeft = matchesPod(whole, ...pod) && !others.some((other) => matchesPod(other, ...pod));
            expect([pod, rest.filter((part) => matchesPod(part, ...pod)).length]).toEqual([pod, isLeft ? 1 : 0]);
            left += Number(isLeft);
          }
        }
      }
    }
    // Of x alone: three in a (two in prod), none in b, and in c three in prod and four in test.
    expect(left).toBe(2 + 3 + 3 + 4);
  });

  it('are all of it where no other meets it, and none where one has it all', () => {
    const whole = podsIn('a', selectors.anything);
    expect(withoutAll(whole, [podsIn('b', selectors.anything)])).toEqual([whole]);
    expect(withoutAll(whole, [podSet(selectors.anything, selectors.anything)])).toEqual([]);
  });

  it('are refused where they fall into too many sets to be listed', () => {
    const whole = podsIn('a', selectors.anything);
    const crossing = (count: number) =>
      Array.from({ length: count }, (_, i) =>
        podsIn('a', selectors.fromLabels({ [`one-${i}`]: 'x', [`two-${i}`]: 'x' })),
      );
    expect(withoutAll(whole, crossing(14))).toHaveLength(2 ** 14);
    // The whole namespace is taken away before there are many.
    expect(withoutAll(whole, [...crossing(15), whole])).toEqual([]);
    expect(() => withoutAll(whole, crossing(15))).toThrow(/more than 20000 sets[\s\S]*an empty podSelector/);
  });
});
