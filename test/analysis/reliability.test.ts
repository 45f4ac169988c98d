import { planeOf, readText } from '../../lib/analysis';
import { reliabilityOf } from '../../lib/analysis/reliability';

const ofOneNamespace = `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: wrong, namespace: x }
spec: { podSelector: {}, ingress: [{ from: {} }] }
`;
const ofAnyPod = `
---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: wrong }
spec: { tier: Admin, priority: 1, subject: { namespaces: {} }, ingress: 3 }
`;
const unread = '\n---\napiVersion: v1\nkind: Pod\nmetadata: { name: p, namespace: x, labels: 3 }\n';

function told(yaml: string): { broken: number; doubts: number; all: number } {
  const reading = readText(yaml, 'in.yaml');
  const plane = planeOf(reading);
  const { broken, doubts } = reliabilityOf(reading, plane);
  expect(new Set([...broken, ...doubts])).toEqual(new Set([...reading.problems, ...plane.problems]));
  return { broken: broken.length, doubts: doubts.length, all: reading.problems.length };
}

describe('what is wrong in manifests', () => {
  it('leaves answers about other pods reliable where a policy of one namespace is refused', () => {
    expect(told(ofOneNamespace)).toEqual({ broken: 0, doubts: 1, all: 1 });
  });

  it('makes every answer unreliable where the policy may be about any pod, and where an object is not read at all', () => {
    expect(told(ofAnyPod)).toEqual({ broken: 1, doubts: 0, all: 1 });
    expect(told(unread)).toEqual({ broken: 1, doubts: 0, all: 1 });
    expect(told(ofOneNamespace + ofAnyPod + unread)).toEqual({ broken: 2, doubts: 1, all: 3 });
  });

  it('is nothing where nothing is', () => {
    expect(told('')).toEqual({ broken: 0, doubts: 0, all: 0 });
  });

  it('counts what is wrong with the plane', () => {
    const reading = readText('', 'in.yaml');
    const problem = { rule: 'engine', what: 'it is not known' };
    expect(reliabilityOf(reading, { ...planeOf(reading), problems: [problem] })).toEqual({
      broken: [problem],
      doubts: [],
    });
  });
});
