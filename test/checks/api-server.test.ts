import { apiServer } from '../../lib/checks/api-server';
import { foundIn } from './found';
import { policy } from './policies';

test('The port of API servers, opened to every address, is found.', () => {
  const everything = policy({ egress: '[{ ports: [{ port: 80 }, { port: 443 }, { port: 6443 }] }]' });
  expect(foundIn(apiServer, everything)).toMatchObject([
    { level: 'warning', what: 'TCP/80,443,6443 to every address seems to be meant for the API server' },
  ]);
});

test('HTTPS to every address is meant for the API server where the policy is called so.', () => {
  const egress = '[{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ port: 443 }] }]';
  expect(foundIn(apiServer, policy({ name: 'allow-api-server', egress }))).toHaveLength(1);
  expect(foundIn(apiServer, policy({ name: 'allow-https', egress }))).toEqual([]);
});

test('Every port is not meant for one server.', () => {
  expect(foundIn(apiServer, policy({ egress: '[{}]' }))).toEqual([]);
  expect(foundIn(apiServer, policy({ egress: '[{ ports: [{ port: 1, endPort: 65535 }] }]' }))).toEqual([]);
});
