import { portsLeftOpen } from '../../lib/checks/ports-left-open';
import { foundIn } from './found';
import { policy } from './policies';

const GATEWAY = '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway } } }';

test('Pods of another namespace without ports are found, in both directions.', () => {
  expect(
    foundIn(portsLeftOpen, policy({ ingress: `[{ from: [${GATEWAY}] }]`, egress: `[{ to: [${GATEWAY}] }]` })),
  ).toMatchObject([
    { level: 'note', what: 'every pod of gateway may come in on every port', place: { field: 'spec.ingress[0]' } },
    { level: 'note', what: 'every pod of gateway may be reached on every port', place: { field: 'spec.egress[0]' } },
  ]);
});

test('Every port written out is every port.', () => {
  expect(
    foundIn(portsLeftOpen, policy({ ingress: `[{ from: [${GATEWAY}], ports: [{ port: 1, endPort: 65535 }] }]` })),
  ).toHaveLength(1);
});

test('Pods of the same namespace, addresses and everybody are left to other rules.', () => {
  expect(foundIn(portsLeftOpen, policy({ ingress: '[{ from: [{ podSelector: {} }] }]' }))).toEqual([]);
  expect(foundIn(portsLeftOpen, policy({ ingress: '[{ from: [{ ipBlock: { cidr: 192.0.2.0/24 } }] }]' }))).toEqual([]);
  expect(foundIn(portsLeftOpen, policy({ ingress: '[{}]' }))).toEqual([]);
  expect(foundIn(portsLeftOpen, policy({ ingress: '[{ from: [{ namespaceSelector: {} }] }]' }))).toEqual([]);
});
