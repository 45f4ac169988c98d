import { type Injection, mentionedNamespace, type PodFacts, withSidecars } from '../kinds/core';
import { namespaceNameProblem } from '../model/labels';
import type { Labels } from '../model/selector';
import type { Namespace, Service, Workload, World } from '../model/world';

/** Pods as one object has them. */
export interface PodsOfObject extends PodFacts {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  /** The object that controls it, `Kind/name`, where there is one. */
  readonly controller?: string;
}

export interface WorldParts {
  readonly namespaces: readonly Namespace[];
  /** Names of namespaces that objects are in. */
  readonly mentioned: readonly string[];
  /** What Namespaces say about sidecars of their pods. */
  readonly injections: ReadonlyMap<string, Injection>;
  readonly pods: readonly PodsOfObject[];
  readonly services: readonly Service[];
}

/** The world in canonical order, whatever the order of the manifests. */
export function worldOf({ namespaces, mentioned, injections, pods, services }: WorldParts): World {
  // What cannot be the name of a namespace was reported where it stands.
  const named = mentioned.filter((name) => namespaceNameProblem(name) === undefined);
  const byName = new Map([...named.map(mentionedNamespace), ...namespaces].map((it) => [it.name, it]));
  return {
    namespaces: [...byName.values()].sort(by(({ name }) => name)),
    workloads: workloadsOf(pods, injections).sort(by(({ id }) => id)),
    services: [...services].sort(by(({ namespace, name }) => `${namespace}/${name}`)),
  };
}

/** One for each owner, and one more for each way in which pods of one owner differ for policy. */
function workloadsOf(pods: readonly PodsOfObject[], injections: WorldParts['injections']): Workload[] {
  const podsByOwner = new Map<string, PodFacts[]>();
  const ownerOf = ownership(pods);
  for (const pod of pods) {
    const running = withSidecars(pod, pod.injection, injections.get(pod.namespace));
    into(podsByOwner, ownerOf(pod), () => []).push(running);
  }
  return [...podsByOwner].flatMap(([owner, own]) =>
    variantsOf(own).map((alike, i) => workloadOf(i === 0 ? owner : `${owner}#${i + 1}`, alike)),
  );
}

/** Pods of one owner, in lists of those that are alike. */
function variantsOf(pods: readonly PodFacts[]): (readonly PodFacts[])[] {
  // Most owners have one, and nothing has to be written to tell it from others.
  if (pods.length === 1) return [pods];
  const variants = new Map<string, PodFacts[]>();
  for (const pod of pods) into(variants, variantText(pod), () => []).push(pod);
  return [...variants].sort(by(([text]) => text)).map(([, alike]) => alike);
}

function workloadOf(id: string, alike: readonly PodFacts[]): Workload {
  const { labels, ports, hostNetwork, unknownLabels, mayHaveMorePorts, hasOtherNetworks } = alike[0];
  const addresses = [...new Set(alike.flatMap((pod) => pod.addresses))].sort();
  return {
    id,
    namespace: id.slice(0, id.indexOf('/')),
    labels,
    ports,
    hostNetwork,
    ...(unknownLabels !== undefined && { unknownLabels }),
    ...(mayHaveMorePorts !== undefined && { mayHaveMorePorts }),
    ...(hasOtherNetworks !== undefined && { hasOtherNetworks }),
    addresses,
  };
}

/** Follows controllers up, as far as their objects are given: a Pod to its ReplicaSet, and that to its Deployment. */
function ownership(pods: readonly PodsOfObject[]): (pod: PodsOfObject) => string {
  const controllers = new Map(pods.map((pod) => [idOf(pod), pod.controller]));
  return (pod) => {
    let id = idOf(pod);
    const passed = new Set<string>();
    for (let above = pod.controller; above !== undefined && !passed.has(id); above = controllers.get(id)) {
      passed.add(id);
      id = `${pod.namespace}/${above}`;
    }
    return id;
  };
}

function idOf({ namespace, kind, name }: PodsOfObject): string {
  return `${namespace}/${kind}/${name}`;
}

/** Equal for pods that every policy treats alike, their addresses aside. */
function variantText(pod: PodFacts): string {
  const { labels, ports, hostNetwork, unknownLabels, mayHaveMorePorts, hasOtherNetworks } = pod;
  const declared = ports
    .map(({ name = '', protocol, number, of = '' }) => `${name}/${protocol}/${number}/${of}`)
    .sort();
  return JSON.stringify([
    labelEntries(labels),
    declared,
    hostNetwork,
    unknownLabels,
    mayHaveMorePorts,
    hasOtherNetworks,
  ]);
}

function labelEntries(labels: Labels): [string, string][] {
  return Object.entries(labels).sort(by(([key]) => key));
}

function into<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function by<T>(text: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [first, second] = [text(a), text(b)];
    return first < second ? -1 : first > second ? 1 : 0;
  };
}
