import { said } from '../../model/said';
import type { Field } from '../field';
import type { RuleProtocol } from './ports';

const FAMILIES: Readonly<Record<string, number>> = { ICMP: 4, '1': 4, ICMPv6: 6, '58': 6 };

/** What Calico refuses of what a rule says of messages of ICMP, none of which is compared. */
export function refuseIcmp(rule: Field, protocol: RuleProtocol): void {
  const icmp = rule.child('icmp');
  if (!icmp.isAbsent && protocol !== 'ICMP') icmp.refuse(WITHOUT_PROTOCOL);
  for (const messages of [icmp, rule.child('notICMP')]) refuseMessages(messages);
  for (const name of ['protocol', 'notProtocol']) refuseOtherFamily(rule.child(name), rule.child('ipVersion').value);
}

function refuseMessages(field: Field): void {
  const [type, code] = ['type', 'code'].map((name) => field.only(['type', 'code']).child(name));
  refuseNumber(type, 254);
  refuseNumber(code, 255);
  if (type.isAbsent && !code.isAbsent) code.refuse(WITHOUT_TYPE);
}

function refuseNumber(field: Field, last: number): void {
  const { value } = field;
  if (field.isAbsent || (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= last)) return;
  field.refuse({
    rule: 'calico-icmp',
    what: `'${said(value)}' is not a number that Calico takes here`,
    value: said(value),
    allowed: `0 to ${last}`,
    fix: `Write a number from 0 to ${last} without quotes, or leave it out for every one.`,
  });
}

function refuseOtherFamily(protocol: Field, version: unknown): void {
  const family = FAMILIES[String(protocol.value)];
  if (family === undefined || version === undefined || version === null || version === family) return;
  protocol.refuse({
    rule: 'calico-icmp',
    what: `${said(protocol.value)} is of another family than the ipVersion of the rule, and Calico refuses it`,
    value: said(version),
    allowed: `ipVersion: ${family}`,
    fix: `Leave ipVersion out, or write ipVersion: ${family}.`,
  });
}

const WITHOUT_PROTOCOL = {
  rule: 'calico-icmp',
  what: 'icmp stands in a rule that names no such protocol, and Calico refuses it',
  allowed: 'protocol: ICMP or ICMPv6',
  fix: 'Write protocol: ICMP in the rule, or protocol: ICMPv6.',
};

const WITHOUT_TYPE = {
  rule: 'calico-icmp',
  what: 'A code stands without a type, and Calico refuses it',
  allowed: 'a type beside the code',
  fix: 'Write the type that the code belongs to: type: 3 beside code: 4.',
};
