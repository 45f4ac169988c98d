import { isObject } from '../kinds/field';
import { type Discovered, discovered, parsedJson, type ServedResource } from './discovery';
import { inTurns } from './in-turns';
import { listed } from './list';
import { failed, type MissingRight, rightText } from './live-problem';
import { getObject } from './one-object';
import { prunedPod, withoutManagedFields } from './pruned';
import { SETTINGS_MAPS } from './resources';
import { listPath } from './snapshot';
import type { LiveCluster } from './transport';

type Fields = Readonly<Record<string, unknown>>;

/** What was read of one kind: its objects, or why there are none. */
export type Seen<T> =
  | { readonly kind: 'found'; readonly value: T }
  /** It is not there: the API server says so. */
  | { readonly kind: 'absent' }
  /** Nobody can say: this user may not look. */
  | { readonly kind: 'forbidden'; readonly right: string };

/** What a cluster shows of itself, read once. */
export interface Evidence {
  readonly name: string;
  readonly discovered: Discovered;
  /** `v1.34.1+k3s1`; undefined where the server does not say. */
  readonly kubernetes: string | undefined;
  /** Objects of a kind, by `group/Kind`. */
  list(group: string, kind: string): Seen<readonly Fields[]>;
  /** The data of a ConfigMap that holds settings of an engine. */
  settings(name: string): Seen<Readonly<Record<string, string>>>;
}

/** What is looked at, of what the API server has. */
const LOOKED_AT: ReadonlySet<string> = new Set([
  '/Node',
  '/Pod',
  '/Service',
  'apps/DaemonSet',
  'discovery.k8s.io/EndpointSlice',
  'networking.k8s.io/ServiceCIDR',
  'cilium.io/CiliumNodeConfig',
  'cilium.io/CiliumPodIPPool',
  'projectcalico.org/FelixConfiguration',
  'projectcalico.org/IPPool',
  'projectcalico.org/ClusterInformation',
  'crd.projectcalico.org/FelixConfiguration',
  'crd.projectcalico.org/IPPool',
  'crd.projectcalico.org/ClusterInformation',
  'config.openshift.io/Network',
]);

const AT_ONCE = 4;

/** @throws where the API server gives no answer; what it forbids is noted, and leaves things unknown. */
export async function evidenceOf(cluster: LiveCluster): Promise<Evidence> {
  const found = await discovered(cluster, ['facts', 'world', 'policy']);
  const wanted = found.served.filter(({ group, kind }) => LOOKED_AT.has(`${group}/${kind}`));
  const lists = new Map(
    await inTurns(
      wanted,
      AT_ONCE,
      async (resource): Promise<[string, Seen<readonly Fields[]>]> => [
        `${resource.group}/${resource.kind}`,
        await listOf(resource, cluster),
      ],
    ),
  );
  const maps = new Map(
    await inTurns(
      SETTINGS_MAPS,
      AT_ONCE,
      async ({ namespace, name }): Promise<[string, Seen<Record<string, string>>]> => [
        name,
        await settingsIn(namespace, name, cluster),
      ],
    ),
  );
  return {
    name: cluster.name,
    discovered: found,
    kubernetes: await versionOf(cluster),
    list: (group, kind) => lists.get(`${group}/${kind}`) ?? { kind: 'absent' },
    settings: (name) => maps.get(name) ?? { kind: 'absent' },
  };
}

/** EndpointSlices are asked for where the API server's own are, and nowhere else. */
async function listOf(resource: ServedResource, cluster: LiveCluster): Promise<Seen<readonly Fields[]>> {
  const namespace = resource.kind === 'EndpointSlice' ? 'default' : undefined;
  const isPod = resource.kind === 'Pod';
  const found = await listed(listPath(resource, namespace), cluster, isPod ? prunedPod : withoutManagedFields);
  if ('items' in found) return { kind: 'found', value: found.items };
  return forbiddenTo({ ...resource, verb: 'list', ...(namespace !== undefined && { namespace }) });
}

async function settingsIn(
  namespace: string,
  name: string,
  cluster: LiveCluster,
): Promise<Seen<Record<string, string>>> {
  const path = `/api/v1/namespaces/${namespace}/configmaps/${name}`;
  const { status, value, body } = await getObject(path, cluster);
  if (status === 404) return { kind: 'absent' };
  if (status === 403) return forbiddenTo({ group: '', resource: 'configmaps', verb: 'get', namespace, name });
  if (status !== 200) throw failed(path, status, body, `live cluster ${cluster.name}`);
  const data = isObject(value?.data) ? value.data : {};
  return { kind: 'found', value: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, String(text)])) };
}

function forbiddenTo(right: MissingRight): { readonly kind: 'forbidden'; readonly right: string } {
  return { kind: 'forbidden', right: rightText(right) };
}

/** Every user may ask for it (ClusterRole `system:public-info-viewer`); where not, it stays unknown. */
async function versionOf(cluster: LiveCluster): Promise<string | undefined> {
  const { status, body } = await cluster.get('/version');
  const value = status === 200 ? parsedJson(body) : undefined;
  return isObject(value) && typeof value.gitVersion === 'string' ? value.gitVersion : undefined;
}

/** The objects, or none where there are none that are known. */
export function itemsOf<T>(seen: Seen<readonly T[]>): readonly T[] {
  return seen.kind === 'found' ? seen.value : [];
}

/** One setting; undefined where it is not set, or not known. */
export function settingOf(seen: Seen<Readonly<Record<string, string>>>, key: string): string | undefined {
  return seen.kind === 'found' ? seen.value[key] : undefined;
}
