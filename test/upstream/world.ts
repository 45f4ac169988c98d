import type { Behaviour, Change, Labels, Manifest, Protocol } from './behaviour';

const namespaceNames = ['x', 'y', 'z'] as const;
const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/** `x/a` to `z/c`. */
export const podNames = namespaceNames.flatMap((namespace) => ['a', 'b', 'c'].map((pod) => `${namespace}/${pod}`));

/** Any address does, as long as it is the pod's own; upstream takes what the cluster gave. */
export function addressOf(pod: string): string {
  return `10.0.0.${podNames.indexOf(pod) + 1}`;
}

/** What is in the cluster after the steps up to this one, as manifests: Namespace, Pod with its address, NetworkPolicy. */
export function manifestsAt({ steps }: Behaviour, step: number): Manifest[] {
  return steps
    .slice(0, step + 1)
    .flatMap(({ changes }) => changes)
    .reduce(after, clusterWithoutPolicies());
}

export function clusterWithoutPolicies(): Manifest[] {
  return [...namespaceNames.map(namespace), ...podNames.map(pod)];
}

function after(cluster: Manifest[], change: Change): Manifest[] {
  switch (change.kind) {
    case 'apply':
      return [...cluster.filter((it) => idOf(it) !== idOf(change.policy)), change.policy];
    case 'delete-all-policies':
      return cluster.filter(({ kind }) => kind !== 'NetworkPolicy');
    case 'label-namespace':
      return labelled(cluster, `Namespace //${change.namespace}`, change.labels);
    case 'label-pod':
      return labelled(cluster, `Pod /${change.pod}`, change.labels);
  }
}

/** Adds labels to the one object of this id. */
function labelled(cluster: Manifest[], id: string, labels: Labels): Manifest[] {
  if (!cluster.some((it) => idOf(it) === id)) throw new Error(`nothing to label: ${id}`);
  return cluster.map((it) => {
    if (idOf(it) !== id) return it;
    const metadata = metadataOf(it);
    return { ...it, metadata: { ...metadata, labels: { ...metadata.labels, ...labels } } };
  });
}

function idOf(object: Manifest): string {
  const { namespace = '', name } = metadataOf(object);
  return `${object.kind} /${namespace}/${name}`;
}

function metadataOf({ metadata }: Manifest): { namespace?: string; name: string; labels?: Labels } {
  return metadata as { namespace?: string; name: string; labels?: Labels };
}

/** Upstream leaves `kubernetes.io/metadata.name` to the API server, and so do we. */
function namespace(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** A server on every port and protocol, in containers of their own. */
function pod(id: string): Manifest {
  const [namespace, name] = id.split('/');
  const containers = [80, 81].flatMap((port) =>
    protocols.map((protocol) => {
      const suffix = `${port}-${protocol.toLowerCase()}`;
      return {
        name: `cont-${suffix}`,
        image: 'agnhost',
        ports: [{ name: `serve-${suffix}`, containerPort: port, protocol }],
      };
    }),
  );
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels: { pod: name } },
    spec: { containers },
    status: { podIP: addressOf(id), podIPs: [{ ip: addressOf(id) }] },
  };
}
