import { exposure, planeOf, readText } from '../../lib/analysis';
import { exposureJson } from '../../lib/report/exposure-json';
import { exposureText } from '../../lib/report/exposure-text';

const pod = (name: string, namespace = 'x') => `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }
spec: { containers: [{ name: c }] }
`;

const policy = (ingress: string, types = 'Ingress', namespace = 'x') => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: p-${types.toLowerCase()}, namespace: ${namespace} }
spec: { podSelector: {}, policyTypes: [${types}]${ingress} }
`;

function told(yaml: string): string[] {
  const reading = readText(yaml, 'in.yaml');
  expect(reading.problems).toEqual([]);
  return exposureText(exposure(reading.world, planeOf(reading).plane))
    .trimEnd()
    .split('\n');
}

const from = (peer: string, port = 80) => `, ingress: [{ from: [${peer}], ports: [{ port: ${port} }] }]`;

describe('exposure', () => {
  it('is everything where nothing isolates', () => {
    expect(told(pod('a'))).toEqual([
      'x/Pod/a',
      '  from a pod without labels in a new namespace of any name: everything',
      '  from internet: everything',
    ]);
  });

  it('is nothing where all is denied', () => {
    expect(told(pod('a') + policy(''))).toEqual(['Nothing that the manifests do not show could reach any workload.']);
  });

  it('is a namespace with a label that anybody may set', () => {
    expect(told(pod('a') + policy(from('{ namespaceSelector: { matchLabels: { team: ml } } }')))).toEqual([
      'x/Pod/a',
      '  from a pod without labels in a new namespace with team=ml: TCP/80',
    ]);
  });

  it('is a pod that a rule names and no manifest has', () => {
    const peer = '{ podSelector: { matchLabels: { app: client } } }';
    expect(told(pod('a') + policy(from(peer)))).toEqual([
      'x/Pod/a',
      '  from a pod with app=client in namespace x: TCP/80',
    ]);
    // Where it is there, it is a path and no exposure.
    expect(told(pod('a') + policy(from('{ podSelector: { matchLabels: { app: a } } }')))).toEqual([
      'Nothing that the manifests do not show could reach any workload.',
    ]);
  });

  it('is told once where any pod could, and again for those that could do more', () => {
    const rules = `, ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 80 }] }, { from: [{ namespaceSelector: { matchLabels: { a: b } } }], ports: [{ port: 80 }, { port: 81 }] }, { from: [{ namespaceSelector: { matchLabels: { c: d } } }], ports: [{ port: 80 }] }]`;
    expect(told(pod('a') + policy(rules))).toEqual([
      'x/Pod/a',
      '  from a pod without labels in a new namespace of any name: TCP/80',
      '  from a pod without labels in a new namespace with a=b: TCP/80-81',
    ]);
  });

  it('is none for pods that their own namespace keeps in', () => {
    const peer =
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: z } }, podSelector: { matchLabels: { app: client } } }';
    const target = pod('a') + policy(from(peer));
    expect(told(target + pod('other', 'z'))[1]).toBe('  from a pod with app=client in namespace z: TCP/80');
    expect(told(target + pod('other', 'z') + policy('', 'Egress', 'z')).join('\n')).not.toContain('client');
  });

  it('is none where a rule above denies it', () => {
    const admin = `
---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: deny }
spec:
  priority: 1
  subject: { namespaces: { matchLabels: { kubernetes.io/metadata.name: x } } }
  ingress: [{ action: Deny, from: [{ namespaces: { matchLabels: { team: ml } } }] }]
