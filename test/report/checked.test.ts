import type { Check } from '../../lib/checks';
import { MADE_UP, reportOf } from './made-up';

const TWICE = ['Ingress', 'Egress']
  .map(
    (direction) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: x, namespace: ai, labels: { owner: me } }
spec: { podSelector: {}, policyTypes: [${direction}] }
`,
  )
  .join('---');

/** Finds what readers find, and knows more of it; in the objects of that name. */
const closer = (name: string): Check => ({
  id: 'duplicate-object',
  level: 'warning',
  title: 'an object that is there twice',
  why: 'One of the two is lost',
  fix: 'Take one out.',
  avoid: '',
  prefer: '',
  source: 'none: it is made up',
  find: ({ objects }) =>
    objects
      .filter(({ ref }) => ref.name === name)
      .slice(-1)
      .map((object) => ({ object, what: 'it is there twice' })),
});

const found = (checks: readonly Check[], text = TWICE) =>
  reportOf(text, { checks }).found.map(({ rule, level, why = '' }) => [rule, level, why].join(' '));

describe('what readers say', () => {
  it('is found once where a rule of the same id finds it too, as the rule says it', () => {
    expect(found(MADE_UP)).toEqual(['duplicate-object error ']);
    expect(found([closer('x')])).toEqual(['duplicate-object warning One of the two is lost']);
  });

  it('stays where the rule finds it in other objects only', () => {
    expect(
      found([closer('other')], `${TWICE}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: other }\n`),
    ).toEqual(['duplicate-object error ', 'duplicate-object warning One of the two is lost']);
  });
});

describe('what an app acknowledged in code', () => {
  const text = (rule: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: x
  namespace: ai
  annotations:
    cdk8s-zero-trust/flows: |
      out TCP/443 to internet: agents call tools; acknowledged ${rule}: the sandbox: it looks at all of it
      tier: acknowledged ${rule}: the sandbox: it looks at all of it
      not a line: acknowledged made-up-silent: nobody reads it
spec: { podSelector: {}, policyTypes: [Egress], egress: [] }
`;

  it('accepts what rules find in the policy that says it', () => {
    const { found, acknowledged, acknowledgedInCode } = reportOf(text('made-up-owner'));
    expect(found).toEqual([]);
    expect(acknowledged).toMatchObject([
      { finding: { rule: 'made-up-owner' }, because: 'the sandbox: it looks at all of it', by: 'code' },
    ]);
    expect(acknowledgedInCode).toEqual([]);
  });

  it('is told to who asks where no rule of manifests finds it, and is not idle', () => {
    const { found, acknowledgedInCode } = reportOf(text('agent-all-ports'));
    expect(found.map(({ rule }) => rule)).toEqual(['made-up-owner']);
    expect(acknowledgedInCode).toMatchObject([
      {
        rule: 'agent-all-ports',
        because: 'the sandbox: it looks at all of it',
        object: 'NetworkPolicy ai/x',
        place: { line: 8 },
      },
    ]);
  });
});

describe('the rules of a report', () => {
  it('are those that were asked, and those that found something besides', () => {
    expect(reportOf(TWICE).rules.map(({ id }) => id)).toEqual([
      'duplicate-object',
      'made-up-owner',
      'made-up-silent',
      'made-up-wide-block',
    ]);
  });
});
