import { isNearMiss } from '../../lib/model/near-miss';
import { isOneEditApart } from '../../lib/model/one-edit';
import { fromLabels } from '../../lib/model/selector';

describe('names one slip apart', () => {
  it.each([
    ['ai-inference', 'ai-inferense'],
    ['ai-inference', 'ai-inferenc'],
    ['ai-inference', 'ai-inferencee'],
    ['ai-inference', 'ai-infernece'],
    ['ai-inference', 'aiinference'],
    ['data', 'dtaa'],
  ])('%s and %s', (a, b) => {
    expect(isOneEditApart(a, b)).toBe(true);
    expect(isOneEditApart(b, a)).toBe(true);
  });

  it.each([
    ['the same', 'data', 'data'],
    ['two slips', 'ai-inference', 'ai-infrense'],
    ['a number', 'team-one1', 'team-one2'],
    ['a short word', 'tenant-a', 'tenant-b'],
    ['short names', 'dev', 'dex'],
    ['the empty name', '', 'a'],
  ])('not: %s', (_, a, b) => {
    expect(isOneEditApart(a, b)).toBe(false);
    expect(isOneEditApart(b, a)).toBe(false);
  });
});

describe('labels that miss a selector', () => {
  const vllm = fromLabels({ app: 'vllm', part: 'server' });

  it.each([
    ['by a value, where the others hold', vllm, { app: 'vllm', part: 'worker' }],
    ['by a key, where the others hold', vllm, { app: 'vllm', component: 'server' }],
    ['by a letter', fromLabels({ app: 'weaviate' }), { app: 'weviate' }],
    ['by the key of the one value', fromLabels({ app: 'vllm' }), { 'app.kubernetes.io/name': 'vllm' }],
  ])('by little: %s', (_, selector, labels) => {
    expect(isNearMiss(selector, labels as Record<string, string>)).toBe(true);
  });

  it.each([
    ['they are selected', vllm, { app: 'vllm', part: 'server' }],
    ['both labels differ', vllm, { app: 'other', part: 'worker' }],
    ['it is another app', fromLabels({ app: 'weaviate' }), { app: 'backup' }],
  ])('not, where %s', (_, selector, labels) => {
    expect(isNearMiss(selector, labels as Record<string, string>)).toBe(false);
  });
});
