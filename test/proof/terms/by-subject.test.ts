import type { Selector } from '../../../lib/model/selector';
import * as selectors from '../../../lib/model/selector';
import { bySubject } from '../../../lib/proof/terms/by-subject';

const apps = (values: string[]) => selectors.fromRequirements([{ key: 'app', operator: 'In', values }]);
const not = (value: string) => selectors.fromRequirements([{ key: 'app', operator: 'NotIn', values: [value] }]);
const team = (name: string) => selectors.fromLabels({ team: name });

const all: [string, Selector][] = [
  ['x', apps(['x'])],
  ['x of ml', selectors.both(apps(['x']), team('ml'))],
  ['y', apps(['y'])],
  ['x or y', apps(['x', 'y'])],
  ['not x', not('x')],
  ['ml', team('ml')],
];
const find = (subject: Selector, list = all) =>
  bySubject(list, ([, selector]) => selector)(subject).map(([name]) => name);

describe('what may be about the pods of a selector', () => {
  it('has one of the values of the label that most have, or says nothing of it', () => {
    expect(find(apps(['x'])).sort()).toEqual(['ml', 'not x', 'x', 'x of ml', 'x or y']);
    expect(find(apps(['z'])).sort()).toEqual(['ml', 'not x']);
  });

  it('is there once, by however many values', () => {
    expect(find(apps(['x', 'y'])).sort()).toEqual(['ml', 'not x', 'x', 'x of ml', 'x or y', 'y']);
  });

  it('is everything where the selector does not list values', () => {
    const names = all.map(([name]) => name);
    for (const subject of [selectors.anything, not('x'), team('ml')]) expect(find(subject)).toEqual(names);
  });

  it('is everything where no label is used twice, which would tell hardly anything apart', () => {
    const few: [string, Selector][] = [
      ['x', apps(['x'])],
      ['ml', team('ml')],
      ['rest', selectors.anything],
    ];
    expect(find(apps(['y']), few)).toEqual(['x', 'ml', 'rest']);
    expect(find(apps(['y']), [...few, ['z', apps(['z'])]])).toEqual(['ml', 'rest']);
  });
});
