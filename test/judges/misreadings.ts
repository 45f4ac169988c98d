import type { BlockMode, Evaluator } from './evaluator';
import { naive } from './evaluators';
import type { KubernetesObject, World } from './world';

type Json = { readonly [key: string]: unknown };

/** Evaluators that each get one thing of NetworkPolicy wrong: verdicts that let one of them pass would prove nothing. */
export const misreadings: readonly Evaluator[] = [
  misreading('policyTypes say nothing', (spec) => without(spec, 'policyTypes')),
  misreading('no policyTypes means both directions', (spec) => {
    return isFilled(spec.policyTypes) ? spec : { ...spec, policyTypes: ['Ingress', 'Egress'] };
  }),
  misreading('an empty list of rules allows everything', (spec) => ({
    ...spec,
    ...(isEmptyList(spec.ingress) ? { ingress: [{}] } : {}),
    ...(isEmptyList(spec.egress) ? { egress: [{}] } : {}),
  })),
  misreading(
    'an absent namespaceSelector means every namespace',
    inPeers((peer) => {
      return isObject(peer.podSelector) && !isObject(peer.namespaceSelector)
        ? { ...peer, namespaceSelector: {} }
        : peer;
    }),
  ),
  misreading(
    'an empty namespaceSelector means the own namespace',
    inPeers((peer) => {
      const isEmpty = isObject(peer.namespaceSelector) && Object.keys(peer.namespaceSelector).length === 0;
      return isEmpty ? { podSelector: peer.podSelector ?? {} } : peer;
    }),
  ),
  misreading(
    'selectors beside each other are an OR',
    inPeersMany((peer) => {
      if (!isObject(peer.podSelector) || !isObject(peer.namespaceSelector)) return [peer];
      return [{ podSelector: peer.podSelector }, { namespaceSelector: peer.namespaceSelector }];
    }),
  ),
  misreading(
    'NotIn needs the key',
    inSelectors((requirement) => {
      return requirement.operator === 'NotIn'
        ? [requirement, { key: requirement.key, operator: 'Exists' }]
        : [requirement];
    }),
  ),
  misreading(
    'DoesNotExist says nothing',
    inSelectors((requirement) => {
      return requirement.operator === 'DoesNotExist' ? [] : [requirement];
    }),
  ),
  misreading(
    'excepts are forgotten',
    inPeers((peer) => {
      return isObject(peer.ipBlock) ? { ipBlock: without(peer.ipBlock, 'except') } : peer;
    }),
  ),
  misreading(
    'endPort is forgotten',
    inPorts((port) => [without(port, 'endPort')]),
  ),
  misreading(
    'a port without protocol is of every protocol',
    inPorts((port) => {
      const protocols = isFilled(port.protocol) ? [port.protocol] : ['TCP', 'UDP', 'SCTP'];
      return protocols.map((protocol) => ({ ...port, protocol }));
    }),
  ),
  misreading(
    'SCTP is TCP',
    inPorts((port) => [port.protocol === 'SCTP' ? { ...port, protocol: 'TCP' } : port]),
  ),
  misreading(
    'a named port is never matched',
    inPorts((port) => [typeof port.port === 'string' ? { port: 1 } : port]),
  ),
  misreading(
    'a named port is every port',
    inPorts((port) => [typeof port.port === 'string' ? without(port, 'port') : port]),
  ),
  {
    name: 'blocks mean the other thing for pods',
    of: (world, mode) => naive.of(world, mode === 'pods' ? 'external-only' : 'pods'),
  },
];

/** The naive evaluator on policies that were read wrong. */
function misreading(name: string, misread: (spec: Json) => Json): Evaluator {
  const wrong = (document: KubernetesObject) => {
    return document.kind === 'NetworkPolicy' ? { ...document, spec: misread(document.spec as Json) } : document;
  };
  return {
    name,
    of: (world: World, mode: BlockMode) => naive.of({ ...world, documents: world.documents.map(wrong) }, mode),
  };
}

function inRules(change: (rule: Json) => Json): (spec: Json) => Json {
  const changed = (rules: unknown) => (Array.isArray(rules) ? rules.map(change) : rules);
  return (spec) => ({ ...spec, ingress: changed(spec.ingress), egress: changed(spec.egress) });
}

function inPeersMany(change: (peer: Json) => Json[]): (spec: Json) => Json {
  const changed = (peers: unknown) => (Array.isArray(peers) ? peers.flatMap(change) : peers);
  return inRules((rule) => ({ ...rule, from: changed(rule.from), to: changed(rule.to) }));
}

function inPeers(change: (peer: Json) => Json): (spec: Json) => Json {
  return inPeersMany((peer) => [change(peer)]);
}

function inPorts(change: (port: Json) => Json[]): (spec: Json) => Json {
  return inRules((rule) => ({ ...rule, ports: Array.isArray(rule.ports) ? rule.ports.flatMap(change) : rule.ports }));
}

function inSelectors(change: (requirement: Json) => Json[]): (spec: Json) => Json {
  const changed = (selector: unknown) => {
    if (!isObject(selector) || !Array.isArray(selector.matchExpressions)) return selector;
    return { ...selector, matchExpressions: selector.matchExpressions.flatMap(change) };
  };
  const peers = inPeers((peer) => ({
    ...peer,
    podSelector: changed(peer.podSelector),
    namespaceSelector: changed(peer.namespaceSelector),
  }));
  return (spec) => peers({ ...spec, podSelector: changed(spec.podSelector) });
}

function without(value: Json, key: string): Json {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && !isEmptyList(value);
}
