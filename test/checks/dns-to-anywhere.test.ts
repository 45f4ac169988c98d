import { dnsToAnywhere } from '../../lib/checks/dns-to-anywhere';
import { foundIn } from './found';
import { cilium, policy } from './policies';

test('Port 53 of every address is found, with or without a block.', () => {
  for (const to of ['', 'to: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ']) {
    expect(foundIn(dnsToAnywhere, policy({ egress: `[{ ${to}ports: [{ port: 53, protocol: UDP }] }]` }))).toMatchObject(
      [{ level: 'note', value: 'UDP/53', place: { field: 'spec.egress[0]' } }],
    );
  }
});

test('Rules with other ports, narrow ones and queries through a proxy are left alone.', () => {
  expect(
    foundIn(dnsToAnywhere, policy({ egress: '[{ ports: [{ port: 53, protocol: UDP }, { port: 443 }] }]' })),
  ).toEqual([]);
  expect(foundIn(dnsToAnywhere, policy({ egress: '[{}]' }))).toEqual([]);
  expect(
    foundIn(
      dnsToAnywhere,
      policy({ egress: '[{ to: [{ ipBlock: { cidr: 10.96.0.10/32 } }], ports: [{ port: 53, protocol: UDP }] }]' }),
    ),
  ).toEqual([]);
  const proxied =
    '[{ toEntities: [world], toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }] } }] }]';
  expect(foundIn(dnsToAnywhere, cilium({ egress: proxied }))).toEqual([]);
});
