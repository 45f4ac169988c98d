import type { Random } from '../../judges/random';
import type { Edit } from '../edit';
import { type Files, type Policy, peersOf, policiesOf, rulesOf, type Selector, selectorsOf } from '../manifests';

/** Fewer requirements, or ones that more labels meet. */
export function widenSelectors(files: Files): Edit[] {
  return policiesOf(files).flatMap((policy) => [
    ...selectorsOf(policy).flatMap(widenings),
    ...withoutPodSelector(policy),
  ]);
}

function widenings(selector: Selector): Edit[] {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const keys = Object.keys(matchLabels);
  const isEmpty = keys.length + matchExpressions.length === 0;
  return [
    ...keys.map((key) => () => {
      delete matchLabels[key];
    }),
    // Any value will do.
    ...keys.map((key) => () => {
      delete matchLabels[key];
      selector.matchExpressions = [...matchExpressions, { key, operator: 'Exists' }];
    }),
    ...matchExpressions.flatMap((requirement, i): Edit[] => {
      const { operator, values = [] } = requirement;
      const drop = () => void matchExpressions.splice(i, 1);
      if (operator === 'In') return [drop, () => void values.push('another')];
      if (operator === 'NotIn' && values.length > 1)
        return [drop, ...values.map((_, j) => () => void values.splice(j, 1))];
      return [drop];
    }),
    ...(isEmpty
      ? []
      : [
          () => {
            delete selector.matchLabels;
            delete selector.matchExpressions;
          },
        ]),
  ];
}

/** A peer with a namespaceSelector alone is every pod of these namespaces. */
function withoutPodSelector(policy: Policy): Edit[] {
  return rulesOf(policy)
    .flatMap(({ rule }) => peersOf(rule))
    .filter(({ podSelector, namespaceSelector }) => podSelector && namespaceSelector)
    .map((peer) => () => {
      delete peer.podSelector;
    });
}

/** More requirements, or ones that fewer labels meet, or other labels. */
export function narrowSelectors(files: Files, random: Random): Edit[] {
  return policiesOf(files)
    .flatMap(selectorsOf)
    .flatMap((selector): Edit[] => {
      const { matchLabels = {}, matchExpressions = [] } = selector;
      const key = random.oneOf(['app', 'track', 'gpu', 'team', 'never-seen']);
      return [
        () => {
          selector.matchLabels = { ...matchLabels, [key]: `${matchLabels[key] ?? ''}x` };
        },
        () => {
          const operator = random.oneOf(['Exists', 'DoesNotExist']);
          selector.matchExpressions = [...matchExpressions, { key, operator }];
        },
        () => {
          const requirement = { key, operator: random.oneOf(['In', 'NotIn']), values: ['a', 'stable'] };
          selector.matchExpressions = [...matchExpressions, requirement];
        },
        ...Object.keys(matchLabels).map((each) => () => {
          matchLabels[each] = `${matchLabels[each]}-2`;
        }),
        ...matchExpressions.flatMap(({ operator, values = [] }): Edit[] => {
          if (operator === 'In' && values.length > 1) return [() => void values.splice(random.between(0, 1), 1)];
          return operator === 'NotIn' ? [() => void values.push('another')] : [];
        }),
      ];
    });
}

/** Two policies about each other's pods. */
export function exchangeSelectors(files: Files): Edit[] {
  const policies = policiesOf(files);
  const text = ({ spec }: Policy) => JSON.stringify(spec.podSelector);
  return policies.flatMap((a, i) =>
    policies
      .slice(i + 1)
      .filter((b) => text(a) !== text(b))
      .map((b) => () => {
        [a.spec.podSelector, b.spec.podSelector] = [b.spec.podSelector, a.spec.podSelector];
      }),
  );
}
