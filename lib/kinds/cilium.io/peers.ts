import * as ips from '../../model/ip-set';
import type { Direction, RulePeer } from '../../model/layer';
import { podSet } from '../../model/pod-set';
import { said } from '../../model/said';
import * as selectors from '../../model/selector';
import type { Field } from '../field';
import { readHosts } from './hosts';
import type { RuleContext } from './rule-context';
import { readPeer } from './selectors';
import { notRead, oneOf } from './shape';

/** Fields of peers, but for toFQDNs, which only rules that allow egress have. */
export const PEER_FIELDS: Readonly<Record<Direction, readonly string[]>> = {
  ingress: ['fromEndpoints', 'fromCIDR', 'fromCIDRSet', 'fromEntities', 'fromGroups', 'fromNodes', 'fromRequires'],
  egress: ['toEndpoints', 'toCIDR', 'toCIDRSet', 'toEntities', 'toGroups', 'toNodes', 'toRequires', 'toServices'],
};

/** What of each direction is not understood, and why. */
const UNREAD: readonly (readonly [string, string])[] = [
  ['Groups', 'it is about groups of a cloud'],
  ['Nodes', 'it is about nodes by their labels'],
  ['Requires', 'it adds requirements to the peers of other rules, and releases differ on it'],
  ['Services', 'it is about Services, and which addresses are behind them is not worked out'],
];

/** Kinds that select nobody where their list is there and empty (pkg/policy/utils, `mergeEndpointSelectors`). */
const NOBODY_WHERE_EMPTY = ['Endpoints', 'CIDR', 'CIDRSet', 'Entities', 'Nodes'];

/** Peers of one rule: those it is certainly about, and those it may be about. */
export interface Peers {
  readonly certain: readonly RulePeer[];
  readonly possible: readonly RulePeer[];
}

/** The peers of one rule; undefined where it names none, which means every peer; none where it selects nobody. */
export function readPeers(field: Field, { direction, namespace }: RuleContext): Peers | undefined {
  const of = (kind: string) => field.child(`${direction === 'ingress' ? 'from' : 'to'}${kind}`);
  refuseMixed(field, direction);
  for (const [kind, why] of UNREAD) {
    if (of(kind).items().length > 0) notRead(of(kind), why, 'peers by labels, addresses, entities or host names');
  }
  const endpoints = of('Endpoints')
    .items()
    .map((item) => readPeer(item, namespace));
  const podsOf = (isUncertain: boolean) =>
    endpoints.filter((it) => it.isUncertain === isUncertain).map(({ pods }): RulePeer => ({ kind: 'pods', pods }));
  const certain = [
    ...podsOf(false),
    ...addresses([...of('CIDR').items().map(readCidr), ...of('CIDRSet').items().map(readCidrSet)]),
    ...readEntities(of('Entities')),
    ...(direction === 'egress' ? readHosts(of('FQDNs')) : []),
  ];
  const isNobody = NOBODY_WHERE_EMPTY.some((kind) => !of(kind).isAbsent && of(kind).items().length === 0);
  const isNamed = field
    .names()
    .some((name) => /^(from|to)(?!Ports)/.test(name) && field.child(name).items().length > 0);
  if (isNobody) return { certain: [], possible: [] };
  return isNamed ? { certain, possible: podsOf(true) } : undefined;
}

/** One kind in a rule (pkg/policy/api/rule_validation.go, "combining … is not supported yet"). */
function refuseMixed(field: Field, direction: Direction): void {
  const given = [...PEER_FIELDS[direction], 'toFQDNs'].filter((name) => field.child(name).items().length > 0);
  if (given.length < 2) return;
  field.refuse({
    rule: 'cilium-mixed-peers',
    what: `${given.join(' and ')} stand beside each other in one rule, and the agent refuses the policy`,
    value: given.join(', '),
    allowed: 'one kind of peers in a rule',
    fix: 'Make a rule of each.',
  });
}

function addresses(sets: readonly ips.IpSet[]): RulePeer[] {
  return sets.length === 0 ? [] : [{ kind: 'addresses', addresses: ips.unionOf(sets) }];
}

function readCidr(field: Field): ips.IpSet {
  const text = field.text();
  if (field.isAbsent) field.refuse(NO_CIDR);
  return (text === undefined ? undefined : field.try(() => ips.fromBlock(text))) ?? ips.none;
}

