import { hostNetwork } from '../../lib/checks/host-network';
import { foundIn } from './found';
import { policy } from './policies';

const exporter = `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: node-exporter, namespace: monitoring }
spec:
  template:
    metadata: { labels: { app: node-exporter } }
    spec:
      hostNetwork: true
      containers: [{ name: exporter, image: node-exporter }]
`;

test('Pods that a policy selects by their labels are found where they are put on the host network.', () => {
  expect(
    foundIn(hostNetwork, exporter + policy({ namespace: 'monitoring', pods: 'app: node-exporter', ingress: '[]' })),
  ).toMatchObject([
    {
      level: 'warning',
      about: 'DaemonSet monitoring/node-exporter',
      what: 'NetworkPolicy monitoring/vllm selects pods that are on the host network, and does not bind them',
      place: { object: 'DaemonSet monitoring/node-exporter', field: 'spec.template.spec.hostNetwork', line: 9 },
    },
  ]);
});

test('A policy for every pod of the namespace is worth a note.', () => {
  expect(foundIn(hostNetwork, exporter + policy({ namespace: 'monitoring', pods: '', ingress: '[]' }))).toMatchObject([
    { level: 'note' },
  ]);
});

test('Policies for other pods, or of other namespaces, are not about it.', () => {
  expect(foundIn(hostNetwork, exporter)).toEqual([]);
  expect(foundIn(hostNetwork, exporter + policy({ namespace: 'monitoring', ingress: '[]' }))).toEqual([]);
  expect(foundIn(hostNetwork, exporter + policy({ pods: 'app: node-exporter', ingress: '[]' }))).toEqual([]);
});
