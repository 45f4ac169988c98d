import type { Proof } from '../../lib/proof';
import { proofsMarkdown } from '../../lib/report/proof-markdown';
import { type ProofResult, proofResult } from '../../lib/report/proof-result';
import { proofsText } from '../../lib/report/proof-text';

const proof: Proof = {
  proved: true,
  outcome: 'proved',
  audited: [],
  counts: { namespaces: 1, rules: 2, flows: 3, cells: 4 },
  witnesses: [],
  notProved: [],
  assumptions: ['ICMP: not said'],
};

function resultOf(more: Partial<Proof>, graph: string | undefined = 'graph.json'): ProofResult {
  const made = { proof: { ...proof, ...more }, unreadable: [], preconditions: [] };
  return proofResult(made, { name: 'dist', ...(graph && { graph }), notes: [] }, []);
}

describe('what a proof comes to', () => {
  it('is undecided where a search was given up, and nothing speaks against it', () => {
    const result = resultOf({ outcome: 'not-proved', notProved: [{ reason: 'budget', what: 'whether a reaches b' }] });
    expect(result.conclusion).toBe('undecided');
    expect(proofsText([result])).toMatch(/^dist: Undecided: .*\n\nA question was given up/);
  });

  it('is not enforced where policies are only tried out', () => {
    const result = resultOf({ outcome: 'would-allow', proved: false, audited: ['ai-data'] });
    expect(proofsText([result])).toMatch(/^dist: Not enforced: .* but policies of ai-data are only tried out/);
  });

  it('is consistent and never proved without a graph', () => {
    expect(resultOf({}, '').conclusion).toBe('consistent');
    expect(resultOf({}).conclusion).toBe('proved');
  });

  it('lets no name be markup, nor move the cursor', () => {
    const hostile = { ...resultOf({}), name: '</details><img src=x>`*@all*`[x](y)\u001b[2J', notes: ['a\nb <b>'] };
    const markdown = proofsMarkdown([hostile]);
    expect(markdown).not.toMatch(/<img|<b>|@all|\]\(y/);
    expect(markdown).not.toContain('\u001b');
    expect(proofsText([hostile])).not.toContain('\u001b');
    expect(
      proofsText([hostile])
        .split('\n')
        .filter((line) => line.startsWith('b <b>')),
    ).toEqual([]);
  });

  it('ends no block of text by what it says', () => {
    const result = { ...resultOf({}), against: [{ rule: 'x', what: '```\n# heading ````', places: ['a.yaml:1'] }] };
    const [, fence] = /\n(`+)text\n/.exec(proofsMarkdown([result])) ?? [];
    expect(fence).toBe('`````');
  });
});
