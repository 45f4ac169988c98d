import { type Folder, folder } from './worlds';

let here: Folder;
beforeEach(() => {
  here = folder();
  here.write('pods.yaml', ['vllm', 'gateway', 'scanner', 'prober', 'stranger'].map(pod).join('---\n'));
});
afterEach(() => here.remove());

function pod(app: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: ${app}, namespace: models, labels: { app: ${app} } }\nspec: { containers: [] }\n`;
}

const policies = (...objects: readonly object[]) =>
  here.write('policies.yaml', objects.map((object) => JSON.stringify(object)).join('\n---\n'));

interface Said {
  readonly code: number;
  /** What each layer says of the ingress of vllm, without the file. */
  readonly layers: readonly string[];
  readonly missing: string;
  readonly why: string;
}

/** Asks for vllm from another pod; can has to give the same answer. */
async function asked(from: string, port = '8000'): Promise<Said> {
  const question = [`models/${from}`, 'models/vllm', port];
  const explained = await here.run(['explain', ...question]);
  const can = await here.run(['can', ...question]);
  expect(can.code).toBe(explained.code);
  const [, ingress] = explained.out.split(/ {2}ingress of models\/Pod\/vllm: \w+\n/);
  const plain = (text: string) => text.replaceAll(/ \([^)]*policies[.]yaml:\d+\)/g, '');
  const lines = ingress.split('\n');
  return {
    code: explained.code,
    layers: lines
      .filter((line) => /^ {4}[A-Za-z]+ {2}/.test(line))
      .map((line) => plain(line.trim().replace(/ {2,}/, ': '))),
    missing: lines
      .filter((line) => /^ {2}\w/.test(line))
      .join(' ')
      .trim(),
    why: plain(can.out.split('\n')[1].trim()),
  };
}

const closed = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'closed', namespace: 'models' },
  spec: {
    podSelector: { matchLabels: { app: 'vllm' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'prober' } } }] }],
  },
};

describe('explain of tiers of Calico', () => {
  const tier = (name: string, order: number, more: object = {}) => ({
    apiVersion: 'projectcalico.org/v3',
    kind: 'Tier',
    metadata: { name },
    spec: { order, ...more },
  });
  const from = (app: string) => ({ source: { selector: `app == '${app}'` } });
  const quarantine = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    metadata: { name: 'security.quarantine' },
    spec: {
      tier: 'security',
      selector: "app == 'vllm'",
      types: ['Ingress'],
      ingress: [
        { action: 'Deny', ...from('scanner') },
        { action: 'Pass', ...from('prober') },
        { action: 'Pass', ...from('gateway') },
      ],
    },
  };
  const gateways = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name: 'platform.gateways', namespace: 'models' },
    spec: {
      tier: 'platform',
      selector: "app == 'vllm'",
      types: ['Ingress'],
      ingress: [{ action: 'Allow', protocol: 'TCP', ...from('gateway'), destination: { ports: [8000] } }],
    },
  };
  const QUARANTINE = 'GlobalNetworkPolicy security.quarantine spec.ingress';

  // Written out of their order: what counts is the order of each.
  const all = (platform: object) => [
    closed,
    gateways,
    tier('platform', 200, platform),
    quarantine,
    tier('security', 100),
  ];

  it('stops at the tier that denies, and asks none below', async () => {
    policies(...all({ defaultAction: 'Pass' }));
    expect(await asked('scanner')).toEqual({
      code: 1,
      layers: [
        `security: ${QUARANTINE}[0] denies it`,
        'platform: not asked, since it is decided',
        'default: not asked, since it is decided',
      ],
      missing:
        'Take out the rule that denies ingress of models/Pod/vllm, or narrow it: what is added would not come before it.',
      why: `${QUARANTINE}[0] denies it`,
    });
  });

  it('hands on what is passed, to the next tier that allows it', async () => {
    policies(...all({ defaultAction: 'Pass' }));
    expect(await asked('gateway')).toMatchObject({
      code: 0,
      layers: [
        `security: ${QUARANTINE}[2] passes it on`,
        'platform: NetworkPolicy models/platform.gateways spec.ingress[0] allows it',
        'default: not asked, since it is decided',
      ],
    });
  });

  it('denies at the end of a tier what its policies select and none of their rules matches', async () => {
    policies(...all({ defaultAction: 'Pass' }));
    expect(await asked('stranger')).toEqual({
      code: 1,
      layers: [
        'security: isolated by GlobalNetworkPolicy security.quarantine, and no rule allows it',
        'platform: not asked, since it is decided',
        'default: not asked, since it is decided',
      ],
      missing:
        'Add a rule to the layer security that allows ingress of models/Pod/vllm: a NetworkPolicy would not be asked.',
      why: 'models/Pod/vllm is isolated by GlobalNetworkPolicy security.quarantine, and no rule for ingress allows it',
    });
  });

  it('goes on at the end of a tier that passes by default, to NetworkPolicies in the tier default', async () => {
    policies(...all({ defaultAction: 'Pass' }));
    expect(await asked('prober')).toMatchObject({
      code: 0,
      layers: [
        `security: ${QUARANTINE}[1] passes it on`,
        'platform: no policy of it is about this',
        'default: NetworkPolicy models/closed spec.ingress[0] allows it',
      ],
    });
    expect(await asked('gateway', '8001')).toMatchObject({
      code: 1,
      layers: [
        `security: ${QUARANTINE}[2] passes it on`,
        'platform: no policy of it is about this',
        'default: isolated by NetworkPolicy models/closed, and no rule allows it',
      ],
      missing: 'To allow it, add:',
    });
  });

  it('stops there where the tier denies by default, as tiers do', async () => {
    policies(...all({}));
    expect(await asked('prober')).toMatchObject({
      code: 1,
      layers: [
        `security: ${QUARANTINE}[1] passes it on`,
        'platform: isolated by NetworkPolicy models/platform.gateways, and no rule allows it',
        'default: not asked, since it is decided',
      ],
    });
  });
});

describe('explain of layers of Antrea', () => {
  const at = (app: string) => [{ podSelector: { matchLabels: { app } } }];
  const policy = (kind: string, name: string, tier: string, priority: number, ingress: readonly object[]) => ({
    apiVersion: 'crd.antrea.io/v1beta1',
    kind,
    metadata: { name, ...(kind === 'NetworkPolicy' && { namespace: 'models' }) },
    spec: {
      tier,
      priority,
      appliedTo: at('vllm').map((one) => (kind === 'NetworkPolicy' ? one : { ...one, namespaceSelector: {} })),
      ingress,
    },
  });
  const across = (app: string) => at(app).map((one) => ({ ...one, namespaceSelector: {} }));
  const emergency = policy('ClusterNetworkPolicy', 'emergency', 'emergency', 1, [
    { action: 'Drop', from: across('scanner') },
    { action: 'Pass', from: across('prober') },
  ]);
  const gateways = policy('NetworkPolicy', 'gateways', 'application', 5, [
    { action: 'Allow', from: at('gateway'), ports: [{ protocol: 'TCP', port: 8000 }] },
    { action: 'Drop', from: at('prober') },
  ]);
  const baseline = policy('ClusterNetworkPolicy', 'base', 'baseline', 1, [{ action: 'Drop' }]);

  it('has tiers, then NetworkPolicies, then the baseline, and stops at what decides', async () => {
    policies(baseline, closed, gateways, emergency);
    expect(await asked('scanner')).toMatchObject({
      code: 1,
      layers: [
        'tiers: ClusterNetworkPolicy emergency spec.ingress[0] denies it',
        'NetworkPolicy: not asked, since it is decided',
        'baseline: not asked, since it is decided',
      ],
    });
    expect(await asked('gateway')).toMatchObject({
      code: 0,
      layers: [
        'tiers: NetworkPolicy models/gateways spec.ingress[0] allows it',
        'NetworkPolicy: not asked, since it is decided',
        'baseline: not asked, since it is decided',
      ],
    });
  });

  it('hands what is passed to NetworkPolicies, and to no rule of a later tier', async () => {
    policies(baseline, closed, gateways, emergency);
    expect(await asked('prober')).toMatchObject({
      code: 0,
      layers: [
        'tiers: ClusterNetworkPolicy emergency spec.ingress[1] passes it on',
        'NetworkPolicy: NetworkPolicy models/closed spec.ingress[0] allows it',
        'baseline: not asked, since it is decided',
      ],
    });
  });

  it('stops at NetworkPolicies that isolate the pod, before the baseline', async () => {
    policies(baseline, closed, gateways, emergency);
    expect(await asked('stranger')).toMatchObject({
      code: 1,
      layers: [
        'tiers: no policy of it is about this',
        'NetworkPolicy: isolated by NetworkPolicy models/closed, and no rule allows it',
        'baseline: not asked, since it is decided',
      ],
      missing: 'To allow it, add:',
    });
  });

  it('comes to the baseline where no NetworkPolicy isolates the pod, and says what one would do', async () => {
    policies(baseline, gateways);
    expect(await asked('stranger')).toEqual({
      code: 1,
      layers: [
        'tiers: no policy of it is about this',
        'NetworkPolicy: no policy of it is about this',
        'baseline: ClusterNetworkPolicy base spec.ingress[0] denies it',
      ],
      missing:
        'Take out the rule that denies ingress of models/Pod/vllm, or narrow it. A NetworkPolicy would come before it, and would close models/Pod/vllm for ingress to all that it does not allow.',
      why: 'ClusterNetworkPolicy base spec.ingress[0] denies it',
    });
  });
});