/** An exception may be as wide as the block, unlike in a NetworkPolicy. */
function readCidrSet(field: Field): ips.IpSet {
  field.only(['cidr', 'cidrGroupRef', 'cidrGroupSelector', 'except']);
  const kinds = ['cidr', 'cidrGroupRef', 'cidrGroupSelector'].filter((name) => !field.child(name).isAbsent);
  if (kinds.length !== 1) {
    field.refuse({
      rule: 'one-of',
      what:
        kinds.length === 0
          ? 'Nothing says which addresses are meant'
          : `${kinds.join(' and ')} stand beside each other`,
      value: kinds.join(', '),
      allowed: 'exactly one of cidr, cidrGroupRef, cidrGroupSelector',
      fix: "Write one: cidr: '192.0.2.0/24' for a block, cidrGroupRef for a CiliumCIDRGroup by its name, cidrGroupSelector for those with labels.",
    });
    return ips.none;
  }
  if (kinds[0] !== 'cidr') {
    notRead(field.child(kinds[0] as string), 'it is about the blocks of a CiliumCIDRGroup', 'cidr');
    return ips.none;
  }
  const block = readCidr(field.child('cidr'));
  const excepts = field
    .child('except')
    .items()
    .map((item) => {
      const except = readCidr(item);
      if (!ips.contains(block, except)) item.refuse({ ...EXCEPT_OUTSIDE, value: said(item.value) });
      return except;
    });
  return ips.difference(block, ips.unionOf(excepts));
}

const ENTITIES = [
  'all',
  'world',
  'cluster',
  'cluster-mesh',
  'host',
  'remote-node',
  'kube-apiserver',
  'health',
  'ingress',
  'init',
  'unmanaged',
  'none',
] as const;

const EVERY_POD: RulePeer = { kind: 'pods', pods: podSet(selectors.anything, selectors.anything) };
const NODES: RulePeer = { kind: 'entity', entity: 'nodes' };
const API_SERVER: RulePeer = { kind: 'entity', entity: 'api-server' };
const GATEWAY: RulePeer = { kind: 'entity', entity: 'ingress' };

/** What entities mean (pkg/policy/api/entity.go). Health checks of Cilium itself are outside what is compared. */
const MEANINGS: Readonly<Partial<Record<(typeof ENTITIES)[number], readonly RulePeer[]>>> = {
  all: [{ kind: 'anything' }],
  world: [{ kind: 'addresses', addresses: ips.all }],
  cluster: [EVERY_POD, NODES, API_SERVER, GATEWAY],
  'kube-apiserver': [API_SERVER],
  ingress: [GATEWAY],
  health: [],
  none: [],
};

const UNREAD_ENTITIES: Readonly<Record<string, string>> = {
  'cluster-mesh': 'it is about pods of other clusters',
  init: 'it is about pods whose labels are not known yet',
  unmanaged: 'it is about pods that Cilium does not manage',
};

/** Nodes are the host of the pod and all others together; one of the two is part of an end that is not told apart. */
function readEntities(field: Field): RulePeer[] {
  const given = new Map(field.items().map((item) => [oneOf(item, ENTITIES), item]));
  for (const [entity, item] of given) {
    const why = entity === undefined ? undefined : UNREAD_ENTITIES[entity];
    if (why !== undefined) notRead(item, why, Object.keys(MEANINGS).join(', '));
  }
  const meant = [...given.keys()].flatMap((entity) => (entity === undefined ? [] : (MEANINGS[entity] ?? [])));
  const nodes = (['host', 'remote-node'] as const).filter((entity) => given.has(entity));
  if (nodes.length === 0 || given.has('all') || given.has('cluster')) return meant;
  if (nodes.length === 1) {
    notRead(
      given.get(nodes[0] as 'host') as Field,
      `${nodes[0]} is a part of the nodes, which are not told apart`,
      'host and remote-node together',
    );
  }
  return [...meant, NODES];
}

const NO_CIDR = {
  rule: 'cidr',
  what: 'A block is missing',
  allowed: "an IPv4 or IPv6 block, as '10.20.0.0/16'",
  fix: "Write the block: '192.0.2.0/24', or '192.0.2.10/32' for one address.",
};

const EXCEPT_OUTSIDE = {
  rule: 'cidr-except',
  what: 'The exception is not inside the block, and the agent refuses the policy',
  allowed: 'blocks inside cidr',
  fix: 'Take it out, or correct it.',
};
