import type { GraphData, GraphNamespace, GraphTier } from '../../lib/graph/graph-data';
import type { Endpoint, TierEndpoint } from '../../lib/model/endpoint';
import type { Flow } from '../../lib/model/flow';
import type { Isolation, Layer, Plane, PolicyRef, Rule, RulePeer } from '../../lib/model/layer';
import { podsIn } from '../../lib/model/pod-set';
import type { PortSet } from '../../lib/model/port-set';
import type { RequestMatch } from '../../lib/model/request-match';
import type { Labels } from '../../lib/model/selector';
import * as selectors from '../../lib/model/selector';
import { portTraffic } from '../../lib/model/traffic';
import { clusterOf } from '../graph/clusters';

// Graphs by hand, and the plane that follows from a graph by the book: one policy a tier with a rule for each half of a
// flow, and a default deny for each namespace. Nothing of the renderer and nothing of the readers.

export function namespace(name: string): GraphNamespace {
  return { name, purpose: 'test', management: 'own', podSecurity: 'baseline', acknowledged: [] };
}

export function tier(
  space: string,
  name: string,
  labels: Labels = { app: name },
  and: selectors.Selector = selectors.anything,
): GraphTier {
  return {
    namespace: space,
    name,
    role: 'tier',
    pods: podsIn(space, selectors.both(selectors.fromLabels(labels), and)),
    notes: [],
    acknowledged: [],
  };
}

export function endOf({ namespace: space, name, pods }: GraphTier): TierEndpoint {
  return { kind: 'tier', namespace: space, name, pods };
}

export function flow(
  from: GraphTier | Endpoint,
  to: GraphTier | Endpoint,
  ports: PortSet,
  acknowledged: Flow['acknowledged'] = [],
  requests?: readonly RequestMatch[],
): Flow {
  return {
    from: 'kind' in from ? from : endOf(from),
    to: 'kind' in to ? to : endOf(to),
    traffic: portTraffic(ports, requests),
    because: ['the test wants it'],
    excepted: [],
    acknowledged,
    notes: [],
  };
}

export function graph(tiers: readonly GraphTier[], flows: readonly Flow[], spaces?: readonly string[]): GraphData {
  const names = spaces ?? [...new Set(tiers.map((each) => each.namespace))];
  return { cluster: clusterOf('kubernetes'), namespaces: names.map(namespace), tiers, flows };
}

/** What manifests that say exactly the graph are read as. */
export function planeOf(declared: GraphData, ipBlockMode: Plane['ipBlockMode'] = 'may'): Plane {
  const layer: Layer = {
    name: 'NetworkPolicy',
    order: 'union',
    otherwise: 'deny',
    rules: declared.flows.flatMap((each) => [...halfRule(each, 'egress'), ...halfRule(each, 'ingress')]),
    isolations: [
      ...declared.namespaces.flatMap(({ name }) => isolate(policy(name, 'default-deny'), name, selectors.anything)),
      ...declared.tiers.flatMap(({ namespace: space, name, pods }) => isolate(policy(space, name), space, pods.pods)),
    ],
  };
  return { name: 'network plugin', ipBlockMode, layers: [layer] };
}

export function policy(space: string, name: string): PolicyRef {
  return { kind: 'NetworkPolicy', namespace: space, name };
}

export function isolate(by: PolicyRef, space: string, pods: selectors.Selector): Isolation[] {
  return (['ingress', 'egress'] as const).map((direction) => ({ policy: by, direction, subject: podsIn(space, pods) }));
}

function halfRule({ from, to, traffic }: Flow, direction: Rule['direction']): Rule[] {
  const [own, other] = direction === 'egress' ? [from, to] : [to, from];
  if (own.kind !== 'tier') return [];
  const by = policy(own.namespace, own.name);
  return [
    {
      policy: by,
      direction,
      index: 0,
      subject: own.pods,
      peers: [peer(other)],
      ports: traffic.ports,
      ...(traffic.requests === undefined ? {} : { requests: traffic.requests }),
      action: 'allow',
    },
  ];
}

export function peer(end: Endpoint): RulePeer {
  switch (end.kind) {
    case 'addresses':
      return { kind: 'addresses', addresses: end.addresses };
    case 'hosts':
      return { kind: 'hosts', patterns: end.patterns };
    case 'entity':
      return { kind: 'entity', entity: end.entity };
    default:
      return { kind: 'pods', pods: end.pods };
  }
}

/** The plane with its one layer changed. */
export function changed(plane: Plane, change: (layer: Layer) => Partial<Layer>): Plane {
  return { ...plane, layers: plane.layers.map((layer) => ({ ...layer, ...change(layer) })) };
}

/** The plane with one more rule. */
export function withRule(
  plane: Plane,
  rule: Pick<Rule, 'direction' | 'subject' | 'peers' | 'ports'> & Partial<Rule>,
): Plane {
  const by = policy('elsewhere', 'stray');
  return changed(plane, ({ rules }) => ({ rules: [...rules, { policy: by, index: 0, action: 'allow', ...rule }] }));
}

/** The plane with the rules changed that a test picks out. */
export function withRules(plane: Plane, isMeant: (rule: Rule) => boolean, change: (rule: Rule) => Rule[]): Plane {
  return changed(plane, ({ rules }) => ({ rules: rules.flatMap((rule) => (isMeant(rule) ? change(rule) : [rule])) }));
}
