import { explain, planeOf, readText } from '../../../lib/analysis';
import { walkthrough } from '../../../lib/analysis/explanation/walkthrough';

const pods = ['client', 'server']
  .map(
    (name) => `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: x, labels: { app: ${name} } }
spec: { containers: [{ name: c }] }
`,
  )
  .join('');

const subject = 'subject: { pods: { podSelector: { matchLabels: { app: server } } } }';

const ofTier = (tier: string, action: string) => `
---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: ${tier.toLowerCase()} }
spec: { tier: ${tier}, priority: 1, ${subject}, ingress: [{ action: ${action}, from: [{ namespaces: {} }] }] }
`;

const admin = (action: string) => ofTier('Admin', action);
const baseline = ofTier('Baseline', 'Deny');

const policy = (ingress: string) => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: server, namespace: x }
spec: { podSelector: { matchLabels: { app: server } }, policyTypes: [Ingress]${ingress} }
`;

const fromClient = ', ingress: [{ from: [{ podSelector: { matchLabels: { app: client } } }] }]';
/** A block may hold a pod, or not. */
const fromBlock = ', ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]';

/** What each layer says at the server, with how many of its decisions bear on it: `NetworkPolicy allowed 1`. */
function asked(yaml: string, side: 'ingress' | 'egress' = 'ingress', from = 'x/Pod/client'): string[] {
  const reading = readText(pods + yaml, 'in.yaml');
  expect(reading.problems).toEqual([]);
  const { plane } = planeOf(reading, { engine: 'cluster-network-policy', ipBlockMode: 'may' });
  const found = explain(reading.world, plane, { from, to: 'x/Pod/server', protocol: 'TCP', port: 80 });
  return walkthrough(found[side], plane).map(({ said, decisions }) => `${said} ${decisions.length}`);
}

describe('the layers that a connection meets', () => {
  it('say nothing where none of their policies is about it, and the last as little as the first', () => {
    expect(asked('')).toEqual(['nothing 0', 'nothing 0', 'nothing 0']);
    expect(asked(baseline)).toEqual(['nothing 0', 'nothing 0', 'denied 1']);
  });

  it('are not asked once one has decided', () => {
    expect(asked(admin('Accept') + policy('') + baseline)).toEqual(['allowed 1', 'not asked 0', 'not asked 0']);
    expect(asked(admin('Deny') + policy(fromClient) + baseline)).toEqual(['denied 1', 'not asked 0', 'not asked 0']);
    expect(asked(policy(fromClient) + baseline)).toEqual(['nothing 0', 'allowed 1', 'not asked 0']);
    expect(asked(policy('') + baseline)).toEqual(['nothing 0', 'denied 1', 'not asked 0']);
  });

  it('may hand it to the next on purpose', () => {
    expect(asked(admin('Pass') + policy(fromClient))).toEqual(['passed 1', 'allowed 1', 'not asked 0']);
    expect(asked(admin('Pass') + baseline)).toEqual(['passed 1', 'nothing 0', 'denied 1']);
    expect(asked(admin('Pass'))).toEqual(['passed 1', 'nothing 0', 'nothing 0']);
  });

  it('say perhaps where one of several decisions hangs on what is not known', () => {
    expect(asked(policy(fromBlock) + baseline)).toEqual(['nothing 0', 'perhaps 2', 'not asked 0']);
  });

  it('are none where no policy binds the end', () => {
    expect(asked(policy(fromBlock), 'egress', '10.1.2.3')).toEqual([]);
    expect(asked(policy(fromBlock), 'ingress', '10.1.2.3')).toEqual(['nothing 0', 'allowed 1', 'not asked 0']);
  });
});
