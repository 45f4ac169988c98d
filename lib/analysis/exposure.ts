import { internet } from '../cluster/special-addresses';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { Plane } from '../model/layer';
import { isEmptyPodSet, matchesPod, type PodSet, podSet, podSetText, soleNamespace } from '../model/pod-set';
import * as ports from '../model/port-set';
import type { Labels } from '../model/selector';
import * as selectors from '../model/selector';
import type { Namespace, Workload, World } from '../model/world';
import { connectivity } from './connectivity/connectivity';
import { NOTHING, type Verdict } from './connectivity/verdicts';

/** What could reach some workloads although no manifest shows it: those that nothing tells apart are one. */
export interface Exposure {
  readonly workloads: readonly string[];
  readonly openings: readonly Opening[];
}

/** Who could connect, and to which ports. */
export interface Opening {
  readonly from: Stranger;
  readonly verdict: Verdict;
}

export type Stranger = StrangePods | { readonly kind: 'addresses'; readonly addresses: IpSet };

/** A pod that could exist: exactly these labels were tried, with no other. */
export interface StrangePods {
  readonly kind: 'pods';
  /** The namespace, where a rule says which. Absent for one that is yet to be made, with the labels below. */
  readonly namespace?: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  /** How many workloads of the manifests the rule means. */
  readonly shown: number;
}

export interface ExposureOptions {
  /** Every address that a pod can have. @default all addresses */
  readonly podAddresses?: IpSet;
}

/**
 * Tries pods that no manifest shows: one without labels in a new namespace, and one for each set of pods that rules let in,
 * with just the labels that the set demands; and the internet. They are asked as if they were there, by what binds them as
 * well, so that what is denied to them is no exposure. What a rule lets in by name of a namespace and label, and the
 * manifests show, is left out: that is a path, and `connectivity` tells it.
 */
export function exposure(world: World, plane: Plane, options: ExposureOptions = {}): readonly Exposure[] {
  const strangers = strangersOf(world, plane);
  const added = {
    ...world,
    namespaces: withNamespaces(world.namespaces, strangers),
    workloads: [...world.workloads, ...strangers.map(({ workload }) => workload)],
  };
  const { byClass } = connectivity(added, plane, options);
  const classOf = (position: number) => byClass.ofWorkload[world.workloads.length + position];
  const verdictsOf = strangers.map((_, i) => {
    const row = new Int32Array(byClass.count);
    byClass.fill(classOf(i), row);
    return row;
  });
  const found = new Map<number, Exposure & { readonly workloads: string[] }>();
  world.workloads.forEach(({ id }, position) => {
    const of = byClass.ofWorkload[position];
    const known = found.get(of);
    if (known !== undefined) {
      known.workloads.push(id);
      return;
    }
    const anybody = byClass.verdict(verdictsOf[0][of]);
    const openings = strangers.flatMap(({ from }, i): Opening[] => {
      if (verdictsOf[i][of] === NOTHING) return [];
      const verdict = byClass.verdict(verdictsOf[i][of]);
      return i > 0 && covers(anybody, verdict) ? [] : [{ from, verdict }];
    });
    const outside = [...byClass.addresses('ingress', of)].flatMap(([verdict, addresses]): Opening[] => {
      const own = ips.intersection(addresses, internet);
      return ips.isEmpty(own)
        ? []
        : [{ from: { kind: 'addresses', addresses: own }, verdict: byClass.verdict(verdict) }];
    });
    found.set(of, { workloads: [id], openings: [...openings, ...outside] });
  });
  return alikeTogether([...found.values()].filter(({ openings }) => openings.length > 0));
}

interface Tried {
  readonly from: StrangePods;
  readonly workload: Workload;
  readonly namespace: Namespace;
}

