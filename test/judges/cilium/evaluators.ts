import { readManifests } from '../../../lib/analysis';
import { compose } from '../../../lib/engines/cilium/compose';
import type { PoliciesRead } from '../../../lib/kinds/policies-read';
import { type HostPattern, matchesHost } from '../../../lib/model/host-pattern';
import * as ips from '../../../lib/model/ip-set';
import type { Layer, Plane, Rule, RulePeer } from '../../../lib/model/layer';
import { passes } from '../../engines/decide';
import type { Answer, Evaluator } from '../evaluator';
import { analysisOf, endsAmong, sound } from '../frame/answers';
import type { Flow, KubernetesObject, World } from '../world';
import { DOMAINS, GATEWAY, NODE } from './worlds';

/** What is read and composed, decided rule by rule, for the upper and for the lower bound. */
export const layers: Evaluator = layersOf('the layer of Cilium', (it) => it);

/** What is read and composed, as connectivity has it. */
export const analysis: Evaluator = analysisOf((world) => readWorld(world), entityAt);

/** Readings that each get one thing wrong: verdicts that let one of them pass would prove nothing. */
export const misreadings: readonly Evaluator[] = [
  documentsOf(
    'a rule that names nobody lets everybody through',
    inRules((rule, side) => (Object.keys(rule).length === 0 ? { [`${side}Entities`]: ['all'] } : rule)),
  ),
  documentsOf(
    'an empty list of peers means every peer',
    inRules((rule) => without(rule, ([key, value]) => /^(from|to)(?!Ports)/.test(key) && isEmptyList(value))),
  ),
  documentsOf(
    'peers that name no namespace are of any',
    inPeers((peer, isOfNamespace) => {
      if (!isOfNamespace || JSON.stringify(peer).includes('namespace')) return peer;
      const expressions = (peer.matchExpressions ?? []) as Json[];
      return {
        ...peer,
        matchExpressions: [...expressions, { key: 'io.kubernetes.pod.namespace', operator: 'Exists' }],
      };
    }),
  ),
  documentsOf(
    'what is denied by default is not said',
    inSpecs((spec) => without(spec, ([key]) => key === 'enableDefaultDeny')),
  ),
  documentsOf(
    'default deny needs no rules',
    inSpecs((spec) => {
      const asked = (spec.enableDefaultDeny ?? {}) as Json;
      const isLeft = (direction: string) =>
        asked[direction] === true && spec[direction] === undefined && spec[`${direction}Deny`] === undefined;
      const nobody = (direction: string) => (isLeft(direction) ? { [direction]: [{}] } : {});
      return { ...spec, ...nobody('ingress'), ...nobody('egress') };
    }),
  ),
  documentsOf(
    'rules that deny do not isolate',
    inSpecs((spec) => {
      const isOnlyDenied = (direction: string) =>
        spec[direction] === undefined && spec[`${direction}Deny`] !== undefined && spec.enableDefaultDeny === undefined;
      const not = ['ingress', 'egress'].filter(isOnlyDenied).map((direction) => [direction, false]);
      return not.length === 0 ? spec : { ...spec, enableDefaultDeny: Object.fromEntries(not) };
    }),
  ),
  documentsOf('specs are passed over', (document) => {
    return document.spec === undefined ? document : { ...document, specs: undefined };
  }),
  documentsOf(
    'the world is everybody',
    inRules((rule, side) => {
      const entities = rule[`${side}Entities`] as string[] | undefined;
      return entities?.includes('world') ? { ...rule, [`${side}Entities`]: ['all'] } : rule;
    }),
  ),
  documentsOf(
    'the cluster is the nodes',
    inRules((rule, side) => {
      const entities = rule[`${side}Entities`] as string[] | undefined;
      return entities?.includes('cluster') ? { ...rule, [`${side}Entities`]: ['host', 'remote-node'] } : rule;
    }),
  ),
  documentsOf(
    'the gateway is a node',
    inRules((rule, side) => {
      const entities = rule[`${side}Entities`] as string[] | undefined;
      if (!entities?.includes('ingress')) return rule;
      return {
        ...rule,
        [`${side}Entities`]: [...entities.filter((entity) => entity !== 'ingress'), 'host', 'remote-node'],
      };
    }),
  ),
  layersOf(
    'nobody is the gateway',
    inRulesOf((rule) => ({
      ...rule,
      peers: rule.peers.filter((peer) => peer.kind !== 'entity' || peer.entity !== 'ingress'),
    })),
  ),
  documentsOf(
    'a rule about names that are asked for lets no query through',
    inRules((rule) => {
      const isAboutNames = (entry: Json) => ((entry.rules as Json | undefined)?.dns as unknown[] | undefined)?.length;
      return ((rule.toPorts ?? []) as Json[]).some(isAboutNames) ? {} : rule;
    }),
  ),
  documentsOf(
    'any protocol is TCP',
    inPorts((port) => (port.protocol === 'ANY' || port.protocol === undefined ? { ...port, protocol: 'TCP' } : port)),
  ),
  documentsOf(
    'every port is port 1',
    inPorts((port) => (port.port === '0' ? { ...port, port: '1' } : port)),
  ),
  documentsOf(
    'a range is its first port',
    inPorts((port) => without(port, ([key]) => key === 'endPort')),
  ),
  documentsOf(
    'exceptions are forgotten',
    inRules((rule, side) => {
      const blocks = rule[`${side}CIDRSet`] as Json[] | undefined;
      if (blocks === undefined) return rule;
      return { ...rule, [`${side}CIDRSet`]: blocks.map((it) => without(it, ([key]) => key === 'except')) };
    }),
  ),
  documentsOf(
    'a wildcard of one label goes to any depth',
    inRules((rule) => {
      const names = rule.toFQDNs as Json[] | undefined;
      if (names === undefined) return rule;
      const wide = (it: Json) => (it.matchPattern === '*.example.com' ? { matchPattern: '**.example.com' } : it);
      return { ...rule, toFQDNs: names.map(wide) };
    }),
  ),
  layersOf('denies do not win', (layer) => ({
    ...layer,
    rules: layer.rules.filter(({ action }) => action === 'allow'),
  })),
  layersOf('what is written first decides', (layer) => ({ ...layer, order: 'ranked' })),
  layersOf(
    'blocks mean pods',
    (layer) => layer,
    (plane) => ({ ...plane, ipBlockMode: 'pods' }),
  ),
  {
    name: 'rules of a NetworkPolicy mean nothing where policyTypes leaves their direction out',
    of: (world) => {
      return decided(readWorld(world, () => ({ leftOut: [] })).plane, world);
    },
  },
  layersOf(
    'named ports are never matched',
    inRulesOf((rule) => ({ ...rule, ports: { ...rule.ports, TCP: unnamed(rule, 'TCP'), UDP: unnamed(rule, 'UDP') } })),
  ),
];

