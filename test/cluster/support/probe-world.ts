import { join } from 'node:path';
import type { GraphData, GraphTier } from '../../../lib/graph/graph-data';
import { graphIn } from '../../../lib/graph/graph-file';
import type { Endpoint } from '../../../lib/model/endpoint';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import type { KubernetesObject } from '../../judges/world';
import { manifestsIn } from './manifests';
import type { Standing } from './probe-cluster';

/** As the graphs of apps have the API server, where they know it. */
const API_SERVER = '172.20.0.1';

/** A pod for each tier of what was rendered, with every port that leads to it; name servers; and what is outside. */
export function standingOf(folder: string): Standing {
  const graph = graphIn(join(folder, 'graph.json'));
  const manifests = manifestsIn(folder).map(({ object }) => object);
  const tiers = graph.tiers.filter(({ role }) => role !== 'probe');
  const pods = [...tiers.map((tier, index) => podOf(tier, index + 1, graph)), nameServer(tiers.length + 1)];
  const numbers = pods.flatMap(({ spec }) => (spec as PodSpec).containers[0].ports.map((port) => port.containerPort));
  return {
    namespaces: namespacesOf(graph, manifests),
    pods,
    policies: manifests.filter((object) => object.kind.endsWith('NetworkPolicy') && !isOfTest(object)),
    hosts: ['1.1.1.1', '169.254.169.254', API_SERVER],
    ports: [
      ...[...new Set([...numbers, 80, 443])].map((port) => ({ protocol: 'TCP' as const, port })),
      { protocol: 'UDP', port: 53 },
    ],
    nameServer: `10.244.7.${pods.length}:53`,
    apiServer: `${API_SERVER}:443`,
    names: { 'kubernetes.default.svc': API_SERVER, ...namesOf(tiers) },
  };
}

interface PodSpec {
  readonly containers: readonly { readonly ports: readonly { readonly containerPort: number }[] }[];
}

/** What an IsolationTest rendered is there only while it runs. */
function isOfTest({ metadata }: KubernetesObject): boolean {
  return metadata.labels?.['cdk8s-zero-trust/isolation-test'] !== undefined;
}

function namespacesOf({ namespaces }: GraphData, manifests: readonly KubernetesObject[]): KubernetesObject[] {
  const ours = manifests.filter((object) => object.kind === 'Namespace' && !isOfTest(object));
  const others = namespaces.filter(({ name }) => !ours.some(({ metadata }) => metadata.name === name));
  const named = (name: string, labels = {}): KubernetesObject => {
    return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
  };
  return [...ours, ...others.map(({ name, labels }) => named(name, labels)), named('kube-system')];
}

function podOf(tier: GraphTier, index: number, graph: GraphData): KubernetesObject {
  const into = graph.flows.filter(({ to }) => isTier(to, tier)).map(({ traffic }) => traffic.ports);
  const numbers = into.flatMap((set) => ports.resolve(set, []).TCP.ranges.map(([first]) => first));
  const names = into.flatMap(({ TCP }) => TCP.names);
  return pod(tier.namespace, tier.name, index, { ...selectors.sample(tier.pods.pods) }, [
    ...[...new Set(numbers)].map((containerPort) => ({ containerPort })),
    ...[...new Set(names)].map((name, position) => ({ containerPort: 7000 + position, name })),
  ]);
}

function isTier(end: Endpoint, { namespace, name }: GraphTier): boolean {
  return end.kind === 'tier' && end.namespace === namespace && end.name === name;
}

/** As every rendered app has it: CoreDNS in kube-system. */
function nameServer(index: number): KubernetesObject {
  return pod('kube-system', 'coredns', index, { 'k8s-app': 'kube-dns' }, []);
}

function pod(
  namespace: string,
  name: string,
  index: number,
  labels: Record<string, string>,
  of: readonly { readonly containerPort: number; readonly name?: string }[],
): KubernetesObject {
  const podIP = `10.244.7.${index}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${name}-0`, namespace, labels },
    spec: { containers: [{ name: 'main', image: 'image', ports: of }] },
    status: {
      phase: 'Running',
      podIP,
      podIPs: [{ ip: podIP }],
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

/** A Service of each tier, as the tier is called, that leads to its pod. */
function namesOf(tiers: readonly GraphTier[]): Record<string, string> {
  return Object.fromEntries(
    tiers.map(({ namespace, name }, index) => [`${name}.${namespace}.svc`, `10.244.7.${index + 1}`]),
  );
}
