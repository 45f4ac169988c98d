import { clusterEnforcesNothing as check } from '../../lib/checks/cluster-enforces-nothing';
import { denyAll, found, foundAt } from './manifests';

const agent = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name, namespace: 'kube-system' },
  spec: { selector: {}, template: { metadata: { labels: { app: name } }, spec: { containers: [{ name }] } } },
});

it('finds flannel alone, and not beside an engine that enforces', () => {
  expect(foundAt(check, agent('kube-flannel-ds'), denyAll('a'))).toEqual([
    'error DaemonSet kube-system/kube-flannel-ds',
  ]);
  expect(found(check, agent('kube-flannel-ds'), agent('calico-node'), denyAll('a'))).toEqual([]);
});

it('says nothing where there is no policy, or no network plugin at all', () => {
  expect(found(check, agent('kube-flannel-ds'))).toEqual([]);
  expect(found(check, denyAll('a'))).toEqual([]);
});
