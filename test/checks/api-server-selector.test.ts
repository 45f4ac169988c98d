import { apiServerSelector } from '../../lib/checks/api-server-selector';
import { foundIn } from './found';
import { policy } from './policies';

const to = (peer: string, port: number) => policy({ egress: `[{ to: [${peer}], ports: [{ port: ${port} }] }]` });

test('Every namespace on the port of API servers is meant for one, as the chart of KEDA has it.', () => {
  expect(foundIn(apiServerSelector, to('{ namespaceSelector: {} }', 6443))).toMatchObject([
    {
      what: 'every pod of every namespace on TCP/6443 seems to be meant for the API server, which is none of these pods',
    },
  ]);
});

test('The label of its pods matches none, since they are on the network of their host.', () => {
  const peer =
    '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { component: kube-apiserver } } }';
  expect(foundIn(apiServerSelector, to(peer, 443))).toHaveLength(1);
});

test('The namespace of its Service has no pods of it.', () => {
  expect(
    foundIn(
      apiServerSelector,
      to('{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: default } } }', 443),
    ),
  ).toHaveLength(1);
});

test('Other pods on HTTPS, and pods by name on that port, are what they say.', () => {
  expect(foundIn(apiServerSelector, to('{ namespaceSelector: {} }', 443))).toEqual([]);
  expect(foundIn(apiServerSelector, to('{ podSelector: { matchLabels: { app: keda-metrics } } }', 6443))).toEqual([]);
  expect(
    foundIn(
      apiServerSelector,
      to('{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: default } } }', 8080),
    ),
  ).toEqual([]);
});

test('A block beside it reaches the API server.', () => {
  expect(
    foundIn(apiServerSelector, to('{ namespaceSelector: {} }, { ipBlock: { cidr: 192.0.2.1/32 } }', 6443)),
  ).toEqual([]);
});
