import * as fc from 'fast-check';
import { isPods } from '../../lib/model/endpoint';
import * as ips from '../../lib/model/ip-set';
import { NAMESPACE_NAME_LABEL } from '../../lib/model/labels';
import {
  isEmptyPodSet,
  matchesPod,
  namespaceNamed,
  podSet,
  podSetImplies,
  podSetsIntersect,
  podSetText,
  podsIn,
  soleNamespace,
} from '../../lib/model/pod-set';
import * as selectors from '../../lib/model/selector';
import { EVERY_LABELS, satisfies, someRequirements } from './label-universe';

const { anything, fromLabels, fromRequirements, nothing } = selectors;
const someSet = fc.record({ namespaces: someRequirements, pods: someRequirements });
type Asked = typeof someSet extends fc.Arbitrary<infer T> ? T : never;

const setOf = ({ namespaces, pods }: Asked) => podSet(fromRequirements(namespaces), fromRequirements(pods));
const isMet = (requirements: Asked['pods']) => EVERY_LABELS.some((labels) => satisfies(labels, requirements));
/** Some pod, in some namespace, that both ask for. */
const haveCommon = (a: Asked, b: Asked) => isMet([...a.namespaces, ...b.namespaces]) && isMet([...a.pods, ...b.pods]);

describe('a set of pods', () => {
  it('has the pods whose labels and whose namespaces match', () => {
    const set = podsIn('models', fromLabels({ app: 'vllm' }));
    const models = { [NAMESPACE_NAME_LABEL]: 'models' };
    expect(matchesPod(set, models, { app: 'vllm', tier: 'x' })).toBe(true);
    expect(matchesPod(set, models, { app: 'web' })).toBe(false);
    expect(matchesPod(set, { [NAMESPACE_NAME_LABEL]: 'other' }, { app: 'vllm' })).toBe(false);
    expect(set).toEqual(podSet(namespaceNamed('models'), fromLabels({ app: 'vllm' })));
  });

  it('meets another exactly when some pod is in both', () => {
    fc.assert(
      fc.property(someSet, someSet, (a, b) => {
        expect(podSetsIntersect(setOf(a), setOf(b))).toBe(haveCommon(a, b));
      }),
    );
  });

  it('is within another exactly when the other has all its pods', () => {
    const without = (labels: selectors.Labels, requirements: Asked['pods']) => !satisfies(labels, requirements);
    fc.assert(
      fc.property(someSet, someSet, (a, b) => {
        const matched = { namespaces: matchedBy(a.namespaces), pods: matchedBy(a.pods) };
        const escapes =
          matched.namespaces.length > 0 &&
          matched.pods.length > 0 &&
          (matched.namespaces.some((labels) => without(labels, b.namespaces)) ||
            matched.pods.some((labels) => without(labels, b.pods)));
        expect(podSetImplies(setOf(a), setOf(b))).toBe(!escapes);
        expect(isEmptyPodSet(setOf(a))).toBe(matched.namespaces.length === 0 || matched.pods.length === 0);
      }),
      { numRuns: 300 },
    );
  });

  it('is empty where its pods or its namespaces are none, and then within every other', () => {
    for (const empty of [podSet(nothing, anything), podSet(anything, nothing)]) {
      expect(isEmptyPodSet(empty)).toBe(true);
      expect(podSetImplies(empty, podsIn('models', fromLabels({ app: 'vllm' })))).toBe(true);
      expect(podSetsIntersect(empty, podSet(anything, anything))).toBe(false);
    }
    expect(isEmptyPodSet(podSet(anything, anything))).toBe(false);
  });

  it('is written with the bare name of its namespace, or with a selector of namespaces', () => {
    expect(podSetText(podsIn('models', fromLabels({ app: 'vllm' })))).toBe('models/{app=vllm}');
    expect(podSetText(podSet(fromLabels({ team: 'a' }), anything))).toBe('{team=a}/{*}');
  });
});

describe('the sole namespace of a selector', () => {
  const byName = (operator: 'In' | 'NotIn', ...values: string[]) =>
    fromRequirements([{ key: NAMESPACE_NAME_LABEL, operator, values }]);

  it('is the one that is named, and nothing else is asked', () => {
    expect(soleNamespace(namespaceNamed('models'))).toBe('models');
    expect(soleNamespace(byName('In', 'models', 'agents'))).toBeUndefined();
    expect(soleNamespace(byName('NotIn', 'models'))).toBeUndefined();
    expect(soleNamespace(fromLabels({ [NAMESPACE_NAME_LABEL]: 'models', team: 'a' }))).toBeUndefined();
    expect(soleNamespace(fromLabels({ team: 'a' }))).toBeUndefined();
    expect(soleNamespace(anything)).toBeUndefined();
  });
});

describe('an end of a flow', () => {
  it('is pods where it is a tier or pods of others', () => {
    const pods = podsIn('models', anything);
    expect(isPods({ kind: 'tier', namespace: 'models', name: 'vllm', pods })).toBe(true);
    expect(isPods({ kind: 'pods', pods, owner: 'team-a' })).toBe(true);
    expect(isPods({ kind: 'addresses', addresses: ips.all })).toBe(false);
    expect(isPods({ kind: 'entity', entity: 'nodes' })).toBe(false);
    expect(isPods({ kind: 'hosts', patterns: [] })).toBe(false);
  });
});

function matchedBy(requirements: Asked['pods']): selectors.Labels[] {
  return EVERY_LABELS.filter((labels) => satisfies(labels, requirements));
}
