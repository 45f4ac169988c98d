import { App, Chart } from 'cdk8s';
import {
  AgentTier,
  Catalog,
  type CatalogOptions,
  type CatalogSystem,
  type CatalogSystemOptions,
  Cluster,
  DataTier,
  GatewayTier,
  InferenceTier,
  Pods,
  Port,
  Tier,
  type TierProps,
  ZeroTrustFindings,
  ZeroTrustNamespace,
} from '../../lib';
import { partsOfUsers } from '../../lib/catalog/known';
import { Deployment } from '../../lib/deployment/deployment';
import { KNOWN_SYSTEMS, type KnownSystem, type SystemPart } from '../../lib/known-systems';
import type { Flow } from '../../lib/model/flow';

/** What every cluster of these tests is known by. */
const PLACE = {
  podCidrs: ['10.244.0.0/16'],
  serviceCidrs: ['10.96.0.0/12'],
  nodeCidrs: ['10.1.0.0/16'],
  apiServer: { addresses: ['192.0.2.10/32'] },
};

export const CLUSTERS = {
  kubernetes: () => Cluster.kubernetes(PLACE),
  cilium: () => Cluster.cilium({ version: '1.20', ...PLACE }),
  calico: () => Cluster.calico({ version: '3.32', ...PLACE }),
  antrea: () => Cluster.antrea({ version: '2.7', ...PLACE }),
  'cluster-network-policy': () => Cluster.clusterNetworkPolicy(PLACE),
};

export type EngineOfTest = keyof typeof CLUSTERS;

/** Engines that tell HTTP requests apart. */
export const TELLS_REQUESTS: readonly EngineOfTest[] = ['cilium', 'calico'];

/** A method of `Catalog`, as JavaScript has it. */
type Method = (...given: unknown[]) => unknown;

/** The method of a system: its id in camel case; of Ray, its cluster. */
export function methodOf({ id }: Pick<KnownSystem, 'id'>): string {
  return id === 'ray' ? 'rayCluster' : id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** A known system with users, scrapers, administrators, the others that it talks with, and a stranger. */
export interface SmallApp {
  readonly app: App;
  readonly parts: readonly SystemPart[];
  /** Flows from one tier to another, by their names: `users/users`, `system/vllm`. */
  readonly flows: (from: string, to: string) => readonly Flow[];
  readonly nameOf: (part: SystemPart) => string;
  readonly findings: () => readonly { readonly rule: string; readonly about?: string }[];
}

export function smallApp(
  system: KnownSystem,
  engine: EngineOfTest,
  { cluster = CLUSTERS[engine](), more = {} }: { readonly cluster?: Cluster; readonly more?: CatalogOptions } = {},
): SmallApp {
  const app = new App();
  Cluster.use(app, cluster);
  const chart = new Chart(app, 'c');
  const space = (name: string) => new ZeroTrustNamespace(chart, name, { purpose: 'test' });
  const tier = (name: string) =>
    new Tier(space(name), name, { pods: Pods.labeled({ app: name }), ports: [Port.tcp(9999)] });
  const [users, scraper, ops, other] = ['users', 'scraper', 'ops', 'other'].map(tier);
  tier('stranger');
  const entry = Catalog.entry(system.id);
  const parts = partsOfUsers(system);
  const hasMetrics = parts.some(({ ports }) =>
    ports.some(({ purpose, metricsAt }) => purpose === 'metrics' || metricsAt !== undefined),
  );
  const hasAdministration =
    system.administration !== undefined ||
    parts.some(({ ports }) => ports.some(({ purpose }) => purpose === 'administration'));
  const options = {
    peers: Object.fromEntries(entry.others.map((name) => [name, other])),
    given: entry.conditions,
    ...(hasMetrics && { metricsFrom: [scraper] }),
    ...(hasAdministration && { administrationFrom: [ops] }),
    ...more,
  };
  const made = tiersOf(system, parts, space('system'), options);
  for (const part of parts) {
    if (servingOf(part).length === 0) continue;
    const http = Catalog.requests(system.id);
    made.get(part.name)?.connections.allowFrom(users, {
      because: 'users ask it',
      ...(http.length > 0 && TELLS_REQUESTS.includes(engine) && { http }),
    });
  }
  const nameOf = ({ name }: SystemPart) => `system/${made.get(name)?.tierName}`;
  return {
    app,
    parts,
    nameOf,
    flows: (from, to) =>
      Deployment.of(app)
        .state()
        .graph.flows.filter((flow) => nameOfEnd(flow.from) === from && nameOfEnd(flow.to) === to),
    findings: () => ZeroTrustFindings.of(app).findings,
  };
}

function nameOfEnd(end: Flow['from']): string {
  return end.kind === 'tier' ? `${end.namespace}/${end.name}` : end.kind;
}

/** The ports for users, always there or else those that are switched on. */
export function servingOf({ ports }: SystemPart) {
  const all = ports.filter(({ purpose }) => purpose === 'serving');
  const always = all.filter(({ isOptional }) => isOptional !== true);
  return always.length > 0 ? always : all;
}

/** By the method of the system, as a user calls it; pods that no chart labels are given. */
function tiersOf(
  system: KnownSystem,
  parts: readonly SystemPart[],
  space: ZeroTrustNamespace,
  options: object,
): ReadonlyMap<string, Tier> {
  const method = (Catalog as unknown as Record<string, Method>)[methodOf(system)].bind(Catalog);
  const pods = (part: SystemPart) => Pods.labeled({ part: part.name });
  const isTold = parts.some((part) => part.labels.length === 0) || areAlike(parts);
  if (parts.length === 1) {
    const [part] = parts;
    const props = method({ ...options, ...(isTold && { pods: pods(part) }) }) as TierProps;
    return new Map([[part.name, tierOf(part.role ?? system.role, space, system.id, props)]]);
  }
  const given: CatalogSystemOptions = {
    ...options,
    ...(isTold && { pods: Object.fromEntries(parts.map((part) => [part.name, pods(part)])) }),
  };
  const made = method(space, system.id, given) as CatalogSystem;
  return new Map(made.parts.map((name) => [name, made.tier(name)]));
}

/** Of parts with the same labels somebody has to say which is which. */
function areAlike(parts: readonly SystemPart[]): boolean {
  const texts = parts.map(({ labels: [first] }) => JSON.stringify(first?.labels));
  return new Set(texts).size < texts.length;
}

export function tierOf(role: string, space: ZeroTrustNamespace, name: string, props: TierProps): Tier {
  switch (role) {
    case 'gateway':
      return new GatewayTier(space, name, props);
    case 'inference':
      return new InferenceTier(space, name, props);
    case 'agents':
      return new AgentTier(space, name, props);
    case 'data':
      return new DataTier(space, name, props);
    default:
      return new Tier(space, name, props);
  }
}

export { KNOWN_SYSTEMS };
