import { isNear, nearestOf, nearOnes } from '../../lib/model/near';

describe('names that come near', () => {
  it('are those of a slip: a character too many, too few, another, or two that are swapped', () => {
    for (const slip of ['lists', 'lit', 'lost', 'lits'])
      expect(nearestOf(slip, ['graph', 'list', 'explain'])).toBe('list');
    expect(nearestOf('prove', ['list', 'can'])).toBeUndefined();
  });

  it('are nearest first, and among equals in the given order', () => {
    expect(nearOnes('agent', ['agents', 'planner', 'agent', 'agenda'])).toEqual(['agent', 'agents', 'agenda']);
  });

  it('hold the text, or are held by it', () => {
    expect(isNear('vllm', 'vllm-decode')).toBe(true);
    expect(isNear('ab', 'abacus')).toBe(false);
  });
});
