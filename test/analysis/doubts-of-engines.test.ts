import { type PlaneOptions, planeOf, readText } from '../../lib/analysis';
import { connectivity } from '../../lib/analysis/connectivity/connectivity';
import { reliabilityOf } from '../../lib/analysis/reliability';
import { podsApart } from './pods-apart';

const NAMES = ['a', 'b', 'c', 'd'];

/** Four pods, each in a namespace of its own. Of them d takes connections from a alone. */
const WORLD = `${podsApart(NAMES)}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: of-d, namespace: d }
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: a } } }] }]
`;

type Answer = 'allowed' | 'denied' | 'perhaps';

/** Of every pair, `a>b`: what connectivity says about TCP on 443. */
function answersOf(text: string, options: PlaneOptions): Record<string, Answer> {
  const reading = readText(text, 'in.yaml');
  const { allowed } = connectivity(reading.world, planeOf(reading, options).plane);
  const pairs = NAMES.flatMap((from) => NAMES.filter((to) => to !== from).map((to) => [from, to] as const));
  return Object.fromEntries(
    pairs.map(([from, to]) => {
      const { must, may } = allowed(`${from}/Pod/pod`, `${to}/Pod/pod`, 'TCP', 443);
      return [`${from}>${to}`, must ? 'allowed' : may ? 'perhaps' : 'denied'];
    }),
  );
}

/** Worked out by hand: d from a alone, and everything else. */
const WITHOUT: Record<string, Answer> = {
  'a>b': 'allowed',
  'a>c': 'allowed',
  'a>d': 'allowed',
  'b>a': 'allowed',
  'b>c': 'allowed',
  'b>d': 'denied',
  'c>a': 'allowed',
  'c>b': 'allowed',
  'c>d': 'denied',
  'd>a': 'allowed',
  'd>b': 'allowed',
  'd>c': 'allowed',
};

const perhaps = (...pairs: string[]): Record<string, Answer> =>
  Object.fromEntries(pairs.map((pair) => [pair, 'perhaps' as const]));
const denied = (...pairs: string[]): Record<string, Answer> =>
  Object.fromEntries(pairs.map((pair) => [pair, 'denied' as const]));

const FROM_A = perhaps('a>b', 'a>c', 'a>d');
const INTO_D = perhaps('a>d', 'b>d', 'c>d');

interface Row {
  readonly policies: readonly string[];
  readonly options?: PlaneOptions;
  readonly rule: string;
  /** What differs from the answers without the policies. */
  readonly differs: Record<string, Answer>;
}

const one = (apiVersion: string, kind: string, metadata: string, spec: string) =>
  `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { ${metadata} }\nspec: ${spec}\n`;
const cilium = (name: string, spec: string, namespace = 'a') =>
  one('cilium.io/v2', 'CiliumNetworkPolicy', `name: ${name}, namespace: ${namespace}`, spec);
const calico = (name: string, spec: string, namespace = 'a') =>
  one('projectcalico.org/v3', 'NetworkPolicy', `name: ${name}, namespace: ${namespace}`, spec);
const calicoTier = (name: string, spec: string) => one('projectcalico.org/v3', 'Tier', `name: ${name}`, spec);
const antrea = (name: string, spec: string) =>
  one('crd.antrea.io/v1beta1', 'ClusterNetworkPolicy', `name: ${name}`, spec);
const antreaTier = (name: string, priority: number) =>
  one('crd.antrea.io/v1beta1', 'Tier', `name: ${name}`, `{ priority: ${priority} }`);
const admin = (name: string, spec: string) =>
  one('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', `name: ${name}`, spec);
const tiered = (name: string, spec: string) =>
  one('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', `name: ${name}`, spec);

const ns = (name: string) => `matchLabels: { kubernetes.io/metadata.name: ${name} }`;
/** What a policy of the Network Policy API says about connections from a to b. */
const adminRule = (action: string, priority: number, to = 'b') =>
  `{ priority: ${priority}, subject: { namespaces: { ${ns('a')} } }, egress: [{ name: r, action: ${action}, to: [{ namespaces: { ${ns(to)} } }] }] }`;
