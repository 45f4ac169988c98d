import { policyHook } from '../../lib/checks/policy-hook';
import { foundIn } from './found';
import { deployment, policy } from './policies';

const annotated = (text: string) => policy({ ingress: '[]', metadata: `, annotations: { ${text} }` });

test('A hook is found at its annotation.', () => {
  expect(foundIn(policyHook, annotated('helm.sh/hook: pre-install'))).toMatchObject([
    { level: 'warning', value: 'pre-install', place: { field: "metadata.annotations['helm.sh/hook']" } },
  ]);
});

test('Waves are no hooks, and a hook that is no policy is not found here.', () => {
  expect(foundIn(policyHook, annotated('argocd.argoproj.io/sync-wave: "-1"'))).toEqual([]);
  const job = deployment({}).replace('namespace: models }', 'namespace: models, annotations: { helm.sh/hook: test } }');
  expect(foundIn(policyHook, job)).toEqual([]);
});

test('A policy of any engine is asked, with rules or without.', () => {
  const calico = `
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: deny, namespace: models, annotations: { argocd.argoproj.io/hook: Sync } }
spec: { types: [Ingress] }
`;
  expect(foundIn(policyHook, calico)).toHaveLength(1);
});
