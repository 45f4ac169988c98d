import type { Flow } from '../model/flow';
import type { Layer, Plane, RulePeer } from '../model/layer';
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
    ...oneOf(
      plane.ipBlockMode,
      ['pods', 'external-only', 'may'],
      `the plane ${plane.name} matches address blocks in the mode`,
    ),
    ...plane.layers.flatMap(inLayer),
    ...new Set(
      flows.flatMap(({ from, to, traffic }) => [
        ...oneOf(traffic.kind, ['ports'], 'a flow has traffic of the kind'),
        ...[from, to].flatMap(({ kind }) =>
          oneOf(kind, ['tier', 'pods', 'addresses'], 'a flow has an end of the kind'),
        ),
      ]),
    ),
  ];
}

function inLayer(layer: Layer): string[] {
  const where = `the layer ${layer.name}`;
  const actions = layer.order === 'union' ? ['allow', 'deny'] : ['allow', 'deny', 'pass'];
  const problems = [
    ...oneOf(layer.order, ['union', 'ranked'], `${where} decides in the order`),
    ...oneOf(layer.otherwise, ['deny', 'next'], `${where} ends with`),
    ...layer.rules.flatMap(({ action, direction, peers }) => [
      ...oneOf(action, actions, `${where} (${layer.order}) has a rule with the action`),
      ...oneOf(direction, ['ingress', 'egress'], `${where} has a rule with the direction`),
      ...(peers.length === 0 ? [`${where} has a rule without peers, which should have been read as any peer`] : []),
      ...peers.flatMap(inPeer).map((what) => `${where} ${what}`),
    ]),
  ];
  return [...new Set(problems)];
}

function inPeer(peer: RulePeer): string[] {
  return oneOf(peer.kind, ['pods', 'addresses', 'anything'], 'has a peer of the kind');
}

function oneOf(value: string, known: readonly string[], what: string): string[] {
  return known.includes(value) ? [] : [`${what} '${value}', which the proof does not know`];
}