/** All that are right. */
export const evaluators: readonly Evaluator[] = [layers, analysis];

function layersOf(
  name: string,
  change: (layer: Layer) => Layer,
  changePlane: (plane: Plane) => Plane = (it) => it,
): Evaluator {
  return {
    name,
    of: (world) => {
      const read = readWorld(world).plane;
      return decided(changePlane({ ...read, layers: read.layers.map(change) }), world);
    },
  };
}

function decided(plane: Plane, world: World): (flow: Flow) => Answer {
  const end = endsAmong(
    world.documents.filter(({ kind }) => ['Namespace', 'Pod'].includes(kind)),
    entityAt,
  );
  const [must, may] = [boundOf(plane, 'allow'), boundOf(plane, 'deny')];
  return ({ from, to, protocol, port }) => {
    const connection = { from: end(from), to: end(to), protocol, port };
    const isPossible = passes(may, connection);
    return passes(must, connection) === isPossible ? isPossible : 'perhaps';
  };
}

/**
 * One bound of layers that are a union: the lower one without uncertain rules that allow, the upper one without those that
 * deny and without uncertain isolations.
 */
function boundOf(plane: Plane, leftOut: 'allow' | 'deny'): Plane {
  const layers = plane.layers.map((layer) => ({
    ...layer,
    rules: layer.rules.filter(({ action, isUncertain }) => isUncertain !== true || action !== leftOut),
    isolations: layer.isolations.filter(({ isUncertain }) => isUncertain !== true || leftOut === 'allow'),
  }));
  return { ...plane, layers };
}

type Json = Readonly<Record<string, unknown>>;

