import { Cidr, DataTier, NamespaceManagement, Pods, Tier, type ZeroTrustNamespace } from '../../../lib';
import type { BadInputs } from './refusal';
import { because, chart, foreign, namespace, tier, validated } from './scenarios';

export const tiers: BadInputs = {
  'the reserved name': {
    rule: 'tier-name-reserved',
    make: () => tier({ name: 'default-deny' }),
    value: 'default-deny',
    where: 'chart/ns/tier',
    says: /isolates the namespace/,
  },
  'a name with a dot': {
    rule: 'tier-name',
    make: () => tier({ name: 'a.b' }),
    value: 'a.b',
    where: 'chart/ns/tier',
    says: /a\.b/,
  },
  'a name of 64 letters': {
    rule: 'tier-name',
    make: () => tier({ name: 'a'.repeat(64) }),
    where: 'chart/ns/tier',
    says: /63/,
  },
  'two tiers of one name': {
    rule: 'duplicate-name',
    make: () => {
      const space = namespace();
      tier({}, space);
      new Tier(space, 'twin', { name: 'tier', pods: Pods.labeled({ app: 'twin' }) });
    },
    value: 'tier',
    where: 'chart/ns/twin',
    says: /declared already, at chart\/ns\/tier/,
  },
  'a scope that is no namespace': {
    rule: 'tier-scope',
    make: () => new Tier(chart() as unknown as ZeroTrustNamespace, 'tier', { pods: Pods.labeled({ app: 'x' }) }),
    value: 'an object of class Chart',
    where: 'chart/tier',
    says: /made in a namespace/,
  },
  'an empty list of ports': {
    rule: 'ports-empty',
    make: () => tier({ ports: [] }),
    value: '[]',
    where: 'chart/ns/tier',
    says: /no port or every port/,
  },
  'pods that are an address': {
    rule: 'tier-pods',
    make: () => tier({ pods: Cidr.of('192.0.2.0/24') as unknown as Pods }),
    where: 'chart/ns/tier',
    says: /`pods` is an object of class Cidr, which is not Pods/,
  },
  'pods of another namespace': {
    rule: 'tier-pods-elsewhere',
    make: () => tier({ pods: foreign() }),
    where: 'chart/ns/tier',
    says: /run in its namespace, ns/,
  },
  'everything in a namespace of others': {
    rule: 'tier-of-everything',
    make: () =>
      tier(
        { pods: Pods.all() },
        namespace({ management: NamespaceManagement.ADOPT, acknowledge: [{ rule: 'adopted-namespace', because }] }),
      ),
    value: 'Pods.all()',
    where: 'chart/ns/tier',
    says: /belongs to somebody else/,
  },
  'two tiers that one pod can be in': {
    rule: 'overlapping-tiers',
    make: () => {
      const space = namespace();
      tier({}, space);
      validated(new Tier(space, 'other', { pods: Pods.labeled({ role: 'other' }) }));
    },
    value: '{"app":"tier","role":"other"}',
    where: 'chart/ns/other',
    says: /gets the flows of both/,
  },
  'empty peer ports': {
    rule: 'ports-empty',
    make: () => new DataTier(namespace(), 'db', { pods: Pods.labeled({ app: 'db' }), peerPorts: [] }),
    where: 'chart/ns/db',
    says: /peerPorts/,
  },
  'pods that somebody else owns': {
    rule: 'tier-pods-elsewhere',
    make: () => tier({ pods: Pods.labeled({ app: 'x' }).ownedBy('others') }),
    value: 'others',
    where: 'chart/ns/tier',
    says: /are its own/,
  },
  'an acknowledgement without a reason': {
    rule: 'reason',
    make: () => tier({ acknowledge: [{ rule: 'wide-egress', because: 'needed' }] }),
    value: 'needed',
    where: 'chart/ns/tier',
    says: /"needed" is not a reason/,
  },
};
