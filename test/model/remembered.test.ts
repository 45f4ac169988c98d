import { remembered } from '../../lib/model/remembered';

describe('what is remembered', () => {
  it('is worked out once for each object, and again for another that is equal', () => {
    let calls = 0;
    const text = remembered(({ n }: { readonly n: number }) => `${n}, call ${++calls}`);
    const one = { n: 1 };
    expect([text(one), text({ n: 1 }), text(one)]).toEqual(['1, call 1', '1, call 2', '1, call 1']);
  });

  it('is the empty text too', () => {
    let calls = 0;
    const text = remembered((_: object) => (calls++ === 0 ? '' : 'again'));
    const value = {};
    expect([text(value), text(value)]).toEqual(['', '']);
  });
});
