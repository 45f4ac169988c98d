import type { ComposeFacts, PoliciesRead } from '../kinds/policies-read';
import type { PolicyReading } from '../kinds/policy-reading';
import { unreadLayer, unreadRules } from '../kinds/unread-rules';
import type { Layer, Plane, PlaneDoubt, Rule } from '../model/layer';
import { podSetsIntersect } from '../model/pod-set';
import * as ports from '../model/port-set';
import * as selectors from '../model/selector';
import type { UnreadPolicy } from '../model/unread-policy';
import type { Engine } from './engine';

/**
 * How an engine decides by what was read, and by what policies may say that are not read whole. One of the engine's own
 * kinds stands where it says that it stands. Refused ones are among them: whoever puts them right makes them say something.
 */
export function composedPlane(engine: Engine, read: PoliciesRead, facts: ComposeFacts): Plane {
  const { others = [], unread = [], refused = [] } = read;
  const placed = new Set(others.flatMap((reading) => reading.unread ?? []));
  const composed = engine.compose({ ...read, others: others.map(standingIn) }, facts);
  return withUnread(composed, [...unread.filter((policy) => !placed.has(policy)), ...onePerPolicy(refused)]);
}

/** The plane with what is not known of it: asked before everything, since any layer may be the one that is not as it seems. */
export function withDoubts(plane: Plane, doubts: readonly PlaneDoubt[]): Plane {
  const rules = doubts.flatMap((doubt) => doubt.rules);
  return rules.length === 0 ? plane : { ...plane, layers: [unreadLayer(rules), ...plane.layers] };
}

/** Of one with many problems, the first says that it is refused. */
function onePerPolicy(refused: readonly UnreadPolicy[]): UnreadPolicy[] {
  const first = new Map<UnreadPolicy['policy'], UnreadPolicy['problem']>();
  for (const { policy, problem } of refused) if (!first.has(policy)) first.set(policy, problem);
  return refused.filter(({ policy, problem }) => first.get(policy) === problem);
}

function standingIn(reading: PolicyReading): PolicyReading {
  return reading.unread === undefined ? reading : { ...reading, rules: reading.unread.flatMap(unreadRules) };
}

/**
 * The plane with policies that are not read. What they may take away comes before everything that is read, and what they may
 * let through as well, but for policies of one namespace: these are asked where NetworkPolicies are, so that they lift
 * nothing that the platform denies before.
 */
export function withUnread(plane: Plane, unread: readonly UnreadPolicy[]): Plane {
  if (unread.length === 0) return plane;
  const rules = unread.flatMap((policy) =>
    unreadRules(policy).map((rule) => ({ rule, isLate: rule.action === 'allow' && comesLate(policy) })),
  );
  const layers = throughTunnels(plane.layers, unread);
  const those = (late: boolean) => rules.filter(({ isLate }) => isLate === late).map(({ rule }) => rule);
  return { ...plane, layers: [unreadLayer(those(false)), ...withLate(layers, those(true))] };
}

/** Beside each rule that lets a tunnel through, and not every port, one that may let every port through to the same. */
function throughTunnels(layers: readonly Layer[], unread: readonly UnreadPolicy[]): readonly Layer[] {
  const tunnels = unread.filter(({ tunnel }) => tunnel !== undefined);
  if (tunnels.length === 0) return layers;
  return layers.map((layer) => ({
    ...layer,
    rules: layer.rules.flatMap((rule) => [rule, ...tunnels.flatMap((policy) => widened(rule, policy))]),
  }));
}

function widened(rule: Rule, { tunnel, subject, directions, problem }: UnreadPolicy): Rule[] {
  if (tunnel === undefined || rule.action !== 'allow' || !directions.includes(rule.direction)) return [];
  const all = ports.allOf(tunnel.protocol);
  if (!ports.hasNumber(rule.ports, tunnel.protocol, tunnel.port) || ports.covers(rule.ports, all)) return [];
  if (!podSetsIntersect(rule.subject, subject)) return [];
  const inMesh = {
    namespaces: selectors.both(rule.subject.namespaces, subject.namespaces),
    pods: selectors.both(rule.subject.pods, subject.pods),
  };
  return [{ ...rule, subject: inMesh, ports: all, isUncertain: true, doubt: problem }];
}

/** As Calico stores them, policies of a namespace are in any tier. */
function comesLate({ policy, kind }: UnreadPolicy): boolean {
  return policy.namespace !== undefined && !kind.startsWith('crd.projectcalico.org/');
}

function withLate(layers: readonly Layer[], rules: readonly Rule[]): readonly Layer[] {
  const union = layers.findIndex(({ order }) => order === 'union');
  if (union >= 0)
    return layers.map((layer, i) => (i === union ? { ...layer, rules: [...layer.rules, ...rules] } : layer));
  // Of layers that are ranked, NetworkPolicies are in one that denies what it isolates.
  const denying = layers.findIndex(({ otherwise, isolations }) => otherwise === 'deny' && isolations.length > 0);
  const at = Math.max(denying, 0);
  return [...layers.slice(0, at), unreadLayer(rules), ...layers.slice(at)];
}
