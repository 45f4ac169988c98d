import { planeOf } from '../../lib/analysis';
import { readText } from '../../lib/analysis/files/read-files';
import { seenOf } from '../../lib/checks/seen';

/** In the namespace of these worlds, with a label of its name. */
export const deployment = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'ns1' },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'x' }] } },
  },
});

/** The namespace `ns1` on Cilium, with these objects in it. */
export function seenOnCilium(...objects: readonly object[]) {
  const all = [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ns1' } }, ...objects];
  const reading = readText(all.map((each) => JSON.stringify(each)).join('\n---\n'), 'w.yaml', {});
  return seenOf(reading, planeOf(reading, { engine: 'cilium' }));
}