const tieredRule = (action: string, to = 'b') =>
  `{ tier: Admin, priority: 7, subject: { namespaces: { ${ns('a')} } }, egress: [{ action: ${action}, to: [{ namespaces: { ${ns(to)} } }] }] }`;
const antreaRule = (action: string, to = 'b', tier = '') =>
  `{ ${tier}priority: 5, appliedTo: [{ namespaceSelector: { ${ns('a')} } }], egress: [{ action: ${action}, to: [{ namespaceSelector: { ${ns(to)} } }] }] }`;

/** Requests that d takes on a port, from everybody. */
const requestsOfD = (name: string, port: number, rules: string, selector = '{}') =>
  cilium(
    name,
    `{ endpointSelector: ${selector}, ingress: [{ toPorts: [{ ports: [{ port: '${port}', protocol: TCP }], rules: ${rules} }] }] }`,
    'd',
  );
/** Moved, the tier opens before the other one shuts; where Calico had it, it comes after. */
const MOVED_TIER = [
  calicoTier('adminnetworkpolicy', '{ order: 500, defaultAction: Deny }'),
  calicoTier('early', '{ order: 700, defaultAction: Pass }'),
  calico(
    'adminnetworkpolicy.open',
    '{ tier: adminnetworkpolicy, selector: all(), types: [Egress], egress: [{ action: Allow }] }',
  ),
  calico('early.shut', '{ tier: early, selector: all(), types: [Egress], egress: [{ action: Deny }] }'),
];

const OPENSHIFT: PlaneOptions = { engine: 'kubernetes', platform: 'OpenShift', version: '1.30' };

