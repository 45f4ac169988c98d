import { readManifests } from '../../../lib/analysis';
import { compose } from '../../../lib/engines/cluster-network-policy/compose';
import { clusterNetworkPolicyReader } from '../../../lib/kinds/policy.networking.k8s.io';
import type { PolicyReading } from '../../../lib/kinds/policy-reading';
import type { Plane } from '../../../lib/model/layer';
import { type Connection, passes } from '../../engines/decide';
import { worldOf } from '../../naive/world-of';
import type { Evaluator } from '../evaluators';
import type { KubernetesObject, World } from '../world';

/** What is read and composed, decided layer by layer. */
export const layers: Evaluator = layersOf('the layers', (plane) => plane);

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
      const end = endsOf(world);
      return ({ from, to, protocol, port }) => passes(plane, { from: end(from), to: end(to), protocol, port });
    },
  };
}

export function planeOf({ documents }: World, ipBlockMode: 'pods' | 'external-only'): Plane {
  const ranked = documents.filter(isClusterPolicy);
  const others = ranked.map((document): PolicyReading => clusterNetworkPolicyReader.read(document));
  const reading = readManifests(documents.filter((document) => !isClusterPolicy(document)));
  const problems = [...others.flatMap((it) => it.problems), ...reading.problems];
  if (problems.length > 0) throw new Error(problems.map(({ where, what }) => `${where}: ${what}`).join('\n'));
  return compose({ rules: reading.rules, isolations: reading.isolations, others }, { ipBlockMode });
}

export function isClusterPolicy({ kind }: Pick<KubernetesObject, 'kind'>): boolean {
  return kind === 'ClusterNetworkPolicy';
}

function endsOf({ documents }: World): (ip: string) => Connection['to'] {
  const { namespaces, pods } = worldOf(documents.filter((document) => !isClusterPolicy(document)));
  const byAddress = new Map(pods.flatMap((pod) => pod.ips.map((ip) => [ip, pod])));
  return (ip) => {
    const pod = byAddress.get(ip);
    if (pod === undefined) return { ip };
    const namespaceLabels = namespaces.find(({ name }) => name === pod.namespace)?.labels ?? {};
    return { ip, namespaceLabels, labels: pod.labels, ports: pod.ports };
  };
}

function inLayers(change: (layer: Plane['layers'][number]) => Plane['layers'][number]): (plane: Plane) => Plane {
  return (plane) => ({ ...plane, layers: plane.layers.map(change) });
}

type Rules = Plane['layers'][number]['rules'];

function inRules(change: (rule: Rules[number]) => Rules[number]): (plane: Plane) => Plane {
  return inLayers((layer) => ({ ...layer, rules: layer.rules.map(change) }));
}

/** All of them. */
export const evaluators: readonly Evaluator[] = [layers];
