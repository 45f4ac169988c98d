import { metadataService } from '../../lib/checks/metadata-service';
import { foundIn } from './found';
import { cilium, deployment, policy } from './policies';

const to = (cidr: string, except: string, port = 80) =>
  policy({ egress: `[{ to: [{ ipBlock: { cidr: ${cidr}, except: [${except}] } }], ports: [{ port: ${port} }] }]` });

test('Every address and port holds metadata services.', () => {
  const [found] = foundIn(metadataService, deployment({}) + policy({ egress: '[{}]' }));
  expect(found).toMatchObject({ level: 'warning', about: 'Deployment models/vllm' });
  expect(found.what).toContain('169.254.169.254');
});

test('Link-local addresses left out leave none on IPv4.', () => {
  expect(foundIn(metadataService, to('0.0.0.0/0', '169.254.0.0/16'))).toEqual([]);
});

test('One address left out leaves those of other services, which is worth a note.', () => {
  expect(foundIn(metadataService, to('0.0.0.0/0', '169.254.169.254/32'))).toMatchObject([
    { level: 'note', value: '169.254.169.252/32, 169.254.170.2/32, 169.254.170.23/32' },
  ]);
});

test('Whoever names the address means it.', () => {
  expect(foundIn(metadataService, to('169.254.169.254/32', ''))).toMatchObject([
    { level: 'note', fix: expect.stringContaining('need credentials') },
  ]);
});

test('On other ports nothing is handed out: it is the name server of some clouds as well.', () => {
  expect(foundIn(metadataService, to('169.254.169.254/32', '', 53))).toEqual([]);
  expect(foundIn(metadataService, to('0.0.0.0/0', '', 443))).toEqual([]);
});

test('Pods that no policy isolates are found by that, and not here.', () => {
  expect(foundIn(metadataService, deployment({}))).toEqual([]);
});

test('What another policy denies is not reached.', () => {
  const deny = `
---
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: no-metadata }
spec:
  endpointSelector: {}
  egressDeny: [{ toCIDR: [169.254.0.0/16] }]
`;
  const world = cilium({ egress: '[{ toCIDR: [0.0.0.0/0] }]' });
  expect(foundIn(metadataService, deployment({}) + world)).toHaveLength(1);
  expect(foundIn(metadataService, deployment({}) + world + deny)).toEqual([]);
});
