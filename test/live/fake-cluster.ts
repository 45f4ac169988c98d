import type { Answer, LiveCluster } from '../../lib/live/transport';

/** An object as an API server has it. */
export interface LiveObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** What the API server has beside Kubernetes' own resources, and what goes wrong. */
export interface FakeOptions {
  readonly name?: string;
  /** As `/version` says it. @default 'v1.34.1' */
  readonly version?: string;
  /** Resources of CRDs that are installed: `cilium.io/v2 ciliumnetworkpolicies CiliumNetworkPolicy N`. */
  readonly installed?: readonly string[];
  /** Objects a page has at most, whatever is asked for. */
  readonly page?: number;
  /** Comes before the answer that the server would give. */
  readonly instead?: (path: string, count: number) => Answer | undefined;
}

/** Resources that every supported version of Kubernetes has, and that are asked for. */
const OWN = [
  'v1 namespaces Namespace C',
  'v1 pods Pod N',
  'v1 services Service N',
  'v1 replicationcontrollers ReplicationController N',
  'v1 nodes Node C',
  'v1 configmaps ConfigMap N',
  'apps/v1 deployments Deployment N',
  'apps/v1 replicasets ReplicaSet N',
  'apps/v1 statefulsets StatefulSet N',
  'apps/v1 daemonsets DaemonSet N',
  'batch/v1 jobs Job N',
  'batch/v1 cronjobs CronJob N',
  'networking.k8s.io/v1 ingresses Ingress N',
  'networking.k8s.io/v1 networkpolicies NetworkPolicy N',
  'networking.k8s.io/v1 servicecidrs ServiceCIDR C',
  'discovery.k8s.io/v1 endpointslices EndpointSlice N',
];

interface Resource {
  readonly apiVersion: string;
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** An API server by its contract (Kubernetes API concepts: discovery, chunked lists, Status), with every request kept. */
export class FakeCluster {
  readonly asked: string[] = [];
  private readonly resources: readonly Resource[];
  private readonly pages = new Map<string, number>();

  constructor(
    private readonly objects: readonly LiveObject[],
    private readonly options: FakeOptions = {},
  ) {
    this.resources = [...OWN, ...(options.installed ?? [])].map((row) => {
      const [apiVersion, name, kind, scope] = row.split(' ');
      return { apiVersion, name, kind, namespaced: scope === 'N' };
    });
  }

  cluster(): LiveCluster {
    return { name: this.options.name ?? 'test', get: async (path) => this.get(path) };
  }

  /** As commands reach it. */
  reached(): () => Promise<LiveCluster> {
    return async () => this.cluster();
  }

  private get(path: string): Answer {
    this.asked.push(path);
    const [bare, query = ''] = path.split('?');
    const count = (this.pages.get(bare) ?? 0) + 1;
    this.pages.set(bare, count);
    return this.options.instead?.(path, count) ?? this.answer(bare, new URLSearchParams(query));
  }

  private answer(path: string, query: URLSearchParams): Answer {
    if (path === '/version') return ok({ gitVersion: this.options.version ?? 'v1.34.1' });
    if (path === '/apis') return ok({ kind: 'APIGroupList', groups: this.groups() });
    const parts = path.split('/').filter((part) => part !== '');
    const apiVersion = parts[0] === 'api' ? parts[1] : `${parts[1]}/${parts[2]}`;
    const below = parts.slice(parts[0] === 'api' ? 2 : 3);
    const served = this.resources.filter((resource) => resource.apiVersion === apiVersion);
    if (served.length === 0) return { status: 404, body: 'the server could not find the requested resource' };
    if (below.length === 0) return ok({ kind: 'APIResourceList', resources: [...served, ...served.map(statusOf)] });
    const isInNamespace = below[0] === 'namespaces' && below.length > 2;
    const [name, object] = isInNamespace ? below.slice(2) : below;
    const resource = served.find((each) => each.name === name);
    if (resource === undefined) return { status: 404, body: 'the server could not find the requested resource' };
    const found = this.objects.filter(
      (each) =>
        each.apiVersion === apiVersion &&
        each.kind === resource.kind &&
        (!isInNamespace || each.metadata.namespace === below[1]),
    );
    return object === undefined ? this.page(resource, found, query) : one(found, object);
  }

  private page({ apiVersion, kind }: Resource, found: readonly LiveObject[], query: URLSearchParams): Answer {
    const size = Math.min(Number(query.get('limit') ?? 500), this.options.page ?? 500);
    const start = Number(query.get('continue') ?? 0);
    const rest = start + size < found.length ? { continue: String(start + size) } : {};
    const items = found.slice(start, start + size).map(({ apiVersion: _, kind: __, ...item }) => item);
    return ok({ apiVersion, kind: `${kind}List`, metadata: { resourceVersion: '7', ...rest }, items });
  }

  private groups(): unknown[] {
    const versions = [...new Set(this.resources.map(({ apiVersion }) => apiVersion))].filter((it) => it.includes('/'));
    const names = [...new Set(versions.map((version) => version.split('/')[0]))];
    return names.map((name) => {
      const own = versions
        .filter((version) => version.split('/')[0] === name)
        .map((it) => ({ version: it.split('/')[1] }));
      return { name, versions: own, preferredVersion: own[0] };
    });
  }
}

function statusOf(resource: Resource): Resource {
  return { ...resource, name: `${resource.name}/status` };
}

function one(found: readonly LiveObject[], name: string): Answer {
  const object = found.find(({ metadata }) => metadata.name === name);
  return object === undefined ? { status: 404, body: `"${name}" not found` } : ok(object);
}

function ok(value: unknown): Answer {
  return { status: 200, body: JSON.stringify(value) };
}
