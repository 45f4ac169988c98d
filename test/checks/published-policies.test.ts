import { planeOf, readText } from '../../lib/analysis';
import { CHECKS, runChecks, seenOf } from '../../lib/checks';
import { app, denyAll, named, pod, policy, service } from './manifests';

type Objects = readonly Readonly<Record<string, unknown>>[];

/** What charts and operators ship, as far as these rules are about it: cut down to the trouble, and the rule that finds it. */
const PUBLISHED: readonly (readonly [what: string, rule: string, objects: Objects])[] = [
  [
    'a database whose chart allows all egress, in a namespace that denies it',
    'allow-all-undoes-deny',
    [
      pod('data', 'postgresql', { sql: 5432 }),
      denyAll('data'),
      policy('data', 'postgresql', {
        podSelector: app('postgresql'),
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ ports: [{ port: 5432 }] }],
        egress: [{}],
      }),
    ],
  ],
  [
    'a search cluster whose policy selects a label that no pod of its chart has',
    'policy-selects-nothing',
    [
      pod('search', 'opensearch'),
      policy('search', 'opensearch', {
        podSelector: { matchLabels: { 'opensearch-transport-client': 'true' } },
        ingress: [{ ports: [{ port: 9300 }] }],
      }),
    ],
  ],
  [
    'a sandbox that lets in a router by labels that the router does not have',
    'dangling-peer',
    [
      pod('agent-sandbox-system', 'controller'),
      pod('sandboxes', 'sandbox'),
      policy('sandboxes', 'managed', {
        podSelector: app('sandbox'),
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ namespaceSelector: named('agent-sandbox-system'), podSelector: app('sandbox-router') }] }],
      }),
    ],
  ],
  [
    'an operator whose policy isolates egress and gives no rule for it',
    'nothing-allowed',
    [
      pod('external-secrets', 'external-secrets'),
      policy('external-secrets', 'external-secrets', {
        podSelector: app('external-secrets'),
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ ports: [{ port: 8080 }] }],
        egress: [],
      }),
    ],
  ],
  [
    'a Prometheus that is isolated by a policy without rules',
    'nothing-allowed',
    [
      pod('monitoring', 'prometheus'),
      policy('monitoring', 'prometheus', { podSelector: app('prometheus'), policyTypes: ['Ingress', 'Egress'] }),
    ],
  ],
  [
    'a stack whose policy names no types and no rules',
    'policy-types-missing',
    [pod('cache', 'valkey'), policy('cache', 'valkey', { podSelector: app('valkey') })],
  ],
  [
    'an operator that opens DNS over UDP alone',
    'dns-over-udp-only',
    [
      policy('elastic', 'elasticsearch', {
        podSelector: app('elasticsearch'),
        policyTypes: ['Egress'],
        egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }],
      }),
    ],
  ],
  [
    'an operator whose policy opens the port of the Service of its webhook',
    'port-not-served',
    [
      pod('nim', 'nim-operator', { webhook: 9443 }),
      service('nim', 'nim-operator', 443, 9443),
      policy('nim', 'webhook', {
        podSelector: app('nim-operator'),
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { webhook: 'enabled' } } }], ports: [{ port: 443 }] }],
      }),
    ],
  ],
  [
    'a cluster operator that is let in by its label from every namespace',
    'namespace-label-trusted',
    [
      policy('kafka', 'cluster-network-policy-kafka', {
        podSelector: app('kafka'),
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'strimzi.io/kind': 'cluster-operator' } } }],
            ports: [{ port: 9091 }],
          },
        ],
      }),
    ],
  ],
  [
    'a logging stack that isolates a whole namespace, and lets its own pods alone resolve names',
    'dns-missing',
    [
      pod('logging', 'loki'),
      pod('logging', 'grafana'),
      policy('logging', 'namespace-only', {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ podSelector: {} }] }],
        egress: [{ to: [{ podSelector: {} }] }],
      }),
      policy('logging', 'egress-dns', {
        podSelector: app('loki'),
        policyTypes: ['Egress'],
        egress: [{ ports: [{ port: 53 }, { port: 53, protocol: 'UDP' }] }],
      }),
    ],
  ],
];

it.each(PUBLISHED)('finds %s: %s', (_, rule, objects) => {
  const reading = readText(objects.map((object) => JSON.stringify(object)).join('\n---\n'), 'chart.yaml');
  expect(reading.problems).toEqual([]);
  const found = runChecks(seenOf(reading, planeOf(reading)), CHECKS);
  expect(found.map((one) => one.rule)).toContain(rule);
});