function documentsOf(name: string, change: (document: KubernetesObject) => KubernetesObject): Evaluator {
  return {
    name,
    of: (world, mode) => {
      const documents = world.documents.map((it) => (it.apiVersion === 'cilium.io/v2' ? change(it) : it));
      return layers.of({ ...world, documents }, mode);
    },
  };
}

function entityAt(address: string): 'nodes' | 'ingress' | undefined {
  if (address === NODE) return 'nodes';
  return address === GATEWAY ? 'ingress' : undefined;
}

function readWorld({ documents }: World, change: () => Partial<PoliciesRead> = () => ({})) {
  const reading = sound(readManifests(documents.filter(({ kind }) => kind !== 'Node' && kind !== 'Flows')));
  const plane = compose({ ...reading, ...change() }, { version: '1.20', ipBlockMode: 'external-only' });
  return { reading, plane: { ...plane, layers: plane.layers.map(asJudged) } };
}

/**
 * As the judge sees it: a connection that a rule about requests redirects passes, names lead to known addresses, and no node
 * runs the API server.
 */
function asJudged(layer: Layer): Layer {
  return {
    ...layer,
    rules: layer.rules.flatMap(({ requests: _, peers, ...rule }) => {
      const known = peers.flatMap(resolved);
      return known.length === 0 ? [] : [{ ...rule, peers: known }];
    }),
  };
}

function resolved(peer: RulePeer): RulePeer[] {
  if (peer.kind === 'entity' && peer.entity === 'api-server') return [];
  if (peer.kind !== 'hosts') return [peer];
  const isMeant = (name: string) => (pattern: HostPattern) => matchesHost(pattern, name) === true;
  const named = Object.entries(DOMAINS).filter(([name]) => peer.patterns.some(isMeant(name)));
  const addresses = named.flatMap(([, list]) => list).map(ips.fromAddress);
  return [{ kind: 'addresses', addresses: ips.union(ips.none, ...addresses) }];
}

function inRulesOf(change: (rule: Rule) => Rule): (layer: Layer) => Layer {
  return (layer) => ({ ...layer, rules: layer.rules.map(change) });
}

function unnamed({ ports }: Rule, protocol: 'TCP' | 'UDP') {
  return { ...ports[protocol], names: [] };
}

function inSpecs(change: (spec: Json) => Json): (document: KubernetesObject) => KubernetesObject {
  return (document) => ({
    ...document,
    ...(document.spec !== undefined && { spec: change(document.spec as Json) }),
    ...(document.specs !== undefined && { specs: (document.specs as Json[]).map(change) }),
  });
}

const LISTS = ['ingress', 'ingressDeny', 'egress', 'egressDeny'];

function inRules(change: (rule: Json, side: 'from' | 'to') => Json): (document: KubernetesObject) => KubernetesObject {
  return inSpecs((spec) => ({
    ...spec,
    ...Object.fromEntries(
      LISTS.filter((name) => spec[name] !== undefined).map((name) => [
        name,
        (spec[name] as Json[]).map((rule) => change(rule, name.startsWith('in') ? 'from' : 'to')),
      ]),
    ),
  }));
}

function inPeers(change: (peer: Json, isOfNamespace: boolean) => Json) {
  return (document: KubernetesObject): KubernetesObject =>
    inRules((rule, side) => {
      const peers = rule[`${side}Endpoints`] as Json[] | undefined;
      if (peers === undefined) return rule;
      const isOfNamespace = document.metadata.namespace !== undefined;
      return { ...rule, [`${side}Endpoints`]: peers.map((peer) => change(peer, isOfNamespace)) };
    })(document);
}

function inPorts(change: (port: Json) => Json) {
  return inRules((rule) => {
    if (rule.toPorts === undefined) return rule;
    const entries = (rule.toPorts as Json[]).filter((entry) => entry.rules === undefined);
    const others = (rule.toPorts as Json[]).filter((entry) => entry.rules !== undefined);
    return {
      ...rule,
      toPorts: [...others, ...entries.map((it) => ({ ...it, ports: (it.ports as Json[]).map(change) }))],
    };
  });
}

function without(object: Json, isOut: (entry: [string, unknown]) => boolean): Json {
  return Object.fromEntries(Object.entries(object).filter((entry) => !isOut(entry)));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
