import { requestsUndone } from '../../lib/checks/requests-undone';
import { foundIn } from './found';
import { cilium, policy } from './policies';

const AGENT = 'fromEndpoints: [{ matchLabels: { app: agent } }]';
const HTTP = `{ ${AGENT}, toPorts: [{ ports: [{ port: "8000", protocol: TCP }], rules: { http: [{ method: POST, path: /v1/models }] } }] }`;

test('A rule about the port alone undoes it, in the same policy, another one, or a NetworkPolicy.', () => {
  const open = `{ ${AGENT}, toPorts: [{ ports: [{ port: "8000", protocol: TCP }] }] }`;
  for (const manifests of [
    cilium({ ingress: `[${HTTP}, ${open}]` }),
    cilium({ ingress: `[${HTTP}]` }) + cilium({ name: 'other', ingress: `[${open}]` }),
    cilium({ ingress: `[${HTTP}]` }) + policy({ pods: '', ingress: '[{ from: [{ podSelector: {} }] }]' }),
  ]) {
    expect(foundIn(requestsUndone, manifests)).toMatchObject([
      {
        level: 'warning',
        what: expect.stringContaining('lets every request of these peers through on TCP/8000'),
        place: { field: 'spec.ingress[0]' },
      },
    ]);
  }
});

test('Other peers, other ports and other pods undo nothing.', () => {
  const others = [
    '{ fromEndpoints: [{ matchLabels: { app: web } }], toPorts: [{ ports: [{ port: "8000", protocol: TCP }] }] }',
    `{ ${AGENT}, toPorts: [{ ports: [{ port: "9000", protocol: TCP }] }] }`,
  ];
  for (const other of others) expect(foundIn(requestsUndone, cilium({ ingress: `[${HTTP}, ${other}]` }))).toEqual([]);
  expect(
    foundIn(requestsUndone, cilium({ ingress: `[${HTTP}]` }) + policy({ pods: 'app: other', ingress: '[{}]' })),
  ).toEqual([]);
});

test('DNS through the proxy is a limit of another kind.', () => {
  const dns =
    '{ toEndpoints: [{ matchLabels: { k8s-app: kube-dns } }], toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }] } }] }';
  const open = '{ toEndpoints: [{ matchLabels: { k8s-app: kube-dns } }] }';
  expect(foundIn(requestsUndone, cilium({ egress: `[${dns}, ${open}]` }))).toEqual([]);
});
