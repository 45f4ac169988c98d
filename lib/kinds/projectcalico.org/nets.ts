import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Field } from '../field';
import { itemsUpTo, refuseRepeats } from './shape';

/** The family that a rule is about, where it names one. */
export type IpVersion = 4 | 6 | undefined;

/** `nets` and `notNets` of one end; undefined without either. Without `nets`, `notNets` alone leaves every other address, of both families. */
export function readAddresses(field: Field, version: IpVersion): IpSet | undefined {
  const nets = readNets(field.child('nets'), version);
  const notNets = readNets(field.child('notNets'), version);
  refuseMixedFamilies(field, [...nets, ...notNets]);
  refuseEverythingBut(field.child('notNets'), notNets);
  if (nets.length === 0 && notNets.length === 0) return undefined;
  return ips.difference(nets.length === 0 ? ofVersion(version) : ips.unionOf(nets), ips.unionOf(notNets));
}

/** One block; undefined, and reported, where it is none. */
export function readNet(item: Field): IpSet | undefined {
  const text = item.text();
  return text === undefined ? undefined : item.try(() => ips.fromBlock(unmapped(text)));
}

/** A block of IPv4 that is written as one of IPv6 is taken for what it means (Go's net.ParseCIDR). */
function unmapped(text: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)\/(\d+)$/i.exec(text);
  const prefix = Number(mapped?.[2]);
  return mapped !== null && prefix >= 96 && prefix <= 128 ? `${mapped[1]}/${prefix - 96}` : text;
}

function readNets(field: Field, version: IpVersion): IpSet[] {
  const items = itemsUpTo(field, 256, 'nets');
  refuseRepeats(items);
  return items.flatMap((item) => {
    const read = readNet(item);
    if (read === undefined) return [];
    if (version !== undefined && !ips.contains(ofVersion(version), read)) item.refuse(OTHER_FAMILY);
    return [read];
  });
}

/** Every address of the family. */
export function ofVersion(version: IpVersion): IpSet {
  if (version === undefined) return ips.all;
  return version === 4 ? ips.anyIpv4 : ips.anyIpv6;
}

/** As `scanNets` of the validator does. */
function refuseMixedFamilies(field: Field, nets: readonly IpSet[]): void {
  const whole = ips.unionOf(nets);
  if (whole.v4.length > 0 && whole.v6.length > 0) field.refuse(MIXED);
}

function refuseEverythingBut(field: Field, notNets: readonly IpSet[]): void {
  const isEverything = (set: IpSet) => ips.equal(set, ips.anyIpv4) || ips.equal(set, ips.anyIpv6);
  if (notNets.some(isEverything)) field.refuse(NOTHING_LEFT);
}

const MIXED = {
  rule: 'calico-nets',
  what: 'The rule has IPv4 and IPv6 blocks, and Calico refuses it',
  allowed: 'blocks of one family in a rule',
  fix: 'Make two rules of it.',
};

const OTHER_FAMILY = {
  rule: 'calico-nets',
  what: 'The block is of another family than the ipVersion of the rule, and Calico refuses it',
  allowed: 'blocks of the family that ipVersion names',
  fix: 'Leave ipVersion out, or make two rules of it.',
};

const NOTHING_LEFT = {
  rule: 'calico-nets',
  what: 'notNets leaves out every address, and Calico refuses it',
  allowed: 'blocks that leave something',
  fix: 'Leave the rule out, since it matches nothing, or take the blocks that may pass out of notNets.',
};
