import { Deployment } from '../deployment/deployment';
import { reading } from '../model/checked';
import type { Endpoint } from '../model/endpoint';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import type { Plane, RulePeer } from '../model/layer';
import { matchesPod, NAMESPACE_NAME_LABEL, podsIn } from '../model/pod-set';
import { ZeroTrustError } from '../model/problem';
import type { Labels, Selector } from '../model/selector';
import * as selectors from '../model/selector';
import { shown } from '../model/shown';
import type { Workload, World } from '../model/world';
import { Tier } from '../tiers';
import { nearestPods } from './nearest';

/**
 * One end of a connection in a test: a tier, `namespace/label=value,…` (`namespace/*` for any pod), an address, or a
 * stranger.
 */
export type TestEnd = Tier | Stranger | string;

/** A pod that the manifests do not know, on purpose. */
export interface Stranger {
  readonly stranger: string;
}

/** A pod that no manifest mentions, `namespace/label=value,…`: the intruder of a test. */
export function stranger(pod: string): Stranger {
  if (typeof pod !== 'string') throw unreadable(pod);
  return { stranger: parsed(pod).name };
}

/** The workloads or the address that an end stands for. */
export interface ResolvedEnd {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** Workloads of the manifests; one that could exist where they have none. Of an address, pods that have it. */
  readonly workloads: readonly Workload[];
  /** The namespace and labels are those of nothing in the manifests, neither a workload nor a policy. */
  readonly isUnknown: boolean;
  /** What in the manifests comes nearest to an unknown end, where something does. */
  readonly hint?: string;
}

/** What an end stands for in these manifests. `role` keeps two ends of the same words two pods. */
export function resolveEnd(end: TestEnd, role: string, world: World, plane: Plane): ResolvedEnd {
  if (typeof end === 'string' && isAddress(end)) {
    const addresses = ips.fromAddress(end);
    refuseService(end, addresses, world);
    const workloads = world.workloads.filter((pod) => pod.addresses.some((own) => ips.hasAddress(addresses, own)));
    return { name: end, endpoint: { kind: 'addresses', addresses }, workloads, isUnknown: false };
  }
  const { name, namespace, pods } = selected(end);
  const found = world.workloads.filter(
    (workload) => workload.namespace === namespace && selectors.matches(pods, workload.labels),
  );
  const endpoint: Endpoint = { kind: 'pods', pods: podsIn(namespace, pods), owner: 'the test' };
  if (found.length > 0) return { name, endpoint, workloads: found, isUnknown: false };
  const labels = selectors.sample(pods) ?? {};
  const isUnknown = typeof end === 'string' && !isMentioned(namespace, labels, world, plane);
  const hint = isUnknown ? nearestPods(namespace, labels, world, plane) : undefined;
  return { name, endpoint, workloads: [possible(namespace, labels, role)], isUnknown, ...(hint && { hint }) };
}

/** A Service address becomes one of a pod before policies look, so that an answer about it would be about nothing. */
function refuseService(end: string, addresses: IpSet, { services }: World): void {
  const service = services.find((each) => each.addresses?.some((own) => ips.hasAddress(addresses, own)));
  if (service === undefined) return;
  throw new ZeroTrustError({
    rule: 'test-end',
    what: `${end} is an address of Service ${service.namespace}/${service.name}, and becomes one of its pods before policies look`,
    value: end,
    allowed: 'pods, and addresses of no Service',
    fix: `Name the pods behind it: '${service.namespace}/label=value'.`,
  });
}

function selected(end: TestEnd) {
  if (typeof end === 'string') return parsed(end);
  if (isTier(end)) return ofTier(end);
  const pod = strangerOf(end);
  if (pod === undefined) throw unreadable(end);
  return parsed(pod);
}

function isTier(end: unknown): end is Tier {
  return reading('the end', () => end instanceof Tier && typeof end.tierName === 'string');
}

/** What `stranger` made; undefined for anything else. */
export function strangerOf(end: unknown): string | undefined {
  if (typeof end !== 'object' || end === null) return undefined;
  const pod = reading('the end', () => (end as { stranger?: unknown }).stranger);
  return typeof pod === 'string' ? pod : undefined;
}

function isAddress(text: string): boolean {
  return !text.includes('/') && (text.includes('.') || text.includes(':'));
}

function parsed(text: string): { name: string; namespace: string; pods: Selector } {
  const [namespace, labels] = text.split(/\/(.*)/s);
  if (namespace === undefined || namespace === '' || labels === undefined || labels === '') throw unreadable(text);
  if (labels === '*') return { name: text, namespace, pods: selectors.anything };
  const pairs = labels.split(',').map((pair) => pair.split(/=(.*)/s));
  if (pairs.some(([key, value]) => !key || value === undefined)) throw unreadable(text);
  return { name: text, namespace, pods: selectors.fromLabels(Object.fromEntries(pairs) as Labels) };
}

function ofTier(tier: Tier): { name: string; namespace: string; pods: Selector } {
  const { namespaceName, tierName } = tier;
  const { graph } = Deployment.of(tier).state();
  const pods = graph.tiers.find(({ namespace, name }) => namespace === namespaceName && name === tierName)?.pods.pods;
  return { name: `${namespaceName}/${tierName}`, namespace: namespaceName, pods: pods ?? selectors.nothing };
}

function possible(namespace: string, labels: Labels, role: string): Workload {
  const id = `${namespace}/Pod/${role}`;
  // What its containers call their ports no manifest shows.
  return { id, namespace, labels, ports: [], mayHaveMorePorts: true, hostNetwork: false, addresses: [] };
}

/** Whether some policy speaks of such a pod by more than "every pod", or its namespace is there and it has no labels. */
function isMentioned(namespace: string, labels: Labels, world: World, { layers }: Plane): boolean {
  const namespaceLabels = world.namespaces.find(({ name }) => name === namespace)?.labels ?? {
    [NAMESPACE_NAME_LABEL]: namespace,
  };
  const isKnownNamespace = world.namespaces.some(({ name }) => name === namespace);
  if (Object.keys(labels).length === 0) return isKnownNamespace;
  const named = layers.flatMap(({ rules, isolations }) => [
    ...isolations.map(({ subject }) => subject),
    ...rules.flatMap(({ subject, peers }) => [subject, ...peers.flatMap(podsOf)]),
  ]);
  return named.some((set) => !selectors.isAnything(set.pods) && matchesPod(set, namespaceLabels, labels));
}

function podsOf(peer: RulePeer) {
  return peer.kind === 'pods' ? [peer.pods] : [];
}

function unreadable(end: unknown): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'test-end',
    what: `${shown(end)} is not an end of a connection`,
    value: typeof end === 'string' ? end : shown(end),
    allowed: "a tier, 'namespace/label=value,label=value', 'namespace/*' for any pod, or an address",
    fix: "toAllow('ai-gateway/app=envoy', 'ai-inference/app=vllm', Port.tcp(8000))",
  });
}
