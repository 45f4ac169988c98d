import { wrapped } from '../../lib/report/wrapped';

describe('a line in columns', () => {
  it('is broken between words, and every line is behind the indent', () => {
    const lines = wrapped('the quick brown fox jumps over the lazy dog', 24, '  ');
    expect(lines).toEqual(['  the quick brown fox', '  jumps over the lazy', '  dog']);
  });

  it('keeps what it begins with, and words that are longer than the line', () => {
    expect(wrapped('  code: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 24, '  ')).toEqual([
      '    code:',
      '    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    ]);
  });

  it('stays whole where the width is not known, or too small to break lines for', () => {
    const line = 'the quick brown fox jumps over the lazy dog';
    expect(wrapped(line, undefined, '')).toEqual([line]);
    expect(wrapped(line, 10, '')).toEqual([line]);
  });
});
