import type { Direction, PolicyRef, Rule } from '../../model/layer';
import type { PodSet } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { said } from '../../model/said';
import type { Field } from '../field';
import type { Values } from '../networking.k8s.io';
import { type PeerForm, readPeer } from './peers';
import { requireCount } from './shape';

/** What differs between the kinds of the group in their rules. */
export interface RuleForm {
  /** As they are written, and what they mean. */
  readonly actions: Readonly<Record<string, Rule['action']>>;
  readonly peers: PeerForm;
  /** The field that holds the ports, and how it is read. */
  readonly portsField: string;
  readonly readPorts: (field: Field) => PortSet;
  /** Of a direction, and of peers in a rule. */
  readonly most: number;
}

/** What all rules of a policy share. */
export interface RuleContext {
  readonly policy: PolicyRef;
  readonly subject: PodSet;
  readonly form: RuleForm;
  readonly values: Values;
}

/** The rules of both directions, in their order. */
export function readAllRules(spec: Field, context: RuleContext): Rule[] {
  return [
    ...readRules(spec.child('ingress'), 'ingress', context),
    ...readRules(spec.child('egress'), 'egress', context),
  ];
}

function readRules(field: Field, direction: Direction, context: RuleContext): Rule[] {
  const { form } = context;
  return requireCount(field, 'rules', 0, form.most).flatMap((rule, index) => readRule(rule, direction, index, context));
}

/** One rule; two where some of its peers are known and some are not, which decide the same wherever they match. */
function readRule(rule: Field, direction: Direction, index: number, context: RuleContext): Rule[] {
  const { policy, subject, form, values } = context;
  const side = direction === 'ingress' ? 'from' : 'to';
  rule.only(['name', 'action', side, form.portsField]);
  readRuleName(rule.child('name'));
  const action = readAction(rule.child('action'), form.actions);
  const peers = requireCount(rule.child(side), 'peers', 1, form.most).map((peer) =>
    readPeer(peer, direction, form.peers, values),
  );
  const known = peers.filter(({ doubt }) => doubt === undefined).map(({ peer }) => peer);
  const unknown = peers.filter(({ doubt }) => doubt !== undefined).map(({ peer }) => peer);
  const doubt = peers.find((peer) => peer.doubt !== undefined)?.doubt;
  const read = { policy, direction, index, subject, ports: form.readPorts(rule.child(form.portsField)), action };
  refuseUnsound(rule, { ...read, peers: [...known, ...unknown] });
  return [
    ...(known.length > 0 ? [{ ...read, peers: known }] : []),
    ...(unknown.length > 0 ? [{ ...read, peers: unknown, isUncertain: true as const, doubt }] : []),
  ];
}

function readAction(field: Field, actions: RuleForm['actions']): Rule['action'] {
  const action = Object.hasOwn(actions, String(field.value)) ? actions[String(field.value)] : undefined;
  if (action !== undefined) return action;
  field.refuse(oneOfTexts('rule-action', 'an action', field.value, Object.keys(actions)));
  return 'deny';
}

/** `priority` of a policy. */
export function readPriority(field: Field): number {
  const { value } = field;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1000) return value;
  field.refuse({
    rule: 'policy-priority',
    what: `${said(value)} is not a priority`,
    value: said(value),
    allowed: 'a whole number from 0, which is asked first, to 1000',
    fix: 'Give a number that no other policy of its kind and tier has.',
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
    fix: `Shorten it to 100 characters: '${[...name].slice(0, 40).join('')}'.`,
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
      what: 'domainNames stand in a rule that does not let through, where they have no meaning',
      allowed: 'domainNames in rules that let through',
      fix: 'Let the names through, and deny the rest in a rule after it.',
    });
  }
}

export function oneOfTexts(rule: string, what: string, value: unknown, allowed: readonly string[]) {
  return {
    rule,
    what: `'${said(value)}' is not ${what}`,
    value: said(value),
    allowed: allowed.join(', '),
    fix: 'Use one of them; their case matters.',
  };
}
