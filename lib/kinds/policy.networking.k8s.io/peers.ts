import type { HostPattern } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import type { Direction, RulePeer } from '../../model/layer';
import { type PodSet, podSet } from '../../model/pod-set';
import * as selectors from '../../model/selector';
import type { Field } from '../field';
import type { Values } from '../networking.k8s.io';
import { exactlyOne, requireCount } from './shape';

const PEER_FIELDS: Readonly<Record<Direction, readonly string[]>> = {
  // Sources are pods alone: what comes from outside cannot be named (network-policy-api, `ClusterNetworkPolicyIngressPeer`).
  ingress: ['namespaces', 'pods'],
  egress: ['namespaces', 'pods', 'nodes', 'networks', 'domainNames'],
};

/** `subject` of a policy: pods of namespaces, or pods. */
export function readSubject(field: Field, values: Values): PodSet {
  return readPodSet(field, exactlyOne(field, ['namespaces', 'pods']), values) ?? NOBODY;
}

/** One of `from` or `to`. */
export function readPeer(field: Field, direction: Direction, values: Values): RulePeer {
  const which = exactlyOne(field, PEER_FIELDS[direction]);
  switch (which) {
    case 'networks':
      return { kind: 'addresses', addresses: readNetworks(field.child(which)) };
    case 'domainNames':
      return { kind: 'hosts', patterns: readDomainNames(field.child(which)) };
    case 'nodes':
      return readNodes(field.child(which), values);
    default:
      return { kind: 'pods', pods: readPodSet(field, which, values) ?? NOBODY };
  }
}

const NOBODY = podSet(selectors.nothing, selectors.nothing);

function readPodSet(field: Field, which: string | undefined, values: Values): PodSet | undefined {
  if (which === 'namespaces') return podSet(values.namespaces(field.child(which)), selectors.anything);
  if (which !== 'pods') return undefined;
  const pods = field.child(which).only(['namespaceSelector', 'podSelector']);
  const podSelector = pods.child('podSelector');
  if (podSelector.isAbsent) podSelector.refuse(NO_POD_SELECTOR);
  // Without a selector of namespaces, pods of all of them: the type has an empty selector there (`NamespacedPod`).
  return podSet(values.namespaces(pods.child('namespaceSelector')), values.pods(podSelector));
}

function readNetworks(field: Field): ips.IpSet {
  const items = requireCount(field, 'networks');
  refuseRepeated(items);
  return ips.unionOf(items.map((item) => item.try((text) => ips.fromBlock(text as never)) ?? ips.none));
}

/** `*.example.com` has any depth, and not the domain itself; a dot at the end says nothing (`DomainName`). */
function readDomainNames(field: Field): HostPattern[] {
  const items = requireCount(field, 'domainNames');
  refuseRepeated(items);
  return items.flatMap((item) => {
    const text = item.text()?.toLowerCase().replace(/\.$/, '');
    if (text === undefined || !DOMAIN_NAME.test(text)) {
      item.refuse(domainNameProblem(item.value));
      return [];
    }
    return text.startsWith('*.') ? { kind: 'any-depth', under: text.slice(2) } : { kind: 'exact', name: text };
  });
}

const DOMAIN_NAME = /^(\*\.)?([a-z0-9]([-a-z0-9_]*[a-z0-9])?\.)+[a-z0-9]([-a-z0-9_]*[a-z0-9])?$/;

/** Every node is what the model knows; some nodes by their labels are no addresses that manifests tell. */
function readNodes(field: Field, values: Values): RulePeer {
  const nodes = values.namespaces(field);
  if (!selectors.isAnything(nodes)) field.refuse({ ...SOME_NODES, value: selectors.selectorText(nodes) });
  return { kind: 'entity', entity: 'nodes' };
}

/** Networks and domain names are sets for the API server. */
function refuseRepeated(items: readonly Field[]): void {
  items.forEach((item, i) => {
    if (items.findIndex(({ value }) => value === item.value) < i) {
      item.refuse({
        rule: 'repeated',
        what: `'${String(item.value)}' is there twice, which the API server refuses`,
        value: String(item.value),
        allowed: 'each once',
        fix: 'Take it out.',
      });
    }
  });
}

function domainNameProblem(value: unknown) {
  return {
    rule: 'domain-name',
    what: `'${String(value)}' is not a domain name that the API server takes`,
    value: String(value),
    allowed: "a name with a dot in it, or one behind '*.'",
    fix: 'Write the name without scheme, port and path.',
  };
}

const NO_POD_SELECTOR = {
  rule: 'field-missing',
  what: 'There is no podSelector, and the API server refuses to guess',
  allowed: 'a podSelector; {} for every pod',
  fix: 'Write podSelector: {}.',
};

const SOME_NODES = {
  rule: 'unread-policy',
  what: 'Nodes are selected by their labels, which manifests do not tell, so that the policy is not read',
  allowed: 'nodes: {}, or networks',
  fix: 'Name the addresses of the nodes as networks.',
};
