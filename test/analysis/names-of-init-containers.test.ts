import { connectivity, explain, planeOf, readManifests } from '../../lib/analysis';
import type { EngineName } from '../../lib/model/engine-name';

const port = (name: string, containerPort: number) => ({ ports: [{ name, containerPort }] });

/** A pod whose ports are named by a container, by a sidecar, and by a container that ends before they start. */
const manifests = [
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      containers: [{ name: 'main', ...port('http', 8080) }],
      initContainers: [
        { name: 'proxy', restartPolicy: 'Always', ...port('http', 8081) },
        { name: 'setup', ...port('http', 8082) },
      ],
    },
  },
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'client', namespace: 'shop' }, spec: { containers: [] } },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'it', namespace: 'shop' },
    spec: { podSelector: {}, ingress: [{ ports: [{ port: 'http' }] }] },
  },
];

describe('a name of a port that init containers give too', () => {
  const [client, web] = ['shop/Pod/client', 'shop/Pod/web'];

  // Kubernetes takes those that stay for containers (KEP-753); the sources of the others are where they are composed.
  it.each<[EngineName, string | undefined, number[]]>([
    ['kubernetes', undefined, [8080, 8081]],
    ['antrea', undefined, [8080]],
    ['calico', '3.29', [8080]],
    ['calico', '3.30', [8080, 8081, 8082]],
    ['calico', undefined, [8080, 8081, 8082]],
  ])('means on %s %s what the engine resolves', (engine, version, expected) => {
    const read = readManifests(manifests);
    const { plane } = planeOf(read, { engine, ...(version !== undefined && { version }) });
    const { must } = connectivity(read.world, plane).between(client, web);
    expect(must.TCP.ranges).toEqual(expected.length === 1 ? [[8080, 8080]] : [[8080, expected.at(-1)]]);
    for (const number of [8080, 8081, 8082]) {
      const { allowed } = explain(read.world, plane, { from: client, to: web, protocol: 'TCP', port: number });
      expect([number, allowed.must]).toEqual([number, expected.includes(number)]);
    }
  });
});
