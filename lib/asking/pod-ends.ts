import type { Endpoint } from '../model/endpoint';
import type { Plane, RulePeer } from '../model/layer';
import { matchesPod, NAMESPACE_NAME_LABEL, type PodSet, soleNamespace } from '../model/pod-set';
import type { Labels } from '../model/selector';
import * as selectors from '../model/selector';
import type { Namespace, Workload, World } from '../model/world';
import { nearestPods } from './nearest';

/** The workloads that pods of an end are, or pods that could exist where there is none. */
export interface PodsFound {
  readonly endpoint: Endpoint;
  readonly workloads: readonly Workload[];
  /** Of pods that could exist, those that the manifests do not have. */
  readonly namespaces: readonly Namespace[];
  /** The namespace and labels are those of nothing in the manifests, neither a workload nor a policy. */
  readonly isUnknown: boolean;
  /** What in the manifests comes nearest to an unknown end, where something does. */
  readonly hint?: string;
}

/** `role` keeps two ends of the same words two pods. What `isDeclared` is known, whether or not a manifest shows it. */
export function podsFound(set: PodSet, role: string, isDeclared: boolean, world: World, plane: Plane): PodsFound {
  const endpoint: Endpoint = { kind: 'pods', pods: set, owner: 'the test' };
  const places = namespacesOf(set, world);
  const names = new Set(places.map(({ name }) => name));
  const found = world.workloads.filter(
    ({ namespace, labels }) => names.has(namespace) && selectors.matches(set.pods, labels),
  );
  if (found.length > 0) return { endpoint, workloads: found, namespaces: [], isUnknown: false };
  const labels = selectors.sample(set.pods) ?? {};
  const isUnknown = !isDeclared && !places.some((place) => isMentioned(place, labels, world, plane));
  const hint = isUnknown && places.length > 0 ? nearestPods(places[0].name, labels, world, plane) : undefined;
  return {
    endpoint,
    workloads: places.map(({ name }) => possible(name, labels, role)),
    namespaces: places.filter(({ name }) => !world.namespaces.some((known) => known.name === name)),
    isUnknown,
    ...(hint && { hint }),
  };
}

/** Those of the manifests; where there is none, one that could exist. */
function namespacesOf({ namespaces }: PodSet, world: World): Namespace[] {
  const known = world.namespaces.filter(({ labels }) => selectors.matches(namespaces, labels));
  if (known.length > 0) return known;
  const labels = selectors.sample(namespaces);
  if (labels === undefined) return [];
  const name = soleNamespace(namespaces) ?? labels[NAMESPACE_NAME_LABEL] ?? 'some-namespace';
  return [{ name, labels: { ...labels, [NAMESPACE_NAME_LABEL]: name } }];
}

function possible(namespace: string, labels: Labels, role: string): Workload {
  const id = `${namespace}/Pod/${role}`;
  // What its containers call their ports no manifest shows.
  return { id, namespace, labels, ports: [], mayHaveMorePorts: true, hostNetwork: false, addresses: [] };
}

/** Whether some policy speaks of such a pod by more than "every pod", or its namespace is there and it has no labels. */
function isMentioned(place: Namespace, labels: Labels, world: World, { layers }: Plane): boolean {
  if (Object.keys(labels).length === 0) return world.namespaces.some(({ name }) => name === place.name);
  const named = layers.flatMap(({ rules, isolations }) => [
    ...isolations.map(({ subject }) => subject),
    ...rules.flatMap(({ subject, peers }) => [subject, ...peers.flatMap(podsOf)]),
  ]);
  return named.some((set) => !selectors.isAnything(set.pods) && matchesPod(set, place.labels, labels));
}

function podsOf(peer: RulePeer) {
  return peer.kind === 'pods' ? [peer.pods] : [];
}
