import { connectivity, readManifests } from '../../../lib/analysis';
import { compose } from '../../../lib/engines/cluster-network-policy/compose';
import type { Plane } from '../../../lib/model/layer';
import type { Workload } from '../../../lib/model/world';
import { type Connection, passes } from '../../engines/decide';
import { worldOf } from '../../naive/world-of';
import type { BlockMode, Evaluator } from '../evaluators';
import { type Flow, isIpv6, type KubernetesObject, type World } from '../world';

/** What is read and composed, decided layer by layer. */
export const layers: Evaluator = layersOf('the layers', (plane) => plane);

/** What is worked out of the layers for all ends at once. */
export const analysis: Evaluator = {
  name: 'connectivity',
  of: (world, mode) => {
    const v4 = inFamily(world, mode, false);
    const v6 = inFamily(world, mode, true);
    return (flow) => (isIpv6(flow.from) ? v6(flow) : v4(flow));
  },
};

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

/** The release of the API that the judge has, in whose channels named ports are. */
const version = '0.2.0';

export function planeOf({ documents }: World, ipBlockMode: BlockMode): Plane {
  return compose(readingOf(documents), { ipBlockMode, version });
}

function readingOf(documents: readonly KubernetesObject[]) {
  const reading = readManifests(documents);
  const { problems } = reading;
  if (problems.length > 0) throw new Error(problems.map(({ where, what }) => `${where}: ${what}`).join('\n'));
  return reading;
}

/** A flow is of one family, so the pods have their addresses of that family only: then everything is known. */
function inFamily({ documents }: World, ipBlockMode: BlockMode, v6: boolean): (flow: Flow) => boolean {
  const reading = readingOf(documents);
  const workloads = reading.world.workloads.map((workload): Workload => {
    return { ...workload, addresses: workload.addresses.filter((address) => isIpv6(address) === v6) };
  });
  const ids = new Map(workloads.flatMap(({ id, addresses }) => addresses.map((address) => [address, id])));
  const { allowed } = connectivity({ ...reading.world, workloads }, compose(reading, { ipBlockMode, version }));
  const end = (address: string): string => ids.get(address) ?? address;
  return ({ from, to, protocol, port }) => {
    const { must, may } = allowed(end(from), end(to), protocol, port);
    if (must !== may) throw new Error(`not decided, although all is known: ${from} to ${to} ${protocol}/${port}`);
    return must;
  };
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
export const evaluators: readonly Evaluator[] = [layers, analysis];
