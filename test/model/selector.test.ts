import * as fc from 'fast-check';
import { NAMESPACE_NAME_LABEL } from '../../lib/model/labels';
import { ZeroTrustError } from '../../lib/model/problem';
import type { Labels, Requirement } from '../../lib/model/selector';
import * as selectors from '../../lib/model/selector';
import { EVERY_LABELS, meaning, satisfies, someRequirement, someRequirements } from './label-universe';

const { fromLabels, fromRequirements, selectorText } = selectors;
const textOf = (...requirements: Requirement[]) => selectorText(fromRequirements(requirements));

describe('a selector, against every label set of a small world', () => {
  it('matches what its requirements say', () => {
    fc.assert(
      fc.property(someRequirements, (requirements) => {
        const selector = fromRequirements(requirements);
        const matched = EVERY_LABELS.filter((labels) => selectors.matches(selector, labels));
        expect(matched).toEqual(meaning(requirements));
      }),
    );
  });

  it('met with another matches what both match', () => {
    fc.assert(
      fc.property(someRequirements, someRequirements, (a, b) => {
        const met = selectors.both(fromRequirements(a), fromRequirements(b));
        expect(EVERY_LABELS.filter((labels) => selectors.matches(met, labels))).toEqual(meaning([...a, ...b]));
        expect(met).toEqual(fromRequirements([...b, ...a]));
      }),
    );
  });

  it('implies another exactly when the other matches all that it matches', () => {
    fc.assert(
      fc.property(someRequirements, someRequirements, (a, b) => {
        const within = meaning(a).every((labels) => satisfies(labels, b));
        expect(selectors.implies(fromRequirements(a), fromRequirements(b))).toBe(within);
        expect(selectors.implies(fromRequirements([...a, ...b]), fromRequirements(b))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('intersects another exactly when some label set matches both', () => {
    fc.assert(
      fc.property(someRequirements, someRequirements, (a, b) => {
        const met = meaning([...a, ...b]).length > 0;
        expect(selectors.intersects(fromRequirements(a), fromRequirements(b))).toBe(met);
      }),
      { numRuns: 500 },
    );
  });

  it('is nothing or anything exactly when no label set or every one matches', () => {
    fc.assert(
      fc.property(someRequirements, (requirements) => {
        const matched = meaning(requirements).length;
        expect(selectors.isNothing(fromRequirements(requirements))).toBe(matched === 0);
        expect(selectors.isAnything(fromRequirements(requirements))).toBe(matched === EVERY_LABELS.length);
      }),
    );
  });

  it('has a sample that matches, and none when it is nothing', () => {
    fc.assert(
      fc.property(someRequirements, (requirements) => {
        const labels = selectors.sample(fromRequirements(requirements));
        if (meaning(requirements).length === 0) return expect(labels).toBeUndefined();
        // A namespace has its name label whether or not the selector speaks of it.
        expect(satisfies({ [NAMESPACE_NAME_LABEL]: 'z', ...labels }, requirements)).toBe(true);
      }),
    );
  });

  it('has the same text as another exactly when it means the same', () => {
    fc.assert(
      fc.property(someRequirements, someRequirements, (a, b) => {
        const same = JSON.stringify(meaning(a)) === JSON.stringify(meaning(b));
        expect(textOf(...a) === textOf(...b)).toBe(same);
        if (same) expect(fromRequirements(a)).toEqual(fromRequirements(b));
      }),
      { numRuns: 2000 },
    );
  });

  it('has the same text whatever the order and repetition of its requirements', () => {
    const withReordering = someRequirements.chain((requirements) =>
      fc.tuple(
        fc.constant(requirements),
        fc.shuffledSubarray([...requirements, ...requirements], { minLength: 2 * requirements.length }),
      ),
    );
    fc.assert(fc.property(withReordering, ([given, reordered]) => expect(textOf(...reordered)).toBe(textOf(...given))));
  });

  it('is read back from its requirements and from its LabelSelector', () => {
    fc.assert(
      fc.property(someRequirements, (requirements) => {
        const selector = fromRequirements(requirements);
        const json = JSON.parse(JSON.stringify(selectors.toLabelSelector(selector)));
        expect(meaning(selectors.requirements(selector))).toEqual(meaning(requirements));
        expect(fromRequirements(selectors.requirements(selector))).toEqual(selector);
        expect(selectors.fromLabelSelector(json)).toEqual(selector);
      }),
    );
  });

  it('is rendered with the fewest requirements', () => {
    const single = fc.sample(someRequirement, { numRuns: 400, seed: 1 });
    const meanings = new Set(single.map((requirement) => JSON.stringify(meaning([requirement]))));
    fc.assert(
      fc.property(someRequirements, (requirements) => {
        if (meaning(requirements).length === 0) return;
        const fewest = selectors.requirements(fromRequirements(requirements));
        // No requirement can be left out, and where one alone could say it, one alone does.
        for (const left of fewest) {
          expect(meaning(fewest.filter((other) => other !== left))).not.toEqual(meaning(fewest));
        }
        if (meanings.has(JSON.stringify(meaning(requirements)))) {
          expect(fewest.length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('requirements on one key', () => {
  it('let NotIn match where the key is absent', () => {
    const notA = fromRequirements([{ key: 'app', operator: 'NotIn', values: ['a'] }]);
    expect(selectors.matches(notA, {})).toBe(true);
    expect(selectors.matches(notA, { app: 'b' })).toBe(true);
    expect(selectors.matches(notA, { app: 'a' })).toBe(false);
  });

  it('need two requirements for a key that must be there, with any value but some', () => {
    const selector = fromRequirements([
      { key: 'app', operator: 'NotIn', values: ['a'] },
      { key: 'app', operator: 'Exists' },
    ]);
    expect(selectors.requirements(selector)).toEqual([
      { key: 'app', operator: 'Exists' },
      { key: 'app', operator: 'NotIn', values: ['a'] },
    ]);
  });

  it('mean nothing when they ask for a value and for its absence', () => {
    expect(textOf({ key: 'app', operator: 'In', values: ['a'] }, { key: 'app', operator: 'DoesNotExist' })).toBe(
      selectorText(selectors.nothing),
    );
  });

  it('do not mistake what every object inherits for a label', () => {
    const absent = fromRequirements([{ key: 'constructor', operator: 'DoesNotExist' }]);
    expect(selectors.matches(absent, {})).toBe(true);
  });
});

describe('the name label of namespaces, which is never absent', () => {
  const key = NAMESPACE_NAME_LABEL;

  it('asks nothing when it must exist', () => {
    expect(selectors.isAnything(fromRequirements([{ key, operator: 'Exists' }]))).toBe(true);
  });

  it('matches nothing when it must not exist', () => {
    expect(selectors.isNothing(fromRequirements([{ key, operator: 'DoesNotExist' }]))).toBe(true);
  });

  it('is rendered as NotIn alone, and not taken for absent', () => {
    const elsewhere = fromRequirements([{ key, operator: 'NotIn', values: ['kube-system'] }]);
    expect(elsewhere.constraints).toEqual([{ key, values: ['kube-system'], excluded: true, mayBeAbsent: false }]);
    expect(selectors.requirements(elsewhere)).toEqual([{ key, operator: 'NotIn', values: ['kube-system'] }]);
  });
});

describe('the text of a selector', () => {
  it('reads like that of kubectl', () => {
    expect(
      textOf(
        { key: 'y', operator: 'NotIn', values: ['z'] },
        { key: 'x', operator: 'DoesNotExist' },
        { key: 'w', operator: 'Exists' },
        { key: 'tier', operator: 'In', values: ['b', 'a', 'b'] },
        { key: 'stage', operator: 'NotIn', values: ['test', 'dev'] },
        { key: 'app', operator: 'In', values: ['vllm'] },
      ),
    ).toBe('app=vllm,stage notin (dev,test),tier in (a,b),w,!x,y!=z');
  });

  it('is a star for anything, and one that no selector can have for nothing', () => {
    expect(selectorText(selectors.anything)).toBe('*');
    expect(selectorText(selectors.nothing)).toBe('!*');
  });
});

describe('a LabelSelector', () => {
  it('has single values under matchLabels and the rest under matchExpressions', () => {
    const selector = fromRequirements([
      { key: 'tier', operator: 'In', values: ['b', 'a'] },
      { key: 'app', operator: 'In', values: ['vllm'] },
    ]);
    expect(selectors.toLabelSelector(selector)).toEqual({
      matchLabels: { app: 'vllm' },
      matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'b'] }],
    });
  });

  it('is empty for anything, and a contradiction for nothing', () => {
    expect(selectors.toLabelSelector(selectors.anything)).toEqual({});
    const contradiction = selectors.toLabelSelector(selectors.nothing).matchExpressions ?? [];
    const worlds: Labels[] = [{}, { nothing: '' }, { nothing: 'a' }];
    expect(worlds.filter((labels) => satisfies(labels, contradiction))).toEqual([]);
  });

  it('takes empty lists and nulls for what is absent, as the API server does', () => {
    expect(selectors.fromLabelSelector({ matchLabels: null, matchExpressions: null })).toEqual(selectors.anything);
    expect(selectors.fromLabelSelector({ matchLabels: {}, matchExpressions: [] })).toEqual(selectors.anything);
    const exists = { key: 'app', operator: 'Exists', values: [] };
    for (const expression of [exists, { ...exists, values: null }, { key: 'app', operator: 'Exists' }]) {
      expect(selectorText(selectors.fromLabelSelector({ matchExpressions: [expression] }))).toBe('app');
    }
  });

  it.each([
    ['its own absence', undefined],
    ['null', null],
    ['a list', []],
    ['labels without matchLabels', { app: 'vllm' }],
    ['matchLabels that are a list', { matchLabels: ['app'] }],
    ['an expression with a field of another name', { matchExpressions: [{ key: 'a', op: 'Exists' }] }],
    ['null in place of an expression', { matchExpressions: [null] }],
    ['one value in place of a list', { matchExpressions: [{ key: 'a', operator: 'In', values: 'b' }] }],
  ])('is not read from %s', (_, json) => {
    expect(problemsOf(() => selectors.fromLabelSelector(json)).map(({ rule }) => rule)).toEqual(['label-selector']);
  });
});

describe('a selector that the API server would refuse', () => {
  it.each<[string, string, unknown]>([
    ['In without values', 'selector-values', { key: 'a', operator: 'In', values: [] }],
    ['In with no list of values', 'selector-values', { key: 'a', operator: 'In' }],
    ['NotIn without values', 'selector-values', { key: 'a', operator: 'NotIn', values: [] }],
    ['Exists with values', 'selector-values', { key: 'a', operator: 'Exists', values: ['b'] }],
    ['DoesNotExist with values', 'selector-values', { key: 'a', operator: 'DoesNotExist', values: ['b'] }],
    ['an operator in another case', 'selector-operator', { key: 'a', operator: 'in', values: ['b'] }],
    ['a key with a space', 'label-key', { key: 'a b', operator: 'Exists' }],
    ['a value with a slash', 'label-value', { key: 'a', operator: 'In', values: ['b/c'] }],
    ['a value that is a number', 'label-value', { key: 'a', operator: 'In', values: [8080] }],
  ])('is refused for %s, with what is allowed and what to do', (_, rule, requirement) => {
    const problems = problemsOf(() => fromRequirements([requirement as Requirement]));
    expect(problems).toEqual([
      {
        rule,
        what: expect.any(String),
        value: expect.any(String),
        allowed: expect.any(String),
        fix: expect.any(String),
      },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['In without values', { key: 'a', operator: 'In', values: [] }, 'Name the values, or use Exists for any value.'],
    [
      'NotIn without values',
      { key: 'a', operator: 'NotIn', values: [] },
      'Name the values, or leave the requirement out: it excludes nothing.',
    ],
    ['Exists with values', { key: 'a', operator: 'Exists', values: ['b'] }, 'Leave the values out, or use In.'],
    [
      'DoesNotExist with values',
      { key: 'a', operator: 'DoesNotExist', values: ['b'] },
      'Leave the values out, or use NotIn.',
    ],
    ['a number', { key: 'a', operator: 'In', values: [8080] }, 'Write it as a string, in quotes.'],
    [
      'text with a slash',
      { key: 'a', operator: 'In', values: ['b/c'] },
      'Use the value that the pods or namespaces really carry.',
    ],
  ])('is put right by what fits it: %s', (_, requirement, fix) => {
    const [problem] = problemsOf(() => fromRequirements([requirement as Requirement]));
    expect(problem.fix).toBe(fix);
  });

  it('shows the value as it was given', () => {
    const shownOf = (value: unknown) =>
      problemsOf(() => fromRequirements([{ key: 'a', operator: 'In', values: [value as string] }]))[0].value;
    expect([8080, 'b/c', null].map(shownOf)).toEqual(['8080', 'b/c', 'null']);
  });

  it('has all its problems named at once', () => {
    const problems = problemsOf(() => fromLabels({ 'a b': 'fine', fine: 'c/d', '-x': '_' }));
    expect(problems.map(({ rule, value }) => [rule, value])).toEqual([
      ['label-key', 'a b'],
      ['label-value', 'c/d'],
      ['label-key', '-x'],
      ['label-value', '_'],
    ]);
  });

  it('reads as a sentence with the value, what is allowed and what to do', () => {
    expect(() => fromRequirements([{ key: 'app', operator: 'In', values: [] }])).toThrow(
      "In on label 'app' has no values, which the API server refuses.\n" +
        'Allowed: one value or more.\n' +
        'Name the values, or use Exists for any value.',
    );
  });

  it('is refused also where a value is chosen beside the absence of its key', () => {
    const absentOrA = { constraints: [{ key: 'app', values: ['a'], excluded: false, mayBeAbsent: true }] };
    expect(problemsOf(() => selectors.requirements(absentOrA)).map(({ rule }) => rule)).toEqual(['selector-operator']);
  });
});

function problemsOf(action: () => unknown): ZeroTrustError['problems'] {
  try {
    action();
  } catch (error) {
    if (error instanceof ZeroTrustError) return error.problems;
    throw error;
  }
  throw new Error('nothing was refused');
}
