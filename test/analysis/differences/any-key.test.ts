// A label may have any key, also one that fields of our own values have.
import { differences, planeOf, readManifests } from '../../../lib/analysis';

const pod = (name: string, labels: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'ns', labels },
  spec: { containers: [{ name: 'c', image: 'i' }] },
});

const deny = (labels: Readonly<Record<string, string>>) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny', namespace: 'ns' },
  spec: { podSelector: { matchLabels: labels }, policyTypes: ['Ingress'] },
});

function stateOf(manifests: readonly object[]) {
  const reading = readManifests(manifests);
  return { world: reading.world, plane: planeOf(reading).plane, written: manifests.map((object) => ({ object })) };
}

describe.each(['id', 'policy', 'doubt', 'index', 'kind', 'namespace', 'labels', 'constructor'])(
  'the label %s',
  (key) => {
    const web = pod('web', { app: 'web' });

    it('is noticed where a pod has another value, and is no longer isolated', () => {
      const before = stateOf([pod('db', { [key]: 'one' }), web, deny({ [key]: 'one' })]);
      const after = stateOf([pod('db', { [key]: 'two' }), web, deny({ [key]: 'one' })]);
      expect(differences(before, after).changes.length).toBeGreaterThan(0);
      expect(differences(before, before).changes).toEqual([]);
    });

    it('is noticed where a policy asks for another value', () => {
      const pods = [pod('db', { [key]: 'one' }), web];
      const [before, after] = ['one', 'two'].map((value) => stateOf([...pods, deny({ [key]: value })]));
      expect(differences(before as never, after as never).changes.length).toBeGreaterThan(0);
    });
  },
);
