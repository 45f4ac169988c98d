import type { AdminPolicy, ContainerPort, Namespace, NetworkPolicy, Pod, Protocol, World } from './world';

type Json = { readonly [key: string]: unknown };

/** The world of these manifests: their namespaces, pods (one for each pod template), and network policies. */
export function worldOf(manifests: readonly unknown[]): World {
  const objects = manifests.flatMap(listed);
  objects.forEach(refuseOtherPolicies);
  return {
    namespaces: namespacesOf(objects),
    pods: objects.flatMap(podsOf),
    policies: objects.filter(isNetworkPolicy) as unknown as NetworkPolicy[],
    adminPolicies: objects.filter(isAdmin('AdminNetworkPolicy')) as unknown as AdminPolicy[],
    baselinePolicies: objects.filter(isAdmin('BaselineAdminNetworkPolicy')) as unknown as AdminPolicy[],
  };
}

/** A `List` is its items; an empty YAML document is nothing. */
function listed(manifest: unknown): Json[] {
  if (!isObject(manifest)) return [];
  return Array.isArray(manifest.items) ? manifest.items.flatMap(listed) : [manifest];
}

function isNetworkPolicy({ apiVersion, kind }: Json): boolean {
  return apiVersion === 'networking.k8s.io/v1' && kind === 'NetworkPolicy';
}

function isAdmin(kind: string): (object: Json) => boolean {
  return (object) => object.apiVersion === 'policy.networking.k8s.io/v1alpha1' && object.kind === kind;
}

/** An answer that passes over a policy would be wrong without a word. */
function refuseOtherPolicies(object: Json): void {
  const isRead = [isNetworkPolicy, isAdmin('AdminNetworkPolicy'), isAdmin('BaselineAdminNetworkPolicy')];
  if (String(object.kind).endsWith('NetworkPolicy') && !isRead.some((reads) => reads(object))) {
    throw new Error(
      `only NetworkPolicy and AdminNetworkPolicy are read, and this is ${object.apiVersion} ${object.kind}`,
    );
  }
}

/** Those declared, and those that an object says it is in. */
function namespacesOf(objects: readonly Json[]): Namespace[] {
  const declared = objects.filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1');
  const names = new Set([
    ...declared.map(nameOf),
    ...objects.map(metadataOf).flatMap(({ namespace }) => text(namespace)),
  ]);
  return [...names].map((name) => {
    const labels = declared.filter((object) => nameOf(object) === name).map((object) => metadataOf(object).labels);
    return { name, labels: Object.assign({}, ...labels, { 'kubernetes.io/metadata.name': name }) };
  });
}

/** A Pod, or one pod for each pod template anywhere in the object: some kinds (LeaderWorkerSet, RayCluster) have many. */
function podsOf(object: Json): Pod[] {
  const namespace = text(metadataOf(object).namespace)[0] ?? 'default';
  if (object.kind === 'Pod') return [pod(namespace, nameOf(object), object)];
  const templates = Object.values(object).flatMap(templatesIn);
  return templates.map((template, i) => pod(namespace, `${object.kind}/${nameOf(object)}#${i + 1}`, template));
}

/** By shape: what has a `spec` with `containers`. */
function templatesIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(templatesIn);
  if (!isObject(value)) return [];
  return isObject(value.spec) && Array.isArray(value.spec.containers)
    ? [value]
    : Object.values(value).flatMap(templatesIn);
}

function pod(namespace: string, name: string, template: Json): Pod {
  const spec = objectOr(template.spec);
  const status = objectOr(template.status);
  return {
    namespace,
    name,
    labels: objectOr(metadataOf(template).labels) as Pod['labels'],
    ips: [...new Set([...text(status.podIP), ...objects(status.podIPs).flatMap(({ ip }) => text(ip))])],
    ports: containersThatStay(spec).flatMap(({ ports }) => objects(ports).map(containerPort)),
    hostNetwork: spec.hostNetwork === true,
  };
}

/** Containers, and the init containers that keep running beside them. */
function containersThatStay({ containers, initContainers }: Json): Json[] {
  return [...objects(containers), ...objects(initContainers).filter((it) => it.restartPolicy === 'Always')];
}

function containerPort({ name, protocol, containerPort }: Json): ContainerPort {
  return { name: text(name)[0], protocol: (protocol ?? 'TCP') as Protocol, number: Number(containerPort) };
}

function metadataOf(object: Json): Json {
  return objectOr(object.metadata);
}

function nameOf(object: Json): string {
  return String(metadataOf(object).name);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOr(value: unknown): Json {
  return isObject(value) ? value : {};
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function text(value: unknown): string[] {
  return typeof value === 'string' ? [value] : [];
}
