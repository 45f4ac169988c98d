import * as ips from '../../model/ip-set';
import type { RulePeer } from '../../model/layer';
import { podSet } from '../../model/pod-set';
import type { Field } from '../field';
import { bothSelected, inNamespace, readNamespaceSelector, readSelector, type Selected } from './selectors';
import { itemsUpTo, notRead, refuseRepeats } from './shape';

const ENTITY_FIELDS = [
  'nets',
  'notNets',
  'selector',
  'notSelector',
  'namespaceSelector',
  'services',
  'ports',
  'notPorts',
  'serviceAccounts',
];

/** One end of a rule, as far as it is not about ports. Undefined fields say nothing. */
export interface Entity {
  readonly selected?: Selected;
  readonly addresses?: ips.IpSet;
}

/** The family that a rule is about, where it names one. */
export type IpVersion = 4 | 6 | undefined;

/**
 * `source` or `destination`. A selector without a namespaceSelector means the namespace of the policy, and in a policy of
 * the cluster every namespace (`getEndpointSelector`, libcalico-go/lib/backend/syncersv1/updateprocessors).
 */
export function readEntity(field: Field, namespace: string | undefined, version: IpVersion): Entity {
  field.only(ENTITY_FIELDS);
  const selected = readSelected(field, namespace);
  const addresses = readAddresses(field, version);
  refuseUnread(field, selected !== undefined || addresses !== undefined);
  return { ...(selected && { selected }), ...(addresses && { addresses }) };
}

/** Both together would be the pods that have such an address, which is not understood. */
export function peersOf(field: Field, { selected, addresses }: Entity, version: IpVersion): RulePeer[] {
  if (selected !== undefined && (addresses !== undefined || version !== undefined)) {
    notRead(field, 'it is about pods by label and by address', 'a selector, or nets, each in a rule of its own');
  }
  if (selected !== undefined) return podPeers(field, selected);
  if (addresses !== undefined) return [{ kind: 'addresses', addresses }];
  return version === undefined ? [{ kind: 'anything' }] : [{ kind: 'addresses', addresses: ofVersion(version) }];
}

/**
 * A selector holds for host endpoints and network sets too. Network sets are reported where they are read; host endpoints
 * may be made by Calico itself, so a selector that could hold for one is not taken for a selector of pods.
 */
function podPeers(field: Field, { namespaces, pods, isNamespaced }: Selected): RulePeer[] {
  if (!isNamespaced) {
    notRead(
      field,
      'its selector may also hold for host endpoints and global network sets',
      "selectors that only hold in a namespace, as with namespaceSelector: all(), or for pods (projectcalico.org/orchestrator == 'k8s')",
    );
  }
  return [{ kind: 'pods', pods: podSet(namespaces, pods) }];
}

function readSelected(field: Field, namespace: string | undefined): Selected | undefined {
  const [endpoints, namespaces] = [field.child('selector'), field.child('namespaceSelector')];
  const read = bothSelected(readSelector(endpoints), readNamespaceSelector(namespaces));
  if (isEmpty(endpoints) && isEmpty(namespaces)) return undefined;
  return isEmpty(namespaces) && namespace !== undefined ? bothSelected(read, inNamespace(namespace)) : read;
}

/** Without `nets`, `notNets` alone leaves every other address, of both families. */
function readAddresses(field: Field, version: IpVersion): ips.IpSet | undefined {
  const nets = readNets(field.child('nets'), version);
  const notNets = readNets(field.child('notNets'), version);
  refuseMixedFamilies(field, [...nets, ...notNets]);
  refuseEverythingBut(field.child('notNets'), notNets);
  if (nets.length === 0 && notNets.length === 0) return undefined;
  return ips.difference(nets.length === 0 ? ofVersion(version) : ips.unionOf(nets), ips.unionOf(notNets));
}

function readNets(field: Field, version: IpVersion): ips.IpSet[] {
  const items = itemsUpTo(field, 256, 'nets');
  refuseRepeats(items);
  return items.flatMap((item) => {
    const text = item.text();
    const read = text === undefined ? undefined : item.try(() => ips.fromBlock(text));
    if (read === undefined) return [];
    if (version !== undefined && !ips.contains(ofVersion(version), read)) item.refuse(OTHER_FAMILY);
    return [read];
  });
}

function ofVersion(version: IpVersion): ips.IpSet {
  if (version === undefined) return ips.all;
  return version === 4 ? ips.anyIpv4 : ips.anyIpv6;
}

/** As `scanNets` of the validator does for a whole rule; the other end never has nets that are understood. */
function refuseMixedFamilies(field: Field, nets: readonly ips.IpSet[]): void {
  const whole = ips.union(ips.none, ...nets);
  if (whole.v4.length > 0 && whole.v6.length > 0) field.refuse(MIXED);
}

function refuseEverythingBut(field: Field, notNets: readonly ips.IpSet[]): void {
  const isEverything = (set: ips.IpSet) => ips.equal(set, ips.anyIpv4) || ips.equal(set, ips.anyIpv6);
  if (notNets.some(isEverything)) field.refuse(NOTHING_LEFT);
}

function refuseUnread(field: Field, hasPeers: boolean): void {
  const services = field.child('services');
  if (!services.isAbsent) {
    services.only(['name', 'namespace']);
    services.child('namespace').text();
    if ((services.child('name').text() ?? '') === '' || hasPeers) services.refuse(SERVICES);
    notRead(services, 'it is about the endpoints of a Service', 'selectors and nets');
  }
  const accounts = field.child('serviceAccounts');
  if (!accounts.isAbsent) notRead(accounts, 'it is about pods by their service accounts', 'selectors and nets');
  const not = field.child('notSelector');
  if (!isEmpty(not)) notRead(not, 'it is about all but what a selector holds for', 'a selector with != or !');
}

function isEmpty(field: Field): boolean {
  return field.isAbsent || field.value === '';
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
  fix: 'Leave the rule out.',
};

const SERVICES = {
  rule: 'calico-services',
  what: 'services has no name, or stands beside selectors or nets, and Calico refuses it',
  allowed: 'services with a name, alone',
  fix: 'Make two rules of it.',
};