const ROWS: Record<string, Row> = {
  'Cilium: Kafka, which is refused from 1.20 on': {
    policies: [
      cilium(
        'kafka',
        `{ endpointSelector: {}, ingress: [{ fromEndpoints: [{ matchLabels: { k8s:io.kubernetes.pod.namespace: a } }], toPorts: [{ ports: [{ port: '9092', protocol: TCP }], rules: { kafka: [{ role: consume, topic: t }] } }] }] }`,
        'd',
      ),
    ],
    options: { engine: 'cilium', version: '1.20' },
    rule: 'cilium-version',
    differs: INTO_D,
  },
  'Cilium: Kafka of any topic': {
    policies: [requestsOfD('kafka', 9092, '{ kafka: [{ role: consume }] }')],
    options: { engine: 'cilium', version: '1.20' },
    rule: 'cilium-version',
    differs: INTO_D,
  },
  'Cilium: a ClusterNetworkPolicy': {
    policies: [tiered('tiered', tieredRule('Deny'))],
    options: { engine: 'cilium' },
    rule: 'cilium-tiers',
    differs: FROM_A,
  },
  'Cilium: requests of two protocols on one port': {
    policies: [
      requestsOfD('http', 443, '{ http: [{ method: GET }] }', '{ matchLabels: { app: d } }'),
      requestsOfD('kafka', 443, '{ kafka: [{ role: consume }] }'),
    ],
    options: { engine: 'cilium', version: '1.18' },
    rule: 'cilium-mixed-requests',
    // The pod keeps the policies that it had, of both directions.
    differs: { ...INTO_D, ...perhaps('d>a', 'd>b', 'd>c') },
  },
  'Cilium: requests of two protocols on ports of their own': {
    policies: [
      requestsOfD('http', 80, '{ http: [{ method: GET }] }'),
      requestsOfD('kafka', 9092, '{ kafka: [{ role: consume }] }'),
    ],
    options: { engine: 'cilium', version: '1.18' },
    rule: '',
    differs: {},
  },
  'Calico: a name that only 3.32 takes': {
    policies: [
      calicoTier('early', '{ order: 5, defaultAction: Deny }'),
      calico('other-name', '{ tier: early, selector: all(), types: [Ingress], ingress: [{ action: Allow }] }', 'd'),
    ],
    options: { engine: 'calico', version: '3.30' },
    rule: 'calico-version',
    differs: INTO_D,
  },
  'Calico: a tier of its own that was moved, which it takes from 3.32 on': {
    policies: MOVED_TIER,
    options: { engine: 'calico', version: '3.31' },
    rule: 'calico-version',
    differs: FROM_A,
  },
  'Calico: such a tier beside a kind that 3.32 no longer has': {
    policies: [
      ...MOVED_TIER,
      admin(
        'one',
        `{ priority: 7, subject: { namespaces: { ${ns('d')} } }, ingress: [{ action: Deny, from: [{ namespaces: { ${ns('b')} } }] }] }`,
      ),
    ],
    options: { engine: 'calico' },
    rule: 'calico-version',
    differs: { ...FROM_A, ...INTO_D },
  },
  'Calico: a tier that is not among the manifests': {
    policies: [calico('unknown.one', '{ tier: unknown, selector: all(), types: [Ingress] }', 'd')],
    rule: 'calico-tier',
    differs: INTO_D,
  },
  'Calico: peers that it makes nothing of': {
    policies: [
      admin(
        'nodes',
        `{ priority: 7, subject: { namespaces: { ${ns('a')} } }, egress: [{ action: Deny, to: [{ nodes: {} }] }, { action: Deny, to: [{ namespaces: { ${ns('b')} } }] }] }`,
      ),
    ],
    options: { engine: 'calico', version: '3.31' },
    rule: 'unread-policy',
    differs: FROM_A,
  },
  'Antrea: a tier that is not among the manifests': {
    policies: [antrea('one', antreaRule('Drop', 'b', 'tier: unknown, '))],
    rule: 'antrea-tier',
    differs: FROM_A,
  },
  'Antrea: two tiers of one priority': {
    policies: [
      antreaTier('first', 70),
      antreaTier('second', 70),
      antrea('one', antreaRule('Drop', 'b', 'tier: first, ')),
    ],
    rule: 'antrea-tier',
    differs: FROM_A,
  },
  'Antrea: an allow and a denial of one priority': {
    policies: [antrea('one', antreaRule('Allow')), antrea('two', antreaRule('Drop'))],
    rule: 'clashing-priorities',
    differs: perhaps('a>b'),
  },
  'Antrea: a pass and a denial of one priority': {
    policies: [antrea('one', antreaRule('Pass')), antrea('two', antreaRule('Drop'))],
    rule: 'clashing-priorities',
    differs: perhaps('a>b'),
  },
  'Antrea: one priority, about different pods': {
    policies: [antrea('one', antreaRule('Allow')), antrea('two', antreaRule('Drop', 'c'))],
    rule: '',
    differs: denied('a>c'),
  },
  'AdminNetworkPolicy: an allow and a denial of one priority': {
    policies: [admin('one', adminRule('Allow', 7)), admin('two', adminRule('Deny', 7))],
    rule: 'clashing-priorities',
    differs: perhaps('a>b'),
  },
  'AdminNetworkPolicy: an allow and a pass of one priority': {
    policies: [admin('one', adminRule('Allow', 7)), admin('two', adminRule('Pass', 7))],
    rule: 'clashing-priorities',
    differs: perhaps('a>b'),
  },
  'AdminNetworkPolicy: a denial and a pass of one priority': {
    policies: [admin('one', adminRule('Deny', 7)), admin('two', adminRule('Pass', 7))],
    rule: 'clashing-priorities',
    differs: perhaps('a>b'),
  },
  'AdminNetworkPolicy: two priorities': {
    policies: [admin('one', adminRule('Allow', 7)), admin('two', adminRule('Deny', 8))],
    rule: '',
    differs: {},
  },
  'ClusterNetworkPolicy: an accept and a denial of one priority': {
    policies: [tiered('one', tieredRule('Accept')), tiered('two', tieredRule('Deny'))],
    rule: 'clashing-priorities',
    differs: perhaps('a>b'),
  },
  'ClusterNetworkPolicy: a denial and a pass of one priority': {
    policies: [tiered('one', tieredRule('Deny')), tiered('two', tieredRule('Pass'))],
    rule: 'clashing-priorities',
    differs: perhaps('a>b'),
  },
  'both generations of the API': {
    policies: [admin('one', adminRule('Deny', 7)), tiered('two', tieredRule('Accept', 'c'))],
    options: { engine: 'cluster-network-policy' },
    rule: 'engine-mixed',
    differs: FROM_A,
  },
  'OpenShift: a priority that OVN-Kubernetes leaves out': {
    policies: [admin('one', adminRule('Deny', 100))],
    options: OPENSHIFT,
    rule: 'ovn-kubernetes-priority',
    differs: FROM_A,
  },
  'OpenShift: names, which it refuses': {
    policies: [
      admin(
        'one',
        `{ priority: 7, subject: { namespaces: { ${ns('a')} } }, egress: [{ action: Allow, to: [{ domainNames: [huggingface.co.] }] }] }`,
      ),
    ],
    options: OPENSHIFT,
    rule: 'ovn-kubernetes-domain-names',
    differs: FROM_A,
  },
  'a kind that the engine does not enforce': {
    policies: [calico('one', '{ selector: all(), types: [Ingress] }', 'd')],
    options: { engine: 'cilium' },
    rule: 'engine-not-enforced',
    differs: INTO_D,
  },
  'a kind that the engine does not enforce, only tried out': {
    policies: [
      one(
        'projectcalico.org/v3',
        'StagedNetworkPolicy',
        'name: one, namespace: d',
        '{ selector: all(), types: [Ingress] }',
      ),
    ],
    options: { engine: 'cilium' },
    rule: 'engine-not-enforced',
    differs: {},
  },
  'a NetworkPolicy of a version that is gone': {
    policies: [
      one(
        'extensions/v1beta1',
        'NetworkPolicy',
        'name: old, namespace: d',
        '{ podSelector: { matchLabels: { app: d } }, ingress: [] }',
      ),
    ],
    rule: 'unknown-api',
    differs: INTO_D,
  },
  'a cluster-wide policy of some pods, which is refused': {
    policies: [
      one(
        'cilium.io/v2',
        'CiliumClusterwideNetworkPolicy',
        'name: one',
        `{ endpointSelector: { matchLabels: { app: a } }, egress: [{ toEndpoint: [{}] }] }`,
      ),
    ],
    rule: 'unknown-field',
    // Whoever puts it right may bind them in both directions.
    differs: { ...FROM_A, ...perhaps('b>a', 'c>a', 'd>a') },
  },
};

