import { readManifests } from '../../../lib/analysis';
import { compose } from '../../../lib/engines/cluster-network-policy/compose';
import type { Plane } from '../../../lib/model/layer';
import { passes } from '../../engines/decide';
import type { BlockMode, Evaluator } from '../evaluator';
import { analysisOf, certain, endsAmong, sound } from '../frame/answers';
import type { KubernetesObject, World } from '../world';

/** What is read and composed, decided layer by layer. */
export const layers: Evaluator = layersOf('the layers', (plane) => plane);

/** What is worked out of the layers for all ends at once. */
export const analysis: Evaluator = certain(
  analysisOf((world, mode) => ({ reading: sound(readManifests(world.documents)), plane: planeOf(world, mode) })),
);

/** Layers that each get one thing wrong: verdicts that let one of them pass would prove nothing. */
export const misreadings: readonly Evaluator[] = [
  layersOf('the Admin tier comes last', ({ layers: [admin, ...rest], ...plane }) => {
    return { ...plane, layers: admin === undefined ? rest : [...rest, admin] };
  }),
  layersOf('the Baseline tier comes before NetworkPolicy', ({ layers: [admin, policies, baseline], ...plane }) => {
    return { ...plane, layers: [admin, baseline, policies].flatMap((layer) => layer ?? []) };
  }),
  layersOf(
    'Pass denies',
    inRules((rule) => (rule.action === 'pass' ? { ...rule, action: 'deny' } : rule)),
  ),
  layersOf(
    'Pass accepts',
    inRules((rule) => (rule.action === 'pass' ? { ...rule, action: 'allow' } : rule)),
  ),
  layersOf(
    'any deny of a tier wins',
    inLayers((layer) => ({ ...layer, order: 'union' })),
  ),
  layersOf(
    'the highest priority is asked first',
    inLayers((layer) => (layer.order === 'ranked' ? { ...layer, rules: [...layer.rules].reverse() } : layer)),
  ),
  layersOf('networks never match pods', (plane) => ({ ...plane, ipBlockMode: 'external-only' })),
  layersOf(
    'a named port is TCP',
    inRules((rule) => {
      const unnamed = { ...rule.ports.UDP, names: [] };
      return rule.policy.kind === 'ClusterNetworkPolicy' ? { ...rule, ports: { ...rule.ports, UDP: unnamed } } : rule;
    }),
  ),
  layersOf(
    'a NetworkPolicy without rules for a connection leaves it to the Baseline tier',
    inLayers((layer) => ({ ...layer, otherwise: 'next' })),
  ),
];

/** Composed as the engine does, with what `change` makes of it. */
function layersOf(name: string, change: (plane: Plane) => Plane): Evaluator {
  return {
    name,
    of: (world, ipBlockMode) => {
      const plane = change(planeOf(world, ipBlockMode));
      const end = endsAmong(world.documents.filter((document) => !isClusterPolicy(document)));
      return ({ from, to, protocol, port }) => passes(plane, { from: end(from), to: end(to), protocol, port });
    },
  };
}

/** The release of the API that the judge has, in whose channels named ports are. */
const version = '0.2.0';

export function planeOf({ documents }: World, ipBlockMode: BlockMode): Plane {
  return compose(sound(readManifests(documents)), { ipBlockMode, version });
}

export function isClusterPolicy({ kind }: Pick<KubernetesObject, 'kind'>): boolean {
  return kind === 'ClusterNetworkPolicy';
}

function inLayers(change: (layer: Plane['layers'][number]) => Plane['layers'][number]): (plane: Plane) => Plane {
  return (plane) => ({ ...plane, layers: plane.layers.map(change) });
}

type Rules = Plane['layers'][number]['rules'];

function inRules(change: (rule: Rules[number]) => Rules[number]): (plane: Plane) => Plane {
  return inLayers((layer) => ({ ...layer, rules: layer.rules.map(change) }));
}

/** All of them. */
export const evaluators: readonly Evaluator[] = [layers, analysis];
