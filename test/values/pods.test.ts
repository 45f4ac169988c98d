import { Chart, Testing } from 'cdk8s';
import fc from 'fast-check';
import type { Labels } from '../../lib/model/labels';
import { soleNamespace } from '../../lib/model/pod-set';
import * as selectors from '../../lib/model/selector';
import { peerSpec } from '../../lib/values/peer';
import { LabelOperator, type LabelRequirement, Pods } from '../../lib/values/pods';

function specOf(pods: Pods) {
  const spec = peerSpec(pods);
  if (spec.kind !== 'pods') throw new Error(`not pods: ${spec.kind}`);
  return spec;
}

function selects(pods: Pods, labels: Labels): boolean {
  return selectors.matches(specOf(pods).pods, labels);
}

const { IN, NOT_IN, EXISTS, DOES_NOT_EXIST } = LabelOperator;

describe('pods', () => {
  it('by labels have all of them, and may have more', () => {
    const pods = Pods.labeled({ app: 'vllm', model: 'llama' });
    expect(selects(pods, { app: 'vllm', model: 'llama', zone: 'a' })).toBe(true);
    expect(selects(pods, { app: 'vllm' })).toBe(false);
    expect(selects(pods, { app: 'vllm', model: 'qwen' })).toBe(false);
  });

  it('by a label that is empty have the label', () => {
    expect(selects(Pods.labeled({ gpu: '' }), { gpu: '' })).toBe(true);
    expect(selects(Pods.labeled({ gpu: '' }), {})).toBe(false);
  });

  it('that are all have any labels, or none', () => {
    expect(selects(Pods.all(), {})).toBe(true);
    expect(selects(Pods.all(), { app: 'x' })).toBe(true);
  });

  it('that have none of some values may lack the label', () => {
    const pods = Pods.matching([{ key: 'tier', operation: NOT_IN, values: ['canary'] }]);
    expect(selects(pods, {})).toBe(true);
    expect(selects(pods, { tier: 'canary' })).toBe(false);
  });

  it('that meet requirements are those that meet each of them', () => {
    const requirement: fc.Arbitrary<LabelRequirement> = fc.record({ key: fc.constantFrom('a', 'b') }).chain(({ key }) =>
      fc.oneof(
        fc.record({
          key: fc.constant(key),
          operation: fc.constantFrom(IN, NOT_IN),
          values: fc.subarray(['1', '2'], { minLength: 1 }),
        }),
        fc.record({ key: fc.constant(key), operation: fc.constantFrom(EXISTS, DOES_NOT_EXIST) }),
      ),
    );
    fc.assert(
      fc.property(fc.array(requirement, { minLength: 1, maxLength: 4 }), (list) => {
        const meant = EVERY_LABELS.filter((labels) => list.every((one) => meets(one, labels)));
        // Values other than these stand for "3" here, so what no pod can meet is what none of these meets.
        if (meant.length === 0) expect(() => Pods.matching(list)).toThrow(/no pod can meet/);
        else expect(EVERY_LABELS.filter((labels) => selects(Pods.matching(list), labels))).toEqual(meant);
      }),
    );
  });

  it('stay as they are when a namespace or an owner is named', () => {
    const bare = Pods.labeled({ app: 'prometheus' });
    const full = bare.inNamespace('monitoring').ownedBy('platform team');
    expect(specOf(bare)).toEqual({ kind: 'pods', pods: selectors.fromLabels({ app: 'prometheus' }) });
    expect(specOf(full)).toMatchObject({ pods: specOf(bare).pods, owner: 'platform team' });
    expect(soleNamespace(specOf(full).namespaces ?? selectors.anything)).toBe('monitoring');
  });

  it('are the same whether the owner or the namespace is named first', () => {
    const bare = Pods.labeled({ app: 'prometheus' });
    expect(specOf(bare.ownedBy('x').inNamespace('y'))).toEqual(specOf(bare.inNamespace('y').ownedBy('x')));
  });

  it('are in the namespace that was named last', () => {
    const { namespaces } = specOf(
      Pods.all().inNamespacesLabeled({ team: 'ml' }).inNamespace('web').inNamespace('store'),
    );
    expect(soleNamespace(namespaces ?? selectors.anything)).toBe('store');
  });

  it('in labeled namespaces are in any that has all the labels, and by name in one', () => {
    const { namespaces } = specOf(Pods.all().inNamespacesLabeled({ team: 'ml', stage: 'prod' }));
    expect(selectors.selectorText(namespaces ?? selectors.anything)).toBe('stage=prod,team=ml');
    const named = specOf(Pods.all().inNamespacesLabeled({ 'kubernetes.io/metadata.name': 'ml' }));
    expect(soleNamespace(named.namespaces ?? selectors.anything)).toBe('ml');
  });

  it('have an owner in one line', () => {
    expect(specOf(Pods.all().ownedBy('  platform\n team ')).owner).toBe('platform team');
  });

  it('of a construct keep the construct, also when more is said of them', () => {
    const construct = new Chart(Testing.app(), 'chart');
    expect(specOf(Pods.of(construct).inNamespace('web').ownedBy('others')).workload).toBe(construct);
  });

  it('are not selected by the label that only namespaces have, whatever is asked of it', () => {
    const key = 'kubernetes.io/metadata.name';
    expect(() => Pods.labeled({ [key]: 'web' })).toThrow(/label of namespaces/);
    for (const operation of [EXISTS, DOES_NOT_EXIST]) {
      expect(() => Pods.matching([{ key, operation }])).toThrow(/label of namespaces/);
    }
    for (const operation of [IN, NOT_IN]) {
      expect(() =>
        Pods.matching([
          { key: 'app', operation: EXISTS },
          { key, operation, values: ['web'] },
        ]),
      ).toThrow(/label of namespaces/);
    }
  });
});

const VALUES = [undefined, '1', '2', '3'];
const EVERY_LABELS: Labels[] = VALUES.flatMap((a) =>
  VALUES.map((b) => ({ ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }) })),
);

function meets({ key, operation, values = [] }: LabelRequirement, labels: Labels): boolean {
  const value = labels[key];
  switch (operation) {
    case IN:
      return value !== undefined && values.includes(value);
    case NOT_IN:
      return value === undefined || !values.includes(value);
    case EXISTS:
      return value !== undefined;
    case DOES_NOT_EXIST:
      return value === undefined;
  }
}
