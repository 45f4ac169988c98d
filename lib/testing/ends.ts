import { Deployment } from '../deployment/deployment';
import { isObject, reading } from '../model/checked';
import type { Endpoint } from '../model/endpoint';
import * as ips from '../model/ip-set';
import { type PodSet, podSet, podSetText, podsIn } from '../model/pod-set';
import { ZeroTrustError } from '../model/problem';
import type { Labels } from '../model/selector';
import * as selectors from '../model/selector';
import { shown } from '../model/shown';
import type { Namespace, Service, Workload, World } from '../model/world';
import { Tier } from '../tiers';
import { Hostname } from '../values/hostname';
import { type IPeer, type PeerSpec, peerSpec } from '../values/peer';
import { isOutside, type OutsideSpec, outsideEnd, outsideName } from './outside-ends';
import { podsFound } from './pod-ends';
import type { ReadSubject } from './subject';

/**
 * One end of a connection in a test: whatever can stand at the end of a flow (a tier, a `ZeroTrustNamespace`, `Pods`,
 * `Cidr`, `Internet`, `Nodes`, `CloudMetadata`, `cluster.apiServer`, `Hostname`), a stranger, or text:
 * `namespace/label=value,…` (`namespace/*` for any pod), an address, the name of a host (`huggingface.co`).
 *
 * Pods are the workloads of the manifests; where these have none, one that could exist. Of `Pods` without a namespace,
 * those of every namespace. A host is only ever a destination.
 */
export type TestEnd = IPeer | Stranger | string;

/** A pod that the manifests do not know, on purpose. */
export interface Stranger {
  readonly stranger: string;
}

/** A pod that no manifest mentions, `namespace/label=value,…`: the intruder of a test. */
export function stranger(pod: string): Stranger {
  if (typeof pod !== 'string') throw unreadable(pod);
  return { stranger: parsed(pod).name };
}

/** What an end stands for: workloads, addresses, an entity or hosts. */
export interface ResolvedEnd {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** Workloads of the manifests; ones that could exist where they have none. Empty for what is no pod. */
  readonly workloads: readonly Workload[];
  /** It is one address, which may be that of a node or of the API server. */
  readonly isOneAddress?: true;
  /** Of pods that could exist, those that the manifests do not have. */
  readonly namespaces: readonly Namespace[];
  /** The namespace and labels are those of nothing in the manifests, neither a workload nor a policy. */
  readonly isUnknown: boolean;
  /** What in the manifests comes nearest to an unknown end, where something does. */
  readonly hint?: string;
}

/** What an end stands for in these manifests. `role` keeps two ends of the same words two pods. */
export function resolveEnd(end: TestEnd, role: string, read: ReadSubject): ResolvedEnd {
  const { world, plane, facts } = read;
  if (typeof end === 'string' && isAddress(end)) {
    return ofAddress(end, world);
  }
  const given = typeof end === 'string' && isHost(end) ? Hostname.exact(end) : end;
  const spec = typeof given === 'string' || strangerOf(given) !== undefined ? undefined : specOf(given);
  if (spec !== undefined && isOutside(spec)) return outside(outsideEnd(spec, facts, plane));
  const { name, set, isDeclared } = spec === undefined ? inWords(given) : selected(spec, given);
  return { name, ...podsFound(set, role, isDeclared, world, plane) };
}

/** The pod that has it by its status; those on the host network have that of their node. */
function ofAddress(end: string, { workloads, services }: World): ResolvedEnd {
  const addresses = ips.fromAddress(end);
  const isIts = (own: string) => ips.hasAddress(addresses, own);
  const service = services.find((each) => each.addresses?.some(isIts));
  if (service !== undefined) throw ofService(end, service);
  const pod = workloads.find((each) => !each.hostNetwork && each.addresses.some(isIts));
  if (pod === undefined) return { ...outside({ kind: 'addresses', addresses }, end), isOneAddress: true };
  const pods = podsIn(pod.namespace, selectors.fromLabels(pod.labels));
  return { ...outside({ kind: 'pods', pods, owner: 'the test' }, end), workloads: [pod] };
}

