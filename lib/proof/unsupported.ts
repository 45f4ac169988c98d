import type { Flow } from '../model/flow';
import type { Layer, Plane } from '../model/layer';
import { soleNamespace } from '../model/pod-set';
import * as selectors from '../model/selector';
import { namespaceSelector } from './facts';
import type { Ground } from './search';

/**
 * Policies that select by labels of a zero-trust namespace that are not known: whether they bind its pods cannot be told.
 */
export function undecidableSubjects(plane: Plane, namespaces: readonly string[], ground: Ground): string[] {
  const wide = plane.layers
    .flatMap(({ rules, isolations }) => [...rules, ...isolations])
    .filter(({ subject }) => soleNamespace(subject.namespaces) === undefined);
  if (wide.length === 0) return [];
  return namespaces.flatMap((name) => {
    const own = namespaceSelector(ground.facts, name, ground.namespaceKeys);
    const unclear = wide.filter(
      ({ subject }) => selectors.intersects(own, subject.namespaces) && !selectors.implies(own, subject.namespaces),
    );
    return [
      ...new Set(
        unclear.map(
          ({ policy, subject }) =>
            `${policy.kind} ${policy.name} selects namespaces by ${selectors.selectorText(subject.namespaces)}, and whether ${name} has these labels is not known`,
        ),
      ),
    ];
  });
}

/**
 * What of the plane or the declaration the proof has no meaning for. The types hold nothing of the kind today; a kind
 * that joins them later must stop the proof until it is taught here, and not be passed over.
 */
export function unsupported(plane: Plane, flows: readonly Pick<Flow, 'from' | 'to' | 'traffic'>[]): string[] {
  return [
    ...strangers(
      [plane.ipBlockMode],
      ['pods', 'external-only', 'may'],
      `the plane ${plane.name} matches address blocks in the mode`,
    ),
    ...plane.layers.flatMap(inLayer),
    ...(flows.some(({ traffic }) => traffic.requests !== undefined) ? ['a flow is limited to requests'] : []),
    ...strangers(
      flows.map(({ traffic }) => traffic.kind),
      ['ports'],
      'a flow has traffic of the kind',
    ),
    ...strangers(
      flows.flatMap(({ from, to }) => [from.kind, to.kind]),
      ['tier', 'pods', 'addresses'],
      'a flow has an end of the kind',
    ),
  ];
}

function inLayer({ name, order, otherwise, rules }: Layer): string[] {
  const where = `the layer ${name}`;
  const actions = order === 'union' ? ['allow', 'deny'] : ['allow', 'deny', 'pass'];
  return [
    ...strangers([order], ['union', 'ranked'], `${where} decides in the order`),
    ...strangers([otherwise], ['deny', 'next'], `${where} ends with`),
    ...strangers(
      rules.map(({ action }) => action),
      actions,
      `${where} (${order}) has a rule with the action`,
    ),
    ...strangers(
      rules.map(({ direction }) => direction),
      ['ingress', 'egress'],
      `${where} has a rule with the direction`,
    ),
    ...strangers(
      rules.flatMap(({ peers }) => peers.map(({ kind }) => kind)),
      ['pods', 'addresses', 'anything'],
      `${where} has a peer of the kind`,
    ),
    ...(rules.some(({ requests }) => requests !== undefined) ? [`${where} has a rule about requests`] : []),
    ...(rules.some(({ peers }) => peers.length === 0)
      ? [`${where} has a rule without peers, which should have been read as any peer`]
      : []),
  ];
}

/** Each word that is not known, once. */
function strangers(words: readonly string[], known: readonly string[], what: string): string[] {
  return [...new Set(words)]
    .filter((word) => !known.includes(word))
    .map((word) => `${what} '${word}', which the proof does not know`);
}
