import type { Flow } from '../../model/flow';
import type { Layer, Plane } from '../../model/layer';
import { soleNamespace } from '../../model/pod-set';
import type { RequestMatch } from '../../model/request-match';
import * as selectors from '../../model/selector';
import type { Ground } from '../space/search';
import { namespaceSelector } from '../terms/facts';

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
 * What of the plane or the declaration the proof has no meaning for. The types hold hardly anything of the kind; a kind
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
    ...strangers(
      eachOf(flows, ({ traffic }, add) => add(traffic.kind)),
      ['ports'],
      'a flow has traffic of the kind',
    ),
    ...strangers(
      eachOf(flows, ({ from, to }, add) => {
        for (const { kind } of [from, to]) add(kind);
      }),
      ['tier', 'pods', 'addresses', 'hosts', 'entity'],
      'a flow has an end of the kind',
    ),
    ...inRequests(
      flows.map(({ traffic }) => traffic),
      'a flow',
    ),
    ...(flows.some(({ from }) => from.kind === 'hosts') ? ['a flow comes from host names'] : []),
  ];
}

function inLayer({ name, order, otherwise, rules }: Layer): string[] {
  const where = `the layer ${name}`;
  const actions = order === 'union' ? ['allow', 'deny'] : ['allow', 'deny', 'pass'];
  return [
    ...strangers([order], ['union', 'ranked'], `${where} decides in the order`),
    ...strangers([otherwise], ['deny', 'next'], `${where} ends with`),
    ...strangers(
      eachOf(rules, ({ action }, add) => add(action)),
      actions,
      `${where} (${order}) has a rule with the action`,
    ),
    ...strangers(
      eachOf(rules, ({ direction }, add) => add(direction)),
      ['ingress', 'egress'],
      `${where} has a rule with the direction`,
    ),
    ...strangers(
      eachOf(rules, ({ peers }, add) => {
        for (const { kind } of peers) add(kind);
      }),
      ['pods', 'addresses', 'hosts', 'entity', 'anything'],
      `${where} has a peer of the kind`,
    ),
    ...inRequests(rules, `${where} has a rule that`),
    ...(rules.some(({ direction, peers }) => direction === 'ingress' && peers.some(({ kind }) => kind === 'hosts'))
      ? [`${where} has an ingress rule for host names`]
      : []),
    ...(rules.some(({ peers }) => peers.length === 0)
      ? [`${where} has a rule without peers, which should have been read as any peer`]
      : []),
  ];
}

function inRequests(all: readonly { readonly requests?: readonly RequestMatch[] }[], who: string): string[] {
  const protocols = eachOf(all, ({ requests = [] }, add) => {
    for (const { protocol } of requests) add(protocol);
  });
  return [
    ...strangers(protocols, ['http', 'kafka', 'dns', 'opaque'], `${who} has requests of the protocol`),
    ...(all.some(({ requests }) => requests?.length === 0) ? [`${who} has an empty list of requests`] : []),
  ];
}

/** The words that are used, once each; there are thousands of uses, so that no list is made of them. */
function eachOf<T>(all: readonly T[], addWords: (one: T, add: (word: string) => void) => void): Set<string> {
  const words = new Set<string>();
  for (const one of all) addWords(one, (word) => words.add(word));
  return words;
}

function strangers(words: Iterable<string>, known: readonly string[], what: string): string[] {
  return [...words]
    .filter((word) => !known.includes(word))
    .map((word) => `${what} '${word}', which the proof does not know`);
}