/** It becomes an address of a pod before policies look, so that an answer about it would be about nothing. */
function ofService(end: string, { namespace, name }: Service): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'test-end',
    what: `${end} is an address of Service ${namespace}/${name}, and becomes one of its pods before policies look`,
    value: end,
    allowed: 'pods, and addresses of no Service',
    fix: `Name the pods behind it: '${namespace}/label=value'.`,
  });
}

function outside(endpoint: Endpoint, name = outsideName(endpoint)): ResolvedEnd {
  return { name, endpoint, workloads: [], namespaces: [], isUnknown: false };
}

/** Pods by what stands for them; those that were declared, or are strangers on purpose, need not be in the manifests. */
interface Selection {
  readonly name: string;
  readonly set: PodSet;
  readonly isDeclared: boolean;
}

function inWords(end: unknown): Selection {
  const text = strangerOf(end);
  return { ...parsed(text ?? end), isDeclared: text !== undefined };
}

function selected(spec: Exclude<PeerSpec, OutsideSpec>, end: unknown): Selection {
  switch (spec.kind) {
    case 'tier':
      if (!isTier(spec.construct)) throw unreadable(end);
      return { ...ofTier(spec.construct), isDeclared: true };
    case 'namespace':
      return { name: `${spec.name}/*`, set: podsIn(spec.name, selectors.anything), isDeclared: true };
    case 'pods': {
      const set = podSet(spec.namespaces ?? selectors.anything, spec.pods);
      return { name: podSetText(set), set, isDeclared: false };
    }
  }
}

function specOf(end: unknown): PeerSpec {
  const isPeer = reading('the end', () => isObject(end) && 'endpoint' in end);
  if (!isPeer) throw unreadable(end);
  return peerSpec(end, 'the end');
}

function isTier(end: unknown): end is Tier {
  return reading('the end', () => end instanceof Tier && typeof end.tierName === 'string');
}

/** What `stranger` made; undefined for anything else. */
function strangerOf(end: unknown): string | undefined {
  if (typeof end !== 'object' || end === null) return undefined;
  const pod = reading('the end', () => (end as { stranger?: unknown }).stranger);
  return typeof pod === 'string' ? pod : undefined;
}

function isAddress(text: string): boolean {
  return !text.includes('/') && (text.includes(':') || /^[\d.]*\.[\d.]*$/.test(text));
}

/** Neither pods, which have a slash, nor an address. */
function isHost(text: string): boolean {
  return !text.includes('/') && text.includes('.') && !isAddress(text);
}

function parsed(text: unknown): Omit<Selection, 'isDeclared'> {
  if (typeof text !== 'string') throw unreadable(text);
  const [namespace, labels] = text.split(/\/(.*)/s);
  if (namespace === undefined || namespace === '' || labels === undefined || labels === '') throw unreadable(text);
  if (labels === '*') return { name: text, set: podsIn(namespace, selectors.anything) };
  const pairs = labels.split(',').map((pair) => pair.split(/=(.*)/s));
  if (pairs.some(([key, value]) => !key || value === undefined)) throw unreadable(text);
  return { name: text, set: podsIn(namespace, selectors.fromLabels(Object.fromEntries(pairs) as Labels)) };
}

function ofTier(tier: Tier): Omit<Selection, 'isDeclared'> {
  const { namespaceName, tierName } = tier;
  const { graph } = Deployment.of(tier).state();
  const pods = graph.tiers.find(({ namespace, name }) => namespace === namespaceName && name === tierName)?.pods.pods;
  return { name: `${namespaceName}/${tierName}`, set: podsIn(namespaceName, pods ?? selectors.nothing) };
}

function unreadable(end: unknown): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'test-end',
    what: `${shown(end)} is not an end of a connection`,
    value: typeof end === 'string' ? end : shown(end),
    allowed:
      "whatever can stand at the end of a flow, 'namespace/label=value,label=value', 'namespace/*' for any pod, an address, or the name of a host",
    fix: "toAllow('ai-gateway/app=envoy', 'ai-inference/app=vllm', Port.tcp(8000))",
  });
}
