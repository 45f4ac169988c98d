import { ambientMeshPort } from '../../lib/checks/ambient-mesh-port';
import { foundIn } from './found';
import { deployment, policy } from './policies';

const mesh = `
apiVersion: v1
kind: Namespace
metadata: { name: models, labels: { istio.io/dataplane-mode: ambient } }
`;
const RULE = '{ from: [{ podSelector: {} }], ports: [{ port: 8000 }] }';

test('A rule for pods of the mesh without its port is found.', () => {
  expect(foundIn(ambientMeshPort, mesh + policy({ ingress: `[${RULE}]` }))).toMatchObject([
    { level: 'warning', value: 'TCP/8000', place: { object: 'NetworkPolicy models/vllm', field: 'spec.ingress[0]' } },
  ]);
});

test('Another rule or policy for the same pods may open it.', () => {
  expect(foundIn(ambientMeshPort, mesh + policy({ ingress: `[${RULE}, { ports: [{ port: 15008 }] }]` }))).toEqual([]);
  const everywhere = policy({ name: 'mesh', pods: '', ingress: '[{ ports: [{ port: 15008 }] }]' });
  expect(foundIn(ambientMeshPort, mesh + policy({ ingress: `[${RULE}]` }) + everywhere)).toEqual([]);
  expect(
    foundIn(
      ambientMeshPort,
      mesh + policy({ ingress: `[${RULE}]` }) + policy({ name: 'other', pods: 'app: other', ingress: '[{}]' }),
    ),
  ).toHaveLength(1);
});

test('Outside the mesh, for what the mesh does not carry, and for pods that leave it, nothing is said.', () => {
  expect(foundIn(ambientMeshPort, policy({ ingress: `[${RULE}]` }))).toEqual([]);
  expect(
    foundIn(
      ambientMeshPort,
      mesh + policy({ ingress: '[{ from: [{ podSelector: {} }], ports: [{ port: 53, protocol: UDP }] }]' }),
    ),
  ).toEqual([]);
  expect(
    foundIn(
      ambientMeshPort,
      mesh + policy({ ingress: '[{ from: [{ ipBlock: { cidr: 192.0.2.0/24 } }], ports: [{ port: 8000 }] }]' }),
    ),
  ).toEqual([]);
  const left = deployment({ labels: 'app: vllm, istio.io/dataplane-mode: none' });
  expect(foundIn(ambientMeshPort, mesh + left + policy({ ingress: `[${RULE}]` }))).toEqual([]);
});
