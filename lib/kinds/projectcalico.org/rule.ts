import type { Direction, PolicyRef, Rule } from '../../model/layer';
import * as ports from '../../model/port-set';
import type { Beside } from '../beside';
import type { Field } from '../field';
import { narrowed, type PeersPart, peersOf, readEntity } from './entity';
import type { Selected } from './selectors';
import { itemsUpTo, notRead, oneOf } from './shape';
import { readTraffic, type TrafficPart } from './traffic';

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

/** What the rules of a policy share. */
export interface PolicyContext {
  readonly policy: PolicyRef;
  /** The pods that the policy is about: the union of these. */
  readonly subjects: readonly Selected[];
  readonly beside: Beside;
}

/** The rules of one direction that decide something: Log decides nothing, and ICMP is outside what is compared. */
export function readRules(list: Field, direction: Direction, context: PolicyContext): Rule[] {
  return itemsUpTo(list, 1024, 'rules').flatMap((field, index) => readRule(field, direction, index, context));
}

/** A rule for each of its subjects, and one more for what it may say beside what it certainly says. */
function readRule(
  field: Field,
  direction: Direction,
  index: number,
  { policy, subjects, beside }: PolicyContext,
): Rule[] {
  field.only(RULE_FIELDS);
  field.child('metadata').only(['annotations']).child('annotations').texts();
  const action = readAction(field.child('action'));
  const version = oneOf(field.child('ipVersion'), [4, 6] as const);
  const context = { policy, version, beside };
  const [own, other] = direction === 'ingress' ? ['destination', 'source'] : ['source', 'destination'];
  const peers = peersOf(readEntity(field.child(other), context), context);
  const ownEntity = readEntity(field.child(own), context);
  if (ownEntity.isService) field.child(own).child('services').refuse(OWN_SERVICE);
  const about = narrowed(subjects, ownEntity, context);
  if (about.length > MOST_SUBJECTS) {
    notRead(field.child(own), 'it has too many alternatives beside those of the policy', 'fewer alternatives');
  }
  const traffic = readTraffic(field, { direction, action });
  if (action === undefined) return [];
  return about.flatMap((subject) =>
    parts(peers, traffic, direction).map(([{ peers: of, isUncertain }, what]): Rule => {
      const isOpen = subject.isUncertain || isUncertain === true || what.isUncertain === true;
      const rule = { policy, direction, index, subject: subject.pods, peers: of, ...withoutDoubt(what), action };
      return isOpen ? { ...rule, isUncertain: true } : rule;
    }),
  );
}

/** Each part of the peers with each of the traffic: to addresses of sets, no port has a name. */
function parts(
  peers: readonly PeersPart[],
  traffic: readonly TrafficPart[],
  direction: Direction,
): (readonly [PeersPart, TrafficPart])[] {
  return peers
    .filter((part) => part.peers.length > 0)
    .flatMap((part) =>
      traffic.map((what) => {
        const isNameless = part.isOfSets === true && direction === 'egress';
        return [part, isNameless ? { ...what, ports: ports.resolve(what.ports, []) } : what] as const;
      }),
    )
    .filter(([, what]) => !ports.isEmpty(what.ports));
}

/** The subjects of a rule at most: a policy and its rule can each have many alternatives. */
const MOST_SUBJECTS = 256;

function withoutDoubt({ isUncertain: _, ...what }: TrafficPart): Pick<Rule, 'ports' | 'requests'> {
  return what;
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

const OWN_SERVICE = {
  rule: 'calico-services',
  what: 'services stands at the end that the policy is about, and Calico refuses it',
  allowed: 'services in the source of ingress rules, and in the destination of egress rules',
  fix: 'Take services out, or move it to the other end of the rule; the pods here are those that the selector of the policy names.',
};
