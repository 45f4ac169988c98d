import { reason } from '../../lib/findings/reason';

describe('a reason', () => {
  it.each([
    'users reach the model through the gateway',
    'retrieval looks up passages',
    'weights, 40 GB',
    'test clients call the models',
    'because the scheduler asks for it',
    'none of the agents may skip the filter',
    'bar codes are read',
    'модели грузят веса',
  ])('is what says something: %s', (text) => {
    expect(reason(text)).toBe(text);
  });

  it('is one line, however it was laid out', () => {
    expect(reason('  users reach\n\tthe model  ')).toBe('users reach the model');
  });

  it.each([
    'needed',
    '40 80',
    'needed 8080',
    'TODO say why',
    'tbd',
    'FIXME: ask the team',
    'xxx later maybe',
    'Lorem ipsum dolor sit amet',
    'n/a n/a',
    'test test',
    'foo bar',
    'no reason',
    'because why?',
    '- -',
  ])('is refused when it says nothing: %s', (text) => {
    expect(() => reason(text)).toThrow(`"${text}" is not a reason`);
  });

  it.each(['用户通过网关访问模型', 'ผู้ใช้เรียกโมเดล', '利用者がモデルを呼ぶ'])(
    'may be in a script without spaces: %s',
    (text) => {
      expect(reason(text)).toBe(text);
    },
  );

  it.each([undefined, '', ' \n '])('is missed where there is none: %p', (text) => {
    expect(() => reason(text)).toThrow(/cannot be reviewed/);
  });
});
