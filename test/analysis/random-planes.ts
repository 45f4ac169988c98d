import * as fc from 'fast-check';
import { exactHost } from '../../lib/model/host-pattern';
import * as ips from '../../lib/model/ip-set';
import type { IpBlockMode, Layer, Plane, Rule, RulePeer } from '../../lib/model/layer';
import { namespaceNamed, podSet } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import type { RequestMatch } from '../../lib/model/request-match';
import * as selectors from '../../lib/model/selector';
import type { LayerSpec, PeerSpec, PodsSpec, PortSpec, RuleSpec } from './layers-evaluator';
import { PORTS } from './random-worlds';

export const HOSTS = ['api.example.com', 'weights.example.com'];
export const METHODS = ['GET', 'POST'];

export interface PlaneShape {
  /** Whether rules may be about requests, host names and entities, of which not everything is known, or be uncertain. */
  readonly hasUnknowns: boolean;
}

const pods: fc.Arbitrary<PodsSpec> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ labels: {} }) },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        namespace: fc.constantFrom('x', 'y', 'z'),
        labels: fc.dictionary(fc.constantFrom('app', 'tier'), fc.constantFrom('a', 'b', 'c'), { maxKeys: 1 }),
      },
      { requiredKeys: ['labels'] },
    ),
  },
);

const port: fc.Arbitrary<PortSpec> = fc.oneof(
  fc.record({
    protocol: fc.constantFrom('TCP', 'UDP', 'SCTP'),
    first: fc.constantFrom(...PORTS),
    length: fc.constantFrom(1, 1, 6),
  }),
  fc.record({ protocol: fc.constantFrom('TCP', 'UDP'), name: fc.constantFrom('http', 'metrics') }),
);

const BLOCKS = ['0.0.0.0/0', '::/0', '10.0.0.0/8', '10.0.0.0/30', '192.0.2.0/24', '2001:db8::/48'];

const known: fc.Arbitrary<PeerSpec> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pods' as const), pods }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('block' as const), block: fc.constantFrom(...BLOCKS) }) },
  fc.record({ kind: fc.constant('anything' as const) }),
);

const unknown: fc.Arbitrary<PeerSpec> = fc.oneof(
  fc.record({ kind: fc.constant('entity' as const), entity: fc.constantFrom('nodes', 'api-server', 'ingress') }),
  fc.record({ kind: fc.constant('host' as const), host: fc.constantFrom(...HOSTS) }),
);

const sometimes = fc.constantFrom<true | undefined>(true, undefined, undefined, undefined);

function ruleSpec({ hasUnknowns }: PlaneShape): fc.Arbitrary<RuleSpec> {
  const peer = hasUnknowns ? fc.oneof({ weight: 2, arbitrary: known }, { weight: 1, arbitrary: unknown }) : known;
  return fc.record({
    direction: fc.constantFrom('ingress', 'egress'),
    action: fc.constantFrom('allow', 'allow', 'deny', 'pass'),
    subject: pods,
    peers: fc.array(peer, { minLength: 1, maxLength: 3 }),
    ports: fc.oneof(fc.constant([]), fc.array(port, { maxLength: 2 })),
    method: hasUnknowns ? fc.option(fc.constantFrom(...METHODS), { nil: undefined, freq: 3 }) : fc.constant(undefined),
    ...(hasUnknowns && { isUncertain: sometimes }),
  });
}

/** Two to four layers, ranked and unions, that deny, pass on and isolate. */
export function randomLayers(shape: PlaneShape): fc.Arbitrary<readonly LayerSpec[]> {
  const layer = fc.record({
    order: fc.constantFrom('union', 'ranked'),
    otherwise: fc.constantFrom('deny', 'next'),
    rules: fc.array(ruleSpec(shape), { maxLength: 6 }),
    isolations: fc.array(
      fc.record({
        direction: fc.constantFrom('ingress', 'egress'),
        subject: pods,
        ...(shape.hasUnknowns && { isUncertain: sometimes }),
      }),
      { maxLength: 2 },
    ),
  });
  return fc.array(layer as fc.Arbitrary<LayerSpec>, { minLength: 2, maxLength: 4 });
}

export function planeOfLayers(layers: readonly LayerSpec[], ipBlockMode: IpBlockMode): Plane {
  return { name: 'random', layers: layers.map(layerOf), ipBlockMode };
}

function layerOf({ order, otherwise, rules, isolations }: LayerSpec, position: number): Layer {
  const policy = { kind: 'RandomPolicy', name: `policy-${position}` };
  return {
    name: `layer-${position}`,
    order,
    otherwise,
    rules: rules.map((spec, index): Rule => {
      const { direction, action, method } = spec;
      const requests: RequestMatch[] = method === undefined ? [] : [{ protocol: 'http', methods: [method] }];
      return {
        policy,
        index,
        direction,
        action,
        subject: setOf(spec.subject),
        peers: spec.peers.map(peerOf),
        ports: spec.ports.length === 0 ? ports.everything : ports.union(...spec.ports.map(portSet)),
        ...(requests.length > 0 && { requests }),
        ...(spec.isUncertain && { isUncertain: true }),
      };
    }),
    isolations: isolations.map(({ direction, subject, isUncertain }) => ({
      policy,
      direction,
      subject: setOf(subject),
      ...(isUncertain && { isUncertain }),
    })),
  };
}

function setOf({ namespace, labels }: PodsSpec) {
  const namespaces = namespace === undefined ? selectors.anything : namespaceNamed(namespace);
  return podSet(namespaces, selectors.fromLabels(labels));
}

function peerOf(peer: PeerSpec): RulePeer {
  switch (peer.kind) {
    case 'pods':
      return { kind: 'pods', pods: setOf(peer.pods) };
    case 'block':
      return { kind: 'addresses', addresses: ips.fromBlock(peer.block) };
    case 'host':
      return { kind: 'hosts', patterns: [exactHost(peer.host)] };
    case 'entity':
    case 'anything':
      return peer;
  }
}

function portSet(spec: PortSpec): ports.PortSet {
  if ('name' in spec) return ports.named(spec.protocol, spec.name);
  return ports.range(spec.protocol, spec.first, spec.first + spec.length - 1);
}