describe('what an engine leaves undefined', () => {
  it.each(Object.entries(ROWS))('puts the pods concerned in doubt, and no others: %s', (_, row) => {
    const { policies, options = {}, rule, differs } = row;
    const text = WORLD + policies.join('');
    expect(answersOf(WORLD, options)).toEqual(WITHOUT);
    expect(answersOf(text, options)).toEqual({ ...WITHOUT, ...differs });
    const reading = readText(text, 'in.yaml');
    const { broken, doubts } = reliabilityOf(reading, planeOf(reading, options));
    expect(broken).toEqual([]);
    expect([...new Set(doubts.map((it) => it.rule))]).toEqual(rule === '' ? [] : [rule]);
  });
});

describe('host names of Cilium in doubt', () => {
  const ADDRESS = '203.0.113.7';
  const TO_ADDRESS = 'toPorts: [{ ports: [{ port: "443", protocol: TCP }] }]';
  const names = cilium(
    'names',
    `{ endpointSelector: {}, egress: [{ toFQDNs: [{ matchName: hf.co }], ${TO_ADDRESS} }] }`,
  );
  const network = cilium('network', `{ endpointSelector: {}, egress: [{ toCIDR: [203.0.113.0/24], ${TO_ADDRESS} }] }`);
  const outside = (text: string, from: string, port: number, options: PlaneOptions = { engine: 'cilium' }) => {
    const reading = readText(WORLD + text, 'in.yaml');
    return connectivity(reading.world, planeOf(reading, options).plane).allowed(
      `${from}/Pod/pod`,
      ADDRESS,
      'TCP',
      port,
    );
  };
  const [PERHAPS, NO, YES] = [
    { must: false, may: true },
    { must: false, may: false },
    { must: true, may: true },
  ];

  it('may be let through, and nothing else is in doubt', () => {
    expect(outside(names, 'a', 443)).toEqual(PERHAPS);
    expect(outside(names, 'a', 80)).toEqual(NO);
    expect(outside(names, 'b', 443)).toEqual(YES);
    expect(answersOf(WORLD + names, { engine: 'cilium' })).toEqual({ ...WITHOUT, ...denied('a>b', 'a>c', 'a>d') });
  });

  it('leave certain what another policy lets through', () => {
    expect(outside(names + network, 'a', 443)).toEqual(YES);
  });
});
