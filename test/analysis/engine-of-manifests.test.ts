import { planeOf } from '../../lib/analysis/plane-of';
import type { PolicyReading } from '../../lib/kinds/policy-reading';
import type { Problem } from '../../lib/model/problem';

const CALICO = 'projectcalico.org/NetworkPolicy';
const CALICO_GLOBAL = 'projectcalico.org/GlobalNetworkPolicy';
const CILIUM = 'cilium.io/CiliumNetworkPolicy';
const ANTREA = 'crd.antrea.io/NetworkPolicy';
const SHARED = 'policy.networking.k8s.io/ClusterNetworkPolicy';

/** A policy of that kind which says nothing: here only its kind matters. */
function reading(kind: string, source?: string): PolicyReading {
  const policy = { kind: kind.slice(kind.indexOf('/') + 1), name: 'p', ...(source !== undefined && { source }) };
  return { kind, policy, rules: [], isolations: [], problems: [], rank: { layer: 'default', order: 0 } };
}

/** What is wrong with the choice of the engine; what the engine says about its policies is its own business. */
function doubts(...given: Parameters<typeof planeOf>): Problem[] {
  return planeOf(...given).problems.filter(({ rule }) => rule.startsWith('engine-'));
}

const read = (...kinds: string[]) => ({ rules: [], isolations: [], others: kinds.map((kind) => reading(kind)) });

describe('the engine of manifests, where nobody says it', () => {
  it.each<[string, string[], string, string]>([
    ['plain NetworkPolicies alone', [], 'kubernetes', 'may'],
    ['policies of Calico', [CALICO, CALICO_GLOBAL, CALICO], 'calico', 'pods'],
    ['policies of Antrea', [ANTREA], 'antrea', 'pods'],
    ['policies of Cilium', [CILIUM], 'cilium', 'external-only'],
    ['a kind that several engines enforce, alone', [SHARED], 'cluster-network-policy', 'may'],
    ['a kind that several engines enforce, before one that a single engine does', [SHARED, CALICO], 'calico', 'pods'],
    ['the same the other way round', [CILIUM, SHARED], 'cilium', 'external-only'],
  ])('is told by their kinds: %s', (_, kinds, engine, ipBlockMode) => {
    const { engine: found, plane } = planeOf(read(...kinds));
    expect([found, plane.ipBlockMode]).toEqual([engine, ipBlockMode]);
    expect(doubts(read(...kinds))).toEqual([]);
  });

  it('takes manifests without a list of other kinds', () => {
    expect(planeOf({ rules: [], isolations: [] })).toMatchObject({ engine: 'kubernetes', problems: [] });
  });

  it('is in doubt where no engine enforces all of them, and says which do not go together', () => {
    const [first, ...others] = doubts({
      rules: [],
      isolations: [],
      others: [reading(CALICO), reading(SHARED), reading(CILIUM, 'b.yaml'), reading(ANTREA)],
    });
    expect(others).toEqual([]);
    expect(first).toMatchObject({ rule: 'engine-mixed', where: 'b.yaml', value: CILIUM });
    expect(first.what).toBe(
      'ClusterNetworkPolicy p of policy.networking.k8s.io is enforced by Calico, and CiliumNetworkPolicy p of cilium.io by Cilium, so that no cluster enforces both',
    );
    const [nowhere] = doubts(read(ANTREA, CALICO));
    expect(nowhere).not.toHaveProperty('where');
  });

  it('enforces no kind that nobody knows', () => {
    const kinds = read('example.com/Guard', CILIUM);
    expect(planeOf(kinds).engine).toBe('cilium');
    expect(doubts(kinds)).toMatchObject([{ rule: 'engine-not-enforced', value: 'example.com/Guard' }]);
  });
});

describe('the engine of manifests, where it is told', () => {
  it('is that one, and what it does not enforce is reported', () => {
    expect(planeOf(read(CALICO), { engine: 'kubernetes' }).engine).toBe('kubernetes');
    const problems = doubts(read(CALICO), { engine: 'kubernetes' });
    expect(problems).toMatchObject([{ rule: 'engine-not-enforced', value: CALICO }]);
    expect(problems[0].fix).toContain('Calico');
    expect(doubts(read(CALICO), { engine: 'calico' })).toEqual([]);
  });

  it('enforces what its version does', () => {
    expect(doubts(read(SHARED), { engine: 'cilium', version: '1.20' })).toEqual([]);
    expect(doubts(read(SHARED), { engine: 'cilium', version: '1.19' })).toMatchObject([
      { rule: 'engine-not-enforced', what: expect.stringContaining('Cilium 1.19 does not enforce') },
    ]);
  });

  it('matches pods by blocks as it is told, and otherwise as the engine usually does', () => {
    expect(planeOf(read(), { ipBlockMode: 'pods' }).plane.ipBlockMode).toBe('pods');
    expect(planeOf(read(), { engine: 'antrea' }).plane.ipBlockMode).toBe('pods');
    expect(planeOf(read(), { engine: 'cilium' }).plane.ipBlockMode).toBe('external-only');
  });
});
