import { readManifests } from '../../../lib/analysis';
import { compose } from '../../../lib/engines/cluster-network-policy/compose';
import type { Layer, Plane, Rule } from '../../../lib/model/layer';
import { passes } from '../../engines/decide';
import type { BlockMode, Evaluator } from '../evaluator';
import { naive } from '../evaluators';
import { analysisOf, certain, endsAmong, sound } from '../frame/answers';
import type { KubernetesObject } from '../world';

/** What is read and composed, decided layer by layer. */
export const layers: Evaluator = layersOf('the layers', (plane) => plane);

/** What is worked out of the layers for all ends at once. */
export const analysis: Evaluator = certain(
  analysisOf(({ documents }, mode) => ({ reading: sound(readManifests(documents)), plane: planeOf(documents, mode) })),
);

/** All of them; the naive one reads the manifests by itself. */
export const evaluators: readonly Evaluator[] = [layers, analysis, naive];

type Change = (plane: Plane) => Plane;

const ADMIN = 'AdminNetworkPolicy';
const MIDDLE = 'NetworkPolicy';
const BASELINE = 'BaselineAdminNetworkPolicy';

/** Layers that each get one thing wrong: verdicts that let one of them pass would prove nothing. */
export const misreadings: readonly Evaluator[] = [
  layersOf('AdminNetworkPolicy comes after NetworkPolicy', inOrder(MIDDLE, ADMIN, BASELINE)),
  layersOf('AdminNetworkPolicy comes last', inOrder(MIDDLE, BASELINE, ADMIN)),
  layersOf('the baseline comes before NetworkPolicy', inOrder(ADMIN, BASELINE, MIDDLE)),
  layersOf('AdminNetworkPolicy is not enforced', inOrder(MIDDLE, BASELINE)),
  layersOf('the baseline is not enforced', inOrder(ADMIN, MIDDLE)),
  layersOf(
    'the baseline decides what a NetworkPolicy has no rule for',
    inLayer(MIDDLE, (layer) => ({ ...layer, otherwise: 'next' })),
  ),
  layersOf(
    'a NetworkPolicy of one direction keeps the baseline out of both',
    inLayer(MIDDLE, (layer) => ({
      ...layer,
      isolations: layer.isolations.flatMap((it) => [
        { ...it, direction: 'ingress' as const },
        { ...it, direction: 'egress' as const },
      ]),
    })),
  ),
  layersOf(
    'Pass denies',
    inRules((rule) => [rule.action === 'pass' ? { ...rule, action: 'deny' } : rule]),
  ),
  layersOf(
    'Pass allows',
    inRules((rule) => [rule.action === 'pass' ? { ...rule, action: 'allow' } : rule]),
  ),
  layersOf(
    'Pass goes on to the next policy of the layer',
    inRules((rule) => (rule.action === 'pass' ? [] : [rule])),
  ),
  layersOf(
    'Allow is not final, and NetworkPolicy is asked as well',
    inRules((rule) => [
      rule.policy.kind === ADMIN && rule.action === 'allow' ? { ...rule, action: 'pass' as const } : rule,
    ]),
  ),
  layersOf(
    'any deny of a layer wins',
    inLayer(ADMIN, (layer) => ({ ...layer, order: 'union' })),
  ),
  layersOf('the highest priority is asked first', inLayer(ADMIN, reversed)),
  layersOf('the last rule of the baseline is asked first', inLayer(BASELINE, reversed)),
  layersOf(
    'priorities above 99 are not applied',
    (plane) => plane,
    (document) => document.kind !== ADMIN || Number((document.spec as { priority: number }).priority) <= 99,
  ),
  layersOf('networks never match pods', (plane) => ({ ...plane, ipBlockMode: 'external-only' })),
  layersOf(
    'a port without protocol is of every protocol',
    inRules((rule) => {
      if (rule.policy.kind === MIDDLE) return [rule];
      const { TCP } = rule.ports;
      return [{ ...rule, ports: { ...rule.ports, UDP: rule.ports.UDP.ranges.length > 0 ? rule.ports.UDP : TCP } }];
    }),
  ),
  layersOf(
    'a range is its first port',
    inRules((rule) => {
      if (rule.policy.kind === MIDDLE || rule.ports.other) return [rule];
      const ranges = rule.ports.TCP.ranges.map(([first]) => [first, first] as const);
      return [{ ...rule, ports: { ...rule.ports, TCP: { ...rule.ports.TCP, ranges } } }];
    }),
  ),
  layersOf(
    'a policy isolates what it selects',
    inLayer(ADMIN, (layer) => ({
      ...layer,
      otherwise: 'deny',
      isolations: layer.rules.map(({ policy, direction, subject }) => ({ policy, direction, subject })),
    })),
  ),
];

function reversed(layer: Layer): Layer {
  return { ...layer, rules: [...layer.rules].reverse() };
}

function inOrder(...names: readonly string[]): Change {
  return (plane) => ({ ...plane, layers: names.flatMap((name) => plane.layers.filter((it) => it.name === name)) });
}

function inLayer(name: string, change: (layer: Layer) => Layer): Change {
  return (plane) => ({ ...plane, layers: plane.layers.map((layer) => (layer.name === name ? change(layer) : layer)) });
}

function inRules(change: (rule: Rule) => readonly Rule[]): Change {
  return (plane) => ({
    ...plane,
    layers: plane.layers.map((layer) => ({ ...layer, rules: layer.rules.flatMap(change) })),
  });
}

/** Composed as the engine does, with what `change` makes of it, of the documents that are `kept`. */
function layersOf(name: string, change: Change, kept: (document: KubernetesObject) => boolean = () => true): Evaluator {
  return {
    name,
    of: ({ documents }, ipBlockMode) => {
      const plane = change(planeOf(documents.filter(kept), ipBlockMode));
      const end = endsAmong(documents);
      return ({ from, to, protocol, port }) => passes(plane, { from: end(from), to: end(to), protocol, port });
    },
  };
}

/**
 * The judge takes every field and applies every priority, so that nothing is uncertain before it: whether an implementation
 * does is what the rules of the plane leave open.
 */
export function planeOf(documents: readonly KubernetesObject[], ipBlockMode: BlockMode): Plane {
  const plane = compose(sound(readManifests(documents)), { ipBlockMode, isByKinds: true });
  return inRules(({ isUncertain: _, ...rule }) => [rule])(plane);
}
