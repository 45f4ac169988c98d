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
