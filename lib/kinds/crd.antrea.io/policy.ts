import type { Direction, PolicyRef, Rule } from '../../model/layer';
import type { PodSet } from '../../model/pod-set';
import * as ports from '../../model/port-set';
import { said } from '../../model/said';
import type { Beside } from '../beside';
import type { Field } from '../field';
import { memoizing } from '../networking.k8s.io';
import { policyReader, type SpecReading } from '../read-policy';
import { isMulticast, readAppliedTo, readPeers } from './peers';
import type { Scope } from './scope';
import { notRead, oneOf, refused } from './shape';
import { readTierName } from './tiers';
import { readRequests, readTraffic } from './traffic';

const GROUP = { group: 'crd.antrea.io', apiVersions: ['crd.antrea.io/v1beta1'] };

/** Both as Antrea's CRDs and its admission take them. Neither isolates anybody: what no rule matches goes on. */
export const antreaNetworkPolicyReader = policyReader(
  { ...GROUP, kind: 'NetworkPolicy', isClusterWide: false },
  readSpec,
);
export const antreaClusterNetworkPolicyReader = policyReader(
  { ...GROUP, kind: 'ClusterNetworkPolicy', isClusterWide: true },
  readSpec,
);

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

function readSpec(spec: Field, policy: PolicyRef, beside: Beside): SpecReading {
  spec.only(['tier', 'priority', 'appliedTo', 'ingress', 'egress']);
  const scope: Scope = { namespace: policy.namespace, values: memoizing(), beside };
  const tier = readTierName(spec.child('tier'));
  const before = spec.problemCount;
  const subjects = readAppliedTo(spec.child('appliedTo'), scope);
  // Where each rule says whom it is about, one that is not understood may have lost it.
  const areSubjectsKnown = subjects.length > 0 && spec.problemCount === before;
  const rules = DIRECTIONS.flatMap((direction) =>
    spec
      .child(direction)
      .items()
      .flatMap((rule, index) => readRule(rule, { policy, direction, index, tier, subjects, scope })),
  );
  refuseMisapplied(spec);
  refuseRepeatedNames(spec);
  const rank = { layer: tier, order: readPriority(spec.child('priority')) };
  return { rules, isolations: [], rank, ...(areSubjectsKnown && { mayBind: subjects }) };
}

interface RulePlace {
  readonly policy: PolicyRef;
  readonly direction: Direction;
  /** Rules of one tier and one priority are asked by their position, whatever policy they are of. */
  readonly index: number;
  readonly tier: string;
  /** Of the whole policy; none where each rule says its own. */
  readonly subjects: readonly PodSet[];
  readonly scope: Scope;
}

const ACTIONS: Readonly<Record<string, Rule['action']>> = {
  Allow: 'allow',
  Drop: 'deny',
  Reject: 'deny',
  Pass: 'pass',
};

/**
 * A rule for each subject. One with requests is two: connections that its L3 and L4 match are asked about them, and what
 * they do not admit is dropped there and then (docs/antrea-l7-network-policy.md).
 */
function readRule(field: Field, place: RulePlace): Rule[] {
  const { policy, direction, index, scope } = place;
  const side = direction === 'ingress' ? 'from' : 'to';
  const more = direction === 'egress' ? ['toServices'] : [];
  field.only([
    'name',
    'action',
    side,
    ...more,
    'ports',
    'protocols',
    'l7Protocols',
    'appliedTo',
    'enableLogging',
    'logLabel',
  ]);
  const action = ACTIONS[oneOf(field.child('action'), Object.keys(ACTIONS)) ?? 'Drop'];
  const subjects = [...place.subjects, ...readAppliedTo(field.child('appliedTo'), scope)];
  const peers = readPeers(field.child(side), direction, scope);
  const traffic = readTraffic(field);
  const requests = readRequests(field);
  refuseUnsound(field, place, action);
  if (requests !== undefined) refuseUnsoundRequests(field, action);
  if (action !== 'allow' && peers.some(({ kind }) => kind === 'hosts')) {
    notRead(field, 'It denies or passes on names, of which some addresses may not be known', 'names with Allow');
  }
  if (ports.isEmpty(traffic) || peers.length === 0) return [];
  return subjects.flatMap((subject) =>
    withRest({ policy, direction, index, subject, peers, ports: traffic, action, ...(requests && { requests }) }),
  );
}

function withRest(rule: Rule): Rule[] {
  if (rule.requests === undefined) return [rule];
  const { requests: _, ...rest } = rule;
  return [rule, { ...rest, action: 'deny' }];
}

function refuseUnsound(field: Field, { tier, direction }: RulePlace, action: Rule['action']): void {
  if (action === 'pass' && tier === 'baseline') {
    refused(
      field.child('action'),
      'Pass stands in the baseline tier, after which nothing comes',
      'Allow, Drop, Reject',
    );
  }
  const toServices = field.child('toServices');
  if (!toServices.isAbsent)
    notRead(toServices, 'It names Services, which are other objects', 'selectors of their pods');
  if (direction === 'egress') refuseMixedMulticast(field.child('to'));
}

function refuseMixedMulticast(to: Field): void {
  const blocks = to.items().flatMap((peer) => {
    const block = peer.child('ipBlock');
    return block.isAbsent ? [] : [isMulticast(block.child('cidr').value)];
  });
  if (new Set(blocks).size > 1) refused(to, 'Blocks of multicast stand beside others', 'a rule for each of the two');
}

function refuseUnsoundRequests(field: Field, action: Rule['action']): void {
  const l7 = field.child('l7Protocols');
  if (action !== 'allow') refused(l7, 'l7Protocols stand in a rule that does not allow', 'Allow');
  const isHttp = l7.items().some((item) => !item.child('http').isAbsent);
  const others = field
    .child('ports')
    .items()
    .filter((port) => !port.child('protocol').isAbsent && port.child('protocol').value !== 'TCP');
  if (isHttp && (others.length > 0 || field.child('protocols').items().length > 0)) {
    refused(l7, 'HTTP stands beside another protocol than TCP', 'ports of TCP');
  }
}

/** `appliedTo` is in the policy, or in each of its rules. */
function refuseMisapplied(spec: Field): void {
  const rules = DIRECTIONS.flatMap((direction) => spec.child(direction).items());
  const inRules = rules.filter((rule) => rule.child('appliedTo').items().length > 0).length;
  const isInSpec = spec.child('appliedTo').items().length > 0;
  if (isInSpec ? inRules > 0 : inRules === 0 || inRules < rules.length) {
    refused(
      spec.child('appliedTo'),
      'appliedTo is not in exactly one place',
      'appliedTo in the spec, or in every rule',
    );
  }
}

/** Those that are not given are made up by Antrea. */
function refuseRepeatedNames(spec: Field): void {
  const seen = new Set<string>();
  for (const rule of DIRECTIONS.flatMap((direction) => spec.child(direction).items())) {
    const name = rule.child('name').text() ?? '';
    if (name !== '' && seen.has(name))
      refused(rule.child('name'), `Another rule is named ${name}`, 'unique names', name);
    seen.add(name);
  }
}

function readPriority(field: Field): number {
  const { value } = field;
  if (typeof value === 'number' && value >= 1 && value <= 10000) return value;
  refused(field, `${said(value)} is not a priority`, 'a number from 1, which is asked first, to 10000', value);
  return Number.POSITIVE_INFINITY;
}
