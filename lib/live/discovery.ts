import { isObject } from '../kinds/field';
import { knownKind } from '../kinds/known-kinds';
import { failed, notJson } from './live-problem';
import { CALICO, CALICO_STORED, LIVE_RESOURCES, type LiveResource, type Purpose } from './resources';
import type { LiveCluster } from './transport';

/** A resource that an API server has, in the version that is read. */
export interface ServedResource extends LiveResource {
  /** `networking.k8s.io/v1` */
  readonly apiVersion: string;
}

/** What an API server has. */
export interface Discovered {
  readonly served: readonly ServedResource[];
  /** Versions of each group, the preferred one first. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Kinds that may decide on connections, are served, and are not read: `Server of policy.linkerd.io`. */
  readonly passedOver: readonly string[];
}

/** The versions of a group that its kinds are read in, where the preferred one of the server may be another. */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  '': ['v1'],
  apps: ['v1'],
  batch: ['v1'],
  'networking.k8s.io': ['v1'],
  'policy.networking.k8s.io': ['v1beta1', 'v1alpha2', 'v1alpha1'],
  'crd.antrea.io': ['v1beta1', 'v1alpha3', 'v1alpha2', 'v1alpha1'],
  'cilium.io': ['v2', 'v2alpha1'],
};

/**
 * Asks for the groups first, and then each group that has something of ours for its resources: every user who is logged in
 * may (ClusterRole `system:discovery`).
 *
 * @throws where that gets no answer: a group that is not seen would count as absent.
 */
export async function discovered(cluster: LiveCluster, purposes: readonly Purpose[]): Promise<Discovered> {
  const groups = await groupsOf(cluster);
  const wanted = LIVE_RESOURCES.filter(({ purpose, group }) => purposes.includes(purpose) && groups.has(group));
  const resources = new Map<string, readonly ApiResource[]>();
  for (const group of groupsToAsk(wanted, groups)) {
    for (const version of versionsToAsk(group, groups)) {
      resources.set(versionOf(group, version), await resourcesOf(group, version, cluster));
    }
  }
  const served = wanted.flatMap((resource) => {
    const version = versionsToAsk(resource.group, groups).find((each) =>
      resources.get(versionOf(resource.group, each))?.some(({ name }) => name === resource.resource),
    );
    return version === undefined ? [] : [{ ...resource, apiVersion: versionOf(resource.group, version) }];
  });
  return { served, groups, passedOver: passedOver(resources, served) };
}

function groupsToAsk(
  wanted: readonly LiveResource[],
  groups: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const all = [...new Set(wanted.map(({ group }) => group))];
  return groups.has(CALICO) ? all.filter((group) => group !== CALICO_STORED) : all;
}

/** Those that are read and served, the best of them first; of other groups the preferred one. */
function versionsToAsk(group: string, groups: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const served = groups.get(group) ?? [];
  const read = (VERSIONS[group] ?? served.slice(0, 1)).filter((version) => served.includes(version));
  return read.length > 0 ? read : served.slice(0, 1);
}

function versionOf(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
}

async function groupsOf(cluster: LiveCluster): Promise<ReadonlyMap<string, readonly string[]>> {
  const list = await answerOf('/apis', cluster);
  const groups = (Array.isArray(list.groups) ? list.groups : []).filter(isObject);
  return new Map([
    ['', ['v1']],
    ...groups.map((group): [string, readonly string[]] => {
      const versions = (Array.isArray(group.versions) ? group.versions : []).filter(isObject);
      const preferred = isObject(group.preferredVersion) ? String(group.preferredVersion.version) : undefined;
      const all = versions.map(({ version }) => String(version));
      return [String(group.name), preferred === undefined ? all : [preferred, ...all.filter((v) => v !== preferred)]];
    }),
  ]);
}

async function resourcesOf(group: string, version: string, cluster: LiveCluster): Promise<readonly ApiResource[]> {
  const list = await answerOf(group === '' ? `/api/${version}` : `/apis/${group}/${version}`, cluster);
  const found = (Array.isArray(list.resources) ? list.resources : []).filter(isObject);
  // What has a slash is a part of another, such as its status.
  return found
    .map(({ name, kind }) => ({ name: String(name), kind: String(kind) }))
    .filter(({ name }) => !name.includes('/'));
}

async function answerOf(path: string, cluster: LiveCluster): Promise<Readonly<Record<string, unknown>>> {
  const where = `live cluster ${cluster.name}`;
  const { status, body } = await cluster.get(path);
  if (status !== 200) throw failed(path, status, body, where);
  const value = parsedJson(body);
  if (!isObject(value)) throw notJson(path, where);
  return value;
}

/** Undefined for what is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of the groups that were asked, so that it costs no request. */
function passedOver(
  resources: ReadonlyMap<string, readonly ApiResource[]>,
  served: readonly ServedResource[],
): readonly string[] {
  const read = new Set(served.map(({ group, kind }) => `${group}/${kind}`));
  const found = [...resources].flatMap(([apiVersion, all]) => {
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    return all
      .filter(({ kind }) => !read.has(`${group}/${kind}`) && decides(group, kind))
      .map(({ kind }) => `${kind} of ${group}`);
  });
  return [...new Set(found)].sort();
}

/** Made by controllers from what is read, or only a setting of the engine, which `cluster facts` looks at. */
const BESIDE = ['PolicyEndpoint', 'ClusterPolicyEndpoint', 'FelixConfiguration'];

function decides(group: string, kind: string): boolean {
  const classes = knownKind(group, kind)?.classes ?? [];
  return !BESIDE.includes(kind) && classes.some((it) => it === 'decides-traffic' || it === 'read');
}
