import type { Direction, PolicyRef, Rule } from '../../model/layer';
import type { PodSet } from '../../model/pod-set';
import { isEmptyPodSet, podSet } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { RequestMatch } from '../../model/request-match';
import * as selectors from '../../model/selector';
import type { Field } from '../field';
import { type Entity, type IpVersion, peersOf, readEntity } from './entity';
import { readHttp } from './http';
import { type RuleProtocol, readPorts, readProtocol } from './ports';
import { itemsUpTo, notRead, oneOf } from './shape';

const RULE_FIELDS = [
  'action',
  'ipVersion',
  'protocol',
  'icmp',
  'notProtocol',
  'notICMP',
  'source',
  'destination',
  'http',
  'metadata',
];

const ACTIONS = { Allow: 'allow', Deny: 'deny', Pass: 'pass', Log: undefined } as const;

/** The rules of one direction that decide something: Log decides nothing, and ICMP is outside what is compared. */
export function readRules(list: Field, direction: Direction, policy: PolicyRef, subject: PodSet): Rule[] {
  return itemsUpTo(list, 1024, 'rules').flatMap((field, index) => readRule(field, direction, index, policy, subject));
}

function readRule(field: Field, direction: Direction, index: number, policy: PolicyRef, subject: PodSet): Rule[] {
  field.only(RULE_FIELDS);
  field.child('metadata').only(['annotations']).child('annotations').texts();
  const action = readAction(field.child('action'));
  const version = oneOf(field.child('ipVersion'), [4, 6] as const);
  const protocol = readProtocol(field.child('protocol'));
  refuseUnread(field, protocol);
  const [own, other] = direction === 'ingress' ? ['destination', 'source'] : ['source', 'destination'];
  const ownEnd = field.child(own);
  const peers = peersOf(field.child(other), readEntity(field.child(other), policy.namespace, version), version);
  const narrowed = narrow(ownEnd, subject, readEntity(ownEnd, policy.namespace, version), version);
  refuseSourcePorts(field.child('source'));
  const set = readPorts(field.child('destination'), protocol);
  const requests = readRequests(field.child('http'), direction, action, protocol);
  const decides = action !== undefined && !ports.isEmpty(set) && !isEmptyPodSet(narrowed);
  if (!decides) return [];
  const what = requests === undefined ? { ports: set } : { ports: onlyTcp(set), requests };
  return [{ policy, direction, index, subject: narrowed, peers, ...what, action }];
}

function readAction(field: Field): Rule['action'] | undefined {
  const word = oneOf(field, ['Allow', 'Deny', 'Pass', 'Log'] as const);
  if (field.isAbsent) {
    field.refuse({
      rule: 'field-missing',
      what: 'The rule says no action, and the API server refuses it',
      allowed: 'Allow, Deny, Pass, Log',
      fix: 'Say what becomes of what the rule matches.',
    });
  }
  return word === undefined ? undefined : ACTIONS[word];
}

/** The end that the policy is about may be narrowed by a rule, by label. */
function narrow(field: Field, subject: PodSet, { selected, addresses }: Entity, version: IpVersion): PodSet {
  if (addresses !== undefined) notRead(field, 'it narrows its own pods by address', 'selectors of them');
  if (selected === undefined) return subject;
  if (version !== undefined) notRead(field, 'it is about pods by label and by family', 'rules without ipVersion');
  return podSet(selectors.both(subject.namespaces, selected.namespaces), selectors.both(subject.pods, selected.pods));
}

function refuseSourcePorts(source: Field): void {
  for (const name of ['ports', 'notPorts']) {
    const list = source.child(name);
    if (list.items().length > 0)
      notRead(list, 'it is about the ports that connections come from', 'ports of destination');
  }
}

function refuseUnread(field: Field, protocol: RuleProtocol): void {
  const not = field.child('notProtocol');
  if (!not.isAbsent) {
    readProtocol(not);
    notRead(not, 'it is about all protocols but one', 'protocol');
  }
  for (const name of ['icmp', 'notICMP']) {
    const icmp = field.child(name).only(['type', 'code']);
    if (!icmp.isAbsent && protocol !== 'ICMP')
      notRead(icmp, 'it is about messages of ICMP', 'protocol: ICMP or ICMPv6');
  }
}

/** Limits of the validator (libcalico-go/lib/validator/v3): with Allow, TCP and ingress only. */
function readRequests(
  field: Field,
  direction: Direction,
  action: Rule['action'] | undefined,
  protocol: RuleProtocol,
): RequestMatch[] | undefined {
  if (field.isAbsent) return undefined;
  const misplaced =
    direction === 'egress'
      ? 'in an egress rule'
      : action !== 'allow'
        ? 'in a rule that does not allow'
        : protocol !== 'TCP' && protocol !== 'any'
          ? 'beside a protocol that is not TCP'
          : undefined;
  if (misplaced !== undefined) {
    field.refuse({
      rule: 'calico-http',
      what: `http stands ${misplaced}, and Calico refuses it`,
      allowed: 'http in an ingress rule with the action Allow, and TCP or no protocol',
      fix: 'Take it out, or move the rule.',
    });
  }
  return readHttp(field);
}

function onlyTcp(set: PortSet): PortSet {
  return { ...ports.none, TCP: set.TCP };
}
