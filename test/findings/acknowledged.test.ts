import { acknowledging, type GivenAcknowledgement } from '../../lib/findings/acknowledged';
import type { FoundProblem } from '../../lib/findings/finding';
import { marked } from '../../lib/findings/fingerprint';

const found = marked(
  [
    { rule: 'wide', level: 'error', what: 'x', place: { file: 'dist/a.yaml', object: 'NetworkPolicy ai/agents' } },
    { rule: 'wide', level: 'error', what: 'x', place: { file: './dist/sub/b.yaml', object: 'NetworkPolicy data/db' } },
    { rule: 'other', level: 'note', what: 'x', place: { file: 'dist/a.yaml', object: 'Namespace ai' } },
    { rule: 'other', level: 'note', what: 'nobody says where' },
  ].map((one) => ({ ...one, where: one.place?.object })) as FoundProblem[],
);

const given = (about: Partial<GivenAcknowledgement>): GivenAcknowledgement => ({
  rule: 'wide',
  because: 'it is meant so',
  by: 'settings',
  where: 'zero-trust.yaml, line 3',
  place: {},
  ...about,
});

/** The objects whose findings stay, of one rule. */
function left(about: Partial<GivenAcknowledgement>): (string | undefined)[] {
  const { open } = acknowledging(found, [given(about)]);
  return open.filter(({ rule }) => rule === (about.rule ?? 'wide')).map(({ place }) => place?.object);
}

describe('an acknowledgement', () => {
  it('is about every finding of its rule, unless it says of which', () => {
    expect(left({})).toEqual([]);
    expect(left({ rule: 'other' })).toEqual([]);
    expect(left({ object: 'NetworkPolicy ai/agents' })).toEqual(['NetworkPolicy data/db']);
    expect(left({ namespace: 'data' })).toEqual(['NetworkPolicy ai/agents']);
    expect(left({ rule: 'other', namespace: 'ai' })).toEqual([undefined]);
  });

  it('is about a file, or all in a folder, however its path begins', () => {
    expect(left({ file: 'dist/a.yaml' })).toEqual(['NetworkPolicy data/db']);
    expect(left({ file: './dist/sub' })).toEqual(['NetworkPolicy ai/agents']);
    expect(left({ file: 'dist/su' })).toEqual(['NetworkPolicy ai/agents', 'NetworkPolicy data/db']);
    expect(left({ file: 'dist/' })).toEqual([]);
    expect(left({ file: '.' })).toEqual([]);
  });

  it('is idle where it is about nothing', () => {
    const [idle, used] = [given({ namespace: 'nowhere' }), given({})];
    expect(acknowledging(found, [idle, used]).idle).toEqual([idle]);
  });

  it('shows with its reason and its place beside what it is about', () => {
    const { acknowledged } = acknowledging(found, [given({ object: 'NetworkPolicy ai/agents' })]);
    expect(acknowledged).toEqual([
      {
        finding: expect.objectContaining({ place: { file: 'dist/a.yaml', object: 'NetworkPolicy ai/agents' } }),
        because: 'it is meant so',
        by: 'settings',
        acknowledgedAt: 'zero-trust.yaml, line 3',
      },
    ]);
  });

  it('never is about acknowledgements', () => {
    const about = marked([{ rule: 'acknowledgement-unused', level: 'warning', what: 'x' }]);
    expect(acknowledging(about, [given({ rule: 'acknowledgement-unused' })]).open).toEqual(about);
  });
});