`;
    expect(told(pod('a') + policy(from('{ namespaceSelector: { matchLabels: { team: ml } } }')) + admin)).toEqual([
      'Nothing that the manifests do not show could reach any workload.',
    ]);
  });

  it('is tried for every rule that lets in or passes on, and never for one of the way out or that denies', () => {
    const egress = `, egress: [{ to: [{ podSelector: { matchLabels: { app: out } } }] }]`;
    expect(told(pod('a') + policy('') + policy(egress, 'Egress'))).toEqual([
      'Nothing that the manifests do not show could reach any workload.',
    ]);
  });

  it('is said to be of a namespace that is there, with the labels that it has', () => {
    const namespace = '\n---\napiVersion: v1\nkind: Namespace\nmetadata: { name: z, labels: { team: ml } }\n';
    const peer =
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: z, team: TEAM } }, podSelector: { matchLabels: { app: client } } }';
    const open = pod('a') + namespace + policy(from(peer.replace('TEAM', 'ml')));
    expect(told(open)).toEqual(['x/Pod/a', '  from a pod with app=client in namespace z: TCP/80']);
    // The namespace of that name has another label, and only its owner could change it.
    expect(told(pod('a') + namespace + policy(from(peer.replace('TEAM', 'web'))))).toEqual([
      'Nothing that the manifests do not show could reach any workload.',
    ]);
  });

  it('counts the workloads that a rule means, of those that policies see', () => {
    const clients = ['one', 'two'].map((name) => pod(name, 'z').replace(`app: ${name}`, 'app: client')).join('');
    const onHost = pod('three', 'z')
      .replace('app: three', 'app: client')
      .replace('containers', 'hostNetwork: true, containers');
    const namespace = '\n---\napiVersion: v1\nkind: Namespace\nmetadata: { name: z, labels: { team: ml } }\n';
    const peer = '{ namespaceSelector: { matchLabels: { team: ml } }, podSelector: { matchLabels: { app: client } } }';
    const reading = readText(pod('a') + clients + onHost + namespace + policy(from(peer)), 'in.yaml');
    const [{ openings }] = exposure(reading.world, planeOf(reading).plane).filter(({ workloads }) =>
      workloads.includes('x/Pod/a'),
    );
    expect(openings).toMatchObject([
      { from: { namespaceLabels: { team: 'ml' }, labels: { app: 'client' }, shown: 2 } },
    ]);
  });

  it('takes names that are taken for other namespaces', () => {
    const taken = '\n---\napiVersion: v1\nkind: Namespace\nmetadata: { name: any-0, labels: { team: ml } }\n';
    const letIn = policy(from('{ namespaceSelector: { matchLabels: { team: ml } } }'));
    expect(told(pod('a') + taken + letIn)).toEqual([
      'x/Pod/a',
      '  from a pod without labels in a new namespace with team=ml: TCP/80',
    ]);
  });

  it('is told together for workloads that are open to the same, sorted by name', () => {
    const reading = readText(pod('b') + pod('a', 'z') + pod('a'), 'in.yaml');
    const [{ workloads }, ...others] = exposure(reading.world, planeOf(reading).plane);
    expect([workloads, others]).toEqual([['x/Pod/a', 'x/Pod/b', 'z/Pod/a'], []]);
    const two = pod('b') + pod('a', 'z') + policy('', 'Ingress', 'z') + policy(from('{ namespaceSelector: {} }'));
    expect(told(two)[0]).toBe('x/Pod/b');
  });

  it('is a part of the internet', () => {
    expect(told(pod('a') + policy(from('{ ipBlock: { cidr: 203.0.113.0/24 } }')))).toContain(
      '  from 203.0.113.0/24: TCP/80',
    );
  });

  it('has JSON with what was tried', () => {
    const reading = readText(pod('a') + policy(from('{ podSelector: { matchLabels: { app: client } } }')), 'in.yaml');
    expect(JSON.parse(exposureJson(exposure(reading.world, planeOf(reading).plane)))).toEqual({
      schema: 'cdk8s-zero-trust/exposure/v1',
      exposures: [
        {
          workloads: ['x/Pod/a'],
          openings: [
            {
              from: { namespace: 'x', namespaceLabels: {}, labels: { app: 'client' }, shown: 0 },
              must: 'TCP/80',
              may: 'TCP/80',
            },
          ],
        },
      ],
    });
  });
});
