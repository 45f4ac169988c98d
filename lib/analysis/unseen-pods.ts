import { into } from '../model/into';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { Isolation, Rule } from '../model/layer';
import { isEmptyPodSet, matchesPod, type PodSet, podSetText } from '../model/pod-set';
import type { Labels, Selector } from '../model/selector';
import * as selectors from '../model/selector';
import type { Namespace, Workload, World } from '../model/world';

/** Pods that no manifest shows and that policies are about, to be asked about as workloads are. */
export interface UnseenPods {
  readonly workloads: readonly Workload[];
  /** Their namespaces, which a world may have by itself. */
  readonly namespaces: readonly Namespace[];
}

/**
 * A pod for each way in which one of the sets can be met by a pod that no workload of the worlds stands for: with just the
 * labels that it takes. So that what is said of a namespace that somebody else deploys, or in a folder that has policies
 * alone, is seen.
 *
 * The id of such a pod is as the command line takes it, `ingress/app=nginx` or `ingress/*`; where the name of the namespace is
 * not said, its labels in braces stand for it, and `*` for a namespace of any labels.
 */
export function unseenPods(podSets: Iterable<PodSet>, worlds: readonly World[]): UnseenPods {
  const sets = new Map<string, PodSet>();
  for (const set of podSets) if (!isEmptyPodSet(set)) sets.set(podSetText(set), set);
  const isShown = shownIn(worlds);
  const found = new Map<string, Pod>();
  for (const pod of [...sets.keys()].sort().flatMap((key) => podsOf(sets.get(key)))) {
    if (!isShown(pod)) found.set(pod.workload.id, pod);
  }
  const pods = [...found.values()];
  return { workloads: pods.map(({ workload }) => workload), namespaces: pods.map(({ namespace }) => namespace) };
}

/** Whom something that a policy says is about: whom it binds, and its peers that are pods. */
export function podSetsOf(part: Rule | Isolation): PodSet[] {
  if (!('peers' in part)) return [part.subject];
  return [part.subject, ...part.peers.flatMap((peer) => (peer.kind === 'pods' ? [peer.pods] : []))];
}

/** A world that has them. */
export function withUnseen(world: World, { workloads, namespaces }: UnseenPods): World {
  if (workloads.length === 0) return world;
  const byName = new Map([...namespaces, ...world.namespaces].map((namespace) => [namespace.name, namespace]));
  return { ...world, namespaces: [...byName.values()], workloads: [...world.workloads, ...workloads] };
}

interface Pod {
  readonly workload: Workload;
  readonly namespace: Namespace;
  readonly isNamed: boolean;
}

function podsOf(set: PodSet | undefined): Pod[] {
  if (set === undefined) return [];
  const anyName = sampleOfName(set.namespaces);
  return samples(set.namespaces).flatMap(({ [NAMESPACE_NAME_LABEL]: chosen, ...others }) =>
    samples(set.pods).map((labels): Pod => {
      const isNamed = chosen !== undefined && chosen !== anyName;
      const name = isNamed ? chosen : Object.keys(others).length === 0 ? '*' : `{${labelsText(others)}}`;
      return {
        isNamed,
        namespace: { name, labels: { ...others, [NAMESPACE_NAME_LABEL]: name } },
        workload: {
          id: `${name}/${labelsText(labels) || '*'}`,
          namespace: name,
          labels,
          ports: [],
          mayHaveMorePorts: true,
          hostNetwork: false,
          addresses: [],
        },
      };
    }),
  );
}

/** The name that stands for any but some; undefined where it says which. */
function sampleOfName(selector: Selector): string | undefined {
  const isAnyBut = selector.constraints.some(({ key, excluded }) => key === NAMESPACE_NAME_LABEL && excluded);
  return isAnyBut ? selectors.sample(selector)?.[NAMESPACE_NAME_LABEL] : undefined;
}

/** Of more than this, taken together, the values of further labels are left to the ones before them. */
const MOST_SAMPLES = 100;

/** Labels that a selector takes or names: one for each value, also of those that it keeps out, which it may have taken before. */
function samples(selector: Selector): readonly Labels[] {
  const example = selectors.sample(selector);
  if (example === undefined) return [];
  let found: Labels[] = [example];
  for (const { key, values, excluded } of selector.constraints) {
    const more = excluded ? values : values.filter((value) => value !== example[key]);
    if (more.length === 0 || found.length * (more.length + 1) > MOST_SAMPLES) continue;
    found = found.flatMap((labels) => [labels, ...more.map((value) => ({ ...labels, [key]: value }))]);
  }
  return found;
}

/** Whether a workload of some world is in a namespace that is named, and has the labels. */
function shownIn(worlds: readonly World[]): (pod: Pod) => boolean {
  const byNamespace = new Map<string, Labels[]>();
  for (const { namespace, labels, hostNetwork } of worlds.flatMap(({ workloads }) => workloads)) {
    if (hostNetwork) continue;
    into(byNamespace, namespace, labels);
  }
  return ({ workload, isNamed }) => {
    const wanted = { namespaces: selectors.anything, pods: selectors.fromLabels(workload.labels) };
    return isNamed && (byNamespace.get(workload.namespace) ?? []).some((labels) => matchesPod(wanted, {}, labels));
  };
}

function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');
}