/** The first of them is the pod without labels in a namespace without labels. */
function strangersOf(world: World, plane: Plane): readonly Tried[] {
  const sets = new Map<string, PodSet>();
  for (const { action, direction, peers } of plane.layers.flatMap(({ rules }) => rules)) {
    if (direction !== 'ingress' || action === 'deny') continue;
    for (const peer of peers) {
      if (peer.kind === 'pods' && !isEmptyPodSet(peer.pods)) sets.set(podSetText(peer.pods), peer.pods);
    }
  }
  const any = podSet(selectors.anything, selectors.anything);
  const all = [any, ...[...sets.keys()].sort().map((key) => sets.get(key) ?? any)];
  const names = new Set(world.namespaces.map(({ name }) => name));
  const shown = shownIn(world);
  return all.flatMap((set, position) => tried(set, position, names, world, shown)).filter(({ from }) => !isShown(from));
}

function tried(
  set: PodSet,
  position: number,
  names: ReadonlySet<string>,
  { namespaces }: World,
  shown: (set: PodSet) => number,
): Tried[] {
  const labels = selectors.sample(set.pods);
  const named = soleNamespace(set.namespaces);
  const demanded = selectors.sample(set.namespaces);
  if (labels === undefined || demanded === undefined) return [];
  const { [NAMESPACE_NAME_LABEL]: chosen, ...others } = demanded;
  const name = named ?? chosen ?? freeName(names, position);
  const existing = namespaces.find((namespace) => namespace.name === name);
  const namespace = existing ?? { name, labels: { ...others, [NAMESPACE_NAME_LABEL]: name } };
  if (!matchesPod(set, namespace.labels, labels)) return [];
  const isNew = named === undefined && chosen === undefined;
  return [
    {
      from: {
        kind: 'pods',
        ...(!isNew && { namespace: name }),
        namespaceLabels: others,
        labels,
        shown: shown(set),
      },
      namespace,
      workload: {
        id: `${name}/Pod/~${position}`,
        namespace: name,
        labels,
        ports: [],
        hostNetwork: false,
        addresses: [],
      },
    },
  ];
}

function freeName(names: ReadonlySet<string>, position: number): string {
  let name = `any-${position}`;
  while (names.has(name)) name += 'x';
  return name;
}

/** How many workloads a set of pods has. */
function shownIn({ namespaces, workloads }: World): (set: PodSet) => number {
  const workloadsOf = new Map<string, Workload[]>(namespaces.map(({ name }) => [name, []]));
  for (const workload of workloads) if (!workload.hostNetwork) workloadsOf.get(workload.namespace)?.push(workload);
  return (set) => {
    const named = soleNamespace(set.namespaces);
    const meant =
      named === undefined
        ? namespaces.filter(({ labels }) => selectors.matches(set.namespaces, labels)).map(({ name }) => name)
        : [named];
    const candidates = meant.flatMap((name) => workloadsOf.get(name) ?? []);
    return candidates.filter(({ labels }) => selectors.matches(set.pods, labels)).length;
  };
}

function withNamespaces(namespaces: readonly Namespace[], strangers: readonly Tried[]): readonly Namespace[] {
  const byName = new Map(strangers.map(({ namespace }) => [namespace.name, namespace]));
  for (const namespace of namespaces) byName.set(namespace.name, namespace);
  return [...byName.values()];
}

/** A rule says which pods of which namespace, and they are there: that is no stranger. */
function isShown({ namespace, shown }: StrangePods): boolean {
  return namespace !== undefined && shown > 0;
}

function covers(whole: Verdict, part: Verdict): boolean {
  return ports.covers(whole.must, part.must) && ports.covers(whole.may, part.may);
}

function alikeTogether(exposures: readonly Exposure[]): readonly Exposure[] {
  const byKey = new Map<string, Exposure>();
  for (const exposed of exposures) {
    const key = exposed.openings.map(openingKey).join('\n');
    const known = byKey.get(key);
    const workloads = [...(known?.workloads ?? []), ...exposed.workloads].sort();
    byKey.set(key, { ...exposed, workloads });
  }
  return [...byKey.values()];
}

function openingKey({ from, verdict }: Opening): string {
  const who = from.kind === 'pods' ? JSON.stringify(from) : ips.ipsText(from.addresses);
  return `${who} ${ports.portsText(verdict.must)} ${ports.portsText(verdict.may)}`;
}
