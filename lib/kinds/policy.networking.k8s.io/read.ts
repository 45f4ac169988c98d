import type { Direction, PolicyRef, Rule } from '../../model/layer';
import type { PodSet } from '../../model/pod-set';
import * as ports from '../../model/port-set';
import type { Field } from '../field';
import { memoizing, type Values } from '../networking.k8s.io';
import { policyReader, type SpecReading } from '../read-policy';
import { readPeer, readSubject } from './peers';
import { readProtocols } from './ports';
import { requireCount } from './shape';

/**
 * ClusterNetworkPolicy of v1alpha2, in both of its channels, as its CRD validates it (sigs.k8s.io/network-policy-api
 * v0.2.0, `apis/v1alpha2/clusternetworkpolicy_types.go`). It isolates nobody: what no rule matches goes on.
 */
export const clusterNetworkPolicyReader = policyReader(
  {
    group: 'policy.networking.k8s.io',
    kind: 'ClusterNetworkPolicy',
    apiVersions: ['policy.networking.k8s.io/v1alpha2'],
    isClusterWide: true,
  },
  readSpec,
);

function readSpec(spec: Field, policy: PolicyRef): SpecReading {
  spec.only(['tier', 'priority', 'subject', 'ingress', 'egress']);
  const values = memoizing();
  const subject = readSubject(spec.child('subject'), values);
  return {
    rules: [
      ...readRules(spec.child('ingress'), 'ingress', policy, subject, values),
      ...readRules(spec.child('egress'), 'egress', policy, subject, values),
    ],
    isolations: [],
    mayBind: [subject],
    rank: { layer: readTier(spec.child('tier')), order: readPriority(spec.child('priority')) },
  };
}

const ACTIONS: Readonly<Record<string, Rule['action']>> = { Accept: 'allow', Deny: 'deny', Pass: 'pass' };

function readRules(field: Field, direction: Direction, policy: PolicyRef, subject: PodSet, values: Values): Rule[] {
  const peers = direction === 'ingress' ? 'from' : 'to';
  return requireCount(field, 'rules', 0).map((rule, index) => {
    rule.only(['name', 'action', peers, 'protocols']);
    readRuleName(rule.child('name'));
    const action = readAction(rule.child('action'));
    const read: Rule = {
      policy,
      direction,
      index,
      subject,
      peers: requireCount(rule.child(peers), 'peers').map((peer) => readPeer(peer, direction, values)),
      ports: readProtocols(rule.child('protocols')),
      action,
    };
    refuseUnsound(rule, read);
    return read;
  });
}

function readAction(field: Field): Rule['action'] {
  const action = Object.hasOwn(ACTIONS, String(field.value)) ? ACTIONS[String(field.value)] : undefined;
  if (action !== undefined) return action;
  field.refuse(oneOfTexts('rule-action', 'an action', field.value, Object.keys(ACTIONS)));
  return 'deny';
}

function readTier(field: Field): string {
  if (field.value !== 'Admin' && field.value !== 'Baseline')
    field.refuse(oneOfTexts('policy-tier', 'a tier', field.value, ['Admin', 'Baseline']));
  return String(field.value);
}

function readPriority(field: Field): number {
  const { value } = field;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1000) return value;
  field.refuse({
    rule: 'policy-priority',
    what: `${String(value)} is not a priority`,
    value: String(value),
    allowed: 'a whole number from 0, which is asked first, to 1000',
    fix: 'Give a number that no other policy of the tier has.',
  });
  return Number.POSITIVE_INFINITY;
}

function readRuleName(field: Field): void {
  const name = field.text() ?? '';
  if ([...name].length <= 100) return;
  field.refuse({
    rule: 'rule-name',
    what: `The name of the rule has ${[...name].length} characters, which the API server refuses`,
    value: name,
    allowed: 'at most 100 characters',
    fix: 'Shorten it.',
  });
}

/** What only shows in the whole rule. */
function refuseUnsound(rule: Field, { peers, ports: set, action }: Rule): void {
  if (ports.hasNames(set) && peers.some(({ kind }) => kind !== 'pods')) {
    rule.refuse({
      rule: 'named-port-without-pods',
      what: 'A named port stands beside networks, nodes or domainNames, which have no names for their ports',
      allowed: 'named ports of pods',
      fix: 'Make two rules of it, with numbers where the peers are not pods.',
    });
  }
  if (action !== 'allow' && peers.some(({ kind }) => kind === 'hosts')) {
    rule.refuse({
      rule: 'domain-name-action',
      what: 'domainNames stand in a rule that does not accept, where they have no meaning',
      allowed: 'domainNames with Accept',
      fix: 'Accept the names, and deny the rest in a rule after it.',
    });
  }
}

function oneOfTexts(rule: string, what: string, value: unknown, allowed: readonly string[]) {
  return {
    rule,
    what: `'${String(value)}' is not ${what}`,
    value: String(value),
    allowed: allowed.join(', '),
    fix: 'Use one of them; their case matters.',
  };
}
