import { returnPathRule as check } from '../../lib/checks/return-path-rule';
import { app, found, pod, policy } from './manifests';

const gateway = [{ podSelector: app('gateway') }];
const vllm = (egress: object) =>
  policy('models', 'vllm', {
    podSelector: app('vllm'),
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: gateway, ports: [{ port: 8000 }] }],
    egress: [egress],
  });

it('finds the same port back to a client that does not serve it', () => {
  const pods = [pod('models', 'vllm', { http: 8000 }), pod('models', 'gateway', { http: 8080 })];
  expect(
    found(check, ...pods, vllm({ to: gateway, ports: [{ port: 8000 }] })).map(({ place }) => place?.field),
  ).toEqual(['spec.egress[0]']);
});

it('takes two that serve the same port for peers, as of a database', () => {
  const pods = [pod('models', 'vllm', { http: 8000 }), pod('models', 'gateway', { http: 8000 })];
  expect(found(check, ...pods, vllm({ to: gateway, ports: [{ port: 8000 }] }))).toEqual([]);
});

it('says nothing of other peers, of other ports, and of pods that declare none', () => {
  expect(found(check, vllm({ to: [{ podSelector: app('other') }], ports: [{ port: 32768, endPort: 60999 }] }))).toEqual(
    [],
  );
  expect(
    found(
      check,
      pod('models', 'vllm', { http: 8000 }),
      pod('models', 'gateway'),
      vllm({ to: gateway, ports: [{ port: 8000 }] }),
    ),
  ).toEqual([]);
  expect(found(check, vllm({ to: gateway, ports: [{ port: 9000 }] }))).toEqual([]);
});
