import { dnsOverTcpOnly } from '../../lib/checks/dns-over-tcp-only';
import { foundIn } from './found';
import { cilium, policy } from './policies';

const UNTOLD = policy({ egress: '[{ ports: [{ port: 443 }, { port: 53 }] }]' });

test('Port 53 without a protocol is found at the port.', () => {
  expect(foundIn(dnsOverTcpOnly, UNTOLD)).toMatchObject([
    {
      level: 'warning',
      value: 'TCP/53',
      fix: 'Add { protocol: UDP, port: 53 } beside it.',
      place: { field: 'spec.egress[0].ports[1]' },
    },
  ]);
});

test('TCP that is written may be meant.', () => {
  expect(foundIn(dnsOverTcpOnly, policy({ egress: '[{ ports: [{ port: 53, protocol: TCP }] }]' }))).toEqual([]);
});

test('Another policy for the same pods may allow it over UDP, of whichever kind.', () => {
  const udp = (pods: string) => policy({ name: 'dns', pods, egress: '[{ ports: [{ port: 53, protocol: UDP }] }]' });
  expect(foundIn(dnsOverTcpOnly, UNTOLD + udp(''))).toEqual([]);
  expect(foundIn(dnsOverTcpOnly, UNTOLD + udp('app: other'))).toHaveLength(1);
  const any = cilium({ egress: '[{ toEntities: [cluster], toPorts: [{ ports: [{ port: "53" }] }] }]' });
  expect(foundIn(dnsOverTcpOnly, UNTOLD + any)).toEqual([]);
});

test('Every port, and a wide range that happens to hold 53, are not about DNS.', () => {
  expect(foundIn(dnsOverTcpOnly, policy({ egress: '[{}]' }))).toEqual([]);
  expect(foundIn(dnsOverTcpOnly, policy({ egress: '[{ ports: [{ port: 1, endPort: 65535 }] }]' }))).toEqual([]);
});
