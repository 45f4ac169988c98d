import type { Problem } from '../model/problem';
import { type Attributed, attributed } from './attributed';
import { type Discovered, discovered, type ServedResource } from './discovery';
import { inTurns } from './in-turns';
import { listed } from './list';
import { failed, forbidden, notJson, rightText } from './live-problem';
import { getObject } from './one-object';
import { hasEnded, isOver, prunedOwner, prunedPod, withoutManagedFields } from './pruned';
import { CALICO, CALICO_STORED, LIVE_RESOURCES } from './resources';
import type { LiveCluster } from './transport';

type Fields = Readonly<Record<string, unknown>>;

/** What decides on connections in a cluster, and who is there, at about one time. */
export interface Snapshot extends Attributed {
  /** The cluster as messages call it. */
  readonly name: string;
  /** Every object as it was read, before Pods went to their owners; Pods and ReplicaSets with what bears on policy alone. */
  readonly all: readonly Fields[];
  readonly discovered: Discovered;
  /** What could not be read, and makes any answer unreliable. */
  readonly problems: readonly Problem[];
  /** What was not read, and leaves answers true about what was: sentences. */
  readonly assumptions: readonly string[];
}

export interface SnapshotOptions {
  /** The only namespace that is read, so that rights in it are enough for what is namespaced. @default all */
  readonly onlyNamespace?: string;
}

/** How many lists are read at one time. */
const AT_ONCE = 4;

/**
 * Reads what decides on connections, and who is there. Nothing that was not read counts as absent.
 *
 * @throws where the API server gives no answer.
 */
export async function snapshotOf(cluster: LiveCluster, options: SnapshotOptions = {}): Promise<Snapshot> {
  const found = await discovered(cluster, ['policy', 'world', 'owner']);
  const read = await inTurns(found.served, AT_ONCE, (resource) => readResource(resource, cluster, options));
  const all = read.flatMap(({ objects }) => objects);
  return {
    name: cluster.name,
    all,
    ...attributed(all),
    discovered: found,
    problems: read.flatMap(({ problem }) => problem ?? []),
    assumptions: [
      ...read.flatMap(({ assumption }) => assumption ?? []),
      ...passedOver(found, cluster),
      ...tiersOfCalico(found),
      ...onlyOne(options),
    ],
  };
}

interface Read {
  readonly objects: readonly Fields[];
  readonly problem?: Problem;
  readonly assumption?: string;
}

async function readResource(
  served: ServedResource,
  cluster: LiveCluster,
  { onlyNamespace }: SnapshotOptions,
): Promise<Read> {
  if (served.kind === 'Namespace' && onlyNamespace !== undefined) return oneNamespace(onlyNamespace, cluster);
  const namespace = served.isNamespaced ? onlyNamespace : undefined;
  const found = await listed(listPath(served, namespace), cluster, (object) => kept(served, object));
  if ('items' in found) return { objects: found.items };
  const right = { ...served, verb: 'list' as const, ...(namespace !== undefined && { namespace }) };
  if (served.purpose === 'policy' || ESSENTIAL.includes(served.kind)) {
    return { objects: [], problem: forbidden(right, `live cluster ${cluster.name}`) };
  }
  return { objects: [], assumption: `live cluster: this user may not ${rightText(right)}; ${leftOut(served)}` };
}

/** Without these, nobody can say whom policies bind. */
const ESSENTIAL = ['Namespace', 'Pod', 'Service'];

function leftOut({ kind, purpose }: ServedResource): string {
  return purpose === 'owner'
    ? `their pods go by the ${kind} itself`
    : `a ${kind} is known by the pods that it runs, and one without any is not among the answers`;
}

async function oneNamespace(name: string, cluster: LiveCluster): Promise<Read> {
  const path = `/api/v1/namespaces/${name}`;
  const { status, value, body } = await getObject(path, cluster);
  const where = `live cluster ${cluster.name}`;
  if (status === 403) {
    return { objects: [], problem: forbidden({ group: '', resource: 'namespaces', verb: 'get', name }, where) };
  }
  if (status !== 200) throw failed(path, status, body, where);
  if (value === undefined) throw notJson(path, where);
  return { objects: [withoutManagedFields(value)] };
}

/** `/apis/networking.k8s.io/v1/namespaces/models/networkpolicies` */
export function listPath(
  { apiVersion, resource }: Pick<ServedResource, 'apiVersion' | 'resource'>,
  namespace?: string,
): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${root}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${resource}`;
}

/**
 * The API server of Calico lists policies of other kinds among its own, under these names (calico, `libcalico-go`,
 * `conversion/constants.go`): they are read as what they are.
 */
const SHOWN_BY_CALICO = /^(knp[.]default|kanp[.]adminnetworkpolicy|kbanp[.]baselineadminnetworkpolicy|kcnp[.])/;

function kept({ kind, group, purpose }: ServedResource, object: Fields): Fields | undefined {
  if (kind === 'Pod' && group === '') return hasEnded(object) ? undefined : prunedPod(object);
  if (kind === 'Job' && isOver(object)) return undefined;
  if (purpose === 'owner') return prunedOwnerOrOwn(object);
  const { metadata } = object as { metadata?: { name?: unknown } };
  if (group.endsWith('projectcalico.org') && SHOWN_BY_CALICO.test(String(metadata?.name))) return undefined;
  return withoutManagedFields(object);
}

/** A ReplicaSet of nobody runs pods of its own. */
function prunedOwnerOrOwn(object: Fields): Fields {
  const { metadata } = object as { metadata?: { ownerReferences?: unknown } };
  return Array.isArray(metadata?.ownerReferences) ? prunedOwner(object) : withoutManagedFields(object);
}

function passedOver({ passedOver: kinds }: Discovered, { name }: LiveCluster): readonly string[] {
  if (kinds.length === 0) return [];
  return [
    `kinds that are not read: the API server of ${name} has ${kinds.join(', ')}, which may decide on connections`,
  ];
}

/** Calico's own API server stands between its stored objects and who asks (Calico documentation, "Tiered policy RBAC"). */
function tiersOfCalico({ groups }: Discovered): readonly string[] {
  return groups.has(CALICO) && groups.has(CALICO_STORED)
    ? ['tiers of Calico: its API server may leave out policies of tiers that this user may not see']
    : [];
}

function onlyOne({ onlyNamespace }: SnapshotOptions): readonly string[] {
  return onlyNamespace === undefined
    ? []
    : [`other namespaces: only ${onlyNamespace} was read, and nothing is known of pods and policies elsewhere`];
}

/** Resources that are read to answer about connections. */
export const READ_FOR_ANSWERS = LIVE_RESOURCES.filter(({ purpose }) => purpose !== 'facts');
